import Testing

@testable import TelemetryFormat

@Suite struct BinaryHashTests {
    private static let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) }

    private static var text: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return Array("sha256:".utf8)
            + bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private func decoded(_ text: [UInt8]) -> [UInt8]? {
        guard let hash = BinaryHash(text.span) else { return nil }
        var bytes: [UInt8] = [1]
        hash.append(to: &bytes)
        return bytes
    }

    @Test func givesTheBytesThatTheDigitsSpell() {
        #expect(decoded(Self.text) == [1] + Self.bytes)
    }

    /// Every byte at every place: a digit changes the value, anything else makes it none.
    @Test func takesLowerCaseDigitsAndNothingElse() {
        let digits = Array("0123456789abcdef".utf8)
        for place in Self.text.indices {
            for byte in UInt8.min...UInt8.max where byte != Self.text[place] {
                var text = Self.text
                text[place] = byte
                let isHash = place >= 7 && digits.contains(byte)
                #expect((decoded(text) != nil) == isHash, "\(byte) at \(place)")
            }
        }
    }

    @Test func takesNoOtherLength() {
        #expect(decoded(Array(Self.text.dropLast())) == nil)
        #expect(decoded(Self.text + [0x30]) == nil)
        #expect(decoded([]) == nil)
    }
}
