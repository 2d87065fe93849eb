import TelemetryFormat
import TelemetryQuery
import Testing

@Suite struct SQLQuestionTests {
    private static func engine() throws -> QueryEngine {
        try CacheFixture.of([
            TestCall(at: "2026-11-20T10:00:00Z", project: "apollo", duration: 12),
            TestCall(at: "2026-11-20T11:00:00Z", cost: .microdollars(2_500)),
        ]).engine()
    }

    @Test func givesTypedCellsUnderTheirNames() throws {
        let answer = try Self.engine().run(
            """
            SELECT model, input_tokens AS input, project, cost_usd_raw, x'0102' AS bytes
            FROM calls ORDER BY timestamp
            """)
        #expect(answer.columns == ["model", "input", "project", "cost_usd_raw", "bytes"])
        #expect(
            answer.rows == [
                [
                    .text("claude-sonnet-4-5"), .integer(1_000), .text("apollo"), .null,
                    .blob(bytes: 2),
                ],
                [
                    .text("claude-sonnet-4-5"), .integer(1_000), .null, .real(0.0025),
                    .blob(bytes: 2),
                ],
            ])
        #expect(!answer.isTruncated)
    }

    @Test(arguments: [
        "SELECT * FROM call", "SELECT * FROM text", "DELETE FROM call", "SELECT 1; SELECT 2",
        "ATTACH 'x' AS x", "PRAGMA user_version = 3", "SELECT nothing FROM calls", "",
    ])
    func refusesAllElse(sql: String) throws {
        let engine = try Self.engine()
        #expect {
            try engine.run(sql)
        } throws: { error in
            (error as? QueryError)?.kind == .refusedStatement
        }
    }

    @Test func saysWhereAnErrorIs() throws {
        let engine = try Self.engine()
        #expect {
            try engine.run("SELECT modle FROM calls")
        } throws: { error in
            "\(error)" == "no such column: modle at line 1, column 8"
        }
    }

    @Test func stopsAtItsLimits() throws {
        let sql = "SELECT a.model FROM calls a, calls b"
        var limits = QueryEngine.ResultLimits()
        limits.rows = 3
        let byRows = try Self.engine().run(sql, limits: limits)
        #expect(byRows.rows.count == 3)
        #expect(byRows.isTruncated)
        limits = QueryEngine.ResultLimits()
        limits.bytes = 40
        let byBytes = try Self.engine().run(sql, limits: limits)
        #expect(byBytes.rows.count == 2)
        #expect(byBytes.isTruncated)
    }

    @Test func listsTheViewsWithTheirColumns() throws {
        let engine = try Self.engine()
        let views = try engine.publicViews()
        #expect(views.first?.name == "calls")
        #expect(views.first?.columns.prefix(3) == ["source", "timestamp", "timestamp_ms"])
    }

    @Test func listsModelsWithoutPrice() throws {
        let calls = [
            TestCall(at: "2026-11-20T10:00:00Z"),
            TestCall(at: "2026-11-20T10:00:00Z", model: "unheard-of-1", cost: .zero),
            TestCall(at: "2026-11-20T10:00:00Z", model: "unheard-of-2"),
            TestCall(at: "2026-11-20T11:00:00Z", model: "unheard-of-2"),
            TestCall(at: "2026-11-20T11:00:00Z", model: nil),
            TestCall(at: "2026-11-20T11:00:00Z", tokens: TokenCounts(unsplit: 5)),
        ]
        let models = try CacheFixture.of(calls).engine().modelsWithoutPrice(Questions.about())
        #expect(
            models.map { "\($0.model ?? "–"): \($0.calls)" } == [
                "unheard-of-2: 2", "unheard-of-1: 1",
            ])
    }
}
