import SchemaSupport
import TelemetryFormat
import TelemetryQuery
import Testing

@testable import TelemetryReport

@Suite struct JSONReportTests {
    static let answers: [(String, any Presentable)] = [
        ("stats", Sample.stats), ("costs", Sample.costs), ("models", Sample.models),
        ("daily", Sample.daily), ("performance", Sample.performance),
        ("patterns", Sample.patterns), ("sessions", Sample.sessions),
        ("sessions show", Sample.session),
    ]

    @Test func everyDocumentIsAsTheSchemaSays() throws {
        let validator = try SchemaFile.load()
        for (command, answer) in Self.answers {
            let text = answer.text(.json)
            let parsed = try JSONValue(parsing: Array(text.utf8).span)
            #expect(validator.complaints(about: parsed, command: command) == [])
            #expect(text.hasSuffix("}\n"))
            #expect(text.filter { $0 == "\n" }.count == 1)
            #expect(text.hasPrefix("{\"schema_version\":1,\"command\":\"\(command)\","))
        }
    }

    @Test func theValidatorComplains() throws {
        let validator = try SchemaFile.load()
        var head = Sample.stats
        head.head.sources = ["elsewhere"]
        #expect(!validator.complaints(about: head.document, command: "stats").isEmpty)
        #expect(!validator.complaints(about: Sample.stats.document, command: "costs").isEmpty)
        let extra = JSONValue.object((Sample.stats.document.members ?? []) + [.init("x", .null)])
        #expect(
            validator.complaints(about: extra, command: "stats") == ["$.x is not declared"])
    }

    @Test func theHeadIsTheContracts() {
        var answer = Sample.costs
        answer.head.unpricedModels = [.init(model: "foo-1", calls: 3)]
        answer.breakdowns = []
        #expect(
            answer.text(.json) == """
                {"schema_version":1,"command":"costs",\
                "period":{"label":"last 30 days","since":"2026-10-23","until":"2026-11-21",\
                "timezone":"Europe/Berlin"},\
                "store":".llm-telemetry","sources":["telemetry"],\
                "filters":{"model":["claude-*","gpt-*"]},\
                "pricing":{"mode":"auto","snapshot":"2026-11-21"},\
                "totals":{"calls":1250,"succeeded":1238,"failed":12,\
                "tokens":{"input":1234567,"output":234567,"cache_read":0,"cache_write":0,\
                "reasoning":0,"total":1469134},"cost_usd":47.32,"unpriced_calls":3},\
                "unpriced_models":[{"model":"foo-1","calls":3}],\
                "notes":["2026-10-01 is from summary.json"]}

                """)
    }

    @Test func namesFromLogsAreEscaped() {
        let text = Sample.costs.text(.json)
        #expect(text.contains("evil\\u001b[31m\\u202e|<b>*x*"))
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func theUnknownIsNull() throws {
        let document = Sample.costs.document
        let row = try #require(document["by_model"]?.array?.last)
        #expect(row["cost_usd"]?.isNull == true)
        #expect(row["cost_share"]?.isNull == true)
        let project = try #require(document["by_project"]?.array?.last)
        #expect(project["project"]?.isNull == true)
    }

    @Test func moneyIsRoundedOnceHalfEvenToNineDecimals() {
        for (units, text): (Int128, String) in [
            (25_000_000_000, "0.0025"), (5_000, "0"), (15_000, "0.000000002"), (0, "0"),
            (603_000_000_000, "0.0603"),
        ] {
            var usage = PricedUsage()
            usage.cost = Money(units: units)
            let document = JSONValue.object(JSONReport.usage(usage)).document
            #expect(document.contains("\"cost_usd\":\(text),"), "\(units)")
        }
    }

    @Test func approximatePercentilesSaySo() {
        var latency = Sample.latency
        #expect(!JSONValue.object(JSONReport.latency(latency)).document.contains("approximate"))
        latency.isApproximate = true
        #expect(
            JSONValue.object(JSONReport.latency(latency)).document
                == "{\"count\":5,\"mean_ms\":1200.5,\"p50_ms\":900,\"p95_ms\":3400,"
                + "\"p99_ms\":12000,\"max_ms\":75000,\"approximate\":true}\n")
    }

    @Test func aStatementsRowsAreObjectsWithDistinctNames() {
        let answer = SQLAnswer(
            columns: ["n", "n", "t"],
            rows: [[.integer(1), .real(0.5), .text("x")], [.null, .real(.nan), .blob(bytes: 3)]])
        #expect(
            answer.text(.json) == """
                {"schema_version":1,"command":"query","columns":["n","n_2","t"],\
                "rows":[{"n":1,"n_2":0.5,"t":"x"},{"n":null,"n_2":null,"t":"blob of 3 bytes"}],\
                "truncated":false}

                """)
    }

    @Test func aStatementsOwnNamesAreNotTakenForRepeatedOnes() {
        let answer = SQLAnswer(columns: ["n", "n", "n_2", "n"], rows: [])
        #expect(answer.text(.json).contains("\"columns\":[\"n\",\"n_3\",\"n_2\",\"n_4\"]"))
    }
}
