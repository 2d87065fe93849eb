import TelemetryFiles
import TelemetryFormat

/// Appends batches to the store: the one place where records enter files.
///
/// Under the store's lock to everybody's active segments; when the lock is late, to segments of its
/// own, so that an application never waits for another one. Not for use by two threads at once.
///
/// Lock and active segments stay open between batches: opening them anew would cost more than all
/// the rest. That they are still those of the store is looked up under the lock each time.
package struct StoreAppender: ~Copyable {
    private let layout: StoreLayout
    private let settings: StoreSettings
    private var lock: RepeatedLock
    private var active: [ActiveSegment] = []
    /// A day's records and both kinds of its texts.
    private static let maximumOpen = 3
    private var ownSegments: [LineBatch.Destination: OwnSegment] = [:]
    /// Where records go to segments of our own although the lock is held.
    private var withoutActive: Set<LineBatch.Destination> = []

    /// An appender for one store; nothing is touched before the first batch.
    package init(layout: StoreLayout, settings: StoreSettings) {
        self.layout = layout
        self.settings = settings
        lock = RepeatedLock(FileTree.name(of: layout.lock), in: layout.root)
    }

    /// Appends all lines, or as many as the disk takes, and says exactly how many those were.
    package mutating func append(_ batch: LineBatch) -> AppendOutcome {
        var outcome = AppendOutcome()
        do throws(FileError) {
            let store = try acquireLock()
            defer { store?.release() }
            if store != nil, !ownSegments.isEmpty {
                ownSegments = ownSegments.filter { withoutActive.contains($0.key) }
            }
            for group in batch.groups { append(group, in: store, &outcome) }
        } catch {
            for group in batch.groups {
                outcome.count(group.destination.content, written: 0, dropped: group.ends.count)
            }
            outcome.keepFirst(error)
        }
        return outcome
    }

    /// The store with its lock held, made when missing; nil when somebody holds the lock for too
    /// long.
    private mutating func acquireLock() throws(FileError) -> RepeatedLock.Holding? {
        let timeout = settings.lockTimeoutMilliseconds
        do throws(FileError) {
            return try lock.acquire(timeoutMilliseconds: timeout)
        } catch {
            guard error.isMissing else { throw error }
        }
        try FileTree.createDirectories(layout.root)
        return try lock.acquire(timeoutMilliseconds: timeout)
    }

    /// A day may be removed or moved away between opening and writing; it is then made anew.
    private static let maximumAttempts = 10

    private mutating func append(
        _ group: LineBatch.Group, in store: RepeatedLock.Holding?, _ outcome: inout AppendOutcome
    ) {
        var written = 0
        for attempt in 1...Self.maximumAttempts {
            do throws(FileError) {
                try append(group, in: store, &written, &outcome)
                break
            } catch {
                if error.isAbsent, attempt < Self.maximumAttempts { continue }
                outcome.keepFirst(error)
                break
            }
        }
        outcome.count(
            group.destination.content, written: written, dropped: group.ends.count - written)
    }

    private mutating func append(
        _ group: LineBatch.Group, in store: RepeatedLock.Holding?, _ written: inout Int,
        _ outcome: inout AppendOutcome
    ) throws(FileError) {
        while let store, written < group.ends.count {
            guard let segment = try activeSegment(of: group.destination, in: store, &outcome)
            else { break }
            try append(group, to: segment, &written, &outcome)
        }
        if written < group.ends.count {
            let directory = try openDirectory(of: group.destination.day, &outcome)
            try appendToOwn(group, in: directory, &written)
        }
    }

    /// The active segment, open; nil when records must not go there.
    private mutating func activeSegment(
        of destination: LineBatch.Destination, in store: RepeatedLock.Holding,
        _ outcome: inout AppendOutcome
    ) throws(FileError) -> ActiveSegment? {
        if let index = active.firstIndex(where: { $0.destination == destination }) {
            let segment = active[index]
            if try segment.isInPlace(in: store) { return segment }
            active.remove(at: index)
        }
        if withoutActive.contains(destination) { return nil }
        let directory = try openDirectory(of: destination.day, &outcome)
        guard try mayUseActive(destination, in: directory) else { return nil }
        let segment = try ActiveSegment(destination, in: directory)
        if active.count >= Self.maximumOpen { active.removeFirst() }
        active.append(segment)
        return segment
    }

    /// Appends as many lines as fit; sets the segment aside when none does.
    private mutating func append(
        _ group: LineBatch.Group, to segment: ActiveSegment, _ written: inout Int,
        _ outcome: inout AppendOutcome
    ) throws(FileError) {
        let isNew = segment.file.size == 0
        let count = segment.file.fittingLines(of: group, from: written, settings.segmentBytes)
        do throws(FileError) {
            if count > 0 {
                try segment.append(group, count, from: &written)
                return try synchronize(segment.file, in: segment.directory, isNew: isNew)
            }
            let rotation = SegmentRotation(layout: layout, day: group.destination.day)
            try rotation.rotate(group.destination.content, in: segment.directory)
            outcome.hasRotated = true
        } catch {
            close(segment)
            throw error
        }
        close(segment)
    }

    private mutating func close(_ segment: ActiveSegment) {
        active.removeAll { $0 === segment }
    }

    private func openDirectory(
        of day: Day, _ outcome: inout AppendOutcome
    ) throws(FileError) -> Directory {
        let path = layout.directory(of: day)
        do throws(FileError) {
            return try Directory.open(path, links: .refuse)
        } catch {
            guard error.isAbsent else { throw error }
        }
        try FileTree.createDirectories(path)
        outcome.createdDays.insert(day)
        return try Directory.open(path, links: .refuse)
    }

    /// Whether records may go to the active segment: not when one of that name was removed from
    /// the day before, since its totals count only while no file of its name is there. Only a past
    /// day can have lost its active segment, and only a missing one is looked up.
    private mutating func mayUseActive(
        _ destination: LineBatch.Destination, in directory: borrowing Directory
    ) throws(FileError) -> Bool {
        let name = SegmentName(destination.content, .active).text
        if try directory.status(of: name) != nil { return true }
        let removed = SummaryFile(layout: layout).segments(removedFrom: destination.day)
        guard removed.contains(where: { $0.name == name }) else { return true }
        withoutActive.insert(destination)
        return false
    }

    private mutating func appendToOwn(
        _ group: LineBatch.Group, in directory: borrowing Directory, _ written: inout Int
    ) throws(FileError) {
        while written < group.ends.count {
            let own = try ownSegment(for: group.destination, in: directory)
            let count = own.file.fittingLines(of: group, from: written, settings.segmentBytes)
            if count == 0 {
                ownSegments[group.destination] = nil
                continue
            }
            let isNew = own.file.size == 0
            try own.append(group, count, from: &written)
            try synchronize(own.file, in: directory, isNew: isNew)
        }
    }

    private mutating func ownSegment(
        for destination: LineBatch.Destination, in directory: borrowing Directory
    ) throws(FileError) -> OwnSegment {
        if let own = ownSegments[destination], try own.isInPlace(in: directory) { return own }
        let own = try OwnSegment(destination.content, in: directory)
        ownSegments[destination] = own
        return own
    }

    private func synchronize(
        _ segment: borrowing SegmentFile, in directory: borrowing Directory, isNew: Bool
    ) throws(FileError) {
        guard settings.synchronization == .always else { return }
        try segment.file.synchronize()
        // A new file is lost with its name.
        if isNew { try directory.synchronize() }
    }
}
