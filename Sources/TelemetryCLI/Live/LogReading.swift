import LLMTelemetry
import TelemetryFiles
import TelemetryIndex

/// Which logs are read into the cache of a store, and how.
enum LogReading {
    /// The sources that have a reader.
    static let readable = SourceKind.allCases.map(\.name)

    /// The readers of the sources named.
    static func sources(_ names: [String], _ access: StoreAccess) -> [any LogSource] {
        SourceKind.allCases.filter { names.contains($0.name) }.map { kind in
            switch kind {
            case .telemetry:
                TelemetrySource(store: access.directory)
            case .claude:
                TwinnedSource(
                    ClaudeSource(roots: AgentRoots.claude(environment: access.environment)),
                    store: access.directory)
            case .codex:
                TwinnedSource(
                    CodexSource(homes: AgentRoots.codex(environment: access.environment)),
                    store: access.directory)
            }
        }
    }

    /// Whether there is any log of an agent to read.
    static func hasAgentLogs(_ environment: [String: String]) -> Bool {
        let sources: [any LogSource] = [
            ClaudeSource(roots: AgentRoots.claude(environment: environment)),
            CodexSource(homes: AgentRoots.codex(environment: environment)),
        ]
        return sources.contains { !$0.listFiles().files.isEmpty }
    }

    /// Reads what is new into the cache.
    static func sync(
        _ location: CacheLocation, _ access: StoreAccess, _ request: SyncRequest,
        patience: Int64
    ) throws(IndexError) -> SyncedCache {
        var progress: (@Sendable (CacheSync.Progress) -> Void)?
        let bar = access.draw.map { ProgressBar(draw: $0) }
        defer { bar?.clear() }
        if let bar { progress = { bar.show(done: $0.bytesDone, of: $0.bytesTotal) } }
        let captures =
            request.captures && access.settings.captures
            && location.directory == access.directory
        let synced = try CacheSync(
            location, sources: sources(request.sources ?? access.sources, access),
            depth: request.rebuilds ? .rebuild : request.verifies ? .verify : .incremental,
            capture: captures
                ? CacheSync.Capture(store: access.directory, now: access.now) : nil,
            countsLines: request.countsLines || access.isVerbose,
            lockTimeoutMilliseconds: patience, progress: progress
        ).runForQuestions()
        if access.isVerbose { access.note?(CacheSyncReport.line(synced.summary)) }
        return synced
    }

    /// The sources to sync when none are named: the access's and those that the cache holds.
    static func usualSources(_ location: CacheLocation, _ access: StoreAccess) -> [String] {
        // A cache that cannot be asked holds nothing; the sync will say what is wrong with it.
        let held = (try? location.sources().map(\.name)) ?? []
        return access.sources + held.filter { !access.sources.contains($0) }
    }

    /// Makes the directory of a cache whose store is nowhere yet.
    static func makeDirectory(_ path: String) throws(IndexError) {
        do throws(FileError) {
            if try FileStatus.of(path) == nil { try FileTree.createDirectories(path) }
        } catch {
            throw .file(error)
        }
    }
}
