/// Finished pages that wait to be appended to a database file, and the numbers of the next ones.
package struct PageBuffer: ~Copyable {
    /// As many pages as make a write worth its system call.
    private static let usualPages = 64
    /// SQLite locks by this place of the file, so the page around it holds nothing.
    private static let lockPlace = 1 << 30

    private let pageBytes: Int
    private var nextNumber: UInt32
    /// The pages that wait.
    package private(set) var bytes: [UInt8] = []

    /// Pages that follow the last one of a file.
    package init(pageBytes: Int, pagesBefore: Int) {
        self.pageBytes = pageBytes
        nextNumber = UInt32(pagesBefore) + 1
        bytes.reserveCapacity((Self.usualPages + 1) * pageBytes)
    }

    /// Whether it is time to write.
    package var isFull: Bool { bytes.count >= Self.usualPages * pageBytes }

    /// The pages of the file, those that wait included.
    package var pageCount: Int { Int(nextNumber) - 1 }

    /// Forgets the pages that wait: they are written.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// The number that the next page gets.
    var upcomingNumber: UInt32 { usable(nextNumber) }

    /// The number that the page after the next one gets.
    var followingNumber: UInt32 { usable(upcomingNumber + 1) }

    /// Takes a page in; answers its number.
    mutating func append(_ page: UnsafeRawBufferPointer) -> UInt32 {
        if isLockPage(nextNumber) {
            bytes.append(contentsOf: repeatElement(0, count: pageBytes))
            nextNumber += 1
        }
        bytes.append(contentsOf: page)
        nextNumber += 1
        return nextNumber - 1
    }

    private func usable(_ number: UInt32) -> UInt32 {
        isLockPage(number) ? number + 1 : number
    }

    private func isLockPage(_ number: UInt32) -> Bool {
        Int(number) == Self.lockPlace / pageBytes + 1
    }
}
