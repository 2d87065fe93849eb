import TelemetryFiles
import Testing

@Suite struct DirectoryTests {
    @Test func listsByNameWithKinds() throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "b")
        try directory.write("x", to: "a")
        try FileTree.createDirectory(directory("c"))
        try shell("ln", "-s", "nowhere", directory("d"))
        #expect(
            try DirectoryListing.entries(of: directory.path) == [
                DirectoryEntry(name: "a", kind: .regular),
                DirectoryEntry(name: "b", kind: .regular),
                DirectoryEntry(name: "c", kind: .directory),
                DirectoryEntry(name: "d", kind: .symbolicLink),
            ])
    }

    @Test func aMissingDirectoryIsAnErrorAndNotAnEmptyList() {
        let error = fileError { () throws(FileError) in
            _ = try DirectoryListing.entries(of: "/nowhere/at/all")
        }
        #expect(error?.isMissing == true)
    }

    @Test func walksWithoutFollowingLinksAndEndsInLoops() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectories(directory("a/b"))
        try directory.write("x", to: "a/b/file")
        try directory.write("x", to: "top")
        try shell("ln", "-s", directory.path, directory("a/loop"))
        let plain = DirectoryListing.walk(directory.path)
        #expect(plain.files == ["a/b/file", "top"])
        #expect(plain.unreadable == [])
        let following = DirectoryListing.walk(directory.path, links: .follow)
        #expect(following.files == ["a/b/file", "top"])
    }

    @Test func looksAtTheFilesItSearchesFor() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectories(directory("a/b"))
        try directory.write("four", to: "a/b/file.log")
        try directory.write("x", to: "other")
        try shell("ln", "-s", "a/b/file.log", directory("link.log"))
        try shell("ln", "-s", "nowhere", directory("lost.log"))
        let search = DirectoryListing.search(directory.path) { $0.hasSuffix(".log") }
        #expect(search.files.map(\.name) == ["a/b/file.log", "link.log"])
        #expect(search.files.map(\.isLink) == [false, true])
        #expect(search.files.map(\.status.size) == [4, 4])
        #expect(search.files.map(\.status.kind) == [.regular, .regular])
        #expect(search.unreadable == [])
        let gone = DirectoryListing.search("/nowhere/at/all") { _ in true }
        #expect(gone.files.isEmpty && gone.unreadable.map(\.isMissing) == [true])
    }

    @Test func looksAtTheFilesOfOneDirectoryWithoutFollowingLinks() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectory(directory("inner.log"))
        try directory.write("four", to: "b.log")
        try directory.write("x", to: "a.log")
        try directory.write("x", to: "other")
        try shell("ln", "-s", "b.log", directory("link.log"))
        let search = try DirectoryListing.files(in: directory.path) { $0.hasSuffix(".log") }
        #expect(search.files.map(\.name) == ["a.log", "b.log"])
        #expect(search.files.map(\.status.size) == [1, 4])
        #expect(search.unreadable == [])
        let error = fileError { () throws(FileError) in
            _ = try DirectoryListing.files(in: "/nowhere/at/all") { _ in true }
        }
        #expect(error?.isMissing == true)
    }

    @Test func reportsWhatItCannotRead() throws {
        let walk = DirectoryListing.walk("/nowhere/at/all")
        #expect(walk.files == [])
        #expect(
            walk.unreadable.first?.description
                == "cannot open /nowhere/at/all: No such file or directory")
    }

    @Test func worksRelativeToItselfEvenWhenItsPathIsSwapped() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectory(directory("real"))
        try FileTree.createDirectory(directory("victim"))
        try directory.write("mine", to: "real/file")
        try directory.write("theirs", to: "victim/file")
        let real = try Directory.open(directory("real"))
        try FileTree.rename(directory("real"), to: directory("moved"))
        try shell("ln", "-s", "victim", directory("real"))
        try real.unlink("file")
        #expect(try text(directory("victim/file")) == "theirs")
        #expect(try FileStatus.of(directory("moved/file")) == nil)
    }

    @Test func refusesALinkInThePlaceOfADirectory() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectory(directory("victim"))
        try shell("ln", "-s", "victim", directory("day"))
        let root = try Directory.open(directory.path)
        let error = fileError { () throws(FileError) in _ = try root.openDirectory("day") }
        #expect(error != nil)
        #expect(try root.status(of: "day")?.kind == .symbolicLink)
    }

    @Test func renamesWithoutReplacing() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "a")
        try directory.write("there", to: "b")
        let root = try Directory.open(directory.path)
        let error = fileError { () throws(FileError) in
            try root.renameWithoutReplacing("a", to: "b")
        }
        #expect(error?.isExisting == true)
        #expect(try text(directory("b")) == "there")
        try root.renameWithoutReplacing("a", to: "c")
        #expect(try text(directory("c")) == "old")
        #expect(try root.entries().map(\.name) == ["b", "c"])
        let missing = fileError { () throws(FileError) in
            try root.renameWithoutReplacing("nothing", to: "d")
        }
        #expect(missing?.isMissing == true)
        #expect(try root.entries().map(\.name) == ["b", "c"])
    }

    @Test func makesDirectoriesForTheirOwnerOnly() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectories(directory("a/b/c"))
        try FileTree.createDirectories(directory("a/b/c"))
        #expect(try FileStatus.of(directory("a/b"))?.permissions == 0o700)
        try directory.write("x", to: "file")
        let error = fileError { () throws(FileError) in
            try FileTree.createDirectory(directory("file"))
        }
        #expect(error?.symbol == "ENOTDIR")
    }

    @Test(arguments: [
        ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b/", "a", "b"),
        ("/", "/", "/"), ("a//b", "a", "b"), (".llm-telemetry", ".", ".llm-telemetry"),
    ])
    func splitsPaths(path: String, parent: String, name: String) {
        #expect(FileTree.parent(of: path) == parent)
        #expect(FileTree.name(of: path) == name)
    }

    @Test func removesATreeButNothingThroughLinks() throws {
        let directory = try TemporaryDirectory()
        try FileTree.createDirectories(directory("tree/a/b"))
        try directory.write("x", to: "tree/a/b/file")
        try FileTree.createDirectory(directory("other"))
        try directory.write("mine", to: "other/file")
        try shell("ln", "-s", directory("other"), directory("tree/link"))
        try FileTree.removeTree(directory("tree"))
        #expect(try FileStatus.of(directory("tree")) == nil)
        #expect(try text(directory("other/file")) == "mine")
    }

    @Test func tellsHowMuchRoomThereIs() throws {
        let directory = try TemporaryDirectory()
        #expect(try FileTree.availableBytes(at: directory.path) > 0)
        let error = fileError { () throws(FileError) in
            _ = try FileTree.availableBytes(at: directory("missing"))
        }
        #expect(error?.isMissing == true)
    }
}
