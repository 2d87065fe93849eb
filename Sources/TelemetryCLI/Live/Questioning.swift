import TelemetryFiles
import TelemetryIndex
import TelemetryPricing
import TelemetryQuery

/// Questions to the cache of a store.
enum Questioning {
    /// `cache-sync` has nothing else to do than to wait for its turn.
    private static let syncPatience: Int64 = 60_000

    /// Asks the current cache, which is rebuilt once when it turns out to be damaged.
    static func answer<Answer>(
        _ access: StoreAccess,
        _ ask: (borrowing QueryEngine) throws(QueryError) -> Answer
    ) throws(CommandFailure) -> (answer: Answer, notes: [String]) {
        let prices = try PriceFiles.table(access)
        var cache = try CurrentCache(access)
        do throws(QueryError) {
            return (try ask(cache.engine(prices)), cache.notes)
        } catch {
            guard error.kind == .damagedCache, access.syncsFirst else { throw failure(error) }
        }
        let summary = try sync(SyncRequest(rebuilds: true), access)
        do throws(QueryError) {
            return (try ask(QueryEngine(cache.location, prices: prices)), summary.notes)
        } catch {
            throw failure(error)
        }
    }

    static func sync(
        _ request: SyncRequest, _ access: StoreAccess
    ) throws(CommandFailure) -> CacheSyncSummary {
        do throws(IndexError) {
            try LogReading.makeDirectory(access.directory)
            let location = CacheLocation(directory: access.directory)
            var request = request
            request.sources = request.sources ?? LogReading.usualSources(location, access)
            return try LogReading.sync(location, access, request, patience: syncPatience).summary
        } catch {
            throw .failed(error.description)
        }
    }

    static func doctor(_ access: StoreAccess) throws(CommandFailure) -> DoctorFindings {
        let location = CacheLocation(directory: access.directory)
        do throws(IndexError) {
            return try Doctor(
                location, sources: LogReading.sources(access.sources, access),
                named: AgentRoots.named(environment: access.environment)
            ).examine()
        } catch {
            throw .failed(error.description)
        }
    }

    /// The views and their columns. They are those of an empty cache, so that no store is needed.
    static func schema() throws(CommandFailure) -> [(name: String, columns: [String])] {
        let directory = try FileAccess.live.makeTemporaryDirectory()
        defer { FileAccess.live.removeTemporaryDirectory(directory) }
        let location = CacheLocation(directory: directory)
        do throws(IndexError) {
            _ = try CacheSync(location, sources: [], lockTimeoutMilliseconds: 0).run()
        } catch {
            throw .failed(error.description)
        }
        do throws(QueryError) {
            return try QueryEngine(location, prices: PriceTable()).publicViews()
        } catch {
            throw failure(error)
        }
    }

    private static func failure(_ error: QueryError) -> CommandFailure {
        switch error.kind {
        case .refusedStatement, .ambiguousName: .usage(error.description)
        case .damagedCache, .busyCache, .failure: .failed(error.description)
        }
    }
}
