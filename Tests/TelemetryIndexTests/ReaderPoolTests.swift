import Testing

@testable import TelemetryIndex

@Suite struct ReaderPoolTests {
    /// Calls, refused lines and names of its own for a log of more than a megabyte.
    private func log(_ number: Int) -> String {
        (0..<6000).map { line in
            if line % 700 == 3 { return "no record \(line)\n" }
            // Every tenth call stands in the next log, too.
            let id = line % 10 == 0 ? "shared-\(line)" : "\(number)-\(line)"
            return record(
                id, model: "model-\(number)-\(line % 7)", session: "s\(line / 50)",
                input: line, output: number, project: "project-\(line % 3)")
        }.joined()
    }

    @Test func whatThreadsReadIsWhatOneReads() throws {
        let store = try TemporaryStore()
        for number in 0..<5 {
            try store.write("2026-10-0\(number + 1)/telemetry.jsonl", log(number))
            try store.sync()
        }
        #expect(try store.rows("SELECT count(*), sum(size) > 5000000 FROM file") == ["5|1"])
        #expect(try store.differenceFromRebuild() == nil)
        let rebuilt = try store.sync(.rebuild)
        #expect(rebuilt.lines.rejected == 45)
        #expect(rebuilt.lines.ingested == 30_000 - 45 - 4 * 600)
        #expect(rebuilt.rejections.first?.count == 45)
    }
}
