import Foundation
import Testing

@Suite struct LogCommandTests {
    @Test func everyOptionReachesTheRecord() throws {
        let sandbox = try Sandbox()
        try Data("hello".utf8).write(to: sandbox.directory.appending(path: "prompt.txt"))
        try Data("wörld".utf8).write(to: sandbox.directory.appending(path: "response.txt"))
        let outcome = try sandbox.run(
            "log", "--agent", "a", "--operation=o", "--model", "claude-3-5-haiku",
            "--input-tokens", "10", "--output-tokens", "20", "--cache-read-tokens", "30",
            "--cache-write-tokens", "40", "--reasoning-tokens", "5", "--duration-ms", "1234",
            "--cost-usd", "0.0025", "--error", "timeout", "--session", "s", "--user", "u",
            "--project", "p", "--msg-id", "m", "--req-id", "r",
            "--timestamp", "2025-01-27T10:00:00+02:00", "--prompt-file", "prompt.txt",
            "--response-file", "response.txt", "--metadata", "k=v", "--metadata", "l=a=b")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect(outcome.output.isEmpty)
        let line = try JSON(parsing: try sandbox.bytes("2025-01-27/telemetry.jsonl"))
        let expected = try JSON(
            parsing: """
                {"timestamp":"2025-01-27T08:00:00.000Z","msg_id":"m","req_id":"r",
                 "agent_name":"a","operation":"o","model":"claude-3-5-haiku","session_id":"s",
                 "user_id":"u","duration_ms":1234,"tokens":{"input":10,"output":20,
                 "cache_read":30,"cache_write":40,"reasoning":5,"total":100},"cost_usd":0.0025,
                 "success":false,"prompt_chars":5,"response_chars":5,"prompt_hash":"sha256:\
                2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                 "metadata":{"project":"p","error":"timeout","k":"v","l":"a=b"}}
                """)
        #expect(line.differences(from: expected) == [])
        #expect(!sandbox.exists("2025-01-27/prompts.jsonl"))
    }

    @Test func metadataMayNameTheProject() throws {
        let sandbox = try Sandbox()
        let outcome = try sandbox.run(
            "log", "--model", "m", "--metadata", "project=p", "--metadata", "git_branch=b",
            "--metadata", "k=v")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let line = try JSON(parsing: try sandbox.bytes("2025-01-28/telemetry.jsonl"))
        #expect(line["metadata"]?["project"]?.string == "p")
        #expect(line["metadata"]?["git_branch"]?.string == "b")
        #expect(line["metadata"]?["k"]?.string == "v")
    }

    @Test func fillsInWhatTheSurroundingsSay() throws {
        let sandbox = try Sandbox()
        let environment = ["OPENCODE_SESSION_ID": "s", "USER": "u", "LLM_PROJECT_NAME": "p"]
        let outcome = try sandbox.run("log", "--model", "m", environment: environment)
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let line = try JSON(parsing: try sandbox.bytes("2025-01-28/telemetry.jsonl"))
        #expect(line["timestamp"]?.string == "2025-01-28T12:00:00.000Z")
        #expect(line["session_id"]?.string == "s")
        #expect(line["user_id"]?.string == "u")
        #expect(line["metadata"]?["project"]?.string == "p")
        #expect(line["metadata"]?["error"] == .null)
        #expect(line["success"]?.bool == true)
        #expect(line["cost_usd"] ?? .null == .null)
    }

    @Test func theWorkingDirectoryNamesTheProjectAndGitTheBranch() throws {
        let sandbox = try Sandbox()
        let git = sandbox.directory.appending(path: ".git")
        try FileManager.default.createDirectory(at: git, withIntermediateDirectories: false)
        try Data("ref: refs/heads/feature/x\n".utf8).write(to: git.appending(path: "HEAD"))
        #expect(try sandbox.run("log", "--model", "m").succeeded)
        let line = try JSON(parsing: try sandbox.bytes("2025-01-28/telemetry.jsonl"))
        #expect(line["metadata"]?["project"]?.string == "project")
        #expect(line["metadata"]?["git_branch"]?.string == "feature/x")
    }

    @Test func storesTextsOnlyWhenAsked() throws {
        let sandbox = try Sandbox()
        try Data("canary".utf8).write(to: sandbox.directory.appending(path: "prompt.txt"))
        let arguments = ["log", "--model", "m", "--prompt-file", "prompt.txt"]
        #expect(try sandbox.run(arguments).succeeded)
        #expect(!(try sandbox.files().values.contains { holdsCanary($0) }))
        #expect(try sandbox.run(arguments, environment: ["LLM_STORE_PROMPTS": "yes"]).succeeded)
        let files = try sandbox.files()
        #expect(
            files.filter { holdsCanary($0.value) }.keys.sorted() == ["2025-01-28/prompts.jsonl"])
        let prompt = try JSON(parsing: try sandbox.bytes("2025-01-28/prompts.jsonl"))
        #expect(prompt["prompt"]?.string == "canary")
    }

    @Test func theLastLineNeedsNoEndAndATooLongOneIsPassedOver() throws {
        let sandbox = try Sandbox()
        let long = String(repeating: "x", count: 17 << 20)
        let seed = Record.seed.trimmingCharacters(in: .newlines)
        let input = "\(seed)\r\n\(long)\n\n\(seed)"
        let outcome = try sandbox.run("log", "-", input: input)
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText == "llm-telemetry: error: line 2: longer than 16 MiB\n")
        let stored = try StoredLines(below: sandbox.store)
        #expect(stored.counts.count == 2)
        #expect(stored.unreadable == 0)
    }

    @Test func badLinesAreNamedAndGoodOnesKept() throws {
        let sandbox = try Sandbox()
        let input = Record.seed + "not json\n" + Record.seed + "{\"timestamp\":\"tomorrow\"}\n"
        let outcome = try sandbox.run("log", "-", input: input)
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText.contains("line 2: not JSON"))
        #expect(outcome.errorText.contains("line 4"))
        #expect(!outcome.errorText.contains("line 1:") && !outcome.errorText.contains("line 3:"))
        #expect(try sandbox.json("costs")["totals"]?["calls"]?.integer == 2)
        #expect(try sandbox.run("log", "-", "--best-effort", input: "x\n").succeeded)
    }

    @Test(
        arguments: [
            [], ["--agent", "a"], ["--model", "m", "--input-tokens", "-1"],
            ["--model", "m", "--input-tokens", "many"], ["--model", "m", "--cost-usd", "nan"],
            ["--model", "m", "--timestamp", "yesterday"], ["--model", "m", "--metadata", "k"],
            ["--model", "m", "--prompt-file", "missing.txt"], ["--model", "m", "extra"],
        ])
    func refusesWhatIsNoCall(arguments: [String]) throws {
        let sandbox = try Sandbox()
        let outcome = try sandbox.run(["log"] + arguments)
        #expect(outcome.end == .exited(2))
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
        #expect(outcome.output.isEmpty)
        #expect(try sandbox.files().isEmpty)
    }

    @Test(arguments: ["false", "0", "No", "off", "N"])
    func canBeSwitchedOff(word: String) throws {
        let switches = [
            "LLM_TELEMETRY_STORAGE", "LLM_TELEMETRY_STORAGE_ENABLED", "LLM_TELEMETRY_ENABLED",
        ]
        for variable in switches {
            let sandbox = try Sandbox()
            let outcome = try sandbox.run(
                "log", "-", input: Record.seed, environment: [variable: word])
            #expect(outcome.succeeded && outcome.errorOutput.isEmpty, "\(variable)")
            #expect(try sandbox.files().isEmpty)
        }
    }

    @Test func aFileWithTheEnvironmentIsRead() throws {
        let sandbox = try Sandbox()
        let settings = "LLM_PROJECT_NAME=from-file\nUSER=nobody\n# a comment\nPATH=/nowhere\n"
        try Data(settings.utf8).write(to: sandbox.directory.appending(path: ".env"))
        #expect(try sandbox.run("log", "--model", "m").succeeded)
        let line = try JSON(parsing: try sandbox.bytes("2025-01-28/telemetry.jsonl"))
        #expect(line["metadata"]?["project"]?.string == "from-file")
    }

    @Test func aFileWithTheEnvironmentNamesPricesToo() throws {
        let sandbox = try Sandbox()
        let prices = #"{"id":"mine","input_mtok":2,"output_mtok":4}"# + "\n"
        try Data(prices.utf8).write(to: sandbox.directory.appending(path: "mine.jsonl"))
        try Data("LLM_TELEMETRY_PRICES=mine.jsonl\n".utf8)
            .write(to: sandbox.directory.appending(path: ".env"))
        #expect(try sandbox.run("log", "--model", "mine", "--input-tokens", "1000000").succeeded)
        #expect(try sandbox.json("costs", "all")["totals"]?["cost_usd"]?.double == 2)
    }

    @Test func aStorageFailureIsAFailure() throws {
        let sandbox = try Sandbox()
        try Data().write(to: sandbox.store)
        let outcome = try sandbox.run("log", "-", input: Record.seed)
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.hasPrefix("llm-telemetry: error: "))
        #expect(try sandbox.run("log", "-", "--best-effort", input: Record.seed).succeeded)
    }

    /// A limit on the size of files ends nothing and tears nothing.
    @Test func aFileThatMayNotGrowIsAFailure() throws {
        let sandbox = try Sandbox()
        var invocation = sandbox.invocation([])
        invocation.executable = "/bin/sh"
        invocation.arguments = ["-c", "ulimit -f 8; exec \"$0\" log -", Program.path]
        invocation.input = Array(String(repeating: Record.seed, count: 100).utf8)
        let outcome = try ChildProcess(invocation).wait()
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.contains("File too large"))
        #expect(try sandbox.bytes("2025-01-27/telemetry.jsonl").last == UInt8(ascii: "\n"))
        #expect(try sandbox.run("verify").succeeded)
    }

    private func holdsCanary(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains("canary")
    }
}
