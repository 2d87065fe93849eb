import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// Records of a made-up program, the same ones every time.
struct SampleRecords {
    /// The instant as of which the records are questioned.
    static let now = "2026-10-30T12:00:00Z"

    private static let lastDay = Timestamp(iso8601: "2026-10-30T00:00:00Z")!
    private static let dayMilliseconds: Int64 = 86_400_000
    private static let models = [
        "claude-3-5-haiku", "claude-sonnet-4", "claude-opus-4", "gpt-5", "gpt-5-mini",
        "gemini-2.5-pro",
    ]
    private static let agents = [
        "doc-finder", "git-pr-review", "test-generation", "code-analysis", "planner",
    ]
    private static let operations = [
        "search", "review", "generate", "analyze", "plan", "summarize",
    ]
    private static let projects = ["spacewalker", "mimir", "atlas"]

    /// How many days, up to that of `now`, the records are spread over.
    let days: Int

    /// Writes records one after the other into one file.
    func write(_ count: Int, toFile path: String) throws(BenchmarkError) {
        var random = Random()
        for day in 0..<days {
            try write(share(of: count, on: day), on: day, to: path, &random)
        }
    }

    /// Writes records into the day directories of a store that is made for them.
    func write(_ count: Int, toStore layout: StoreLayout) throws(BenchmarkError) {
        var random = Random()
        for day in 0..<days {
            let date = start(of: day).day
            let path = layout.path(date, SegmentName(.telemetry, .active))
            try withFiles { () throws(FileError) in
                try FileTree.createDirectories(layout.directory(of: date))
            }
            try write(share(of: count, on: day), on: day, to: path, &random)
        }
    }

    /// The first days take what does not divide evenly.
    private func share(of count: Int, on day: Int) -> Int {
        count / days + (day < count % days ? 1 : 0)
    }

    private func start(of day: Int) -> Timestamp {
        let distance = Int64(days - 1 - day) * Self.dayMilliseconds
        return Timestamp(milliseconds: Self.lastDay.milliseconds - distance)
    }

    private func write(
        _ count: Int, on day: Int, to path: String, _ random: inout Random
    ) throws(BenchmarkError) {
        let file = try withFiles { () throws(FileError) in
            try FileDescriptor.open(path, for: .append)
        }
        var block: [UInt8] = []
        for index in 0..<count {
            let offset = Self.dayMilliseconds * Int64(index) / Int64(count)
            let timestamp = Timestamp(milliseconds: start(of: day).milliseconds + offset)
            block += Self.call(at: timestamp, session: index / 40, &random).jsonLine()
            if block.count >= 1 << 20 || index == count - 1 {
                try withFiles { () throws(FileError) in try file.writeAll(block.span) }
                block.removeAll(keepingCapacity: true)
            }
        }
    }

    private static func call(
        at timestamp: Timestamp, session: Int, _ random: inout Random
    ) -> Call {
        var call = Call()
        call.timestamp = timestamp
        call.messageID = "msg_" + random.hexadecimal(16)
        call.requestID = "req_" + random.hexadecimal(12)
        call.agentName = random.pick(agents)
        call.operation = random.pick(operations)
        call.model = random.pick(models)
        call.sessionID = "s\(timestamp.day)-\(session)"
        call.userID = "u\(random.below(5))"
        call.durationMilliseconds = random.below(9_000)
        call.tokens = TokenCounts(
            input: random.below(20_000), output: random.below(3_000),
            cacheRead: random.below(50_000), cacheWrite: random.below(5_000))
        call.cost = Money(units: Int128(random.below(100_000)) * Money.unitsPerDollar / 1_000_000)
        call.promptHash = "sha256:" + random.hexadecimal(32)
        call.responseHash = "sha256:" + random.hexadecimal(32)
        call.project = random.pick(projects)
        call.gitBranch = "main"
        if random.below(100) < 3 { call.error = #"rate limited: "429""# }
        return call
    }
}

/// SplitMix64: small, and the same on every platform.
private struct Random: RandomNumberGenerator {
    private var state: UInt64 = 7

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int64) -> Int64 { Int64.random(in: 0..<limit, using: &self) }

    mutating func pick(_ words: [String]) -> String { words[Int(below(Int64(words.count)))] }

    /// So many random bytes as digits.
    mutating func hexadecimal(_ bytes: Int) -> String {
        var values: [UInt8] = []
        while values.count < bytes { values.append(UInt8(truncatingIfNeeded: next() >> 32)) }
        return Hexadecimal.text(values)
    }
}
