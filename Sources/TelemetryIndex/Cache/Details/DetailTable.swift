import TelemetrySQLite

/// The table `detail`: the kept calls of each UTC hour, packed column by column.
struct DetailTable: ~Copyable {
    private var select: Statement
    private var store: Statement
    private var delete: Statement
    private var packer = DetailPacker()
    private var block = DetailBlock()

    init(_ connection: borrowing Connection) throws(SQLiteError) {
        let select = try connection.prepare(DetailBlock.selection)
        let store = try connection.prepare(
            "INSERT OR REPLACE INTO detail(id, numbers) VALUES(?, ?)")
        let delete = try connection.prepare("DELETE FROM detail WHERE id = ?")
        self.select = select
        self.store = store
        self.delete = delete
    }

    /// Adds calls to those of an hour.
    mutating func merge(_ calls: [CallDetail], _ hour: Int) throws(SQLiteError) {
        try block.read(Set(DetailColumn.allCases), hour: hour, &select)
        let known = (0..<block.count).map { CallDetail(block, $0) }
        try replace(known.isEmpty ? calls : known + calls, hour)
    }

    /// Stores calls in place of those of an hour.
    mutating func replace(_ calls: [CallDetail], _ hour: Int) throws(SQLiteError) {
        for column in DetailColumn.allCases {
            if calls.isEmpty {
                delete.bind(1, column.rowID(hour: hour))
                try delete.run()
            } else {
                store.bind(1, column.rowID(hour: hour))
                try store.bindBlob(2, packer.pack(column, of: calls).span)
                try store.run()
            }
        }
    }
}
