#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FileDescriptor {
    /// How far a write came.
    package struct WriteOutcome: Sendable {
        /// Bytes that are in the file.
        package var written: Int
        /// Why the rest is not; nil when everything is.
        package var error: FileError?
    }

    /// Writes all bytes, going on after a short write, and says exactly how many were taken.
    package borrowing func write(_ bytes: Span<UInt8>) -> WriteOutcome {
        bytes.withUnsafeBytes { buffer in
            write(buffer) { (rest, _) in systemWrite(number, rest) }
        }
    }

    /// Writes all bytes or throws.
    package borrowing func writeAll(_ bytes: Span<UInt8>) throws(FileError) {
        if let error = write(bytes).error { throw error }
    }

    /// Writes all bytes at an offset or throws.
    package borrowing func writeAll(_ bytes: Span<UInt8>, at offset: Int64) throws(FileError) {
        let outcome = bytes.withUnsafeBytes { buffer in
            write(buffer) { (rest, written) in
                pwrite(number, rest.baseAddress, rest.count, off_t(offset + Int64(written)))
            }
        }
        if let error = outcome.error { throw error }
    }

    /// Writes all words, as this machine stores them, or throws.
    package borrowing func writeAll(words: ArraySlice<UInt64>) throws(FileError) {
        let outcome = words.withUnsafeBytes { buffer in
            write(buffer) { (rest, _) in systemWrite(number, rest) }
        }
        if let error = outcome.error { throw error }
    }

    private borrowing func write(
        _ buffer: UnsafeRawBufferPointer, _ call: (UnsafeRawBufferPointer, Int) -> Int
    ) -> WriteOutcome {
        var written = 0
        while written < buffer.count {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
            let count = call(rest, written)
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                let code = count == 0 ? EIO : errno
                let error = FileError(
                    operation: "write", path: path, offset: Int64(written), errno: code)
                return WriteOutcome(written: written, error: error)
            }
        }
        return WriteOutcome(written: written, error: nil)
    }
}
