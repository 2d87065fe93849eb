import LLMTelemetry
import TelemetryFormat
import Testing

@Suite struct SegmentNameTests {
    @Test(arguments: [
        ("telemetry.jsonl", SegmentName(.telemetry, .active)),
        ("telemetry.jsonl.gz", SegmentName(.telemetry, .active, isCompressed: true)),
        ("telemetry.0001.jsonl", SegmentName(.telemetry, .rotated(1))),
        ("telemetry.12345.jsonl", SegmentName(.telemetry, .rotated(12345))),
        ("prompts.0002.jsonl.gz", SegmentName(.prompts, .rotated(2), isCompressed: true)),
        ("responses.jsonl", SegmentName(.responses, .active)),
        (
            "telemetry.w17-0a1b2c3d.jsonl",
            SegmentName(.telemetry, .own(process: 17, mark: "0a1b2c3d"))
        ),
    ])
    func readsAndWritesItsNames(text: String, name: SegmentName) {
        #expect(SegmentName(text) == name)
        #expect(name.text == text)
        #expect(name.plain.text == text.replacing(".gz", with: ""))
    }

    @Test(arguments: [
        "", ".", "telemetry", "telemetry.json", "telemetry.jsonl.bak", "Telemetry.jsonl",
        "telemetry..jsonl", "telemetry.1.jsonl", "telemetry.0000.jsonl", "telemetry.00001.jsonl",
        "telemetry.-001.jsonl", "telemetry.+001.jsonl", "telemetry.0001.jsonl.gz.gz",
        "telemetry.w1.jsonl", "telemetry.w0-0a1b2c3d.jsonl", "telemetry.w1-0A1B2C3D.jsonl",
        "telemetry.w1-0a1b2c3.jsonl", "telemetry.w01-0a1b2c3d.jsonl", "xtelemetry.jsonl",
        "telemetry.jsonl ", "telemetry.0001.0002.jsonl", "SHA256SUMS", ".keep",
    ])
    func refusesEveryOther(text: String) {
        #expect(SegmentName(text) == nil)
    }

    @Test func theOldestComesFirst() {
        let names = [
            "telemetry.0002.jsonl", "telemetry.10000.jsonl", "telemetry.w17-0a1b2c3d.jsonl",
            "telemetry.jsonl", "telemetry.jsonl.gz", "prompts.0001.jsonl",
        ].map { SegmentName($0)! }
        #expect(names.shuffled().sorted() == names)
    }

    @Test func recognisesItsOwnLeftoversOnly() {
        #expect(StoreLayout.isLeftover(".telemetry.0001.jsonl.gz.tmp-12-0a1b2c3d"))
        #expect(StoreLayout.isLeftover(".SHA256SUMS.tmp-12-0a1b2c3d"))
        #expect(!StoreLayout.isLeftover(".notes.tmp-12-0a1b2c3d"))
        #expect(!StoreLayout.isLeftover("telemetry.jsonl.tmp-12"))
        #expect(!StoreLayout.isLeftover(".tmp-"))
    }
}
