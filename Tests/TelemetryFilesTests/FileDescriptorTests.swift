import TelemetryFiles
import Testing

@Suite struct FileDescriptorTests {
    @Test func readsBackWhatWasWritten() throws {
        let directory = try TemporaryDirectory()
        let file = try FileDescriptor.open(directory("a"), for: .append)
        try file.writeAll(Array("hello ".utf8).span)
        let outcome = file.write(Array("world".utf8).span)
        #expect(outcome.written == 5)
        #expect(outcome.error == nil)
        #expect(try file.read(count: 100, at: 0) == Array("hello world".utf8))
        #expect(try file.read(count: 3, at: 6) == Array("wor".utf8))
        #expect(try file.read(count: 3, at: 11) == [])
        var bytes = [UInt8](repeating: 46, count: 8)
        #expect(try file.read(into: &bytes, range: 2..<6, at: 9) == 2)
        #expect(String(decoding: bytes, as: UTF8.self) == "..ld....")
    }

    @Test func createsForTheOwnerOnly() throws {
        let directory = try TemporaryDirectory()
        let file = try FileDescriptor.open(directory("a"), for: .create)
        #expect(try file.status().permissions == 0o600)
        #expect(try file.status().size == 0)
    }

    @Test func keepsPermissionsThatSomebodyElseChose() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("x", to: "a")
        try FileDescriptor.open(path, for: .append).setPermissions(0o640)
        _ = try FileDescriptor.open(path, for: .append)
        #expect(try FileStatus.of(path)?.permissions == 0o640)
    }

    @Test func refusesToCreateWhatExists() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("x", to: "a")
        let error = fileError { () throws(FileError) in
            _ = try FileDescriptor.open(path, for: .create)
        }
        #expect(error?.isExisting == true)
        #expect(error?.description == "cannot create \(path): File exists")
    }

    @Test func doesNotHangOnAPipeInTheFileSystem() throws {
        let directory = try TemporaryDirectory()
        try shell("mkfifo", directory("fifo"))
        for access in [FileDescriptor.Access.read, .append, .appendExisting] {
            let error = fileError { () throws(FileError) in
                _ = try FileDescriptor.open(directory("fifo"), for: access)
            }
            #expect(error?.description == "cannot open \(directory("fifo")): not a regular file")
        }
    }

    @Test(arguments: ["/dev/null", "/tmp"])
    func opensNothingButRegularFiles(path: String) {
        let error = fileError { () throws(FileError) in _ = try FileDescriptor.openForReading(path)
        }
        #expect(error != nil)
    }

    @Test func followsALinkOnlyWhenAsked() throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "target")
        try shell("ln", "-s", "target", directory("link"))
        _ = try FileDescriptor.openForReading(directory("link"))
        let error = fileError { () throws(FileError) in
            _ = try FileDescriptor.openForReading(directory("link"), links: .refuse)
        }
        #expect(error?.symbol == "ELOOP")
    }

    @Test func aMissingFileIsMissing() throws {
        let error = fileError { () throws(FileError) in
            _ = try FileDescriptor.openForReading("/nowhere/at/all")
        }
        #expect(error?.isMissing == true)
        #expect(error?.description == "cannot open /nowhere/at/all: No such file or directory")
    }

    @Test func saysHowFarARefusedWriteCame() throws {
        let directory = try TemporaryDirectory()
        let file = try FileDescriptor.openForReading(directory.write("abc", to: "a"))
        let outcome = file.write(Array("x".utf8).span)
        #expect(outcome.written == 0)
        #expect(outcome.error?.symbol == "EBADF")
    }

    @Test func cutsAndSyncs() throws {
        let directory = try TemporaryDirectory()
        let file = try FileDescriptor.open(directory("a"), for: .append)
        try file.writeAll(Array("hello".utf8).span)
        try file.truncate(to: 2)
        try file.synchronize()
        #expect(try file.status().size == 2)
    }
}
