import TelemetryFiles

/// Merges sorted runs of pairs: a heap of runs by their next keys.
struct RunMerge {
    /// A run of which a part is in memory.
    private struct Run {
        /// 64 KiB.
        private static let wordsInMemory = 1 << 13

        /// Words of the run that are still in the file.
        var rest: Range<Int>
        var words: [UInt64] = []
        var position = 0

        var key: UInt64 { words[position] }
        var row: UInt64 { words[position + 1] }

        /// Goes on to the next pair; false at the end.
        mutating func advance(in file: borrowing FileDescriptor) throws(FileError) -> Bool {
            position += 2
            if position < words.count { return true }
            return try load(from: file)
        }

        /// Reads on; false when nothing is left.
        mutating func load(from file: borrowing FileDescriptor) throws(FileError) -> Bool {
            if rest.isEmpty { return false }
            let count = min(rest.count, Self.wordsInMemory)
            words = try file.readWords(count, at: Int64(rest.lowerBound) * 8)
            rest = rest.lowerBound + count..<rest.upperBound
            position = 0
            return true
        }
    }

    /// By age: of equal keys the older run's comes first.
    private var runs: [Run] = []
    /// Positions of runs; none comes before the one at half its place.
    private var heap: [Int] = []

    /// Adds a run that is in a file.
    mutating func add(
        _ words: Range<Int>, of file: borrowing FileDescriptor
    ) throws(FileError) {
        var run = Run(rest: words)
        if try run.load(from: file) { push(run) }
    }

    /// Adds a run that is in memory.
    mutating func add(_ words: [UInt64]) {
        if !words.isEmpty { push(Run(rest: 0..<0, words: words)) }
    }

    /// The next pair of all.
    mutating func next(
        from file: borrowing FileDescriptor
    ) throws(FileError) -> (key: UInt64, row: UInt64)? {
        guard let first = heap.first else { return nil }
        let pair = (runs[first].key, runs[first].row)
        if try !runs[first].advance(in: file) {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        sink()
        return pair
    }

    private mutating func push(_ run: Run) {
        runs.append(run)
        heap.append(runs.count - 1)
        var place = heap.count - 1
        while place > 0, isBefore(place, (place - 1) / 2) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Moves the first run down to where it belongs.
    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in place * 2 + 1...place * 2 + 2
            where child < heap.count && isBefore(child, least) {
                least = child
            }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }

    @inline(__always)
    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (runs[heap[left]].key, heap[left]) < (runs[heap[right]].key, heap[right])
    }
}
