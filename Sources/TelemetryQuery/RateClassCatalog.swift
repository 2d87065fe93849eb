import TelemetryFormat
import TelemetrySQLite

/// The rate classes of a cache, by position: the rows of `rate_class` spelled out.
struct RateClassCatalog {
    /// A rate class and what reports group it by.
    struct Entry {
        /// Row id.
        var id: Int64
        /// Number of the source, as the cache has it.
        var source: Int64
        var rateClass: RateClass
        /// The normalised model id; nil when the calls name no model.
        var modelName: String?
        /// What rows of a report about models are told apart by; 0 = no model.
        var modelKey: Int64
    }

    private(set) var entries: [Entry] = []
    /// The model that each key stands for.
    private(set) var models: [Int64: String] = [:]
    /// Position by row id; -1 where there is no row.
    private var positions: [Int32] = []

    /// Ids count from 1 without gaps; one beyond this is damage and its calls are not counted.
    private static let maximumID: Int64 = 1 << 22

    /// Reads all of them. With `keepsRawModels` models that differ only in spelling stay apart.
    init(_ connection: borrowing Connection, keepsRawModels: Bool) throws(SQLiteError) {
        var select = try connection.prepare(
            """
            SELECT class.id, class.source, class.model, class.model_name, model.value, name.value,
                provider.value, class.size, speed.value, tier.value, region.value,
                class.has_recorded_cost, class.has_only_total
            FROM rate_class AS class
                LEFT JOIN text AS model ON model.id = class.model
                LEFT JOIN text AS name ON name.id = class.model_name
                LEFT JOIN text AS provider ON provider.id = class.provider
                LEFT JOIN text AS speed ON speed.id = class.speed
                LEFT JOIN text AS tier ON tier.id = class.service_tier
                LEFT JOIN text AS region ON region.id = class.region
            ORDER BY class.id
            """)
        while try select.step() {
            let id = select.int64(0)
            guard (0...Self.maximumID).contains(id) else { continue }
            positions += repeatElement(-1, count: Int(id) + 1 - positions.count)
            positions[Int(id)] = Int32(entries.count)
            let entry = Self.entry(select, keepsRawModels: keepsRawModels)
            models[entry.modelKey] = keepsRawModels ? entry.rateClass.model : entry.modelName
            entries.append(entry)
        }
    }

    private static func entry(
        _ select: borrowing Statement, keepsRawModels: Bool
    ) -> Entry {
        let rateClass = RateClass(
            model: select.optionalText(4), provider: select.optionalText(6),
            size: Int(select.int64(7)), speed: select.optionalText(8),
            serviceTier: select.optionalText(9), region: select.optionalText(10),
            hasRecordedCost: select.int64(11) != 0, hasOnlyTotal: select.int64(12) != 0)
        return Entry(
            id: select.int64(0), source: select.int64(1), rateClass: rateClass,
            modelName: select.optionalText(5),
            modelKey: select.int64(keepsRawModels ? 2 : 3))
    }

    /// The position of the rate class with this row id; nil when the cache lacks it.
    @inline(__always)
    func position(of id: Int64) -> Int? {
        guard id >= 0, id < Int64(positions.count) else { return nil }
        let position = positions[Int(id)]
        return position < 0 ? nil : Int(position)
    }
}
