import LLMTelemetry
import TelemetryFiles
import Testing

@Suite struct WorkingContextTests {
    private func git(_ directory: String, _ arguments: String...) throws {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        let outcome = try Subprocess.run(
            ["git", "-C", directory] + identity + arguments, maximumOutputBytes: 1 << 20
        ) { _ in true }
        guard outcome?.exit == .code(0) else { throw RunError(text: outcome?.errorText ?? "") }
    }

    private func repository(_ store: TestStore) throws -> String {
        let path = store.directory + "/repo"
        try FileTree.createDirectories(path + "/deep/inside")
        try git(path, "init", "-q", "-b", "feature/x")
        try git(path, "commit", "-q", "--allow-empty", "-m", "first")
        return path
    }

    @Test func findsTheBranchFromBelow() throws {
        let store = try TestStore()
        let path = try repository(store)
        #expect(
            WorkingContext(directory: path) == .init(project: "repo", gitBranch: "feature/x"))
        #expect(
            WorkingContext(directory: path + "/deep/inside")
                == .init(project: "inside", gitBranch: "feature/x"))
    }

    @Test func findsTheBranchOfALinkedWorkTree() throws {
        let store = try TestStore()
        let path = try repository(store)
        try git(path, "worktree", "add", "-q", "-b", "other", "../tree")
        let context = WorkingContext(directory: store.directory + "/tree")
        #expect(context == .init(project: "tree", gitBranch: "other"))
    }

    @Test func findsTheBranchOfASubmodule() throws {
        let store = try TestStore()
        let path = store.directory + "/outer/module"
        try FileTree.createDirectories(path)
        let git = store.directory + "/outer/.git"
        try FileTree.createDirectories(git + "/modules/module")
        try AtomicReplacement.write(Array("ref: refs/heads/outer\n".utf8).span, to: git + "/HEAD")
        try AtomicReplacement.write(
            Array("ref: refs/heads/inner\n".utf8).span, to: git + "/modules/module/HEAD")
        try AtomicReplacement.write(
            Array("gitdir: ../.git/modules/module\n".utf8).span, to: path + "/.git")
        #expect(WorkingContext(directory: path).gitBranch == "inner")
        #expect(WorkingContext(directory: store.directory + "/outer").gitBranch == "outer")
    }

    @Test func aDetachedHeadHasNoBranch() throws {
        let store = try TestStore()
        let path = try repository(store)
        try git(path, "checkout", "-q", "--detach")
        #expect(WorkingContext(directory: path).gitBranch == nil)
    }

    @Test(arguments: ["", "gitdir: ", "gitdir: /nowhere\n", "nonsense", "ref: refs/tags/x"])
    func nonsenseIsNoBranch(text: String) throws {
        let store = try TestStore()
        try AtomicReplacement.write(Array(text.utf8).span, to: store.directory + "/.git")
        #expect(WorkingContext(directory: store.directory).gitBranch == nil)
    }

    @Test func theRootHasNoName() {
        #expect(WorkingContext(directory: "/").project == nil)
    }
}
