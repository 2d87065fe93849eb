import TelemetryFormat
import TelemetrySQLite

/// A rate class with its texts as ids (0 = none): one row of `rate_class`.
struct RateClassRow: Hashable {
    var source: SourceKind
    var model: Int64
    var provider: Int64
    var size: Int64
    var speed: Int64
    var serviceTier: Int64
    var region: Int64
    var hasRecordedCost: Bool
    var hasOnlyTotal: Bool

    static let insertion = """
        INSERT INTO rate_class(id, source, model, model_name, provider, size, speed, service_tier,
            region, has_recorded_cost, has_only_total) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Every rate class of a cache, with its id.
    static func all(
        _ connection: borrowing Connection
    ) throws(SQLiteError) -> [RateClassRow: Int64] {
        var select = try connection.prepare(
            """
            SELECT id, source, model, provider, size, speed, service_tier, region,
                has_recorded_cost, has_only_total FROM rate_class
            """)
        var classes: [RateClassRow: Int64] = [:]
        while try select.step() {
            let row = RateClassRow(
                source: SourceKind(rawValue: select.int64(1)) ?? .telemetry,
                model: select.int64(2), provider: select.int64(3), size: select.int64(4),
                speed: select.int64(5), serviceTier: select.int64(6), region: select.int64(7),
                hasRecordedCost: select.int64(8) != 0, hasOnlyTotal: select.int64(9) != 0)
            classes[row] = select.int64(0)
        }
        return classes
    }

    func bind(to statement: borrowing Statement, id: Int64, modelName: Int64) {
        let texts = [model, modelName, provider]
        statement.bind(1, id)
        statement.bind(2, source.rawValue)
        for (index, text) in texts.enumerated() { statement.bind(Int32(index) + 3, text.orNull) }
        statement.bind(6, size)
        statement.bind(7, speed.orNull)
        statement.bind(8, serviceTier.orNull)
        statement.bind(9, region.orNull)
        statement.bind(10, hasRecordedCost ? 1 : 0)
        statement.bind(11, hasOnlyTotal ? 1 : 0)
    }
}

extension Int64 {
    /// The id of a text, with 0 for none as NULL.
    var orNull: Int64? { self == 0 ? nil : self }
}
