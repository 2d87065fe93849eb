import TelemetryFiles

/// When to try again after the disk refused: after 1 s, then 2, 4 … up to 60 s.
struct Backoff {
    private static let longest: Int64 = 60_000_000_000
    private var pause: Int64 = 0
    private var retryAt: Int64 = 0

    /// Whether the last attempt failed.
    var isFailing: Bool { pause > 0 }

    /// Nanoseconds until the next attempt is due; 0 when it is.
    func remaining(at now: Int64) -> Int64 { isFailing ? max(0, retryAt - now) : 0 }

    mutating func fail(at now: Int64) {
        pause = min(max(pause * 2, 1_000_000_000), Self.longest)
        retryAt = now + pause
    }

    mutating func succeed() { self = Backoff() }
}
