import Testing

@testable import TelemetryFormat

@Suite struct LineHashTests {
    private func hash(_ runs: [UInt8]...) -> UInt64 {
        var hash = LineHash()
        for run in runs { hash.combine(run.span) }
        return hash.value
    }

    private func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.span.isEqual(to: right.span)
    }

    private static let text = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ 7) }

    @Test func tellsApartTextsThatDifferInOneBit() {
        for length in [0, 1, 3, 4, 7, 8, 15, 16, 17, 32, 33, 127, 128, 129, 191, 192, 300] {
            let text = Array(Self.text.prefix(length))
            var seen: Set<UInt64> = [hash(text)]
            for index in text.indices {
                for bit in 0..<8 {
                    var other = text
                    other[index] ^= 1 << bit
                    #expect(seen.insert(hash(other)).inserted, "bit \(bit) of byte \(index)")
                }
            }
        }
    }

    @Test func tellsApartTextsOfZerosByTheirLength() {
        let hashes = (0...300).map { hash([UInt8](repeating: 0, count: $0)) }
        #expect(Set(hashes).count == hashes.count)
    }

    @Test func tellsApartWhereOneRunEndsAndTheNextBegins() {
        #expect(hash([1, 2], [3]) != hash([1], [2, 3]))
        #expect(hash([1, 2, 3]) != hash([1, 2], [3]))
        #expect(hash([1], [2]) != hash([2], [1]))
    }

    @Test func canBeResumed() {
        var first = LineHash()
        first.combine(Self.text.span)
        var resumed = LineHash(first.value)
        let rest: [UInt8] = [1, 2, 3]
        resumed.combine(rest.span)
        #expect(resumed.value == hash(Self.text, rest))
    }

    @Test func textsAreEqualOnlyWhenAllTheirBytesAre() {
        for length in 0...40 {
            let text = Array(Self.text.prefix(length))
            #expect(areEqual(text, text))
            for index in text.indices {
                var other = text
                other[index] ^= 0x80
                #expect(!areEqual(text, other))
            }
            #expect(!areEqual(text, text + [0]))
        }
    }
}
