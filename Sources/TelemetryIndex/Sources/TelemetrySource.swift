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
                addImported(to: &listing)
            }
        }
        return listing
    }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        TelemetryLineReader()
    }

    private func addDay(_ day: String, to listing: inout LogListing) {
        let path = store + "/" + day
        do throws(FileError) {
            let segments = try DirectoryListing.files(in: path, where: Self.isSegment)
            listing.unreachable += segments.unreadable.map {
                LogListing.Trouble(path: $0.path, reason: $0.reason)
            }
            let isArchived = segments.files.contains { $0.name.hasSuffix(".gz") }
            let plain = isArchived ? Set(segments.files.map(\.name)) : []
            for file in segments.files {
                let isCompressed = isArchived && file.name.hasSuffix(".gz")
                let name = isCompressed ? String(file.name.dropLast(3)) : file.name
                if isCompressed, plain.contains(name) { continue }
                listing.files.append(
                    LogFile(
                        root: store, name: day + "/" + name, path: path + "/" + file.name,
                        representation: isCompressed ? .gzip : .plain, status: file.status))
            }
        } catch {
            listing.unreachable.append(LogListing.Trouble(path: path, reason: error.reason))
        }
    }

    private func addImported(to listing: inout LogListing) {
        let name = "history/imported.jsonl"
        let path = store + "/" + name
        do throws(FileError) {
            guard let status = try FileStatus.of(path, links: .refuse), status.kind == .regular
            else { return }
            listing.files.append(
                LogFile(
                    root: store, name: name, path: path, representation: .plain, status: status))
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
