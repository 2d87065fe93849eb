import TelemetryFiles
import TelemetryIndex
import TelemetryPricing
import TelemetryQuery

/// The cache that questions are answered from, brought up to date first where that is asked.
struct CurrentCache: ~Copyable {
    /// A query does not wait longer for another process: it answers from what is there.
    private static let queryPatience: Int64 = 200
    /// Where there is no cache to answer from, the first sync of another process is waited for.
    private static let firstSyncPatience: Int64 = 600_000

    private(set) var location: CacheLocation
    /// The cache as its sync has left it; nil when another process did that.
    private var synced: SyncedCache?
    /// What a person should know about the answer's age.
    private(set) var notes: [String] = []
    private var temporaryDirectory: String?

    /// The cache of a store. A store that cannot be written has a temporary one.
    init(_ access: StoreAccess) throws(CommandFailure) {
        location = CacheLocation(directory: access.directory)
        guard access.syncsFirst else {
            if Self.exists(location.path) { return }
            throw .failed(
                "there is no cache yet: \(location.path)", hint: "run it without --no-sync")
        }
        do throws(IndexError) {
            try LogReading.makeDirectory(access.directory)
            try sync(access, patience: Self.queryPatience)
        } catch {
            try recover(from: error, access)
        }
    }

    /// What answers questions from the cache.
    mutating func engine(_ prices: PriceTable) throws(QueryError) -> QueryEngine {
        guard let synced = synced.take() else { return try QueryEngine(location, prices: prices) }
        return try QueryEngine(synced, prices: prices)
    }

    deinit {
        // A leftover in the directory for temporary files harms nobody.
        if let temporaryDirectory { FileAccess.live.removeTemporaryDirectory(temporaryDirectory) }
    }

    private mutating func recover(
        from error: IndexError, _ access: StoreAccess
    ) throws(CommandFailure) {
        do throws(IndexError) {
            if case .locked = error {
                if Self.exists(location.path) {
                    notes = ["another process is updating the cache; this is what it held before"]
                    return
                }
                access.note?("waiting for another process to read the logs")
                return try sync(access, patience: Self.firstSyncPatience)
            }
            guard error.saysUnwritable else { throw error }
        } catch {
            throw .failed(error.description)
        }
        let directory = try FileAccess.live.makeTemporaryDirectory()
        temporaryDirectory = directory
        location = CacheLocation(directory: directory)
        do throws(IndexError) {
            try sync(access, patience: 0)
        } catch {
            throw .failed(error.description)
        }
        notes.append("the store cannot be written; this was read into a temporary cache")
    }

    /// Syncs, and tells what happened to the cache.
    private mutating func sync(
        _ access: StoreAccess, patience: Int64
    ) throws(IndexError) {
        synced = try LogReading.sync(
            location, access, SyncRequest(countsLines: false), patience: patience)
        for note in synced?.summary.notes ?? [] { access.note?(note) }
    }

    private static func exists(_ path: String) -> Bool {
        // What cannot be looked at cannot be read either; the sync has said why.
        (try? FileStatus.of(path))?.kind == .regular
    }
}
