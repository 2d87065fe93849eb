import TelemetryFormat
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

@Suite struct TextTableTests {
    private func emptyCache() throws -> Connection {
        let connection = try Connection.temporary()
        try connection.execute(Schema.creation)
        return connection
    }

    @Test func aTextHasOneIDByItsBytes() throws {
        let connection = try emptyCache()
        var table = try TextTable(connection)
        let first = try table.id(of: "é")
        #expect(try table.id(of: "é") == first)
        #expect(try table.id(of: "e\u{301}") != first)
        #expect(try table.id(of: nil) == 0)
        #expect(try table.id(of: "") == 0)
    }

    @Test func anotherRunGivesTheSameIDs() throws {
        let texts = (0..<100).map { "text \($0)" }
        let connection = try emptyCache()
        var table = try TextTable(connection)
        let ids = try texts.map { try table.id(of: $0) }
        var later = try TextTable(connection)
        #expect(try later.id(of: "new") == 101)
        #expect(try texts.reversed().map { try later.id(of: $0) } == ids.reversed())
        #expect(try connection.integer("SELECT count(*) FROM text") == 101)
    }

    @Test func moreTextsThanMemoryHoldsKeepTheirIDs() throws {
        let connection = try emptyCache()
        var table = try TextTable(connection)
        let count = TextTable.maximumTexts + 50
        try connection.begin()
        for number in 1...count {
            let id = try table.id(of: "\(number)")
            if id != Int64(number) { Issue.record("\(number) has id \(id)") }
        }
        for number in [1, 2, 100, TextTable.maximumTexts, TextTable.maximumTexts + 1, count] {
            #expect(try table.id(of: "\(number)") == Int64(number))
        }
        #expect(try connection.integer("SELECT count(*) FROM text") == Int64(count))
        try connection.commit()
    }

    @Test func aModelForgottenMeanwhileHasItsNameAllTheSame() throws {
        let connection = try emptyCache()
        var table = try TextTable(connection)
        try connection.begin()
        for number in 1..<(TextTable.maximumTexts) { _ = try table.id(of: "\(number)") }
        // The model is the last text that fits; the provider makes the table forget it.
        let raw = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
        let model = try table.id(of: raw)
        let provider = try table.id(of: "aws")
        let id = try table.rateClass(
            RateClassRow(
                source: .telemetry, model: model, provider: provider, size: 0, speed: 0,
                serviceTier: 0, region: 0, hasRecordedCost: false, hasOnlyTotal: false))
        try connection.commit()
        let name = try connection.text(
            """
            SELECT value FROM rate_class JOIN text ON text.id = model_name
            WHERE rate_class.id = \(id)
            """)
        #expect(name == ModelName.normalized(raw) && name != raw)
    }

    @Test func aRateClassHasOneID() throws {
        let connection = try emptyCache()
        var table = try TextTable(connection)
        var row = RateClassRow(
            source: .telemetry, model: try table.id(of: "gpt-5"), provider: 0, size: 0,
            speed: 0, serviceTier: 0, region: 0, hasRecordedCost: false, hasOnlyTotal: false)
        let first = try table.rateClass(row)
        row.size = 3
        let second = try table.rateClass(row)
        #expect(first != second)
        var later = try TextTable(connection)
        #expect(try later.rateClass(row) == second)
        row.size = 0
        #expect(try later.rateClass(row) == first)
        row.region = try later.id(of: "us")
        #expect(try later.rateClass(row) == 3)
    }
}
