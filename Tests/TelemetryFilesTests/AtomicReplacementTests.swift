import TelemetryFiles
import Testing

@Suite struct AtomicReplacementTests {
    @Test func replacesWhole() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "a")
        try AtomicReplacement.write(Array("new".utf8).span, to: directory("a"))
        #expect(try text(directory("a")) == "new")
        #expect(try FileStatus.of(directory("a"))?.permissions == 0o600)
        #expect(try DirectoryListing.entries(of: directory.path).map(\.name) == ["a"])
    }

    @Test func leavesNothingBehindWithoutACommit() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "a")
        do {
            let replacement = try AtomicReplacement(of: directory("a"))
            try replacement.append(Array("half".utf8).span)
            #expect(try DirectoryListing.entries(of: directory.path).count == 2)
        }
        #expect(try text(directory("a")) == "old")
        #expect(try DirectoryListing.entries(of: directory.path).count == 1)
    }

    @Test func refusesToReplaceWhenAsked() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "a")
        let replacement = try AtomicReplacement(of: directory("a"))
        var error: FileError?
        do throws(FileError) { try replacement.commitWithoutReplacing() } catch let failure {
            error = failure
        }
        #expect(error?.isExisting == true)
        #expect(try text(directory("a")) == "old")
        #expect(try DirectoryListing.entries(of: directory.path).count == 1)
    }

    @Test func removesWhatTheDeadLeftBehindOnly() throws {
        let directory = try TemporaryDirectory()
        // No system gives out a process number this high.
        try directory.write("", to: ".a.tmp-2000000000-00000000")
        try directory.write("", to: ".a.tmp-\(ProcessIdentity.processID)-00000000")
        try directory.write("", to: ".a.tmp-x")
        try directory.write("", to: ".b.tmp-2000000000-00000000")
        try AtomicReplacement.removeLeftovers(of: directory("a"))
        #expect(
            try DirectoryListing.entries(of: directory.path).map(\.name) == [
                ".a.tmp-\(ProcessIdentity.processID)-00000000", ".a.tmp-x",
                ".b.tmp-2000000000-00000000",
            ])
    }

    @Test(arguments: ["a", String(repeating: "n", count: 255), String(repeating: "ü", count: 127)])
    func writesUnderEveryNameThatAFileCanHave(name: String) throws {
        let directory = try TemporaryDirectory()
        do {
            let replacement = try AtomicReplacement(of: directory(name))
            let names = try DirectoryListing.entries(of: directory.path).map(\.name)
            #expect(names.count == 1 && names.allSatisfy(AtomicReplacement.isTemporaryName))
            try replacement.append(Array("new".utf8).span)
            try replacement.commit()
        }
        #expect(try text(directory(name)) == "new")
        try AtomicReplacement.removeLeftovers(of: directory(name))
    }

    @Test(arguments: [
        "a.jsonl", ".a", "a.tmp-1-00000000", ".a.tmp-1-00000000.jsonl", ".a.tmp-x-00000000",
        ".a.tmp-1", ".tmp-1-0000",
    ])
    func takesNoOtherNameForATemporaryOne(name: String) {
        #expect(!AtomicReplacement.isTemporaryName(name))
    }

    @Test(arguments: [1_700_000_000_123_456_789, 0, -1, -1_500_000_000])
    func givesAFileTheTimeThatItIsTold(time: Int64) throws {
        let directory = try TemporaryDirectory()
        let replacement = try AtomicReplacement(of: directory("a"))
        try replacement.append(Array("new".utf8).span)
        try replacement.setModificationTime(time)
        try replacement.commit()
        #expect(try FileStatus.of(directory("a"))?.modifiedNanoseconds == time)
    }
}
