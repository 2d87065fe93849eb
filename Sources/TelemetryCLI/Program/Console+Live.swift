import TelemetryFiles

extension Console {
    /// The process's own streams.
    static func live(environment: [String: String]) -> Console {
        let outputIsTerminal = Terminal.isAttached(to: .output)
        return Console(
            read: { (maximum) throws(CommandFailure) in
                var bytes = [UInt8](repeating: 0, count: maximum)
                do throws(FileError) {
                    let count = try StandardInput.read(into: &bytes)
                    bytes.removeLast(bytes.count - count)
                    return bytes
                } catch {
                    throw .failed(error.description)
                }
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
