package import TelemetryFormat

/// Complete lines waiting to be appended, by the day and file they belong to.
package struct LineBatch: Sendable {
    /// Where a line goes.
    package struct Destination: Hashable, Sendable {
        package var day: Day
        package var content: SegmentName.Content

        package init(day: Day, content: SegmentName.Content) {
            self.day = day
            self.content = content
        }
    }

    /// Lines for one destination, one after the other.
    struct Group: Sendable {
        var destination: Destination
        /// The lines with their newlines.
        var bytes: [UInt8] = []
        /// For each line the offset after its newline.
        var ends: [Int] = []
    }

    /// In the order in which their first lines came, records before texts of the same call.
    private(set) var groups: [Group] = []
    private var indexes: [Destination: Int] = [:]

    package init() {}

    /// Lines of all groups.
    package var lineCount: Int { groups.reduce(0) { $0 + $1.ends.count } }
    /// Records, texts not counted.
    package var recordCount: Int {
        groups.reduce(0) { $0 + ($1.destination.content == .telemetry ? $1.ends.count : 0) }
    }
    /// Bytes of all groups.
    package private(set) var byteCount = 0
    package var isEmpty: Bool { groups.isEmpty }

    /// Adds a line, which may but need not end with a newline.
    package mutating func append(_ line: Span<UInt8>, to destination: Destination) {
        append(to: destination) { bytes in
            for index in line.indices { bytes.append(line[index]) }
        }
    }

    /// Adds a line, which may but need not end with a newline.
    package mutating func append(_ line: [UInt8], to destination: Destination) {
        append(to: destination) { $0 += line }
    }

    private mutating func append(
        to destination: Destination, _ write: (inout [UInt8]) -> Void
    ) {
        let index = indexes[destination] ?? groups.count
        if index == groups.count {
            groups.append(Group(destination: destination))
            indexes[destination] = index
        }
        let before = groups[index].bytes.count
        write(&groups[index].bytes)
        if groups[index].bytes.last != newline { groups[index].bytes.append(newline) }
        groups[index].ends.append(groups[index].bytes.count)
        byteCount += groups[index].bytes.count - before
    }
}

/// What ends every line.
let newline = UInt8(ascii: "\n")
