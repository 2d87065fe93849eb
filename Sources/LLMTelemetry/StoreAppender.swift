import TelemetryFiles
import TelemetryFormat

/// Appends batches to the store: the one place where records enter files.
///
/// Under the store's lock to everybody's active segments; when the lock is late, to segments of its
/// own, so that an application never waits for another one. Not for use by two threads at once.
package struct StoreAppender {
    private let layout: StoreLayout
    private let settings: StoreSettings
    private var ownSegments: [LineBatch.Destination: OwnSegment] = [:]
    /// Where records go to segments of our own although the lock is held.
    private var withoutActive: Set<LineBatch.Destination> = []

    /// An appender for one store; nothing is touched before the first batch.
    package init(layout: StoreLayout, settings: StoreSettings) {
        self.layout = layout
        self.settings = settings
    }

    /// Appends all lines, or as many as the disk takes, and says exactly how many those were.
    package mutating func append(_ batch: LineBatch) -> AppendOutcome {
        var outcome = AppendOutcome()
        do throws(FileError) {
            let lock = try acquireLock()
            if lock != nil {
                ownSegments = ownSegments.filter { withoutActive.contains($0.key) }
            }
            for group in batch.groups {
                append(group, isLocked: lock != nil, &outcome)
            }
        } catch {
            for group in batch.groups {
                outcome.count(group.destination.content, written: 0, dropped: group.ends.count)
            }
            outcome.keepFirst(error)
        }
        return outcome
    }

    /// The store's lock, its directory made when missing; nil when somebody holds it for too long.
    private func acquireLock() throws(FileError) -> FileLock? {
        let timeout = settings.lockTimeoutMilliseconds
        do throws(FileError) {
            return try FileLock.acquire(layout.lock, timeoutMilliseconds: timeout)
        } catch {
            guard error.isMissing else { throw error }
        }
        try FileTree.createDirectories(layout.root)
        return try FileLock.acquire(layout.lock, timeoutMilliseconds: timeout)
    }

    /// A day may be removed or moved away between opening and writing; it is then made anew.
    private static let maximumAttempts = 10

    private mutating func append(
        _ group: LineBatch.Group, isLocked: Bool, _ outcome: inout AppendOutcome
    ) {
        var written = 0
        for attempt in 1...Self.maximumAttempts {
            do throws(FileError) {
                try append(group, isLocked: isLocked, &written, &outcome)
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
        _ group: LineBatch.Group, isLocked: Bool, _ written: inout Int,
        _ outcome: inout AppendOutcome
    ) throws(FileError) {
        let directory = try openDirectory(of: group.destination.day, &outcome)
        if isLocked, try mayUseActive(group.destination, in: directory) {
            try appendToActive(group, in: directory, &written, &outcome)
        } else {
            try appendToOwn(group, in: directory, &written)
        }
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

    private func appendToActive(
        _ group: LineBatch.Group, in directory: borrowing Directory, _ written: inout Int,
        _ outcome: inout AppendOutcome
    ) throws(FileError) {
        let name = SegmentName(group.destination.content, .active)
        while written < group.ends.count {
            let segment = try SegmentFile.open(name, in: directory)
            let count = segment.fittingLines(of: group, from: written, settings.segmentBytes)
            if count == 0 {
                let rotation = SegmentRotation(layout: layout, day: group.destination.day)
                try rotation.rotate(group.destination.content, in: directory)
                outcome.hasRotated = true
                continue
            }
            try segment.append(group, count, from: &written)
            try synchronize(segment, in: directory)
        }
    }

    /// Whether records may go to the active segment: not when one of that name was removed from
    /// the day before, since its totals count only while no file of its name is there. Only a past
    /// day can have lost its active segment, and only a missing one is looked up.
    private mutating func mayUseActive(
        _ destination: LineBatch.Destination, in directory: borrowing Directory
    ) throws(FileError) -> Bool {
        let name = SegmentName(destination.content, .active).text
        if withoutActive.contains(destination) { return false }
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
            try own.file.append(group, count, from: &written)
            try synchronize(own.file, in: directory)
            try own.refresh()
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
        _ segment: borrowing SegmentFile, in directory: borrowing Directory
    ) throws(FileError) {
        guard settings.synchronization == .always else { return }
        try segment.file.synchronize()
        // A new file is lost with its name.
        if segment.size == 0 { try directory.synchronize() }
    }
}
