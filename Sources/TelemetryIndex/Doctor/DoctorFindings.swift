package import TelemetryFormat

/// The state of sources and cache: what `doctor` reports, whatever it thinks of it.
package struct DoctorFindings: Equatable, Sendable {
    /// A place where logs of one source are looked for.
    package struct Root: Equatable, Sendable {
        package var source: String
        package var path: String
        /// Whether it is there and can be listed.
        package var isReadable: Bool
        /// Why it cannot be read; nil when it can, or is simply not there.
        package var trouble: String?
        package var files: Int64
        package var bytes: Int64
        package var calls: Int64
        package var duplicates: Int64
        package var rejected: Int64
        /// Days after which its owner deletes a log; nil = unknown or never.
        package var ownerDeletesAfterDays: Int64?
        /// The UTC day on which that can first happen to one of the logs.
        package var firstDeletion: Day?
        /// Logs of which the store has slim twins.
        package var captured: Int64
        /// Logs among `files` that are gone, so that their twins speak for them.
        package var knownByTwins: Int64

        package init(
            source: String, path: String, isReadable: Bool, trouble: String? = nil,
            files: Int64 = 0, bytes: Int64 = 0, calls: Int64 = 0, duplicates: Int64 = 0,
            rejected: Int64 = 0, ownerDeletesAfterDays: Int64? = nil, firstDeletion: Day? = nil,
            captured: Int64 = 0, knownByTwins: Int64 = 0
        ) {
            self.source = source
            self.path = path
            self.isReadable = isReadable
            self.trouble = trouble
            self.files = files
            self.bytes = bytes
            self.calls = calls
            self.duplicates = duplicates
            self.rejected = rejected
            self.ownerDeletesAfterDays = ownerDeletesAfterDays
            self.firstDeletion = firstDeletion
            self.captured = captured
            self.knownByTwins = knownByTwins
        }
    }

    /// A file that was found and not read.
    package struct UnreadFile: Equatable, Sendable {
        package var path: String
        package var reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// The cache file.
    package struct Cache: Equatable, Sendable {
        package var path: String
        /// nil = there is none.
        package var bytes: Int64?
        package var version: Int64?
        /// Whether another process holds `cache.lock`.
        package var isLocked: Bool

        package init(path: String, bytes: Int64?, version: Int64?, isLocked: Bool) {
            self.path = path
            self.bytes = bytes
            self.version = version
            self.isLocked = isLocked
        }
    }

    package var roots: [Root]
    package var rejections: [RejectionCount]
    package var unreadFiles: [UnreadFile]
    package var cache: Cache
    package var sqliteVersion: String
    /// Paths in the store that others may read or write.
    package var openPermissions: [String]
    /// Calls of Codex whose log never says which model they were of.
    package var callsWithoutModel: Int64
    /// Settings in the logs of Codex of a service tier that this program does not know.
    package var unknownTiers: Int64
    package var notes: [String]

    package init(
        roots: [Root] = [], rejections: [RejectionCount] = [], unreadFiles: [UnreadFile] = [],
        cache: Cache, sqliteVersion: String, openPermissions: [String] = [],
        callsWithoutModel: Int64 = 0, unknownTiers: Int64 = 0, notes: [String] = []
    ) {
        self.roots = roots
        self.rejections = rejections
        self.unreadFiles = unreadFiles
        self.cache = cache
        self.sqliteVersion = sqliteVersion
        self.openPermissions = openPermissions
        self.callsWithoutModel = callsWithoutModel
        self.unknownTiers = unknownTiers
        self.notes = notes
    }
}
