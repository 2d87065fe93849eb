import TelemetryFiles
import TelemetrySQLite

/// A database file that SQLite has made and that pages are appended to past SQLite.
struct PageFile: ~Copyable {
    static let pageBytes = Int(Schema.pageBytes)

    private let file: FileDescriptor
    private let pagesBefore: Int
    /// The pages that wait for `flush`.
    var pages: PageBuffer
    /// Where they belong.
    private var position: Int64

    /// Opens a file that nobody writes meanwhile.
    init(_ path: String) throws(FileError) {
        let file = try FileDescriptor.open(path, for: .overwrite, links: .refuse)
        let size = try file.status().size
        self.file = file
        position = size
        pagesBefore = Int(size) / Self.pageBytes
        pages = PageBuffer(pageBytes: Self.pageBytes, pagesBefore: pagesBefore)
    }

    /// Writes the pages that wait.
    mutating func flush() throws(FileError) {
        try file.writeAll(pages.bytes.span, at: position)
        position += Int64(pages.bytes.count)
        pages.removeAll()
    }

    /// Writes what waits, and the first pages of what was built to their places; then the file says
    /// how long it is.
    consuming func end(roots: [(number: Int64, page: [UInt8])]) throws(FileError) {
        try flush()
        for root in roots {
            try file.writeAll(root.page.span, at: (root.number - 1) * Schema.pageBytes)
        }
        let bytes = try file.read(count: DatabaseHeader.byteCount, at: 0)
        guard var header = DatabaseHeader(bytes), header.pageCount == pagesBefore else {
            throw .refused("write", file.path, because: "the file has changed meanwhile")
        }
        header.pageCount = pages.pageCount
        try file.writeAll(header.bytes.span, at: 0)
    }
}
