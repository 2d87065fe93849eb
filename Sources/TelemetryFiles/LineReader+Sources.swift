extension LineReader {
    /// Gives every complete line of a file from `offset` on; answers the bytes after the last
    /// newline.
    /// `failure` turns an error of reading into one of the caller's.
    package mutating func forEachLine<Failure: Error>(
        of file: borrowing FileDescriptor, from offset: Int64,
        failure: (FileError) -> Failure,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> Int64 {
        try forEachLine(
            from: offset,
            read: { (buffer, offset) throws(Failure) in
                do throws(FileError) {
                    return try file.read(into: buffer, at: offset)
                } catch {
                    throw failure(error)
                }
            },
            body: body)
    }

    /// Gives every complete line that a program prints; answers the bytes after the last newline.
    package mutating func forEachLine<Failure: Error>(
        of process: inout Subprocess,
        failure: (FileError) -> Failure,
        _ body: (Span<UInt8>, LinePosition) throws(Failure) -> Void
    ) throws(Failure) -> Int64 {
        try forEachLine(
            from: 0,
            read: { (buffer, _) throws(Failure) in
                do throws(FileError) {
                    return try process.read(into: buffer)
                } catch {
                    throw failure(error)
                }
            },
            body: body)
    }
}
