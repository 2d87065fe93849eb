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

        mutating func append(_ line: Span<UInt8>) {
            bytes.append(copying: line)
            if line.isEmpty || line[line.count - 1] != newline { bytes.append(newline) }
            ends.append(bytes.count)
        }
    }

    /// In the order in which their first lines came, records before texts of the same call.
    private(set) var groups: [Group] = []
    /// The memory of a group that was written, for the next one.
    private var spare: Group?

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
        let index = index(of: destination)
        let before = groups[index].bytes.count
        groups[index].append(line)
        byteCount += groups[index].bytes.count - before
    }

    /// Adds a line, which may but need not end with a newline.
    package mutating func append(_ line: [UInt8], to destination: Destination) {
        append(line.span, to: destination)
    }

    /// Empties the batch and keeps memory for the next one.
    package mutating func removeAll() {
        if var group = groups.popLast() {
            groups.removeAll(keepingCapacity: true)
            group.bytes.removeAll(keepingCapacity: true)
            group.ends.removeAll(keepingCapacity: true)
            spare = group
        }
        byteCount = 0
    }

    /// The group of a destination, made when missing: most likely that of the line before.
    private mutating func index(of destination: Destination) -> Int {
        if let index = groups.lastIndex(where: { $0.destination == destination }) { return index }
        var group = spare.take() ?? Group(destination: destination)
        group.destination = destination
        groups.append(group)
        return groups.count - 1
    }
}

/// What ends every line.
let newline = UInt8(ascii: "\n")
