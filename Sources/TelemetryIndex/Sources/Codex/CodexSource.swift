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
    package var lineLimit: Int { RecordLimits.agentLineBytes }

    package func listFiles() -> LogListing {
        var listing = LogListing()
        for home in homes {
            do throws(FileError) {
                let entries = try DirectoryListing.entries(of: home).map(\.name)
                for directory in Self.directories where entries.contains(directory) {
                    listing.add(Self.rollouts(in: directory, of: home))
                }
            } catch {
                listing.note(error, ofHome: home)
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

    /// The thread's id at the end of a session that is named like a file of Codex, by which forks
    /// name the session, too; nil for another session.
    static func threadID(inSession session: String) -> String? {
        guard Timestamp(inRolloutName: "rollout-" + session) != nil else { return nil }
        let id = session.dropFirst("2026-11-21T10-00-00-".count)
        return id.isEmpty ? nil : String(id)
    }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        RolloutReader(
            RolloutLog(packed: memory) ?? RolloutLog(name: file.name),
            session: session(ofName: file.name))
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

    private static func rollouts(in directory: String, of home: String) -> LogListing {
        let path = "\(home)/\(directory)"
        var listing = LogListing(below: [path]) {
            $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl" + compressedSuffix)
        }
        // A link to a disk that is not there now.
        listing.unreachable += listing.missingRoots.map {
            LogListing.Trouble(path: $0, reason: "it leads nowhere")
        }
        listing.missingRoots = []
        let names = Set(listing.files.map(\.name))
        listing.files = listing.files.compactMap { rollout($0, beside: names, directory, home) }
        return listing
    }

    /// A file as a log of its home; nil for the compressed form of a log that is there plain.
    private static func rollout(
        _ file: LogFile, beside names: Set<String>, _ directory: String, _ home: String
    ) -> LogFile? {
        var rollout = file
        rollout.root = home
        if file.name.hasSuffix(compressedSuffix) {
            rollout.name.removeLast(compressedSuffix.count)
            rollout.representation = .zstandard
            if names.contains(rollout.name) { return nil }
        }
        rollout.name = "\(directory)/\(rollout.name)"
        return rollout
    }
}

extension LogListing {
    fileprivate mutating func add(_ other: LogListing) {
        files += other.files
        unreachable += other.unreachable
    }

    fileprivate mutating func note(_ error: FileError, ofHome home: String) {
        if error.isMissing {
            missingRoots.append(home)
        } else {
            unreachable.append(Trouble(path: home, reason: error.reason))
        }
    }
}
