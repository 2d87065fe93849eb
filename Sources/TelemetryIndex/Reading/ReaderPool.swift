import TelemetryFiles

/// Reads the logs of a plan on threads of their own while the caller takes in what they find.
struct ReaderPool {
    /// Less than this is read sooner than a thread has started.
    private static let threadedBytes: Int64 = 4 << 20
    /// Beyond this the writing cannot keep up.
    private static let maximumThreads = 3
    /// Portions that wait for the writing; each is a few megabytes at most.
    private static let waitingPortions = 4

    private let plan: SourcePlan
    private let startMilliseconds: Int64

    init(_ plan: SourcePlan, startMilliseconds: Int64) {
        self.plan = plan
        self.startMilliseconds = startMilliseconds
    }

    /// Reads everything; the portions of one log come in order, those of several logs mixed.
    func read(
        _ take: (consuming LogPortion) throws(IndexError) -> Void
    ) throws(IndexError) {
        if plan.bytesToRead < Self.threadedBytes { return try readHere(take) }
        let threads = min(BackgroundThread.processors, plan.steps.count, Self.maximumThreads)
        let channel = BoundedChannel<LogPortion>(
            capacity: Self.waitingPortions, senders: threads)
        defer { channel.close() }
        let position = StepCounter()
        var started = 0
        for thread in 0..<threads where start(thread, position, channel) { started += 1 }
        if started == 0 { return try readHere(take) }
        for _ in started..<threads { channel.finish() }
        while let portion = channel.receive() { try take(portion) }
    }

    private func readHere(
        _ take: (consuming LogPortion) throws(IndexError) -> Void
    ) throws(IndexError) {
        var reader = StepReader(plan.source, reader: 0, startMilliseconds: startMilliseconds)
        for (position, step) in plan.steps.enumerated() {
            try reader.read(step, at: position, give: take)
        }
    }

    private func start(
        _ thread: Int, _ position: StepCounter, _ channel: BoundedChannel<LogPortion>
    ) -> Bool {
        let (plan, startMilliseconds) = (plan, startMilliseconds)
        return BackgroundThread.start {
            defer { channel.finish() }
            var reader = StepReader(
                plan.source, reader: thread, startMilliseconds: startMilliseconds)
            while let next = position.next(below: plan.steps.count) {
                do throws(IndexError) {
                    try reader.read(plan.steps[next], at: next) { (portion) throws(IndexError) in
                        if !channel.send(portion) { throw .abandoned }
                    }
                } catch {
                    return
                }
            }
        }
    }
}
