import Testing

/// The benchmark works; what it finds is nobody's business here.
@Suite struct BenchmarkTests {
    private func run(_ arguments: String...) throws -> Outcome {
        let sandbox = try Sandbox()
        var invocation = sandbox.invocation(arguments)
        invocation.executable = Program.built("telemetry-bench")
        return try ChildProcess(invocation).wait()
    }

    @Test func printsATableOfWhatHappensInAProcess() throws {
        let outcome = try run("--short")
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.first?.hasPrefix("what ") == true)
        for name in ["record, ", "append ", "host "] {
            #expect(lines.contains { $0.hasPrefix(name) }, "no row of \(name)")
        }
    }

    @Test func measuresAProgramAndItsGrowthFromOutside() throws {
        let outcome = try run("--short", "--json", "--growth", "--binary", Program.path)
        #expect(outcome.succeeded, "\(outcome.errorText)")
        let figures = try #require(try JSON(parsing: outcome.output)["figures"]?.array)
        let names = figures.compactMap { figure -> String? in
            guard case .string(let name) = figure["name"] else { return nil }
            return name
        }
        #expect(names.count == figures.count)
        for part in ["log - from a file", "1000 records: cold sync", "10 records: peak memory"] {
            #expect(names.contains(part), "no \(part)")
        }
        #expect(figures.allSatisfy { $0["value"] != .null })
    }

    @Test(arguments: ["--what", "--binary"])
    func refusesWhatItDoesNotUnderstand(_ argument: String) throws {
        let outcome = try run(argument)
        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.hasPrefix("telemetry-bench: error: "))
        #expect(outcome.output.isEmpty)
    }
}
