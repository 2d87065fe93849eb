import TelemetryFiles
import Testing

@Suite struct FileContentsTests {
    @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000])
    func readsWholeFiles(count: Int) throws {
        let directory = try TemporaryDirectory()
        let content = String(repeating: "x", count: count)
        let path = try directory.write(content, to: "a")
        #expect(try FileContents.read(path, maximumBytes: 100_000).count == count)
    }

    @Test func refusesAFileOverTheMaximum() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("12345", to: "a")
        #expect(try FileContents.read(path, maximumBytes: 5).count == 5)
        let error = fileError { () throws(FileError) in
            _ = try FileContents.read(path, maximumBytes: 4)
        }
        #expect(error?.description == "cannot read \(path): longer than 4 bytes")
    }

    @Test func readsFilesThatClaimToBeEmpty() throws {
        guard try FileStatus.of("/proc/self/status") != nil else { return }
        #expect(try FileContents.read("/proc/self/status", maximumBytes: 1 << 16).count > 100)
    }
}
