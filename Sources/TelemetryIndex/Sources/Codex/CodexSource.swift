import TelemetryFiles
import TelemetryFormat

/// The rollouts of Codex: every `*.jsonl`, plain or as `.zst`, below `sessions` and
/// `archived_sessions` of its home directories. They are only read.
package struct CodexSource: LogSource {
    /// The directories with rollouts in a home directory of Codex.
    private static let directories = ["sessions", "archived_sessions"]
    private static let compressedSuffix = ".zst"

    /// The home directories of Codex, without links and dots.
    package let homes: [String]

    /// The rollouts below these home directories.
    package init(homes: [String]) {
        self.homes = homes
    }

    package var kind: SourceKind { .codex }
    package var roots: [String] { homes }
    /// A compaction repeats the history that it replaces, pictures included.
    package var lineLimit: Int { RecordLimits.lineBytes }

    package func listFiles() -> LogListing {
        var listing = LogListing()
        for home in homes {
            do throws(FileError) {
                let entries = try DirectoryListing.entries(of: home).map(\.name)
                for directory in Self.directories where entries.contains(directory) {
                    add(directory, of: home, to: &listing)
                }
            } catch  where error.isMissing {
                listing.missingRoots.append(home)
            } catch {
                listing.unreachable.append(LogListing.Trouble(path: home, reason: error.reason))
            }
        }
        return listing
    }

    /// `sessions/2026/11/21/rollout-2026-11-21T10-00-00-<id>.jsonl` is of the session
    /// `2026-11-21T10-00-00-<id>` as long as the log does not say otherwise.
    package func session(ofName name: String) -> String {
        var session = FileTree.name(of: name)[...]
        if session.hasSuffix(".jsonl") { session.removeLast(".jsonl".count) }
        if session.hasPrefix("rollout-") { session.removeFirst("rollout-".count) }
        return String(session)
    }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        RolloutReader(RolloutLog(packed: memory) ?? RolloutLog(name: file.name))
    }

    package var derivation: (any CallDerivation)? { RolloutDerivation(self) }

    package func slimmed(_ line: Span<UInt8>) -> [UInt8]? {
        RolloutLine.slimmed(line)
    }

    /// The tier that the configuration in a home directory asks for; nil when it does not say.
    package func defaultTier(ofHome home: String) -> String? {
        do throws(FileError) {
            let text = try FileContents.read(
                home + "/config.toml", maximumBytes: CodexConfiguration.maximumBytes)
            return CodexConfiguration(String(decoding: text, as: UTF8.self)).serviceTier
        } catch {
            // No configuration asks for nothing; one that cannot be read cannot be heeded.
            return nil
        }
    }

    // MARK: Listing

    private func add(_ directory: String, of home: String, to listing: inout LogListing) {
        // Whoever keeps old sessions on another disk has links to it.
        let walk = DirectoryListing.walk("\(home)/\(directory)", links: .follow)
        let files = Set(walk.files)
        for file in walk.files {
            if file.hasSuffix(".jsonl") {
                add("\(directory)/\(file)", .plain, of: home, to: &listing)
            } else if file.hasSuffix(".jsonl" + Self.compressedSuffix) {
                let plain = String(file.dropLast(Self.compressedSuffix.count))
                if files.contains(plain) { continue }
                add("\(directory)/\(plain)", .zstandard, of: home, to: &listing)
            }
        }
        listing.unreachable += walk.unreadable.map {
            LogListing.Trouble(path: $0.path, reason: $0.reason)
        }
    }

    private func add(
        _ name: String, _ representation: Representation, of home: String,
        to listing: inout LogListing
    ) {
        let suffix = representation == .zstandard ? Self.compressedSuffix : ""
        let path = "\(home)/\(name)\(suffix)"
        do throws(FileError) {
            guard let status = try FileStatus.of(path, links: .refuse), status.kind == .regular
            else { return }
            listing.files.append(
                LogFile(
                    root: home, name: name, path: path, representation: representation,
                    status: status))
        } catch {
            listing.unreachable.append(LogListing.Trouble(path: path, reason: error.reason))
        }
    }
}
