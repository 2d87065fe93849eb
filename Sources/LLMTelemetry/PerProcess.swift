import Synchronization
import TelemetryFiles

/// A value of which every process has its own: a forked child, which inherits its parent's memory
/// but none of its threads, gets a fresh one at first use.
///
/// The parent's value is left as it is, since its locks may be held by threads that the child
/// does not have.
final class PerProcess<Value: AnyObject & Sendable>: Sendable {
    private let make: @Sendable () -> Value
    private let processID: Int32
    private let value: Value
    private let successor = AtomicLazyReference<PerProcess<Value>>()

    /// Makes this process's value now, and those of its children with the same closure.
    init(_ make: @escaping @Sendable () -> Value) {
        self.make = make
        processID = ProcessIdentity.processID
        value = make()
    }

    /// The value of the running process.
    var current: Value {
        let present = ProcessIdentity.processID
        var holder = self
        while holder.processID != present {
            holder = holder.successor.load() ?? holder.successor.storeIfNil(PerProcess(make))
        }
        return holder.value
    }
}
