import Testing

@testable import TelemetrySQLite

@Suite struct PagesTests {
    private static let counts = [0, 1, 2, 3, 21, 22, 23, 24, 500, 501, 502, 503, 4000]

    @Test(
        "what is built past SQLite is a sound database with the same rows",
        arguments: [512, 1024, 8192, 65536], counts)
    func soundDatabase(pageBytes: Int, count: Int) throws {
        var random = SeededGenerator(seed: UInt64(pageBytes + count))
        let rows = Self.rows(count, maximumBlob: 200, &random)
        let database = try LoadedDatabase(pageBytes: pageBytes, rows)
        #expect(try database.connection.text("PRAGMA integrity_check") == "ok")
        #expect(try database.rows() == rows)
    }

    @Test("every number of entries makes a sound index")
    func everyNumberOfEntries() throws {
        var random = SeededGenerator(seed: 7)
        let rows = Self.rows(1200, maximumBlob: 0, &random)
        for count in stride(from: 0, to: rows.count, by: 7) {
            let database = try LoadedDatabase(pageBytes: 512, Array(rows[..<count]))
            #expect(try database.connection.text("PRAGMA integrity_check") == "ok", "\(count)")
        }
    }

    @Test("rows longer than a page go on in further pages", arguments: [512, 8192])
    func longRows(pageBytes: Int) throws {
        var rows: [LoadedDatabase.Row] = []
        for length in [pageBytes - 60, pageBytes - 35, pageBytes, pageBytes * 2, 300_000] {
            for difference in -20...20 {
                let bytes = [UInt8](repeating: UInt8(60 + difference), count: length + difference)
                let id = Int64(rows.count * 3 + 1)
                rows.append(LoadedDatabase.Row(id: id, a: id, b: nil, c: bytes))
            }
        }
        let database = try LoadedDatabase(pageBytes: pageBytes, rows)
        #expect(try database.connection.text("PRAGMA integrity_check") == "ok")
        #expect(try database.rows() == rows)
    }

    @Test("every width of an integer comes back")
    func integers() throws {
        let powers = (0..<63).flatMap { bit -> [Int64] in
            let power = Int64(1) << Int64(bit)
            return [power, power - 1, -power, -power - 1]
        }
        let values = Set(powers + [.max, .min + 1]).sorted()
        let rows = values.enumerated().map { index, value in
            LoadedDatabase.Row(id: Int64(index), a: value, b: nil, c: [])
        }
        let database = try LoadedDatabase(pageBytes: 1024, rows)
        #expect(try database.rows() == rows)
        for row in rows {
            var select = try database.connection.prepare(
                "SELECT id FROM t INDEXED BY ta WHERE a = ?")
            select.bind(1, row.a)
            #expect(try select.step())
            #expect(select.int64(0) == row.id)
        }
    }

    @Test("ids of every length come back")
    func rowIDs() throws {
        let ids = (0..<63).map { Int64(1) << $0 } + [.max]
        let rows = ids.map { LoadedDatabase.Row(id: $0, a: nil, b: "é\($0)", c: []) }
        let database = try LoadedDatabase(pageBytes: 512, rows)
        #expect(try database.connection.text("PRAGMA integrity_check") == "ok")
        #expect(try database.rows() == rows)
    }

    @Test("SQLite goes on writing where the loading ended")
    func writingOn() throws {
        var random = SeededGenerator(seed: 11)
        let rows = Self.rows(3000, maximumBlob: 100, &random)
        let database = try LoadedDatabase(pageBytes: 512, rows)
        try database.connection.execute(
            """
            INSERT INTO t(a, b, c) SELECT a + 1, b || 'x', c FROM t;
            UPDATE t SET a = 5 WHERE id % 3 = 0;
            INSERT INTO other SELECT a FROM t;
            DELETE FROM t WHERE id % 5 = 0;
            """)
        let deleted = database.connection.changes
        #expect(try database.connection.text("PRAGMA integrity_check") == "ok")
        let left = try database.connection.integer("SELECT count(*) FROM t")
        #expect(left == Int64(rows.count * 2) - deleted)
    }

    @Test("the page that SQLite locks by is passed over")
    func lockPage() {
        // At 65,536 bytes a page the place at 2³⁰ is in page 16,385.
        var pages = PageBuffer(pageBytes: 65536, pagesBefore: 16383)
        let page = [UInt8](repeating: 1, count: 65536)
        let numbers = (0..<3).map { _ in page.withUnsafeBytes { pages.append($0) } }
        #expect(numbers == [16384, 16386, 16387])
        #expect(pages.pageCount == 16387)
        #expect(pages.bytes.count == 4 * 65536)
        #expect(pages.bytes[65536..<2 * 65536].allSatisfy { $0 == 0 })
    }

    @Test("a chain of pages leads around the page that SQLite locks by")
    func chainAroundLockPage() {
        var pages = PageBuffer(pageBytes: 65536, pagesBefore: 16382)
        var table = TableTree(pageBytes: 65536)
        var record = RecordEncoder()
        record.append(blob: [UInt8](repeating: 1, count: 3 * 65536).span)
        table.append(rowID: 1, record, to: &pages)
        let next = [0, 1, 3].map { page in
            pages.bytes[page * 65536..<page * 65536 + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        #expect(next == [16384, 16386, 0])
    }

    @Test("bytes that are no header of a database are refused")
    func noHeader() {
        #expect(DatabaseHeader([]) == nil)
        #expect(DatabaseHeader([UInt8](repeating: 0, count: 100)) == nil)
    }

    private static func rows(
        _ count: Int, maximumBlob: Int, _ random: inout SeededGenerator
    ) -> [LoadedDatabase.Row] {
        var id: Int64 = 0
        return (0..<count).map { _ in
            id += Int64.random(in: 1...3, using: &random)
            return LoadedDatabase.Row(
                id: id, a: id % 4 == 0 ? nil : Int64.random(in: -1000...1000, using: &random),
                b: Bool.random(using: &random) ? "text \(id)" : nil,
                c: (0..<Int.random(in: 0...maximumBlob, using: &random)).map { UInt8($0 & 255) })
        }
    }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
