import Testing

@testable import TelemetryIndex

@Suite struct NumberPackingTests {
    private func roundTrip(_ numbers: [UInt32]) -> (numbers: [UInt32], byteCount: Int) {
        var bytes: [UInt8] = []
        NumberPacking.append(numbers, to: &bytes)
        var read = Array(repeating: 7 as UInt32, count: numbers.count)
        NumberPacking.read(&read, from: bytes.span)
        return (read, bytes.count)
    }

    @Test(arguments: 0...32)
    func numbersOfEveryWidthComeBack(width: Int) {
        var random = SplitMix(seed: UInt64(width))
        let maximum = UInt32(truncatingIfNeeded: 1 << width - 1)
        for count in [1, 2, 7, 8, 9, 64, 1_000] {
            let numbers = (0..<count).map { _ in UInt32.random(in: 0...maximum, using: &random) }
            #expect(roundTrip(numbers).numbers == numbers, "\(count) numbers")
        }
    }

    @Test func theSmallestFormIsChosen() {
        let cases: [(name: String, numbers: [UInt32], byteCount: Int)] = [
            ("none", [], 1), ("zeros", Array(repeating: 0, count: 1_000), 1),
            ("runs", Array(repeating: 5, count: 500) + Array(repeating: 900_000, count: 500), 9),
            ("one far away", [.max] + (0..<1_000).map { $0 % 100 }, 1_006),
            ("all bits", [.max, .max - 1], 9), ("one width", Array(1...100), 89),
        ]
        for (name, numbers, byteCount) in cases {
            let result = roundTrip(numbers)
            #expect(result.numbers == numbers, "\(name)")
            #expect(result.byteCount == byteCount, "\(name)")
        }
    }

    @Test func whatIsCutShortIsFilledUp() {
        var random = SplitMix(seed: 1)
        for limit in [3, 900, 70_000] as [UInt32] {
            let numbers = (0..<200).map { _ in UInt32.random(in: 0...limit, using: &random) }
            var bytes: [UInt8] = []
            NumberPacking.append(numbers, to: &bytes)
            for length in 0...bytes.count {
                var read = Array(repeating: 7 as UInt32, count: numbers.count)
                NumberPacking.read(&read, from: bytes.span.extracting(0..<length))
                #expect(read.count == numbers.count)
                if length == bytes.count { #expect(read == numbers) }
            }
        }
    }
}
