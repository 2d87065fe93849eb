package import TelemetryFiles
package import TelemetryFormat

/// Checks that the store is whole (`llm-telemetry verify`): every line parses and lies in its day's
/// directory, stored texts match their records, checksums of archives hold.
package struct Verification: Sendable {
    private let layout: StoreLayout

    /// Checks of a store.
    package init(layout: StoreLayout) {
        self.layout = layout
    }

    /// Something that is not as it should be.
    package struct Finding: Equatable, Sendable, CustomStringConvertible {
        /// The file, relative to the store.
        package var file: String
        /// The line, counted from 1; nil where the whole file is meant.
        package var line: Int?
        /// What is wrong, lower-case.
        package var problem: String

        package init(file: String, line: Int? = nil, problem: String) {
            self.file = file
            self.line = line
            self.problem = problem
        }

        /// `2026-11-21/telemetry.jsonl:17: not-json`
        package var description: String {
            "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)"
        }
    }

    /// What was looked at and found.
    package struct Report: Sendable {
        package var days = 0
        package var files = 0
        package var lines = 0
        package var findings: [Finding] = []

        package init() {}
    }

    /// Checks these days, or the whole store when none are named. Findings are in the order of
    /// days, files and lines.
    package func run(days: [Day] = []) throws(FileError) -> Report {
        var report = Report()
        for day in days.isEmpty ? try layout.days() : days {
            guard let contents = try layout.contents(of: day) else {
                report.findings.append(
                    Finding(file: day.description, problem: "there is no such day"))
                continue
            }
            report.days += 1
            check(contents, &report)
        }
        if days.isEmpty { checkImported(&report) }
        return report
    }

    private func check(_ day: StoredDay, _ report: inout Report) {
        for name in day.strangers where SegmentName(name) != nil {
            report.findings.append(
                Finding(file: "\(day.day)/\(name)", problem: "not a regular file"))
        }
        var records = RecordHashes()
        let segments = day.readableSegments
        for segment in segments where segment.name.content == .telemetry {
            checkRecords(of: segment.name, day.day, &records, &report)
        }
        for segment in segments where segment.name.content.isText {
            checkTexts(of: segment.name, day.day, records, &report)
        }
        if day.hasChecksums {
            report.findings += ChecksumFile(layout: layout, day: day.day).findings()
        }
    }

    private func checkRecords(
        of name: SegmentName, _ day: Day, _ records: inout RecordHashes, _ report: inout Report
    ) {
        var scanner = RecordScanner()
        walk("\(day)/\(name.text)", &report) { line in
            switch scanner.scan(line) {
            case .blank, .other: return nil
            case .rejected(let reason): return reason.rawValue
            case .call: break
            }
            records.add(scanner, line)
            let own = scanner.timestamp.day
            return own == day ? nil : "belongs to \(own)"
        }
    }

    private func checkTexts(
        of name: SegmentName, _ day: Day, _ records: RecordHashes, _ report: inout Report
    ) {
        walk("\(day)/\(name.text)", &report) { line in
            StoredTextCheck(content: name.content).problem(of: line, records)
        }
    }

    private func checkImported(_ report: inout Report) {
        // No imported records, or none that can be looked at: the day directories are the store.
        guard let status = try? FileStatus.of(layout.importedRecords), status.kind == .regular
        else { return }
        var scanner = RecordScanner()
        walk("history/imported.jsonl", &report) { line in
            if case .rejected(let reason) = scanner.scan(line) { reason.rawValue } else { nil }
        }
    }

    /// Judges every line of a file; the judge says what is wrong with it.
    private func walk(
        _ file: String, _ report: inout Report, _ judge: (Span<UInt8>) -> String?
    ) {
        var number = 0
        var findings: [Finding] = []
        do throws(FileError) {
            let rest = try SegmentReader(path: layout.root + "/" + file).forEachLine {
                line, position in
                number += 1
                let problem = position.isTooLong ? Rejection.tooLong.rawValue : judge(line)
                if let problem {
                    findings.append(Finding(file: file, line: number, problem: problem))
                }
            }
            if rest > 0 {
                findings.append(
                    Finding(file: file, line: number + 1, problem: "the last line is unfinished"))
            }
        } catch {
            findings.append(Finding(file: file, problem: error.reason))
        }
        report.files += 1
        report.lines += number
        report.findings += findings
    }
}

/// What the records of a day say of the texts that belong to them.
struct RecordHashes {
    private var prompts: [String: Set<String>] = [:]
    private var responses: [String: Set<String>] = [:]

    mutating func add(_ scanner: RecordScanner, _ line: Span<UInt8>) {
        func text(_ key: RecordKey) -> String? {
            scanner.text(key).map { JSONString.decoded($0, in: line) }
        }
        guard let id = text(.messageID) else { return }
        prompts[id, default: []].formUnion([text(.promptHash)].compactMap { $0 })
        responses[id, default: []].formUnion([text(.responseHash)].compactMap { $0 })
    }

    /// The hashes that the records of this id state; nil when there is no such record.
    func hashes(of id: String, _ content: SegmentName.Content) -> Set<String>? {
        content == .prompts ? prompts[id] : responses[id]
    }
}
