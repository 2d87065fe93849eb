#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Small files read in one go.
package enum FileContents {
    /// The bytes of a regular file; a file longer than the maximum is an error, not cut.
    package static func read(
        _ path: String, maximumBytes: Int, links: LinkPolicy = .follow
    ) throws(FileError) -> [UInt8] {
        try read(FileDescriptor.openForReading(path, links: links), maximumBytes: maximumBytes)
    }

    /// The bytes of an open file; a file longer than the maximum is an error, not cut.
    package static func read(
        _ file: borrowing FileDescriptor, maximumBytes: Int
    ) throws(FileError) -> [UInt8] {
        // Files in /proc claim a size of 0, so the size is only where to begin.
        let expected = Int(clamping: try file.status().size) &+ 1
        var bytes = [UInt8](repeating: 0, count: min(max(expected, 4096), maximumBytes + 1))
        var filled = 0
        while true {
            filled += try file.read(into: &bytes, range: filled..<bytes.count, at: Int64(filled))
            if filled < bytes.count { break }
            guard filled <= maximumBytes else {
                throw FileError(
                    operation: "read", path: file.path, errno: EFBIG,
                    explanation: "longer than \(maximumBytes) bytes")
            }
            let room = min(bytes.count, maximumBytes + 1 - bytes.count)
            bytes.append(contentsOf: repeatElement(0, count: room))
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}
