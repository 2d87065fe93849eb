/// Two descriptors: what is written to one is read from the other. No child inherits them unasked.
struct Pipe: ~Copyable {
    let reading: FileDescriptor
    let writing: FileDescriptor

    /// A pipe for the program of this name.
    init(for name: String) throws(FileError) {
        var ends: [Int32] = [-1, -1]
        guard Platform.makePipe(&ends) == 0 else { throw .current("make a pipe for", name) }
        reading = FileDescriptor(owning: ends[0], path: name)
        writing = FileDescriptor(owning: ends[1], path: name)
    }

    /// Closes the writing end, so that the reader sees the end when the child closes its own.
    consuming func takeReadingEnd() -> FileDescriptor { reading }
}
