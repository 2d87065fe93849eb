import TelemetryFormat
import TelemetrySQLite

/// The tables `text` and `rate_class`: gives texts and rate classes their ids, from memory, else
/// from the cache, else new ones.
struct TextTable: ~Copyable {
    /// Beyond this many texts memory is given up for questions to the `text` table.
    static let maximumTexts = 1 << 16

    private var select: Statement
    private var selectValue: Statement
    private var insert: Statement
    private var insertClass: Statement
    /// Whether a text that is not in memory cannot be in the cache either.
    private var knowsAll: Bool
    private var nextID: Int64
    private var texts = TextPool()
    private var ids: [Int64] = []
    private var classes: [RateClassRow: Int64]
    /// By id of a rate class: the number of its source.
    private var sources: [Int64]

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare("SELECT id FROM text WHERE value = ?")
        let selectValue = try connection.prepare("SELECT value FROM text WHERE id = ?")
        let insert = try connection.prepare("INSERT INTO text(id, value) VALUES(?, ?)")
        let insertClass = try connection.prepare(RateClassRow.insertion)
        let nextID = (try connection.integer("SELECT max(id) FROM text") ?? 0) + 1
        let classes = try RateClassRow.all(connection)
        self.nextID = nextID
        self.classes = classes
        sources = Array(repeating: 0, count: Int(classes.values.max() ?? 0) + 1)
        for (row, id) in classes { sources[Int(id)] = row.source.rawValue }
        knowsAll = nextID == 1
        self.select = select
        self.selectValue = selectValue
        self.insert = insert
        self.insertClass = insertClass
    }

    /// The id of a text; 0 for none.
    mutating func id(of text: String?) throws(SQLiteError) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        return try id(of: Array(text.utf8))
    }

    /// The id of a text that is not empty.
    mutating func id(of text: [UInt8]) throws(SQLiteError) -> Int64 {
        if texts.count >= Self.maximumTexts { forget() }
        let (position, isNew) = texts.position(of: text.span)
        if isNew { ids.append(try stored(text.span)) }
        return ids[position]
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
        texts.removeAll()
        ids.removeAll(keepingCapacity: true)
    }

    /// The text with an id, which must be one.
    mutating func text(_ id: Int64) throws(SQLiteError) -> String {
        selectValue.bind(1, id)
        defer { selectValue.reset() }
        return try selectValue.step() ? selectValue.text(0) : ""
    }

    /// The id of a rate class whose texts are ids.
    mutating func rateClass(_ row: RateClassRow) throws(SQLiteError) -> Int64 {
        if let id = classes[row] { return id }
        let id = Int64(classes.count) + 1
        var name: Int64 = 0
        if row.model != 0 { name = try self.id(of: ModelName.normalized(try text(row.model))) }
        row.bind(to: insertClass, id: id, modelName: name)
        try insertClass.run()
        classes[row] = id
        sources.append(row.source.rawValue)
        return id
    }

    /// The number of the source of a rate class's calls.
    @inline(__always)
    func source(ofClass id: Int64) -> Int64 {
        id < Int64(sources.count) ? sources[Int(id)] : 0
    }
}

/// The ids that the cache has given to the numbers of one `CallDictionary`.
struct NameIDs {
    private var texts: [Int64] = [0]
    private var classes: [Int64] = [0]

    /// Has the cache give ids to further names.
    mutating func add(
        _ names: CallDictionary.Names, _ table: inout TextTable
    ) throws(SQLiteError) {
        if names.startsAnew { (texts, classes) = ([0], [0]) }
        for text in names.texts { texts.append(try table.id(of: text)) }
        for row in names.classes {
            var row = row
            row.model = texts[Int(row.model)]
            row.provider = texts[Int(row.provider)]
            row.speed = texts[Int(row.speed)]
            row.serviceTier = texts[Int(row.serviceTier)]
            row.region = texts[Int(row.region)]
            classes.append(try table.rateClass(row))
        }
    }

    /// Puts ids in place of a row's numbers.
    @inline(__always)
    func apply(to row: inout CallRow) {
        row.rateClass = classes[Int(row.rateClass)]
        row.agent = texts[Int(row.agent)]
        row.operation = texts[Int(row.operation)]
        row.session = texts[Int(row.session)]
        row.user = texts[Int(row.user)]
        row.project = texts[Int(row.project)]
        row.gitBranch = texts[Int(row.gitBranch)]
        row.commandLineTool = texts[Int(row.commandLineTool)]
        row.persona = texts[Int(row.persona)]
    }
}
