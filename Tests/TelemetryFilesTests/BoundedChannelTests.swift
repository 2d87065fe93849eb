import Synchronization
import Testing

@testable import TelemetryFiles

@Suite struct BoundedChannelTests {
    @Test func everythingArrivesOnceAndInTheOrderOfItsSender() {
        let senders = 3
        let channel = BoundedChannel<(sender: Int, number: Int)>(capacity: 2, senders: senders)
        for sender in 0..<senders {
            let started = BackgroundThread.start {
                for number in 0..<1000 {
                    if !channel.send((sender, number)) { break }
                }
                channel.finish()
            }
            #expect(started)
        }
        var next = Array(repeating: 0, count: senders)
        while let element = channel.receive() {
            #expect(element.number == next[element.sender])
            next[element.sender] += 1
        }
        #expect(next == [1000, 1000, 1000])
    }

    @Test func whoeverIsFasterWaits() {
        let channel = BoundedChannel<Int>(capacity: 2, senders: 1)
        let sent = Counter()
        let started = BackgroundThread.start {
            for number in 0..<10 where channel.send(number) { sent.count() }
            channel.finish()
        }
        #expect(started)
        #expect(channel.receive() == 0)
        // One was received and two wait; the fourth may just be on its way.
        SystemClock.sleep(nanoseconds: 20_000_000)
        #expect(sent.value <= 4)
        while channel.receive() != nil {}
        #expect(sent.value == 10)
    }

    @Test func sendersLearnThatNobodyReceives() {
        let channel = BoundedChannel<Int>(capacity: 1, senders: 1)
        let done = WakeSignal()
        let started = BackgroundThread.start {
            while channel.send(1) {}
            done.raise()
        }
        #expect(started)
        #expect(channel.receive() == 1)
        channel.close()
        #expect(done.wait(milliseconds: 60_000))
    }

    @Test func withoutSendersThereIsNothingToWaitFor() {
        #expect(BoundedChannel<Int>(capacity: 1, senders: 0).receive() == nil)
    }
}

private final class Counter: Sendable {
    private let state = Atomic(0)

    var value: Int { state.load(ordering: .sequentiallyConsistent) }

    func count() { state.add(1, ordering: .sequentiallyConsistent) }
}
