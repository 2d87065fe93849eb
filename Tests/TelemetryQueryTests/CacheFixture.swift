import TelemetryFormat
import TelemetryIndex
import TelemetryPricing
import TelemetryQuery
import TelemetrySQLite

/// A call as a test states it.
struct TestCall {
    var at: String
    var model: String? = "claude-sonnet-4-5"
    var tokens = TokenCounts(input: 1_000, output: 100)
    var source = SourceKind.telemetry
    var provider: String?
    var project: String?
    var agent: String?
    var operation: String?
    var user: String?
    var session: String?
    var gitBranch: String?
    var commandLineTool: String?
    var persona: String?
    var messageID: String?
    var error: String?
    var isSidechain = false
    var duration: Int64?
    var cost: Money?
    var succeeded = true
    var webSearches: Int64 = 0
    var isKept = true
    var region: String?

    var instant: Timestamp { Timestamp(iso8601: at)! }

    var rateClass: RateClass {
        RateClass(
            model: model, provider: provider, size: RequestSize.bucket(tokens.request),
            region: region, hasRecordedCost: cost != nil, hasOnlyTotal: tokens.unsplit > 0)
    }

    var usage: Usage {
        var usage = Usage()
        usage.calls = 1
        usage.failed = succeeded ? 0 : 1
        usage.tokens = tokens
        usage.webSearches = webSearches
        usage.recordedCalls = cost == nil ? 0 : 1
        usage.recordedCost = cost ?? .zero
        if let duration {
            usage.timedCalls = 1
            usage.durationMilliseconds = duration
            usage.timedOutputTokens = tokens.output
        }
        usage.first = instant
        usage.last = instant
        return usage
    }
}

/// A small cache in memory, filled as the index fills one: rows, their hours, and sums of them.
struct CacheFixture: ~Copyable {
    let connection: Connection
    private var texts: [String: Int64] = [:]
    private var classes: [ClassKey: Int64] = [:]
    private var sums: [Int64: [Cell: Usage]] = [:]
    private var hours: [Int: ClosedRange<Int64>] = [:]
    private var nextID: Int64 = 1

    private struct ClassKey: Hashable {
        var source: SourceKind
        var rateClass: RateClass
    }

    private struct Cell: Hashable {
        var rateClass: Int64
        var value: Int64
    }

    private init(empty connection: consuming Connection) {
        self.connection = connection
    }

    /// A cache of these calls, and of totals of removed days, each of one call.
    static func of(
        _ calls: [TestCall], removed: [(day: String, call: TestCall)] = []
    ) throws -> CacheFixture {
        let connection = try Connection.temporary()
        try connection.execute(Schema.creation)
        var fixture = CacheFixture(empty: connection)
        try fixture.addFile()
        for call in calls { try fixture.add(call) }
        for (day, call) in removed { try fixture.add(call, removedWith: Day(day)!) }
        try fixture.storeSums()
        return fixture
    }

    /// The one log that all calls come from.
    private func addFile() throws {
        let counts = [
            "id", "source", "device", "inode", "size", "mtime_ns", "ctime_ns", "offset", "lines",
            "calls", "others", "rejected", "pending", "head_hash", "tail_hash", "prefix_hash",
            "first_call", "last_call", "ingested_ms", "captured_ns",
        ]
        let ones = Array(repeating: "1", count: counts.count).joined(separator: ", ")
        try connection.execute(
            """
            INSERT INTO file(root, name, path, \(counts.joined(separator: ", ")))
            VALUES('/s', 'f', '/s/f', \(ones))
            """)
    }

    private mutating func text(_ value: String?) throws -> Int64? {
        guard let value else { return nil }
        if let id = texts[value] { return id }
        let id = Int64(texts.count + 1)
        texts[value] = id
        var insert = try connection.prepare("INSERT INTO text VALUES(?, ?)")
        insert.bind(1, id)
        try insert.bind(2, value)
        try insert.run()
        return id
    }

    private mutating func rateClass(of call: TestCall) throws -> Int64 {
        let key = ClassKey(source: call.source, rateClass: call.rateClass)
        if let id = classes[key] { return id }
        let id = Int64(classes.count + 1)
        classes[key] = id
        let rateClass = call.rateClass
        let values: [Int64?] = [
            id, call.source.rawValue, try text(call.model),
            try text(call.model.map { ModelName.normalized($0) }), try text(call.provider),
            Int64(rateClass.size), try text(rateClass.speed), try text(rateClass.serviceTier),
            try text(rateClass.region), rateClass.hasRecordedCost ? 1 : 0,
            rateClass.hasOnlyTotal ? 1 : 0,
        ]
        try insert(values, into: "rate_class")
        return id
    }

    private func insert(_ values: [Int64?], into table: String) throws {
        let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
        var insert = try connection.prepare("INSERT INTO \(table) VALUES(\(marks))")
        for (index, value) in values.enumerated() { insert.bind(Int32(index) + 1, value) }
        try insert.run()
    }

    private mutating func add(_ call: TestCall) throws {
        let rateClass = try rateClass(of: call)
        let names: [Facet: Int64?] = [
            .project: try text(call.project), .agent: try text(call.agent),
            .operation: try text(call.operation), .user: try text(call.user),
        ]
        try insert(call, rateClass: rateClass, names: names)
        let hour = call.instant.hour
        let range = hours[hour] ?? nextID...nextID
        hours[hour] = range.lowerBound...nextID
        nextID += 1
        guard call.isKept else { return }
        for facet in Facet.allCases {
            let cell = Cell(rateClass: rateClass, value: (names[facet] ?? nil) ?? 0)
            for id in [facet.rowID(hour: hour), facet.rowID(day: hour / 24)] {
                sums[id, default: [:]][cell, default: Usage()] += call.usage
            }
        }
    }

    private mutating func insert(
        _ call: TestCall, rateClass: Int64, names: [Facet: Int64?]
    ) throws {
        let tokens = call.tokens
        let values: [(String, Int64?)] = [
            ("id", nextID), ("file", 1), ("line_offset", nextID * 100),
            ("kept", call.isKept ? 1 : 0), ("contested", 0),
            ("timestamp_ms", call.instant.milliseconds), ("rate_class", rateClass),
            ("agent", names[.agent]!), ("operation", names[.operation]!),
            ("session", try text(call.session)), ("user", names[.user]!),
            ("project", names[.project]!), ("git_branch", try text(call.gitBranch)),
            ("cli_tool", try text(call.commandLineTool)), ("persona", try text(call.persona)),
            ("duration_ms", call.duration), ("input_tokens", tokens.input),
            ("output_tokens", tokens.output), ("cache_read_tokens", tokens.cacheRead),
            ("cache_write_tokens", tokens.cacheWrite),
            ("cache_write_1h_tokens", tokens.cacheWriteOneHour),
            ("reasoning_tokens", tokens.reasoning), ("unsplit_tokens", tokens.unsplit),
            ("web_searches", call.webSearches), ("cost", call.cost.map { Int64($0.units) }),
            ("success", call.succeeded ? 1 : 0), ("is_sidechain", call.isSidechain ? 1 : 0),
            ("is_local", 0), ("details", 0),
        ]
        let marks = Array(repeating: "?", count: values.count + 2).joined(separator: ", ")
        var insert = try connection.prepare(
            """
            INSERT INTO call(\(values.map(\.0).joined(separator: ", ")), msg_id, error)
            VALUES(\(marks))
            """)
        for (index, value) in values.enumerated() { insert.bind(Int32(index) + 1, value.1) }
        try insert.bind(Int32(values.count) + 1, call.messageID)
        try insert.bind(Int32(values.count) + 2, call.error)
        try insert.run()
    }

    private mutating func add(_ call: TestCall, removedWith day: Day) throws {
        var insert = try connection.prepare(
            "INSERT INTO removed VALUES(0, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        insert.bind(1, day.number)
        insert.bind(2, call.instant.hour)
        insert.bind(3, try rateClass(of: call))
        insert.bind(4, try text(call.project))
        insert.bind(5, try text(call.agent))
        insert.bind(6, try text(call.operation))
        insert.bind(7, try text(call.user))
        var bytes: [UInt8] = []
        RollupPacking.append(call.usage, to: &bytes)
        try insert.bindBlob(8, bytes.span)
        var latency = LatencyHistogram()
        if let duration = call.duration { latency.add(duration) }
        var json = JSONText()
        latency.write(to: &json)
        try insert.bindText(9, json.bytes.span)
        try insert.run()
    }

    private func storeSums() throws {
        for (id, cells) in sums {
            var bytes: [UInt8] = []
            for (cell, usage) in cells {
                RollupPacking.append(
                    RollupCell(rateClass: cell.rateClass, value: cell.value, usage: usage),
                    to: &bytes)
            }
            var insert = try connection.prepare("INSERT INTO rollup VALUES(?, ?)")
            insert.bind(1, id)
            try insert.bindBlob(2, bytes.span)
            try insert.run()
        }
        for (hour, range) in hours {
            try insert([Int64(hour), range.lowerBound, range.upperBound], into: "hour")
        }
    }

    /// An engine that reads this cache.
    consuming func engine(
        prices: PriceTable = PriceTable(), method: QueryEngine.Method = .sums
    ) -> QueryEngine {
        QueryEngine(connection, prices: prices, method: method)
    }
}
