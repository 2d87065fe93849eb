import TelemetryFiles

/// Keys with the rows they belong to, more of them than memory should hold: sorted in runs that
/// wait in a file without a name, and merged in the end.
struct KeyRuns: ~Copyable {
    /// 2 MiB of memory.
    static let usualPairsPerRun = 1 << 17

    private let path: String
    private let wordsPerRun: Int
    /// A key, its row, a key, its row, …
    private var words: [UInt64] = []
    private var scratch: [UInt64] = []
    private var file: FileDescriptor?
    /// Where the runs in the file end, in words.
    private var ends: [Int] = []
    private(set) var count = 0

    /// No keys yet; `path` is where the file comes into being.
    init(spillingTo path: String, pairsPerRun: Int = Self.usualPairsPerRun) {
        self.path = path
        wordsPerRun = pairsPerRun * 2
        words.reserveCapacity(wordsPerRun)
    }

    /// Adds a key; its row is greater than those before.
    mutating func add(_ key: UInt64, row: Int64) throws(FileError) {
        if words.count == wordsPerRun { try spill() }
        words.append(Self.ordered(key))
        words.append(UInt64(bitPattern: row))
        count += 1
    }

    /// Gives all keys in the order of a column of integers, rows of one key in their order.
    consuming func forEach(
        _ body: (UInt64, Int64) throws(FileError) -> Void
    ) throws(FileError) {
        var (words, scratch) = (words, scratch)
        KeySorting.sort(&words, &scratch)
        scratch = []
        guard let file = file.take() else {
            for index in stride(from: 0, to: words.count, by: 2) {
                try body(Self.ordered(words[index]), Int64(bitPattern: words[index + 1]))
            }
            return
        }
        var merge = RunMerge()
        var start = 0
        for end in ends {
            try merge.add(start..<end, of: file)
            start = end
        }
        merge.add(words)
        while let (key, row) = try merge.next(from: file) {
            try body(Self.ordered(key), Int64(bitPattern: row))
        }
    }

    /// Keys compare as signed numbers in the cache, as unsigned ones here; its own inverse.
    private static func ordered(_ key: UInt64) -> UInt64 { key ^ 1 << 63 }

    private mutating func spill() throws(FileError) {
        if file == nil {
            let created = try FileDescriptor.open(path, for: .create)
            try FileTree.unlink(path)
            file = consume created
        }
        KeySorting.sort(&words, &scratch)
        try file?.writeAll(words: words[...])
        ends.append((ends.last ?? 0) + words.count)
        words.removeAll(keepingCapacity: true)
    }
}

/// Sorts pairs of a key and a row by their keys, digit by digit: what compares pair with pair takes
/// five times as long.
enum KeySorting {
    private static let digitBits = 11

    /// Sorts; pairs with the same key stay in their order. `scratch` is memory to be used again.
    static func sort(_ words: inout [UInt64], _ scratch: inout [UInt64]) {
        if scratch.count < words.count { scratch = Array(repeating: 0, count: words.count) }
        if scratch.count > words.count { scratch.removeLast(scratch.count - words.count) }
        for shift in stride(from: 0, to: 64, by: digitBits) {
            var places = Array(repeating: 0, count: 1 << digitBits)
            for index in stride(from: 0, to: words.count, by: 2) {
                places[digit(words[index], shift)] += 2
            }
            var place = 0
            for digit in places.indices {
                (places[digit], place) = (place, place + places[digit])
            }
            for index in stride(from: 0, to: words.count, by: 2) {
                let digit = digit(words[index], shift)
                scratch[places[digit]] = words[index]
                scratch[places[digit] + 1] = words[index + 1]
                places[digit] += 2
            }
            swap(&words, &scratch)
        }
    }

    @inline(__always)
    private static func digit(_ key: UInt64, _ shift: Int) -> Int {
        Int(truncatingIfNeeded: key >> UInt64(shift)) & (1 << digitBits - 1)
    }
}
