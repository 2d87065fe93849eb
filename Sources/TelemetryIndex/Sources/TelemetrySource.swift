import TelemetryFiles
import TelemetryFormat

/// The store's own records: `<day>/telemetry*.jsonl`, plain or as `.gz`, and
/// `history/imported.jsonl` (`docs/log-format.md`).
package struct TelemetrySource: LogSource {
    /// The store's directory.
    package let store: String

    /// The records of the store in this directory.
    package init(store: String) {
        self.store = store
    }

    package var kind: SourceKind { .telemetry }
    package var roots: [String] { [store] }
    package var removalSummaryPath: String? { store + "/summary.json" }
    package var lineLimit: Int { RecordLimits.lineBytes }

    package func listFiles() -> LogListing {
        var listing = LogListing()
        for directory in entries(of: store, &listing) where directory.kind == .directory {
            if Day(directory.name) != nil {
                addDay(directory.name, to: &listing)
            } else if directory.name == "history" {
                addFile("history", "imported.jsonl", to: &listing)
            }
        }
        return listing
    }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        TelemetryLineReader()
    }

    private func addDay(_ day: String, to listing: inout LogListing) {
        let names = entries(of: "\(store)/\(day)", &listing)
            .filter { $0.kind == .regular && Self.isSegment($0.name) }.map(\.name)
        let isArchived = names.contains { $0.hasSuffix(".gz") }
        let plain = isArchived ? Set(names.filter { $0.hasSuffix(".jsonl") }) : []
        for name in names {
            let isSpare = isArchived && name.hasSuffix(".gz") && plain.contains("\(name.dropLast(3))")
            if !isSpare { addFile(day, name, to: &listing) }
        }
    }

    private func addFile(_ directory: String, _ name: String, to listing: inout LogListing) {
        let isCompressed = name.hasSuffix(".gz")
        let logName = isCompressed ? String(name.dropLast(3)) : name
        let path = "\(store)/\(directory)/\(name)"
        do throws(FileError) {
            guard let status = try FileStatus.of(path, links: .refuse), status.kind == .regular
            else { return }
            listing.files.append(
                LogFile(
                    root: store, name: "\(directory)/\(logName)", path: path,
                    representation: isCompressed ? .gzip : .plain, status: status))
        } catch {
            listing.unreachable.append(LogListing.Trouble(path: path, reason: error.reason))
        }
    }

    private func entries(of path: String, _ listing: inout LogListing) -> [DirectoryEntry] {
        do throws(FileError) {
            return try DirectoryListing.entries(of: path)
        } catch {
            listing.unreachable.append(LogListing.Trouble(path: path, reason: error.reason))
            return []
        }
    }

    /// Whether a file of a day directory holds records.
    static func isSegment(_ name: String) -> Bool {
        name.hasPrefix("telemetry") && (name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz"))
    }
}
