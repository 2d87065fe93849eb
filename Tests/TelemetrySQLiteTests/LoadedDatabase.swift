import Foundation
import TelemetrySQLite

/// A database that SQLite has made and whose table and index were filled past it.
struct LoadedDatabase: ~Copyable {
    private let file: TemporaryFile
    let connection: Connection

    /// Rows of a table `t(id, a, b, c)` in ascending order of their ids, of which those with an `a`
    /// are in the index `ta`.
    struct Row: Equatable {
        var id: Int64
        var a: Int64?
        var b: String?
        var c: [UInt8]
    }

    init(pageBytes: Int, _ rows: [Row]) throws {
        let file = try TemporaryFile()
        let roots = try Self.create(file.path(), pageBytes)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file.path()))
        let size = Int(try handle.seekToEnd())
        var pages = PageBuffer(pageBytes: pageBytes, pagesBefore: size / pageBytes)
        let tableRoot = try Self.appendTable(rows, pageBytes, &pages, handle)
        let indexRoot = try Self.appendIndex(rows, pageBytes, &pages, handle)
        try Self.write(&pages, to: handle)
        for (number, page) in [(roots.table, tableRoot), (roots.index, indexRoot)] {
            try handle.seek(toOffset: UInt64(number - 1) * UInt64(pageBytes))
            try handle.write(contentsOf: Data(page))
        }
        try handle.seek(toOffset: 0)
        let bytes = Array(try handle.read(upToCount: DatabaseHeader.byteCount) ?? Data())
        guard var header = DatabaseHeader(bytes) else { throw CocoaError(.fileReadCorruptFile) }
        header.pageCount = pages.pageCount
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: Data(header.bytes))
        try handle.close()
        connection = try Connection(path: file.path(), mode: .readWrite)
        self.file = file
    }

    private static func create(
        _ path: String, _ pageBytes: Int
    ) throws -> (table: Int64, index: Int64) {
        let connection = try Connection(path: path, mode: .create)
        try connection.execute(
            """
            PRAGMA page_size = \(pageBytes);
            CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c);
            CREATE INDEX ta ON t(a) WHERE a IS NOT NULL;
            CREATE TABLE other(value);
            """)
        let select = "SELECT rootpage FROM sqlite_schema WHERE name ="
        return (
            try connection.integer("\(select) 't'") ?? 0,
            try connection.integer("\(select) 'ta'") ?? 0
        )
    }

    private static func appendTable(
        _ rows: [Row], _ pageBytes: Int, _ pages: inout PageBuffer, _ handle: FileHandle
    ) throws -> [UInt8] {
        var table = TableTree(pageBytes: pageBytes)
        var record = RecordEncoder()
        for row in rows {
            record.removeAll()
            record.appendNull()
            record.append(integers: [row.a ?? .min].span, null: .min)
            if let text = row.b {
                record.append(text: Array(text.utf8).span)
            } else {
                record.appendNull()
            }
            record.append(blob: row.c.span)
            table.append(rowID: row.id, record, to: &pages)
            if pages.isFull { try write(&pages, to: handle) }
        }
        return table.finish(&pages)
    }

    private static func appendIndex(
        _ rows: [Row], _ pageBytes: Int, _ pages: inout PageBuffer, _ handle: FileHandle
    ) throws -> [UInt8] {
        let entries = rows.compactMap { row in row.a.map { ($0, row.id) } }.sorted(by: <)
        var index = IndexTree(entries: entries.count, pageBytes: pageBytes)
        for (key, id) in entries {
            index.append(key: key, rowID: id, to: &pages)
            if pages.isFull { try write(&pages, to: handle) }
        }
        return index.finish(&pages)
    }

    private static func write(_ pages: inout PageBuffer, to handle: FileHandle) throws {
        try handle.write(contentsOf: Data(pages.bytes))
        pages.removeAll()
    }

    /// The rows as SQLite reads them.
    func rows() throws -> [Row] {
        var select = try connection.prepare("SELECT id, a, b, c FROM t")
        var rows: [Row] = []
        while try select.step() {
            rows.append(
                Row(
                    id: select.int64(0), a: select.optionalInt64(1), b: select.optionalText(2),
                    c: select.withBlob(3) { span in span.indices.map { span[$0] } }))
        }
        return rows
    }
}
