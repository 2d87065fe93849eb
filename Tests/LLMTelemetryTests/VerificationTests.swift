import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

@Suite struct VerificationTests {
    private func findings(_ store: TestStore, _ days: [String] = []) throws -> [String] {
        try Verification(layout: store.layout).run(days: days.map { day($0) }).findings
            .map(\.description)
    }

    private let file = "2026-11-21/telemetry.jsonl"

    @Test func aWholeStoreHasNoFindings() throws {
        let store = try TestStore()
        let telemetry = store.telemetry {
            $0.storesPrompts = true
            $0.storesResponses = true
        }
        var asked = call()
        asked.prompt = "p"
        asked.response = "r"
        try telemetry.append([asked, call(), asked])
        try store.gzip("2026-11-21/prompts.jsonl")
        let report = try Verification(layout: store.layout).run()
        #expect(report.findings == [])
        #expect((report.days, report.files, report.lines) == (1, 3, 7))
    }

    @Test func namesFileAndLine() throws {
        let store = try TestStore()
        let lines = [
            line("a"), "torn", line("b", at: "2026-11-20T23:59:59Z"), "", "[]",
            #"{"event":"dropped"}"#, #"{"timestamp":"2026-11-21T00:00:00Z"}"#,
        ]
        try store.write(lines.joined(separator: "\n") + "\n{\"half", to: file)
        #expect(
            try findings(store) == [
                "\(file):2: not-json", "\(file):3: belongs to 2026-11-20",
                "\(file):5: not-an-object", "\(file):7: no-call",
                "\(file):8: the last line is unfinished",
            ])
    }

    /// What stands in the place of a segment is neither read nor written.
    @Test func namesWhatIsNoFileWhereASegmentShouldBe() throws {
        let store = try TestStore()
        try store.write(line("a") + "\n", to: file)
        try run("mkfifo", store.path("2026-11-21/telemetry.0001.jsonl"))
        try run("ln", "-s", "telemetry.jsonl", store.path("2026-11-21/telemetry.0002.jsonl"))
        try run("touch", store.path("2026-11-21/notes.txt"))
        #expect(
            try findings(store).sorted() == [
                "2026-11-21/telemetry.0001.jsonl: not a regular file",
                "2026-11-21/telemetry.0002.jsonl: not a regular file",
            ])
    }

    @Test func comparesTextsWithTheirRecords() throws {
        let store = try TestStore()
        let telemetry = store.telemetry { $0.storesPrompts = true }
        var asked = call("id")
        asked.prompt = "secret"
        try telemetry.append(asked)
        let prompts = "2026-11-21/prompts.jsonl"
        let text = try store.text(prompts)
        try store.write(text.replacing("secret", with: "forged"), to: prompts)
        #expect(try findings(store) == ["\(prompts):1: the prompt does not match its hash"])
        try store.write(text.replacing("\"id\"", with: "\"other\""), to: prompts)
        #expect(try findings(store) == ["\(prompts):1: there is no record of this prompt"])
        let forged = text.replacing("secret", with: "forged").replacing(
            SHA256.label(of: "secret"), with: SHA256.label(of: "forged"))
        try store.write(forged, to: prompts)
        #expect(
            try findings(store) == ["\(prompts):1: the record states another hash of the prompt"])
        try store.write("{}\n\nx\n", to: prompts)
        #expect(
            try findings(store) == ["\(prompts):1: no stored prompt", "\(prompts):3: not-json"])
    }

    @Test func checksTheSumsOfAnArchive() throws {
        let store = try TestStore()
        try store.write(line("a") + "\n", to: file)
        try store.gzip(file)
        let bytes = try FileContents.read(store.path(file + ".gz"), maximumBytes: 1 << 20)
        let good = SHA256.hexadecimal(SHA256.hash(bytes.span))
        let bad = String(repeating: "0", count: 64)
        let sums = ChecksumFile.text(of: [
            .init(sha256: good, name: "telemetry.jsonl.gz"),
            .init(sha256: bad, name: "telemetry.jsonl.gz"),
            .init(sha256: bad, name: "telemetry.0001.jsonl.gz"),
        ])
        try store.write(sums + "what\n", to: "2026-11-21/SHA256SUMS")
        let place = "2026-11-21/SHA256SUMS"
        #expect(
            try findings(store) == [
                "\(place):2: telemetry.jsonl.gz does not match its checksum",
                "\(place):3: telemetry.0001.jsonl.gz: No such file or directory",
                "\(place):4: not a checksum",
            ])
        try store.write(
            ChecksumFile.text(of: [.init(sha256: good, name: "telemetry.jsonl.gz")]), to: place)
        #expect(try findings(store) == [])
        try run("sh", "-c", "cd '\(store.path("2026-11-21"))' && sha256sum -c SHA256SUMS")
    }

    @Test func aDamagedArchiveIsAFinding() throws {
        let store = try TestStore()
        try store.write("no gzip at all", to: file + ".gz")
        let findings = try findings(store)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("\(file).gz: ") == true)
    }

    @Test func looksAtTheDaysNamedOnly() throws {
        let store = try TestStore()
        try store.write("torn\n", to: "2026-11-20/telemetry.jsonl")
        try store.write(line("a") + "\n", to: file)
        #expect(try findings(store, ["2026-11-21"]) == [])
        #expect(try findings(store, ["2026-11-20"]).count == 1)
        #expect(try findings(store, ["2026-11-19"]) == ["2026-11-19: there is no such day"])
    }
}
