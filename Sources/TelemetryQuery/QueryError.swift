package import TelemetryIndex
package import TelemetrySQLite

/// Why a question has no answer.
package struct QueryError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What a caller does differently by kind.
    package enum Kind: Equatable, Sendable {
        /// The cache is damaged or no cache: rebuild it.
        case damagedCache
        /// Another process held the cache's lock for too long, or left work undone.
        case busyCache
        /// The statement of `query` is not allowed, wrong or went beyond a limit: usage, not
        /// failure.
        case refusedStatement
        /// A name that stands for several sessions: usage, not failure.
        case ambiguousName
        /// Anything else that the system refused.
        case failure
    }

    package let kind: Kind
    /// What happened, in lower case and without a full stop.
    package let description: String

    /// What SQLite said about our own statements.
    package init(_ error: SQLiteError) {
        kind =
            if error.isCorruption {
                .damagedCache
            } else if error.isBusy || error.isReadOnly {
                .busyCache
            } else {
                .failure
            }
        description = "cannot read the cache: \(error.message)"
    }

    /// Why the cache could not be opened.
    package init(_ error: IndexError) {
        if case .cache(let error) = error {
            self.init(error)
        } else {
            self.init(kind: .failure, description: error.description)
        }
    }

    /// There is no session of this name.
    static func noSession(_ name: String) -> QueryError {
        QueryError(kind: .failure, description: "session not found: \(name)")
    }

    /// There are these sessions of this name.
    static func severalSessions(_ name: String, _ sessions: [SessionRow]) -> QueryError {
        let ids = Set(sessions.map(\.id)).sorted { $0.precedes($1) }
        guard ids.count > 1 else {
            let sources = sessions.map(\.source).joined(separator: " and ")
            return QueryError(
                kind: .ambiguousName,
                description: "session \(name) is in \(sources): choose one with --source")
        }
        let more = ids.count > listedNames ? " and \(ids.count - listedNames) more" : ""
        return QueryError(
            kind: .ambiguousName,
            description: "\(ids.count) sessions begin with \(name): "
                + ids.prefix(listedNames).joined(separator: ", ") + more)
    }

    /// Enough to see where ids differ, and a line or two on a terminal.
    private static let listedNames = 5

    private init(kind: Kind, description: String) {
        self.kind = kind
        self.description = description
    }

    /// What SQLite or the sandbox said about a statement of the user's.
    static func statement(_ error: SQLiteError) -> QueryError {
        if error.isCorruption || error.isBusy || error.isReadOnly { return QueryError(error) }
        let place = error.place.map { " at \($0)" } ?? ""
        return QueryError(kind: .refusedStatement, description: error.message + place)
    }
}
