import Foundation
import Testing

/// The first acceptance test there was: log the example, ask for its cost.
@Suite struct SeedRecordTests {
    @Test func landsInItsDayAndIsReported() throws {
        let sandbox = try Sandbox()
        let outcome = try sandbox.run("log", "-", input: Record.seed)
        #expect(outcome.succeeded, "\(outcome.errorText)")
        #expect(outcome.output.isEmpty && outcome.errorOutput.isEmpty)
        #expect(try mode(sandbox.store) == 0o700)
        #expect(try mode(sandbox.store.appending(path: "2025-01-27")) == 0o700)
        #expect(try mode(sandbox.store.appending(path: "2025-01-27/telemetry.jsonl")) == 0o600)

        let costs = try sandbox.json("costs")
        let expected = #"{"calls":1,"tokens":{"total":700},"cost_usd":0.0025}"#
        #expect(costs["totals"]?.differences(from: try JSON(parsing: expected)) == [])
        #expect(costs["totals"]?["cost_usd"] == .number("0.0025"))
    }

    @Test(arguments: ["000", "022", "077"])
    func isPrivateWhateverTheUmask(umask: String) throws {
        let sandbox = try Sandbox()
        var shell = sandbox.invocation(
            ["-c", "umask \(umask) && exec \"$0\" log -", Program.path], input: Record.seed)
        shell.executable = "/bin/sh"
        #expect(try ChildProcess(shell).wait().succeeded)
        _ = try sandbox.json("costs")
        let walker = try #require(FileManager.default.enumerator(atPath: sandbox.store.path()))
        for case let name as String in walker {
            let file = sandbox.store.appending(path: name)
            let isDirectory = name.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil
            #expect(try mode(file) == (isDirectory ? 0o700 : 0o600), "\(name)")
        }
    }

    @Test func keepsWhatTheCallerGaveAndAddsAnIdentifier() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.run("log", "-", input: Record.seed)
        let line = try JSON(parsing: try sandbox.bytes("2025-01-27/telemetry.jsonl"))
        #expect(line.differences(from: try JSON(parsing: Record.seed)) == [])
        let identifier = try #require(line["msg_id"]?.string)
        #expect(identifier.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*/) != nil)
        #expect(try sandbox.bytes("2025-01-27/telemetry.jsonl").last == UInt8(ascii: "\n"))
    }

    private func mode(_ file: URL) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path())
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}
