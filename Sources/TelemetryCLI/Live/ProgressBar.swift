import Synchronization
import TelemetryFiles
import TelemetryReport

/// A line on the terminal that says how far a long read has come; nothing for a short one.
final class ProgressBar: Sendable {
    /// Work that is done sooner needs no bar.
    private static let silence: Int64 = 500_000_000
    /// Nobody reads faster, and a terminal draws slower.
    private static let interval: Int64 = 100_000_000

    private struct State {
        var next: Int64
        var isDrawn = false
    }

    private let draw: @Sendable (String) -> Void
    private let start = SystemClock.monotonicNanoseconds()
    private let state: Mutex<State>

    init(draw: @escaping @Sendable (String) -> Void) {
        self.draw = draw
        state = Mutex(State(next: start + Self.silence))
    }

    /// Draws the state of the work, unless it was just drawn.
    func show(done: Int64, of total: Int64) {
        let now = SystemClock.monotonicNanoseconds()
        let isDue = state.withLock { state in
            guard now >= state.next else { return false }
            state.next = now + Self.interval
            state.isDrawn = true
            return true
        }
        if isDue {
            let text = Self.text(done: done, of: total, nanoseconds: now - start)
            draw("\r\(text)\u{1B}[K")
        }
    }

    /// Takes the line away again.
    func clear() {
        let isDrawn = state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        if isDrawn { draw("\r\u{1B}[K") }
    }

    /// `Reading 45%, 1.2 GiB of 2.7 GiB, 130.0 MB/s, 12.0s left`.
    static func text(done: Int64, of total: Int64, nanoseconds: Int64) -> String {
        let seconds = max(Double(nanoseconds) / 1e9, 0.001)
        let speed = Double(done) / seconds
        let percent = total > 0 ? Int(min(Double(done) / Double(total), 1) * 100) : 100
        var text = "Reading \(percent)%, \(HumanText.bytes(done)) of \(HumanText.bytes(total))"
        text += ", \(HumanText.number(speed / 1e6)) MB/s"
        if speed > 0, done < total {
            let left = Double(total - done) / speed * 1_000
            text += ", \(HumanText.duration(milliseconds: left)) left"
        }
        return text
    }
}
