import TelemetryReport
import Testing

@testable import TelemetryCLI

@Suite struct PresentationTests {
    @Test(
        arguments: [
            ([], [:], true, true), ([], [:], false, false),
            ([], ["NO_COLOR": "1"], true, false), ([], ["NO_COLOR": ""], true, true),
            ([], ["TERM": "dumb"], true, false), ([], ["CLICOLOR_FORCE": "1"], false, true),
            ([], ["CLICOLOR_FORCE": "0"], false, false),
            ([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false, false),
            (["--color", "always"], ["NO_COLOR": "1"], false, true),
            (["--color", "never"], ["CLICOLOR_FORCE": "1"], true, false),
            (["--color=auto"], [:], false, false), (["--output", "f"], [:], true, false),
        ] as [([String], [String: String], Bool, Bool)])
    func colourIsForTerminalsThatWantIt(
        _ arguments: [String], _ environment: [String: String], _ isTerminal: Bool,
        _ isColoured: Bool
    ) {
        let program = TestProgram(environment: environment) {
            $0.console.outputIsTerminal = isTerminal
        }
        let outcome = program.run(["stats"] + arguments)
        let output = outcome.record.created["/here/f"] ?? Array(outcome.output.utf8)
        #expect(output.contains(0x1B) == isColoured)
    }

    @Test(
        arguments: [
            ([:], true, 100, 100), ([:], true, 0, 80), (["COLUMNS": "60"], true, 0, 60),
            (["COLUMNS": "60"], false, nil, 60), ([:], false, nil, nil),
            (["COLUMNS": "wide"], true, nil, 80),
        ] as [([String: String], Bool, Int?, Int?)])
    func theWidthIsTheTerminals(
        _ environment: [String: String], _ isTerminal: Bool, _ columns: Int?, _ width: Int?
    ) throws {
        var context = TestProgram(environment: environment).context([])
        context.console.outputIsTerminal = isTerminal
        context.console.columns = columns
        let invocation = Invocation(command: CommandTable.specs[0])
        #expect(try Presentation(invocation, context).width == width)
    }

    @Test func nobodyReadingIsASuccess() {
        let program = TestProgram {
            $0.console.write = { (_) throws(CommandFailure) in throw .outputClosed }
        }
        for arguments in [["stats"], ["help"], ["version"], ["cache-sync"], ["query", "x"]] {
            let outcome = program.run(arguments)
            #expect(outcome.code == .success)
        }
        #expect(program.run("version").errors == "")
    }

    @Test func aFullDiskBehindStandardOutputIsAnError() {
        for spec in CommandTable.specs where spec.name != "log" {
            let program = TestProgram {
                $0.console.write = { (_) throws(CommandFailure) in
                    throw .failed("cannot write to standard output: No space left on device")
                }
            }
            var arguments = spec.name.split(separator: " ").map(String.init)
            if spec.name == "query" { arguments.append("SELECT 1") }
            if spec.name == "pricing show" { arguments.append("claude-haiku-4-5") }
            if spec.name == "sessions show" { arguments.append("s-1") }
            let outcome = program.run(arguments)
            #expect(outcome.code == .failure, "\(spec.name)")
            #expect(outcome.errors.contains("No space left on device"))
        }
    }

    @Test func namesFromLogsReachNoTerminalAsTheyAre() {
        let names = [
            "a\u{1B}[31mb", "a\u{9B}31mb", "a\u{202E}b", "a\u{2028}b", "a\u{7F}b", "a\u{8}b",
        ]
        for name in names {
            for arguments in [
                ["stats", "--dir", name], ["stats", name], [name], ["stats", "--" + name],
                ["stats", "--since", name], ["costs", "--timezone", name], ["verify", name],
            ] {
                let outcome = TestProgram().run(arguments)
                for scalar in (outcome.output + outcome.errors).unicodeScalars {
                    let isControl = scalar.properties.generalCategory == .control
                    #expect(!isControl || scalar == "\n", "\(arguments)")
                    #expect(scalar != "\u{202E}" && scalar != "\u{2028}")
                }
            }
        }
    }
}
