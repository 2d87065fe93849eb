import Synchronization
import TelemetryFiles
import Testing

@Suite struct ProcessTests {
    @Test func knowsWhoItIs() throws {
        #expect(ProcessIdentity.isRunning(ProcessIdentity.processID))
        #expect(!ProcessIdentity.isRunning(2_000_000_000))
        #expect(!ProcessIdentity.isRunning(0))
        #expect(ProcessIdentity.currentDirectory?.hasPrefix("/") == true)
        #expect(ProcessIdentity.homeDirectory(environment: ["HOME": "/h"]) == "/h")
        #expect(ProcessIdentity.homeDirectory(environment: [:])?.hasPrefix("/") == true)
        #expect(ProcessIdentity.hostName?.isEmpty == false)
    }

    @Test func theBootIdentifierStaysTheSame() {
        #expect(ProcessIdentity.bootIdentifier == ProcessIdentity.bootIdentifier)
    }

    @Test func readsTheEnvironment() {
        let environment = ProcessEnvironment.snapshot()
        #expect(environment["PATH"]?.isEmpty == false)
    }

    @Test func theMonotonicClockAdvances() {
        let start = SystemClock.monotonicNanoseconds()
        SystemClock.sleep(nanoseconds: 2_000_000)
        #expect(SystemClock.monotonicNanoseconds() - start >= 1_000_000)
        #expect(SystemClock.realtimeMilliseconds() > 1_500_000_000_000)
    }

    @Test func randomBytesDiffer() {
        #expect(RandomBytes.make(16) != RandomBytes.make(16))
        #expect(RandomBytes.make(16).count == 16)
        #expect(Hexadecimal.text([0, 255, 16]) == "00ff10")
    }

    @Test func aWidthIsAlwaysKnown() {
        let columns = Terminal.columns(of: .input, environment: ["COLUMNS": "123"])
        #expect(columns == 123 || Terminal.isAttached(to: .input))
        #expect(Terminal.columns(of: .input, environment: ["COLUMNS": "x"]) > 0)
    }

    @Test func aRaisedSignalWakesASleeper() {
        let signal = WakeSignal()
        #expect(!signal.wait(milliseconds: 1))
        signal.raise()
        #expect(signal.wait(milliseconds: 1))
        #expect(!signal.wait(milliseconds: 1))
        #expect(BackgroundThread.start { signal.raise() })
        #expect(signal.wait(milliseconds: 10_000))
    }
}
