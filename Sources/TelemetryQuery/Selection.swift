import TelemetryFormat
import TelemetryIndex
import TelemetrySQLite

/// Which calls a question is about, beside its period: the filters, each pattern compared with each
/// name of the cache once, so that rows are chosen by numbers.
struct Selection {
    /// By position in the catalog: source, model and provider.
    private(set) var classes: [Bool]
    /// Ids of the texts that a call must have one of.
    private(set) var values: [Facet: Set<Int64>] = [:]
    private(set) var sessions: Set<Int64>?
    let status: CallStatus?

    /// Whether calls are chosen by something that no sum is kept by.
    var needsCalls: Bool { status != nil || sessions != nil || values.count > 1 }

    /// The sums to add up for a total: those by the facet that is filtered by, else those by none.
    var facet: Facet { values.keys.first ?? .whole }

    init(
        _ request: QueryRequest, _ catalog: RateClassCatalog, _ connection: borrowing Connection
    ) throws(SQLiteError) {
        status = request.status
        let sources = Set(request.sources.compactMap { SourceKind(name: $0)?.rawValue })
        let models = request.patterns("model")
        let providers = request.patterns("provider")
        classes = catalog.entries.map { entry in
            let provider = entry.rateClass.provider
            return sources.contains(entry.source)
                && (models?.match(entry.modelName, entry.rateClass.model) ?? true)
                && (providers?.match(provider) ?? true)
        }
        for (name, facet) in Self.facets {
            guard let patterns = request.patterns(name) else { continue }
            values[facet] = try Self.texts(patterns, connection)
        }
        if let patterns = request.patterns("session") {
            sessions = try Self.texts(patterns, connection)
        }
    }

    /// Leaves only calls of these sessions.
    mutating func narrow(toSessions ids: Set<Int64>) {
        sessions = sessions?.intersection(ids) ?? ids
    }

    private static let facets: [(String, Facet)] = [
        ("project", .project), ("agent", .agent), ("operation", .operation), ("user", .user),
    ]

    /// The ids of all texts that a pattern matches.
    private static func texts(
        _ patterns: [NamePattern], _ connection: borrowing Connection
    ) throws(SQLiteError) -> Set<Int64> {
        var ids: Set<Int64> = []
        var select = try connection.prepare("SELECT id, value FROM text")
        while try select.step() {
            if patterns.match(select.text(1)) { ids.insert(select.int64(0)) }
        }
        return ids
    }

    /// Whether a call with these names is among those asked for.
    @inline(__always)
    func accepts(_ names: SummandNames) -> Bool {
        acceptsFacets(of: names) && sessions?.contains(names.session) ?? true
    }

    /// Whether a call ended as asked for.
    @inline(__always)
    func accepts(_ call: Usage) -> Bool {
        switch status {
        case nil: true
        case .success: call.failed == 0
        case .failure: call.failed == 1
        }
    }

    /// Whether a call's names are among those asked for, whatever its session.
    @inline(__always)
    func acceptsFacets(of names: SummandNames) -> Bool {
        for (facet, allowed) in values where !allowed.contains(names[facet]) { return false }
        return true
    }
}

extension QueryRequest {
    /// The patterns of a filter; nil when there is no such filter.
    fileprivate func patterns(_ name: String) -> [NamePattern]? {
        let texts = filters.filter { $0.name == name }.flatMap(\.patterns)
        return texts.isEmpty ? nil : texts.map { NamePattern($0) }
    }
}

extension [NamePattern] {
    /// Whether one of the names is of one of the patterns.
    fileprivate func match(_ names: String?...) -> Bool {
        names.contains { name in name.map { name in contains { $0.matches(name) } } ?? false }
    }
}
