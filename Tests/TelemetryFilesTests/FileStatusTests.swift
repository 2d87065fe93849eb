import TelemetryFiles
import Testing

@Suite struct FileStatusTests {
    @Test func tellsKindsApart() throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "file")
        try shell("ln", "-s", "file", directory("link"))
        try shell("mkfifo", directory("fifo"))
        #expect(try FileStatus.of(directory("file"))?.kind == .regular)
        #expect(try FileStatus.of(directory.path)?.kind == .directory)
        #expect(try FileStatus.of(directory("link"))?.kind == .regular)
        #expect(try FileStatus.of(directory("link"), links: .refuse)?.kind == .symbolicLink)
        #expect(try FileStatus.of(directory("fifo"))?.kind == .other)
        #expect(try FileStatus.of(directory("nothing")) == nil)
        #expect(try FileStatus.of(directory("file/below")) == nil)
    }

    @Test func sameFileUnderTwoNames() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("x", to: "a")
        try shell("ln", path, directory("b"))
        let first = try #require(try FileStatus.of(path))
        let second = try #require(try FileStatus.of(directory("b")))
        #expect(first.isSameFile(as: second))
        #expect(first.links == 2)
        #expect(first.owner == ProcessIdentity.userID)
        let now = SystemClock.realtimeNanoseconds()
        #expect(abs(now - first.modifiedNanoseconds) < 60_000_000_000)
        #expect(abs(now - first.changedNanoseconds) < 60_000_000_000)
    }
}
