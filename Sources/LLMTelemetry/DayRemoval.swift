import TelemetryFiles
import TelemetryFormat

/// Removes segments of one day: totals first, then names, so that a crash at any point counts
/// every call exactly once.
struct DayRemoval: ~Copyable {
    private let layout: StoreLayout
    private let day: Day
    private let directory: Directory

    /// How often all segments are read again when one of them changed meanwhile. After that those
    /// that keep changing are left for another time.
    private static let patientAttempts = 3
    private static let maximumAttempts = 10
    /// Nothing outside the store's own file system is touched.
    private let isOnSameDevice: Bool

    /// Opens the day's directory, which must be a real one inside the store.
    init(
        layout: StoreLayout, day: Day, root: borrowing Directory
    ) throws(FileError) {
        self.layout = layout
        self.day = day
        let directory = try root.openDirectory(day.description)
        isOnSameDevice = try directory.status().device == root.status().device
        self.directory = directory
    }

    /// Removes what the plan says of this day.
    func apply(
        _ removal: RetentionPlan.Removal, _ patience: inout LockPatience,
        _ result: inout Pruning.Result
    ) throws(FileError) {
        guard isOnSameDevice else {
            throw .refused("remove", directory.path, because: "it lies on another file system")
        }
        var busy: Set<SegmentName> = []
        for number in 0..<Self.maximumAttempts {
            var removal = removal
            if number >= Self.patientAttempts { removal.segments.removeAll(where: busy.contains) }
            do throws(FileError) {
                guard let changed = try attempt(removal, &patience, &result) else { return }
                busy.formUnion(changed)
            } catch {
                // Somebody else removed it while it was looked at: look again at what is left.
                guard error.isMissing else { throw error }
            }
        }
    }

    /// Removes what is there of a removal; otherwise answers which segments changed meanwhile.
    private func attempt(
        _ removal: RetentionPlan.Removal, _ patience: inout LockPatience,
        _ result: inout Pruning.Result
    ) throws(FileError) -> Set<SegmentName>? {
        let victims = try takeVictims(removal.segments)
        let removed = try RemovalEntry(layout: layout, day: day, names: victims.map(\.name))
        if let changed = try remove(victims, removed, &patience, &result) { return changed }
        var done = removal
        done.segments = victims.map(\.name)
        done.bytes = victims.reduce(0) { $0 + $1.status.size }
        if !done.segments.isEmpty || removal.bytes == 0 { result.removals.append(done) }
        result.calls += removed.entry.groups.reduce(0) { $0 + $1.usage.calls }
        return nil
    }

    /// The segments that are there and that nobody else is writing.
    private func takeVictims(_ names: [SegmentName]) throws(FileError) -> [StoredDay.Segment] {
        var victims: [StoredDay.Segment] = []
        for name in names {
            guard let status = try directory.status(of: name.text), status.kind == .regular else {
                continue
            }
            if try isInUse(name) { continue }
            victims.append(StoredDay.Segment(name: name, status: status))
        }
        return victims
    }

    /// Whether somebody, a writer of its own segment for one, holds a segment; asked again right
    /// before it goes.
    private func isInUse(_ name: SegmentName) throws(FileError) -> Bool {
        let file = try directory.openFile(name.text, for: .read)
        guard try file.tryLock() else { return true }
        file.unlock()
        return false
    }

    /// Enters the totals and removes the names, all under the store's lock. Nothing is done when
    /// something changed since it was read: then the answer is which segments did, or none when it
    /// was the summary.
    private func remove(
        _ victims: [StoredDay.Segment], _ removed: RemovalEntry, _ patience: inout LockPatience,
        _ result: inout Pruning.Result
    ) throws(FileError) -> Set<SegmentName>? {
        let lock = try patience.acquire(layout.lock)
        var changed: Set<SegmentName> = []
        for victim in victims where try hasChanged(victim) { changed.insert(victim.name) }
        guard changed.isEmpty else { return changed }
        if !removed.entry.segments.isEmpty {
            let file = SummaryFile(layout: layout)
            var summary = try file.readForWriting()
            guard removed.isCurrent(in: summary) else { return [] }
            summary.entries.append(removed.entry)
            try file.replace(with: summary)
        }
        for victim in victims { try directory.unlink(victim.name.text) }
        try removeDirectoryIfDone(&result)
        _ = consume lock
        return nil
    }

    /// Whether a segment is another one than was looked at, or in use by now.
    private func hasChanged(_ victim: StoredDay.Segment) throws(FileError) -> Bool {
        guard let status = try directory.status(of: victim.name.text),
            status.isUnchanged(since: victim.status)
        else { return true }
        return try isInUse(victim.name)
    }

    /// Removes the directory when only what belongs to its segments is left in it.
    private func removeDirectoryIfDone(_ result: inout Pruning.Result) throws(FileError) {
        let rest = try StoreLayout.contents(of: day, in: directory)
        guard rest.segments.isEmpty, !rest.isKept else { return }
        if rest.hasChecksums { try directory.unlink(StoreLayout.checksumsName) }
        for name in rest.strangers where StoreLayout.isLeftover(name) {
            try directory.unlink(name)
        }
        let strangers = rest.strangers.filter { !StoreLayout.isLeftover($0) }
        result.leftovers += strangers.map { directory.path + "/" + $0 }
        guard strangers.isEmpty else { return }
        do throws(FileError) {
            try FileTree.removeDirectory(directory.path)
        } catch {
            // A writer without the lock made a segment of its own: the day goes on.
            guard error.isMissing || error.isNotEmpty else { throw error }
        }
    }
}

extension FileStatus {
    /// Whether the file is the one that was looked at before, with the same content.
    fileprivate func isUnchanged(since before: FileStatus) -> Bool {
        isSameFile(as: before) && size == before.size
            && modifiedNanoseconds == before.modifiedNanoseconds
    }
}
