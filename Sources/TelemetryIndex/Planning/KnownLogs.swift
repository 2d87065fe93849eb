/// What was read of the logs of a source, taken out by their names.
struct KnownLogs {
    /// What tells logs of one source apart, as bytes: names that Unicode holds equivalent are those
    /// of different files.
    private struct LogName: Hashable {
        private var root: [UInt8]
        private var name: [UInt8]

        init(root: String, name: String) {
            self.root = Array(root.utf8)
            self.name = Array(name.utf8)
        }
    }

    private let checkpoints: [Checkpoint]
    private var isTaken: [Bool]
    private var next = 0
    /// Made when it is first needed.
    private var places: [LogName: Int]?

    init(_ checkpoints: [Checkpoint]) {
        self.checkpoints = checkpoints
        isTaken = Array(repeating: false, count: checkpoints.count)
    }

    /// The checkpoint of the log that was read under a file's name; nil when there was none. Logs
    /// are mostly listed in the order in which they were when they were new, so the next one is
    /// tried first.
    mutating func take(_ file: LogFile) -> Checkpoint? {
        guard let place = isNext(file) ? next : place(of: file), !isTaken[place] else { return nil }
        isTaken[place] = true
        next = place + 1
        return checkpoints[place]
    }

    /// What was not taken.
    var rest: [Checkpoint] {
        checkpoints.indices.filter { !isTaken[$0] }.map { checkpoints[$0] }
    }

    private func isNext(_ file: LogFile) -> Bool {
        next < checkpoints.count
            && checkpoints[next].name.utf8.elementsEqual(file.name.utf8)
            && checkpoints[next].root.utf8.elementsEqual(file.root.utf8)
    }

    private mutating func place(of file: LogFile) -> Int? {
        if places == nil {
            let names = checkpoints.map { LogName(root: $0.root, name: $0.name) }
            places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        }
        return places?[LogName(root: file.root, name: file.name)]
    }
}
