import Foundation
import Testing

/// Logs of agents as they lie on disks: huge lines, unfinished ones, compressed ones; and that
/// nothing of them is ever written.
@Suite struct AgentFileTests {
    private static let now = "2026-11-20T12:00:00Z"

    private func totals(_ sandbox: Sandbox) throws -> JSON? {
        try sandbox.json("costs", "all")["totals"]
    }

    // MARK: Lines

    /// A pasted picture, an answer and a word of twenty megabytes each, and good lines around them:
    /// counted, skipped, and not read again. A megabyte is not much.
    @Test func hugeLinesStopNothing() throws {
        let sandbox = try Sandbox(now: Self.now)
        let megabytes = String(repeating: "iVBORw0KGgo/", count: (20 << 20) / 12)
        var huge = ClaudeLine.numbered(2)
        huge.text = megabytes
        var large = ClaudeLine.numbered(3)
        large.text = String(repeating: "a", count: 1 << 20)
        try sandbox.writeHome(
            ClaudeLine.numbered(1).line + ClaudeLine.prompt(megabytes) + huge.line
                + megabytes + "\n" + large.line,
            to: ClaudeLine.file)
        let sync = try sandbox.json("cache-sync")
        #expect(sync["totals"]?["calls"]?.integer == 2)
        #expect(sync["totals"]?["rejected"]?.integer == 3)
        #expect(sync["rejections"]?.array?.first?["reason"]?.string == "too-long")
        #expect(try sandbox.json("cache-sync")["bytes_read"]?.integer == 0)
    }

    /// Most of a transcript are lines that are long and no calls: memory must not follow them.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/time"), "no time"))
    func aLineOfAHundredMegabytesNeedsNoMemory() throws {
        let sandbox = try Sandbox(now: Self.now)
        let file = sandbox.home.appending(path: ClaudeLine.file)
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        let piece = String(repeating: "0123456789abcdef", count: 1 << 16)
        try sandbox.appendHome(#"{"type":"user","message":{"content":""#, to: ClaudeLine.file)
        for _ in 0..<110 { try sandbox.appendHome(piece, to: ClaudeLine.file) }
        try sandbox.appendHome("\"}}\n" + ClaudeLine.numbered(2).line, to: ClaudeLine.file)
        #expect(try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 > 110 << 20)
        var timed = sandbox.invocation(["-f", "%M", Program.path, "cache-sync", "--json"])
        timed.executable = "/usr/bin/time"
        let outcome = try ChildProcess(timed).wait()
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let kilobytes = outcome.errorText.split(separator: "\n").last.flatMap { Int($0) }
        #expect(try #require(kilobytes) < 128 << 10)
        #expect(try totals(sandbox)?["calls"]?.integer == 2)
    }

    @Test func anUnfinishedLineCountsWhenItIsFinished() throws {
        let sandbox = try Sandbox(now: Self.now)
        for (file, whole) in [
            (ClaudeLine.file, ClaudeLine.numbered(1).line),
            (RolloutLine.file, RolloutLine.rollout([1])),
        ] {
            try sandbox.writeHome(String(whole.dropLast(150)), to: file)
        }
        #expect(try totals(sandbox)?["calls"]?.integer == 0)
        #expect(try sandbox.json("cache-sync")["lines"]?["pending"]?.integer == 2)
        try sandbox.appendHome(String(ClaudeLine.numbered(1).line.suffix(150)), to: ClaudeLine.file)
        try sandbox.appendHome(String(RolloutLine.rollout([1]).suffix(150)), to: RolloutLine.file)
        #expect(try totals(sandbox)?["calls"]?.integer == 2)
        #expect(try sandbox.json("cache-sync")["totals"]?["rejected"]?.integer == 0)
    }

    // MARK: Compressed rollouts

    private static let zstd = ["/usr/bin/zstd", "/usr/local/bin/zstd", "/opt/homebrew/bin/zstd"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private func compress(_ sandbox: Sandbox, _ path: String, keep: Bool) throws {
        let file = sandbox.home.appending(path: path).path()
        var tool = sandbox.invocation(keep ? ["-q", "-f", file] : ["-q", "-f", "--rm", file])
        tool.executable = try #require(Self.zstd)
        #expect(try ChildProcess(tool).wait().succeeded)
    }

    /// Codex compresses what has been idle for a week: the same calls before, while both are there,
    /// and after.
    @Test(.enabled(if: zstd != nil, "zstd is not installed"))
    func aCompressedRolloutIsTheSameLog() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(RolloutLine.rollout([1, 2, 3]), to: RolloutLine.file)
        let rows = "SELECT timestamp_ms, session_id, input_tokens FROM calls ORDER BY 1"
        let before = try sandbox.run("query", rows, "--csv").text
        #expect(before.split(whereSeparator: \.isNewline).count == 4)
        for keep in [true, false] {
            try compress(sandbox, RolloutLine.file, keep: keep)
            #expect(try sandbox.run("query", rows, "--csv").text == before)
            #expect(try sandbox.json("cache-sync")["totals"]?["duplicates"]?.integer == 0)
            #expect(try sandbox.json("cache-sync", "--rebuild")["totals"]?["calls"]?.integer == 3)
            #expect(try sandbox.run("query", rows, "--csv").text == before)
        }
        // Plain wins while both are there, also when it says more.
        try sandbox.writeHome(RolloutLine.rollout([1, 2, 3, 4]), to: RolloutLine.file)
        #expect(try totals(sandbox)?["calls"]?.integer == 4)
    }

    @Test(.enabled(if: zstd != nil, "zstd is not installed"))
    func forksFindACompressedParent() throws {
        let sandbox = try Sandbox(now: Self.now)
        let fork =
            RolloutLine.head("fork", at: "2026-11-02T09:10:00Z", forkOf: RolloutLine.session)
            + RolloutLine.count(total: 1, last: 1, at: "2026-11-02T09:11:00Z")
            + RolloutLine.count(total: 5, last: 4, at: "2026-11-02T09:20:00Z")
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        try sandbox.writeHome(fork, to: ".codex/sessions/fork.jsonl")
        for path in [RolloutLine.file, ".codex/sessions/fork.jsonl"] {
            try compress(sandbox, path, keep: false)
            #expect(try totals(sandbox)?["calls"]?.integer == 3)
        }
    }

    /// A few bytes that become gigabytes: bounded, and the other logs are read.
    @Test(.enabled(if: zstd != nil, "zstd is not installed"))
    func aBombIsNoDanger() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(RolloutLine.rollout([1]), to: RolloutLine.file)
        let bomb = sandbox.home.appending(path: ".codex/sessions/bomb.jsonl.zst").path()
        var shell = sandbox.invocation([
            "-c", "head -c 2000000000 /dev/zero | zstd -q -19 --long=27 -o \"$0\"", bomb,
        ])
        shell.executable = "/bin/sh"
        #expect(try ChildProcess(shell).wait().succeeded)
        #expect(try totals(sandbox)?["calls"]?.integer == 1)
    }

    @Test(.enabled(if: zstd != nil, "zstd is not installed"))
    func withoutZstdTheFileIsUnreadWithAHint() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(RolloutLine.rollout([1]), to: RolloutLine.file)
        try sandbox.writeHome(
            RolloutLine.rollout([2], session: "other"), to: ".codex/sessions/other.jsonl")
        try compress(sandbox, RolloutLine.file, keep: false)
        sandbox.environment["PATH"] = "/nowhere"
        #expect(try totals(sandbox)?["calls"]?.integer == 1)
        #expect(try sandbox.json("cache-sync")["files"]?["unread"]?.integer == 1)
        let doctor = try sandbox.run("doctor", "--json")
        #expect(doctor.end == .exited(1))
        let answer = try JSON(parsing: doctor.output)
        #expect(answer["unread_files"]?.array?.count == 1)
        #expect(doctor.text.contains("zstd"))
        sandbox.environment["PATH"] = nil
        #expect(try totals(sandbox)?["calls"]?.integer == 2)
        #expect(try sandbox.json("cache-sync")["files"]?["unread"]?.integer == 0)
    }

    @Test func aDamagedRolloutIsUnread() throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(RolloutLine.rollout([1]), to: RolloutLine.file)
        try sandbox.writeHome("this is not zstd\n", to: ".codex/sessions/bad.jsonl.zst")
        #expect(try totals(sandbox)?["calls"]?.integer == 1)
        #expect(try sandbox.json("cache-sync")["files"]?["unread"]?.integer == 1)
    }

    // MARK: Read-only

    private static let strace = "/usr/bin/strace"

    /// No file of an agent is opened for writing, renamed or removed, and nothing is asked of a
    /// network, whatever is run.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "no strace"),
        arguments: [
            ["cache-sync", "--rebuild"], ["cache-sync", "--verify"], ["costs", "all"], ["doctor"],
            ["sessions"],
        ])
    func agentsLogsAreOnlyRead(arguments: [String]) throws {
        let sandbox = try Sandbox(now: Self.now)
        try sandbox.writeHome(ClaudeLine.numbered(1).line, to: ClaudeLine.file)
        try sandbox.writeHome(RolloutLine.rollout([1, 2]), to: RolloutLine.file)
        if Self.zstd != nil {
            try sandbox.writeHome(
                RolloutLine.rollout([5], session: "z"), to: ".codex/sessions/z.jsonl")
            try compress(sandbox, ".codex/sessions/z.jsonl", keep: false)
        }
        try sandbox.letAgentLogsRest()
        let logs = try sandbox.agentLogs()
        let trace = sandbox.root.appending(path: "trace").path()
        let calls = [
            "openat", "open", "creat", "socket", "connect", "rename", "renameat", "renameat2",
            "unlink", "unlinkat", "truncate", "link", "linkat", "mkdir", "mkdirat", "chmod",
            "fchmodat", "utimensat", "flock",
        ]
        // Not every machine has every call under this name: a question mark allows for that.
        let list = calls.map { "?\($0)" }.joined(separator: ",")
        var traced = sandbox.invocation(
            ["-f", "-y", "-o", trace, "-e", "trace=\(list)", Program.path] + arguments)
        traced.executable = Self.strace
        let outcome = try ChildProcess(traced).wait()
        #expect(outcome.end == .exited(0) || arguments == ["doctor"], "\(outcome.errorText)")
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(!line.contains("AF_INET"), "\(line)")
            guard line.contains("/home/.claude") || line.contains("/home/.codex") else { continue }
            let isRead =
                line.contains("open") && !line.contains("O_WRONLY") && !line.contains("O_RDWR")
                && !line.contains("O_CREAT") && !line.contains("O_TRUNC")
            #expect(isRead, "\(line)")
        }
        #expect(try sandbox.agentLogs() == logs)
    }
}
