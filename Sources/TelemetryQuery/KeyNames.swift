import TelemetryIndex
import TelemetrySQLite

/// Says what the keys of a breakdown stand for.
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
        case .model: return catalog.models[key]
        case .source: return SourceKind(rawValue: key)?.name
        case .hour, .day, .week, .month: return DisplayClock.label(of: key, by: dimension)
        case .project, .agent, .operation, .user, .session: break
        }
        select.bind(1, key)
        defer { select.reset() }
        return try select.step() ? select.text(0) : nil
    }
}
