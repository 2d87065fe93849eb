import TelemetryFiles
import TelemetryFormat

extension Console {
    /// The process's own streams.
    static func live(environment: [String: String]) -> Console {
        let outputIsTerminal = Terminal.isAttached(to: .output)
        return Console(
            forEachInputLine: { (pause, take) throws(CommandFailure) in
                try StandardInput.forEachLine(
                    limit: RecordLimits.lineBytes, failure: { .failed($0.description) },
                    pause: pause, take)
            },
            write: { (bytes) throws(CommandFailure) in
                do throws(FileError) {
                    if case .written = try StandardOutput.write(bytes.span) { return }
                } catch {
                    throw .failed(error.description)
                }
                throw .outputClosed
            },
            writeError: { StandardError.write(String(decoding: $0, as: UTF8.self)) },
            outputIsTerminal: outputIsTerminal,
            errorIsTerminal: Terminal.isAttached(to: .error),
            columns: outputIsTerminal
                ? Terminal.columns(of: .output, environment: environment) : nil)
    }
}
