import TelemetryFiles

/// Has the twins of many logs written on threads of their own: most of the time goes into waiting
/// for the disk, which takes several files at once as fast as one.
struct TwinWriterPool {
    /// What became of the log at a position of the list.
    struct Report: Sendable {
        var position: Int
        var result: TwinWriter.Result
    }

    /// More did not make it faster on the disks that it was tried on.
    private static let maximumThreads = 4

    let writer: TwinWriter
    let files: [LogFile]

    /// Gives what became of each log, in any order, until `take` answers false. Nobody writes any
    /// more when it is over.
    func write(_ take: (Report) -> Bool) {
        let threads = min(Self.maximumThreads, files.count)
        let channel = BoundedChannel<Report>(capacity: threads, senders: threads)
        let position = StepCounter()
        var started = 0
        for _ in 0..<threads where threads > 1 && start(position, channel) { started += 1 }
        if started == 0 { return writeHere(take) }
        for _ in started..<threads { channel.finish() }
        while let report = channel.receive() {
            if !take(report) { channel.close() }
        }
    }

    private func writeHere(_ take: (Report) -> Bool) {
        for (position, file) in files.enumerated() {
            guard take(Report(position: position, result: writer.prepare(file))) else { return }
        }
    }

    private func start(_ position: StepCounter, _ channel: BoundedChannel<Report>) -> Bool {
        let (writer, files) = (writer, files)
        return BackgroundThread.start {
            defer { channel.finish() }
            while let next = position.next(below: files.count) {
                let result = writer.prepare(files[next])
                if channel.send(Report(position: next, result: result)) { continue }
                if case .prepared(let twin, _) = result { twin.discard() }
                return
            }
        }
    }
}
