/// Lists of numbers as bytes, in whichever of three forms takes fewest: all of one width, runs of
/// equal numbers, or seven bits of a number a byte. Read for every call of a period, so reading is
/// what this is made for.
enum NumberPacking {
    /// The byte before a list: up to 32 it is the width, in bits, of each number.
    private enum Form {
        static let runs: UInt8 = 0xFE
        static let sevenBits: UInt8 = 0xFF
    }

    // MARK: Writing

    /// Appends a list; how many numbers it has is for the caller to remember.
    static func append(_ numbers: [UInt32], to bytes: inout [UInt8]) {
        var (allBits, runs): (UInt32, Int) = (0, 0)
        var previous = ~(numbers.first ?? 0)
        for number in numbers {
            allBits |= number
            runs += number == previous ? 0 : 1
            previous = number
        }
        let width = UInt32.bitWidth - allBits.leadingZeroBitCount
        let fixed = (numbers.count * width + 7) / 8
        // A byte each is the least that seven bits a byte can take.
        let sevenBits = width <= 8 ? fixed : numbers.reduce(0) { $0 + sevenBitBytes($1) }
        let run = sevenBitBytes(allBits) + sevenBitBytes(UInt32(clamping: numbers.count))
        if runs * run < min(fixed, sevenBits) {
            bytes.append(Form.runs)
            appendRuns(numbers, to: &bytes)
        } else if sevenBits < fixed {
            bytes.append(Form.sevenBits)
            for number in numbers { append(number, to: &bytes) }
        } else {
            bytes.append(UInt8(width))
            append(numbers, width: UInt64(width), byteCount: fixed, to: &bytes)
        }
    }

    /// Appends one number, seven bits a byte, the lowest first.
    @inline(__always)
    static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    @inline(__always)
    private static func sevenBitBytes(_ number: UInt32) -> Int {
        (UInt32.bitWidth - (number | 1).leadingZeroBitCount + 6) / 7
    }

    private static func appendRuns(_ numbers: [UInt32], to bytes: inout [UInt8]) {
        var start = 0
        for end in 1...numbers.count where end == numbers.count || numbers[end] != numbers[start] {
            append(numbers[start], to: &bytes)
            append(UInt32(end - start), to: &bytes)
            start = end
        }
    }

    private static func append(
        _ numbers: [UInt32], width: UInt64, byteCount: Int, to bytes: inout [UInt8]
    ) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: byteCount))
        var output = bytes.mutableSpan
        var index = start
        var (pending, pendingBits): (UInt64, UInt64) = (0, 0)
        for number in numbers {
            pending |= UInt64(number) &<< pendingBits
            pendingBits &+= width
            while pendingBits >= 8 {
                output[index] = UInt8(truncatingIfNeeded: pending)
                index &+= 1
                pending &>>= 8
                pendingBits &-= 8
            }
        }
        if pendingBits > 0 { output[index] = UInt8(truncatingIfNeeded: pending) }
    }

    // MARK: Reading

    /// Reads as many numbers as there is room for; what damaged bytes lack is 0.
    static func read(_ numbers: inout [UInt32], from bytes: Span<UInt8>) {
        var output = numbers.mutableSpan
        let form = bytes.isEmpty ? 0 : bytes[0]
        var index = 1
        switch form {
        case Form.runs:
            var position = 0
            while position < output.count {
                let number = Self.number(bytes, &index)
                let end = min(position + max(Int(Self.number(bytes, &index)), 1), output.count)
                while position < end {
                    output[position] = number
                    position &+= 1
                }
            }
        case Form.sevenBits:
            for position in output.indices { output[position] = number(bytes, &index) }
        default:
            read(&output, width: UInt64(min(form, 32)), from: bytes)
        }
    }

    /// One number, seven bits a byte; 0 beyond the end.
    @inline(__always)
    static func number(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt32 {
        var (number, shift): (UInt32, UInt32) = (0, 0)
        while index < bytes.count, shift < 32 {
            let byte = bytes[index]
            index &+= 1
            number |= UInt32(byte & 0x7F) &<< shift
            if byte < 0x80 { break }
            shift &+= 7
        }
        return number
    }

    private static func read(
        _ output: inout MutableSpan<UInt32>, width: UInt64, from bytes: Span<UInt8>
    ) {
        let mask = (1 as UInt64) &<< width &- 1
        var (pending, pendingBits): (UInt64, UInt64) = (0, 0)
        var index = 1
        for position in output.indices {
            while pendingBits < width {
                let byte = index < bytes.count ? bytes[index] : 0
                pending |= UInt64(byte) &<< pendingBits
                index &+= 1
                pendingBits &+= 8
            }
            output[position] = UInt32(truncatingIfNeeded: pending & mask)
            pending &>>= width
            pendingBits &-= width
        }
    }
}
