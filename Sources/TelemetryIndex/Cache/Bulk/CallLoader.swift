import TelemetryFiles
import TelemetryFormat
import TelemetrySQLite

/// Writes the rows of `call`, and its index of keys, into a new cache as finished pages, past
/// SQLite. It has the file to itself: no transaction on it may be open from its making to its end,
/// for SQLite would go by what it has seen, and the file's locks of this process end with it.
struct CallLoader: ~Copyable {
    private let roots: Roots
    private var file: PageFile
    private var table = TableTree(pageBytes: PageFile.pageBytes)
    private var keys: KeyRuns
    private var record = RecordEncoder()
    private var numbers = Array(repeating: Int64(0), count: CallRow.numberColumns.count)
    /// The id that the next row gets.
    private(set) var nextID: Int64 = 1

    /// Where the creation of table and index has put their first pages.
    struct Roots {
        var table: Int64
        var index: Int64

        init(_ connection: borrowing Connection) throws(SQLiteError) {
            let select = "SELECT rootpage FROM sqlite_schema WHERE name ="
            table = try connection.integer("\(select) 'call'") ?? 0
            index = try connection.integer("\(select) 'call_key'") ?? 0
        }
    }

    /// Begins to load the new cache at a path.
    init(_ path: String, _ roots: Roots) throws(SQLiteError) {
        do throws(FileError) { file = try PageFile(path) } catch { throw SQLiteError(error) }
        self.roots = roots
        keys = KeyRuns(spillingTo: Self.keysPath(besides: path))
    }

    /// Where the keys of a new cache that do not fit into memory have a name for a moment.
    static func keysPath(besides path: String) -> String { path + "-keys" }

    /// Writes a batch.
    mutating func insert(_ batch: borrowing CallBatch) throws(SQLiteError) {
        let bytes = batch.bytes.span
        do throws(FileError) {
            for index in batch.rows.indices {
                Self.encode(batch.rows[index], bytes, &numbers, &record)
                table.append(rowID: nextID, record, to: &file.pages)
                let key = batch.rows[index].key
                if key != 0 { try keys.add(key, row: nextID) }
                nextID += 1
                if file.pages.isFull { try file.flush() }
            }
        } catch {
            throw SQLiteError(error)
        }
    }

    private static func encode(
        _ row: CallRow, _ bytes: Span<UInt8>, _ numbers: inout [Int64],
        _ record: inout RecordEncoder
    ) {
        record.removeAll()
        // The id is the row's own number; in the record its place is empty.
        record.appendNull()
        var span = numbers.mutableSpan
        row.fill(&span)
        record.append(integers: numbers.span, null: CallRow.null)
        for text in row.texts {
            let slice = bytes.extracting(text.range)
            if slice.isEmpty {
                record.appendNull()
            } else if text.isBinary {
                record.append(blob: slice)
            } else {
                record.append(text: slice)
            }
        }
    }

    /// Writes what is left; answers every key that several rows have.
    consuming func finish() throws(SQLiteError) -> [UInt64] {
        var file = self.file
        var shared: [UInt64] = []
        do throws(FileError) {
            let tableRoot = table.finish(&file.pages)
            var index = IndexTree(entries: keys.count, pageBytes: PageFile.pageBytes)
            var last: UInt64?
            try keys.forEach { (key, row) throws(FileError) in
                index.append(key: Int64(bitPattern: key), rowID: row, to: &file.pages)
                if key == last, shared.last != key { shared.append(key) }
                last = key
                if file.pages.isFull { try file.flush() }
            }
            let indexRoot = index.finish(&file.pages)
            try file.end(roots: [(roots.table, tableRoot), (roots.index, indexRoot)])
        } catch {
            throw SQLiteError(error)
        }
        return shared
    }
}

extension SQLiteError {
    /// What the system refused about the cache's file.
    fileprivate init(_ error: FileError) {
        self = .system(
            error.description, isDiskFull: ["ENOSPC", "EDQUOT"].contains(error.symbol))
    }
}
