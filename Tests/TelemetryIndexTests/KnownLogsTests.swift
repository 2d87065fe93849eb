import TelemetryFiles
import Testing

@testable import TelemetryIndex

@Suite struct KnownLogsTests {
    private let names = ["/a b", "/a c", "/b b", "/b d"]

    private func known() -> KnownLogs { known(names) }

    private func known(_ names: [String]) -> KnownLogs {
        KnownLogs(
            names.enumerated().map { position, name in
                let parts = name.split(separator: " ").map(String.init)
                var checkpoint = Checkpoint(
                    source: .telemetry, root: parts[0], name: parts[1],
                    path: parts.joined(separator: "/"))
                checkpoint.id = Int64(position) + 1
                return checkpoint
            })
    }

    private func file(_ name: String) throws -> LogFile {
        let parts = name.split(separator: " ").map(String.init)
        return LogFile(
            root: parts[0], name: parts[1], path: parts.joined(separator: "/"),
            representation: .plain, status: try #require(try FileStatus.of("/")))
    }

    @Test(arguments: [
        [0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [0, 2, 3, 1], [], [2],
    ])
    func findsLogsInAnyOrder(order: [Int]) throws {
        var known = known()
        for position in order {
            let found = known.take(try file(names[position]))
            #expect(found?.id == Int64(position) + 1)
        }
        let left = names.indices.filter { !order.contains($0) }.map { Int64($0) + 1 }
        #expect(known.rest.map(\.id) == left)
    }

    @Test func findsNoLogTwiceAndNoneThatIsNew() throws {
        var known = known()
        #expect(known.take(try file("/a d"))?.id == nil)
        #expect(known.take(try file("/a b"))?.id == 1)
        #expect(known.take(try file("/a b"))?.id == nil)
        #expect(known.take(try file("/c b"))?.id == nil)
        #expect(known.take(try file("/a c"))?.id == 2)
        #expect(known.rest.map(\.id) == [3, 4])
    }

    /// "é" as one character and as two: the same to Unicode, but not to a file system.
    @Test(arguments: [[0, 1], [1, 0]])
    func tellsNamesApartThatOnlyUnicodeHoldsEqual(order: [Int]) throws {
        let names = ["/a \u{E9}", "/a e\u{301}"]
        var known = known(names)
        for position in order {
            #expect(known.take(try file(names[position]))?.id == Int64(position) + 1)
        }
        #expect(known.rest.isEmpty)
    }
}
