import Foundation

/// Runs many processes at once from one thread, some of them to be killed on the way.
struct ProcessPool {
    /// One process of a lane; the next of the same lane starts when it has ended.
    struct Job {
        var invocation: Invocation
        /// When to kill the process, counted from its start; nil lets it finish.
        var killAfter: Duration?
    }

    /// Runs every lane's jobs one after the other, the lanes beside each other.
    static func run(
        lanes: [[Job]], onEnd: (_ lane: Int, _ job: Int, _ outcome: Outcome) throws -> Void
    ) throws {
        var next = lanes.map { _ in 0 }
        var running: [(child: ChildProcess, killAt: ContinuousClock.Instant?)?] =
            lanes.map { _ in nil }
        var isBusy = true
        while isBusy {
            isBusy = false
            for lane in lanes.indices {
                if let current = running[lane] {
                    if let outcome = current.child.poll() {
                        running[lane] = nil
                        try onEnd(lane, next[lane] - 1, outcome)
                    } else if let killAt = current.killAt, ContinuousClock.now >= killAt {
                        current.child.send(SIGKILL)
                        running[lane]?.killAt = nil
                    }
                    isBusy = true
                } else if next[lane] < lanes[lane].count {
                    let job = lanes[lane][next[lane]]
                    let child = try ChildProcess(job.invocation)
                    running[lane] = (child, job.killAfter.map { ContinuousClock.now + $0 })
                    next[lane] += 1
                    isBusy = true
                }
            }
            usleep(100)
        }
    }
}
