import TelemetryIndex
import TelemetrySQLite

/// Says what the keys of a breakdown stand for, and what texts the ids of the cache do.
struct KeyNames: ~Copyable {
    private let catalog: RateClassCatalog
    private var select: Statement

    init(_ connection: borrowing Connection, _ catalog: RateClassCatalog) throws(SQLiteError) {
        select = try connection.prepare("SELECT value FROM text WHERE id = ?")
        self.catalog = catalog
    }

    /// The name of a key; nil for calls that name nothing in the dimension.
    mutating func name(of key: Int64, by dimension: Dimension) throws(SQLiteError) -> String? {
        switch dimension {
        case .model: catalog.models[key]
        case .source: SourceKind(rawValue: key)?.name
        case .hour, .day, .week, .month: DisplayClock.label(of: key, by: dimension)
        case .project, .agent, .operation, .user, .session: try text(key)
        }
    }

    /// The text with this id; nil when there is none.
    mutating func text(_ id: Int64) throws(SQLiteError) -> String? {
        if id == 0 { return nil }
        select.bind(1, id)
        defer { select.reset() }
        return try select.step() ? select.text(0) : nil
    }

    /// The name that the latest call gives, the smallest if calls of one instant differ.
    mutating func name(_ latest: LatestName) throws(SQLiteError) -> String? {
        var names: [String] = []
        for id in latest.ids {
            if let name = try text(id) { names.append(name) }
        }
        return names.min { $0.precedes($1) }
    }

    /// The names of models in their order, each once.
    func models(_ keys: some Sequence<Int64>) -> [String] {
        keys.compactMap { catalog.models[$0] }.sorted { $0.precedes($1) }
    }
}
