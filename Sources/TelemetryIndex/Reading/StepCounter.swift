import Synchronization

/// Deals the positions of a list out to threads.
final class StepCounter: Sendable {
    private let position = Atomic(0)

    /// The next position, or nil when all are dealt out.
    func next(below count: Int) -> Int? {
        let next = position.add(1, ordering: .relaxed).oldValue
        return next < count ? next : nil
    }
}
