import TelemetryFormat
import Testing

@Suite struct TokenCountsTests {
    @Test func totalsAreMadeFromTheParts() {
        let tokens = TokenCounts(input: 5, output: 7, cacheRead: 11, cacheWrite: 13, reasoning: 3)
        #expect(tokens.total == 36)
        #expect(tokens.request == 29)
    }

    @Test func sumsBeyondSixtyFourBitsStopAtTheLargestNumber() {
        var sum = TokenCounts(input: .max - 1)
        sum += TokenCounts(input: 5, output: 1)
        #expect(sum.input == .max)
        #expect(sum.total == .max)
        var usage = Usage()
        usage.calls = .max
        usage += Usage(
            at: Timestamp(milliseconds: 0), success: true, tokens: sum, webSearches: nil, cost: nil,
            durationMilliseconds: nil)
        #expect(usage.calls == .max)
    }
}
