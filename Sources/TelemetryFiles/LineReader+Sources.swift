extension LineReader {
    /// Gives every complete line of a file from `offset` on, looking at its bytes before `end`
    /// only; answers the bytes after the last newline.
    /// `failure` turns an error of reading into one of the caller's.
    package mutating func forEachLine<Failure: Error>(
        of file: borrowing FileDescriptor, from offset: Int64, upTo end: Int64 = .max,
        failure: (FileError) -> Failure,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> Int64 {
        try forEachLine(
            from: offset,
            read: { (buffer, offset) throws(Failure) in
                let count = Int(clamping: min(Int64(buffer.count), end - offset))
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(max(count, 0)))
                do throws(FileError) {
                    return try file.read(into: part, at: offset)
                } catch {
                    throw failure(error)
                }
            },
            body: body)
    }

    /// Gives every complete line that a program prints; answers the bytes after the last newline.
    /// More than `maximumBytes` is an error.
    package mutating func forEachLine<Failure: Error>(
        of process: inout Subprocess, maximumBytes: Int64 = .max,
        failure: (FileError) -> Failure,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> Int64 {
        try forEachLine(
            from: 0,
            read: { (buffer, offset) throws(Failure) in
                guard offset <= maximumBytes else {
                    throw failure(.tooMuch(maximumBytes, from: process.name))
                }
                do throws(FileError) {
                    return try process.read(into: buffer)
                } catch {
                    throw failure(error)
                }
            },
            body: body)
    }
}
