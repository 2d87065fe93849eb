import TelemetrySQLite

/// Calls whose rows were deleted in this run, to tell new ones from those that were only read
/// again.
struct DeletedCalls {
    private var keys: Set<UInt64> = []
    private var withoutKey = 0
    var addedWithoutKey = 0

    /// Notes a call that was there before this run.
    mutating func note(_ key: UInt64) {
        if key == 0 { withoutKey += 1 } else { keys.insert(key) }
    }

    /// Notes a line that was added in this very run.
    mutating func takeBack(_ key: UInt64) {
        if key == 0 { addedWithoutKey -= 1 }
    }

    /// How many of the deleted calls are not there any more.
    func countGone(_ connection: borrowing Connection) throws(SQLiteError) -> Int {
        var gone = max(0, withoutKey - addedWithoutKey)
        guard !keys.isEmpty else { return gone }
        var select = try connection.prepare("SELECT 1 FROM call WHERE key = ? LIMIT 1")
        for key in keys {
            select.bind(1, Int64(bitPattern: key))
            if try !select.step() { gone += 1 }
            select.reset()
        }
        return gone
    }
}
