import Synchronization
import TelemetryFiles

/// A value of which every process has its own: a forked child, which inherits its parent's memory
/// but none of its threads, gets a fresh one at first use.
///
/// The parent's value is left as it is, since its locks may be held by threads that the child
/// does not have.
final class PerProcess<Value: AnyObject & Sendable>: Sendable {
    private let make: @Sendable () -> Value
    private let forks: Int
    private let value: Value
    private let successor = AtomicLazyReference<PerProcess<Value>>()

    /// Makes this process's value now, and those of its children with the same closure.
    init(_ make: @escaping @Sendable () -> Value) {
        self.make = make
        forks = ForkCount.current
        value = make()
    }

    /// The value of the running process.
    var current: Value {
        let present = ForkCount.current
        var holder = self
        while holder.forks != present {
            holder = holder.successor.load() ?? holder.successor.storeIfNil(PerProcess(make))
        }
        return holder.value
    }
}
