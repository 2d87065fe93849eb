import Foundation

/// A terminal of a given width, as a program's standard output.
final class PseudoTerminal {
    private let master: Int32
    let terminal: Int32

    init(columns: UInt16) throws {
        var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var ends: (Int32, Int32) = (-1, -1)
        guard openpty(&ends.0, &ends.1, nil, nil, &size) == 0 else {
            throw SystemError(operation: "openpty", code: errno)
        }
        (master, terminal) = ends
        for end in [master, terminal] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(terminal)
        close(master)
    }

    /// Runs the program on this terminal and returns what it printed.
    func run(_ invocation: Invocation) throws -> (outcome: Outcome, text: String) {
        var invocation = invocation
        invocation.output = terminal
        let child = try ChildProcess(invocation)
        var bytes: [UInt8] = []
        while true {
            let outcome = child.poll()
            // What was written before the end can still be read after it.
            while let more = read() { bytes += more }
            if let outcome {
                return (outcome, String(decoding: bytes, as: UTF8.self))
            }
            usleep(300)
        }
    }

    private func read() -> ArraySlice<UInt8>? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Foundation.read(master, &buffer, buffer.count)
        return count > 0 ? buffer[..<count] : nil
    }
}
