import TelemetryFiles

/// What the start of the program costs beside that of the smallest one, in C.
struct ProcessStart {
    private static let goal = Figure.Goal.atMost(bar: 4, aim: 2.5)
    private static let source = """
        #include <stdio.h>
        int main(void) { puts("hello, world"); return 0; }

        """

    private let options: BenchmarkOptions
    private let workspace: Workspace
    private let binary: String

    init(_ options: BenchmarkOptions, _ workspace: Workspace, _ binary: String) {
        self.options = options
        self.workspace = workspace
        self.binary = binary
    }

    /// The ratio of medians, and the two; nothing where there is no C compiler.
    func figures() throws(BenchmarkError) -> [Figure] {
        guard let compiler = ["cc", "gcc", "clang"].first(where: Subprocess.isInstalled) else {
            return []
        }
        let source = workspace.path("hello.c")
        let hello = workspace.path("hello")
        try withFiles { () throws(FileError) in
            try AtomicReplacement.write(Array(Self.source.utf8).span, to: source)
        }
        _ = try Program([compiler, "-O2", "-o", hello, source]).run()
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<options.scaled(200) {
            ours.append(try Program([binary, "version"]).run().milliseconds)
            theirs.append(try Program([hello]).run().milliseconds)
        }
        let own = Samples(ours).median
        let floor = Samples(theirs).median
        return [
            Figure("version ÷ hello world in C", own / floor, .ratio, Self.goal),
            Figure("version", own, .milliseconds),
            Figure("hello world in C", floor, .milliseconds),
        ]
    }
}
