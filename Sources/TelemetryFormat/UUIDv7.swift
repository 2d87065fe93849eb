/// A time-ordered identifier (RFC 9562, section 5.7): what the writer gives a call that has no
/// `msg_id` of its provider. This module reads neither clock nor randomness, so both are passed in.
package struct UUIDv7: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// An identifier of an instant (of which 48 bits are kept) and 80 random bits, 74 of them used.
    package init(timestamp: Timestamp, random: (UInt16, UInt64)) {
        let version: UInt64 = 0x7000
        let variant: UInt64 = 1 << 63
        let milliseconds = UInt64(clamping: timestamp.milliseconds) & (1 << 48 - 1)
        high = milliseconds << 16 | version | UInt64(random.0 & 0x0FFF)
        low = variant | random.1 & (1 << 62 - 1)
    }

    /// An identifier whose place among those of one millisecond is a counter from 0 to 4095
    /// (RFC 9562, section 6.2, method 1); what lies above is cut off.
    package init(timestamp: Timestamp, counter: UInt16, random: UInt64) {
        self.init(timestamp: timestamp, random: (counter, random))
    }

    /// Five groups of lower-case hexadecimal digits: `0197c2d4-e5f6-7890-abcd-ef0123456789`.
    package var description: String {
        var text = Array("00000000-0000-0000-0000-000000000000".utf8)
        write(to: &text, at: 0)
        return String(decoding: text, as: UTF8.self)
    }

    /// Bytes of the text.
    static let length = 36

    /// Writes the digits of `description` from a byte on; the hyphens must be there.
    func write(to bytes: inout [UInt8], at start: Int) {
        var text = bytes.mutableSpan
        Self.write(high >> 32, digits: 8, to: &text, at: start)
        Self.write(high >> 16, digits: 4, to: &text, at: start + 9)
        Self.write(high, digits: 4, to: &text, at: start + 14)
        Self.write(low >> 48, digits: 4, to: &text, at: start + 19)
        Self.write(low, digits: 12, to: &text, at: start + 24)
    }

    @inline(__always)
    private static func write(
        _ number: UInt64, digits: Int, to text: inout MutableSpan<UInt8>, at start: Int
    ) {
        var rest = number
        var position = start + digits
        while position > start {
            position -= 1
            let digit = UInt8(truncatingIfNeeded: rest) & 0xF
            text[position] = digit + (digit < 10 ? 0x30 : 0x57)
            rest >>= 4
        }
    }

    /// Gives out identifiers that ascend, even when many share a millisecond or the clock goes
    /// back.
    package struct Sequence: Sendable {
        private var last = Timestamp(milliseconds: .min)
        private var counter: UInt16 = 0

        package init() {}

        /// The next identifier; 62 random bits keep it apart from those of other processes.
        package mutating func next(at timestamp: Timestamp, random: UInt64) -> UUIDv7 {
            if timestamp > last {
                last = timestamp
                counter = 0
            } else if counter < 0x0FFF {
                counter += 1
            } else {
                last = Timestamp(milliseconds: last.milliseconds &+ 1)
                counter = 0
            }
            return UUIDv7(timestamp: last, counter: counter, random: random)
        }
    }
}
