package import TelemetryFiles
package import TelemetryFormat

/// What one day directory holds.
package struct StoredDay: Equatable, Sendable {
    /// A file of records or texts.
    package struct Segment: Equatable, Sendable {
        package var name: SegmentName
        package var status: FileStatus

        package init(name: SegmentName, status: FileStatus) {
            self.name = name
            self.status = status
        }
    }

    package var day: Day
    /// Segments oldest first, compressed twins included.
    package var segments: [Segment]
    /// Whether the day was restored from an archive on purpose.
    package var isKept: Bool
    /// Whether checksums of an archive are there.
    package var hasChecksums: Bool
    /// Names that this program did not give.
    package var strangers: [String]

    package init(
        day: Day, segments: [Segment], isKept: Bool = false, hasChecksums: Bool = false,
        strangers: [String] = []
    ) {
        self.day = day
        self.segments = segments
        self.isKept = isKept
        self.hasChecksums = hasChecksums
        self.strangers = strangers
    }

    /// Whether the day was archived, which is keeping it on purpose.
    package var isArchived: Bool { hasChecksums || segments.contains { $0.name.isCompressed } }

    /// Bytes of all segments.
    package var bytes: Int64 { segments.reduce(0) { $0 &+ $1.status.size } }

    /// The segments to read: of a segment that is there plain and compressed, the plain file.
    package var readableSegments: [Segment] {
        let plain = Set(segments.lazy.filter { !$0.name.isCompressed }.map(\.name))
        return segments.filter { !$0.name.isCompressed || !plain.contains($0.name.plain) }
    }
}

extension StoreLayout {
    /// The days that have a directory, oldest first: real directories whose name is a valid date.
    package func days() throws(FileError) -> [Day] {
        try DirectoryListing.entries(of: root)
            .filter { $0.kind == .directory }
            .compactMap { Day($0.name) }
            .sorted()
    }

    /// What a day directory holds; nil when there is none, and when it is no real directory.
    package func contents(of day: Day) throws(FileError) -> StoredDay? {
        do throws(FileError) {
            return try Self.contents(
                of: day, in: Directory.open(directory(of: day), links: .refuse))
        } catch {
            guard error.isMissing || error.isLink else { throw error }
            return nil
        }
    }

    /// What an open day directory holds.
    package static func contents(
        of day: Day, in directory: borrowing Directory
    ) throws(FileError) -> StoredDay {
        var result = StoredDay(day: day, segments: [])
        for entry in try directory.entries() {
            if entry.kind == .regular, let name = SegmentName(entry.name) {
                // Gone between listing and looking: rotated or removed, not there.
                guard let status = try directory.status(of: entry.name) else { continue }
                result.segments.append(.init(name: name, status: status))
            } else if entry.name == checksumsName {
                result.hasChecksums = true
            } else if entry.name == keepName {
                result.isKept = true
            } else {
                result.strangers.append(entry.name)
            }
        }
        result.segments.sort { $0.name < $1.name }
        return result
    }
}
