import TelemetryFormat
import Testing

@testable import TelemetryPricing

@Suite struct PriceOverridesTests {
    @Test(arguments: [
        #"{"id":"my-model","input_mtok":1,"output_mtok":2}"#,
        #"[{"id":"my-model","input_mtok":1,"output_mtok":2}]"#,
        #"{"models":[{"id":"my-model","prices":[{"input_mtok":1,"output_mtok":2}]}]}"#,
        #" [ {"id" : "a", "prices" : {}} , "#
            + #"{"id":"My-Model","input_mtok":1.0,"output_mtok":2e0} ] "#,
        """
        {"id":"other","input_mtok":3}

        {"id":"my-model",
         "input_mtok":1,"output_mtok":2}

        """,
        "\u{FEFF}{\"id\":\"my-model\",\"prices\":{\"input_mtok\":1,\"output_mtok\":2}}",
    ])
    func readsRowsInAListAnObjectOrLines(file: String) throws {
        let table = try table(file)
        let found = rates(of: "my-model", table)
        #expect(found?.input == Money(units: 10_000_000))
        #expect(found?.output == Money(units: 20_000_000))
    }

    @Test func anEmptyFileHasNoRows() throws {
        #expect(try PriceOverrides(parsing: []).count == 0)
        #expect(try PriceOverrides(parsing: Array(" \n[]\n".utf8)).count == 0)
    }

    @Test func comeBeforeTheTable() throws {
        let table = try table(#"{"id":"gpt-5","input_mtok":7}"#)
        let price = try #require(table.price(of: "gpt-5"))
        #expect(price.reason == .override(line: 1))
        #expect(rates(of: "gpt-5", table)?.input == Money(units: 70_000_000))
        #expect(table.price(of: "openai/gpt-5-2025-08-07")?.reason == .override(line: 1))
        #expect(table.price(of: "gpt-5-mini")?.reason == .id)
    }

    @Test func applyToTheProviderTheyName() throws {
        let table = try table(
            """
            {"id":"claude-opus-4-6","provider":"anthropic","input_mtok":1}
            {"id":"claude-opus-4-6","provider":"bedrock","input_mtok":2}
            {"id":"claude-opus-4-6","provider":"our-gateway","input_mtok":3}
            {"id":"llama3","provider":"local","prices":{}}
            """)
        func line(_ model: String, _ provider: String?) -> ModelPrice.Reason? {
            table.price(of: model, provider: provider)?.reason
        }
        #expect(line("claude-opus-4-6", nil) == .override(line: 1))
        #expect(line("claude-opus-4-6", "anthropic") == .override(line: 1))
        #expect(line("us.anthropic.claude-opus-4-6-v1:0", nil) == .override(line: 2))
        #expect(line("claude-opus-4-6", "our-gateway") == .override(line: 3))
        #expect(line("claude-opus-4-6", "vertex") == .id)
        #expect(line("llama3", "local") == .override(line: 4))
        #expect(line("llama3", "openai") == nil)
    }

    @Test func mayHaveClausesTiersDatesAndVariants() throws {
        let table = try table(
            #"""
            {"id":"house","match":{"starts_with":"house-"},"prices":[
              {"input_mtok":{"base":1,"tiers":[{"above":1000,"price":2}]}},
              {"when":{"from":"2026-03-13","daily_from":"22:30","daily_to":"06:00"},
               "input_mtok":4}],
             "variants":[{"when":{"service_tier":"batch"},"input_mtok":0.5}]}
            """#)
        let rateClass = RateClass(model: "house-20260101")
        #expect(!table.isAdditive(rateClass))
        func dollars(_ tokens: Int64, _ instant: String, tier: String? = nil) throws -> String? {
            var rateClass = rateClass
            rateClass.serviceTier = tier
            let at = try #require(Timestamp(iso8601: instant))
            return table.cost(
                ofCall: TokenCounts(input: tokens), webSearches: 0, rateClass, at: at)?.jsonNumber
        }
        #expect(try dollars(1_000, "2026-01-01T00:00:00Z") == "0.001")
        #expect(try dollars(1_001, "2026-01-01T00:00:00Z") == "0.002002")
        #expect(try dollars(1_000, "2026-03-13T22:29:59Z") == "0.001")
        #expect(try dollars(1_000, "2026-03-13T22:30:00Z") == "0.004")
        #expect(try dollars(1_000, "2026-03-14T05:59:59Z") == "0.004")
        #expect(try dollars(1_000, "2026-03-14T06:00:00Z") == "0.001")
        #expect(try dollars(1_000, "2026-03-14T06:00:00Z", tier: "batch") == "0.0005")
        #expect(table.price(of: "house-proud") == nil, "a clause names, it does not search")
    }

    @Test(arguments: [
        ("{\"id\":\"a\",\"input_mtok\":1}\n{\"id\":\"b\"}", "line 2: no price for \"b\""),
        (#"{"input_mtok":1}"#, #"line 1: a row needs an "id""#),
        (#"{"id":"a","input":1}"#, #"line 1: unknown key "input""#),
        (#"{"id":"a","input_mtok":"1"}"#, #"line 1: "input_mtok" must be a number"#),
        (#"{"id":"a","input_mtok":-1}"#, #"line 1: "input_mtok" is negative"#),
        (#"{"id":"a","input_mtok":0.1234567}"#, #"line 1: "input_mtok" has more than 6 decimals"#),
        (
            #"{"id":"a","input_mtok":0.10000000000000000001}"#,
            #"line 1: "input_mtok" has more than 6 decimals"#
        ),
        (#"{"id":"a","input_mtok":1e9}"#, #"line 1: "input_mtok" is over a million dollars"#),
        (
            #"{"id":"a","input_mtok":1,"input_mtok":2}"#,
            #"line 1: "input_mtok" twice in one object"#
        ),
        (
            "{\"id\":\"a\",\"input_mtok\":1}\n\n{\"id\":\"A\",\"input_mtok\":1}",
            "line 3: \"A\" has a price already, on line 1"
        ),
        ("[\n{\"id\":\"a\",\"input_mtok\":1},\n{\"id\":\"b\",}]", "line 3: not-json"),
        ("\n\n{\"id\":\"a\"", "line 3: the row does not end"),
        ("[{\"id\":\"a\",\"input_mtok\":1}\n", "line 2: the list of rows does not end"),
        ("\nhello", "line 2: expected a row, an object"),
        (
            #"{"id":"a","match":{"like":"x"},"input_mtok":1}"#,
            #"line 1: unknown or malformed clause "like""#
        ),
        (
            #"{"id":"a","match":{"regex":"a(b"},"input_mtok":1}"#,
            #"line 1: unknown or malformed clause "regex""#
        ),
        (
            #"{"id":"a","prices":[{"when":{"from":"soon"},"input_mtok":1}]}"#,
            #"line 1: "from" must be a day such as "2026-03-13""#
        ),
        (
            #"{"id":"a","prices":[{"when":{"daily_from":"01:00"},"input_mtok":1}]}"#,
            #"line 1: "daily_from" and "daily_to" go together"#
        ),
    ])
    func refusesWhatItDoesNotUnderstand(file: String, problem: String) {
        #expect {
            _ = try PriceOverrides(parsing: Array(file.utf8))
        } throws: { error in
            "\(error)" == problem
        }
    }

    private func table(_ file: String) throws -> PriceTable {
        try PriceTable(overrides: PriceOverrides(parsing: Array(file.utf8)))
    }

    private func rates(of model: String, _ table: PriceTable) -> Rates? {
        table.schedule(for: RateClass(model: model))?.rates(atHour: 0)
    }
}
