import TelemetryFormat
import TelemetrySQLite

/// Gives repeated texts and rate classes their ids: from memory, else from the cache, else new
/// ones.
package struct CallDictionary: ~Copyable {
    /// Beyond this many texts memory is given up for questions to the `text` table.
    private static let maximumTexts = 1 << 17
    /// One for each dimension that a reader asks for: most lines repeat the value of the line
    /// before.
    private static let slots = 16

    private var select: Statement
    private var selectValue: Statement
    private var insert: Statement
    private var insertClass: Statement
    /// Whether a text that is not in memory cannot be in the cache either.
    private var knowsAll: Bool
    private var nextID: Int64
    private var index = HashIndex(capacity: 1024)
    private var ids: [Int64] = []
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    private var latest = Array(repeating: -1, count: slots)
    private var classes: [RateClassRow: Int64]
    private var latestClass: (row: RateClassRow, id: Int64)?

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare("SELECT id FROM text WHERE value = ?")
        let selectValue = try connection.prepare("SELECT value FROM text WHERE id = ?")
        let insert = try connection.prepare("INSERT INTO text(id, value) VALUES(?, ?)")
        let insertClass = try connection.prepare(RateClassRow.insertion)
        let nextID = (try connection.integer("SELECT max(id) FROM text") ?? 0) + 1
        let classes = try RateClassRow.all(connection)
        self.nextID = nextID
        self.classes = classes
        knowsAll = nextID == 1
        self.select = select
        self.selectValue = selectValue
        self.insert = insert
        self.insertClass = insertClass
    }

    // MARK: Texts

    /// The id of a token's text; 0 for none. `slot` tells the dimensions of a line apart.
    @inline(__always)
    mutating func text(
        _ token: JSONToken?, in line: Span<UInt8>, slot: Int
    ) throws(IndexError) -> Int64 {
        guard let token else { return 0 }
        if token.hasEscapes { return try id(of: JSONString.decoded(token, in: line)) }
        let text = line.extracting(token.range)
        let latest = self.latest[slot]
        if latest >= 0, isText(latest, text) { return ids[latest] }
        let position = try position(of: text)
        self.latest[slot] = position
        return ids[position]
    }

    /// The id of a text; 0 for none.
    mutating func id(of text: String?) throws(IndexError) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        let bytes = Array(text.utf8)
        let position = try position(of: bytes.span)
        return ids[position]
    }

    private mutating func position(of text: Span<UInt8>) throws(IndexError) -> Int {
        var hash = LineHash()
        hash.combine(text)
        if let found = index.find(hash.value, where: { isText($0, text) }) { return found }
        if ids.count >= Self.maximumTexts { forget() }
        let id = try IndexError.cache { () throws(SQLiteError) in try stored(text) }
        index.insert(hash.value, ids.count)
        ids.append(id)
        bytes.append(copying: text)
        ends.append(bytes.count)
        return ids.count - 1
    }

    @inline(__always)
    private func isText(_ position: Int, _ text: Span<UInt8>) -> Bool {
        let start = position == 0 ? 0 : ends[position - 1]
        guard ends[position] - start == text.count else { return false }
        let stored = bytes.span.extracting(start..<ends[position])
        for offset in text.indices where stored[offset] != text[offset] { return false }
        return true
    }

    private mutating func stored(_ text: Span<UInt8>) throws(SQLiteError) -> Int64 {
        if !knowsAll {
            try select.bindText(1, text)
            defer { select.reset() }
            if try select.step() { return select.int64(0) }
        }
        insert.bind(1, nextID)
        try insert.bindText(2, text)
        try insert.run()
        nextID += 1
        return nextID - 1
    }

    private mutating func forget() {
        knowsAll = false
        index.removeAll()
        ids.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        latest = Array(repeating: -1, count: Self.slots)
    }

    // MARK: Rate classes

    /// The id of a rate class.
    @inline(__always)
    mutating func rateClass(_ row: RateClassRow) throws(IndexError) -> Int64 {
        if let latestClass, latestClass.row == row { return latestClass.id }
        var id = classes[row] ?? 0
        if id == 0 { id = try addClass(row) }
        latestClass = (row, id)
        return id
    }

    private mutating func addClass(_ row: RateClassRow) throws(IndexError) -> Int64 {
        let id = Int64(classes.count) + 1
        let name = try normalizedName(of: row.model)
        try IndexError.cache { () throws(SQLiteError) in
            row.bind(to: insertClass, id: id, modelName: name)
            try insertClass.run()
        }
        classes[row] = id
        return id
    }

    private mutating func normalizedName(of model: Int64) throws(IndexError) -> Int64 {
        if model == 0 { return 0 }
        let raw = try IndexError.cache { () throws(SQLiteError) in
            selectValue.bind(1, model)
            defer { selectValue.reset() }
            return try selectValue.step() ? selectValue.text(0) : ""
        }
        return try id(of: ModelName.normalized(raw))
    }
}

/// A rate class with its texts as ids (0 = none): one row of `rate_class`.
struct RateClassRow: Hashable {
    var source: SourceKind
    var model: Int64
    var provider: Int64
    var size: Int64
    var speed: Int64
    var serviceTier: Int64
    var region: Int64
    var hasRecordedCost: Bool
    var hasOnlyTotal: Bool

    static let insertion = """
        INSERT INTO rate_class(id, source, model, model_name, provider, size, speed, service_tier,
            region, has_recorded_cost, has_only_total) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Every rate class of a cache, with its id.
    static func all(
        _ connection: borrowing Connection
    ) throws(SQLiteError) -> [RateClassRow: Int64] {
        var select = try connection.prepare(
            """
            SELECT id, source, model, provider, size, speed, service_tier, region,
                has_recorded_cost, has_only_total FROM rate_class
            """)
        var classes: [RateClassRow: Int64] = [:]
        while try select.step() {
            let row = RateClassRow(
                source: SourceKind(rawValue: select.int64(1)) ?? .telemetry,
                model: select.int64(2), provider: select.int64(3), size: select.int64(4),
                speed: select.int64(5), serviceTier: select.int64(6), region: select.int64(7),
                hasRecordedCost: select.int64(8) != 0, hasOnlyTotal: select.int64(9) != 0)
            classes[row] = select.int64(0)
        }
        return classes
    }

    fileprivate func bind(to statement: borrowing Statement, id: Int64, modelName: Int64) {
        let texts = [model, modelName, provider]
        statement.bind(1, id)
        statement.bind(2, source.rawValue)
        for (index, text) in texts.enumerated() { statement.bind(Int32(index) + 3, text.orNull) }
        statement.bind(6, size)
        statement.bind(7, speed.orNull)
        statement.bind(8, serviceTier.orNull)
        statement.bind(9, region.orNull)
        statement.bind(10, hasRecordedCost ? 1 : 0)
        statement.bind(11, hasOnlyTotal ? 1 : 0)
    }
}

extension Int64 {
    /// The id of a text, with 0 for none as NULL.
    var orNull: Int64? { self == 0 ? nil : self }
}
