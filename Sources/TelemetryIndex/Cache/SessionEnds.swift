import TelemetryFormat
import TelemetrySQLite

/// The latest line of every session in every log, before it is stored in `file_session`.
struct SessionEnds {
    private struct Place: Hashable {
        var session: Int64
        var file: Int64
    }

    private var latest: [Place: Timestamp] = [:]
    private var removed: Set<Place> = []
    private var current: (place: Place, timestamp: Timestamp)?

    /// Whether so much is noted that it should be stored before the work ends; about 5 MB.
    var isLarge: Bool { latest.count > 1 << 16 }

    /// Notes a line of a session.
    @inline(__always)
    mutating func note(_ session: Int64, file: Int64, _ timestamp: Timestamp) {
        let place = Place(session: session, file: file)
        if let current, current.place == place {
            self.current?.timestamp = max(current.timestamp, timestamp)
            return
        }
        keepCurrent()
        current = (place, timestamp)
    }

    /// Notes that the lines of a log are taken out, those noted before in this run included.
    mutating func remove(_ session: Int64, file: Int64) {
        guard session != 0 else { return }
        let place = Place(session: session, file: file)
        if current?.place == place { current = nil }
        latest[place] = nil
        removed.insert(place)
    }

    private mutating func keepCurrent() {
        guard let current else { return }
        let earlier = latest[current.place] ?? current.timestamp
        latest[current.place] = max(earlier, current.timestamp)
    }

    /// Writes everything noted; answers the sessions whose end may have moved.
    mutating func store(_ connection: borrowing Connection) throws(SQLiteError) -> Set<Int64> {
        keepCurrent()
        current = nil
        var changed: Set<Int64> = []
        try storeRemovals(connection, &changed)
        try storeLatest(connection, &changed)
        latest.removeAll()
        removed.removeAll()
        return changed
    }

    private func storeRemovals(
        _ connection: borrowing Connection, _ changed: inout Set<Int64>
    ) throws(SQLiteError) {
        var delete = try connection.prepare(
            "DELETE FROM file_session WHERE session = ? AND file = ?")
        for place in removed {
            delete.bind(1, place.session)
            delete.bind(2, place.file)
            try delete.run()
            changed.insert(place.session)
        }
    }

    private func storeLatest(
        _ connection: borrowing Connection, _ changed: inout Set<Int64>
    ) throws(SQLiteError) {
        var insert = try connection.prepare(
            """
            INSERT INTO file_session(session, file, last_ms) VALUES(?, ?, ?)
            ON CONFLICT DO UPDATE SET last_ms = max(last_ms, excluded.last_ms)
            """)
        // In key order, so that a bulk load appends to the table instead of jumping about in it.
        let places = latest.sorted {
            ($0.key.session, $0.key.file) < ($1.key.session, $1.key.file)
        }
        for (place, timestamp) in places {
            insert.bind(1, place.session)
            insert.bind(2, place.file)
            insert.bind(3, timestamp.milliseconds)
            try insert.run()
            changed.insert(place.session)
        }
    }
}
