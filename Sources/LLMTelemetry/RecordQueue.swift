import TelemetryFormat

/// Calls that wait for the background thread, bounded by number and by bytes.
struct RecordQueue {
    /// Enough for a burst, little beside the memory of any program that calls models.
    static let maximumCount = 4096
    static let maximumBytes = 8 << 20
    /// How much is appended with one lock and one write.
    private static let batchCount = 512
    private static let batchBytes = 1 << 20

    /// A call, and what the caller knew when it was recorded.
    struct Item {
        var call: Call
        var timestamp: Timestamp
        var bytes: Int
    }

    private var items: [Item] = []
    /// Items before this index were taken.
    private var start = 0
    private var waitingBytes = 0
    private var takenCount = 0
    private var takenBytes = 0

    var isEmpty: Bool { start == items.count }
    /// Calls that are in no file yet, those being written included.
    var count: Int { items.count - start + takenCount }

    /// Whether there is no use in waiting for more calls to come.
    var hasJustFilledABatch: Bool { items.count - start == Self.batchCount }

    /// Adds a call; false when there is no room for it. A call larger than the bound finds room
    /// only in an empty queue.
    mutating func append(_ item: Item) -> Bool {
        let bytes = waitingBytes + takenBytes + item.bytes
        guard count < Self.maximumCount, bytes <= Self.maximumBytes || count == 0 else {
            return false
        }
        items.append(item)
        waitingBytes += item.bytes
        return true
    }

    /// Takes the oldest calls, as many as make a batch; they count as waiting until `finish`.
    mutating func take() -> ArraySlice<Item> {
        var end = start
        var bytes = 0
        while end < items.count, end - start < Self.batchCount, bytes < Self.batchBytes {
            bytes += items[end].bytes
            end += 1
        }
        let taken = items[start..<end]
        takenCount = taken.count
        takenBytes = bytes
        waitingBytes -= bytes
        start = end
        if start == items.count {
            items = []
            start = 0
        }
        return taken
    }

    /// Lets go of what was taken.
    mutating func finish() {
        takenCount = 0
        takenBytes = 0
    }
}

extension Call {
    /// About the bytes that the call takes in memory; exact where it matters, for long texts.
    var approximateBytes: Int {
        var bytes = 768
        bytes += (prompt?.utf8.count ?? 0) + (response?.utf8.count ?? 0)
        bytes += (error?.utf8.count ?? 0) + (model?.utf8.count ?? 0)
        bytes += sessionID?.utf8.count ?? 0
        for member in metadata { bytes += member.json.utf8.count + member.name.utf8.count }
        for member in additional { bytes += member.json.utf8.count + member.name.utf8.count }
        return bytes
    }
}
