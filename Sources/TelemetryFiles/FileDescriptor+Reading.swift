#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FileDescriptor {
    /// Reads at an offset until the buffer is full or the file ends; the number of bytes read.
    package borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let position = offset &+ Int64(filled)
            let count = pread(number, rest.baseAddress, rest.count, off_t(position))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .current("read", path, offset: position)
            }
            filled += count
        }
        return filled
    }

    /// Reads at an offset into a part of an array; the number of bytes read.
    package borrowing func read(
        into bytes: inout [UInt8], range: Range<Int>, at offset: Int64
    ) throws(FileError) -> Int {
        // This function does not pass typed errors on, so the error comes out as a value.
        let result = bytes.withUnsafeMutableBytes { buffer -> Result<Int, FileError> in
            do throws(FileError) {
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[range])
                return .success(try read(into: part, at: offset))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Reads so many words, as this machine stores them, from an offset in bytes on.
    package borrowing func readWords(
        _ count: Int, at offset: Int64
    ) throws(FileError) -> [UInt64] {
        var bytes = 0
        var failure: FileError?
        let words = [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(FileError) {
                bytes = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
            filled = bytes / 8
        }
        if let failure { throw failure }
        guard words.count == count else {
            throw FileError(
                operation: "read", path: path, offset: offset, errno: EIO,
                explanation: "the file is shorter than it was")
        }
        return words
    }

    /// Reads up to `count` bytes at an offset; fewer only where the file ends.
    package borrowing func read(
        count: Int, at offset: Int64
    ) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try read(into: &bytes, range: 0..<count, at: offset)
        bytes.removeLast(count - filled)
        return bytes
    }
}
