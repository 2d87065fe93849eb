import TelemetryFiles
import Testing

@Suite struct SubprocessTests {
    private func output(
        _ arguments: [String], maximum: Int64 = 1 << 30
    ) throws -> (text: String, outcome: Subprocess.Outcome?) {
        var bytes: [UInt8] = []
        let outcome = try Subprocess.run(arguments, maximumOutputBytes: maximum) { block in
            for index in block.indices { bytes.append(block[index]) }
            return true
        }
        return (String(decoding: bytes, as: UTF8.self), outcome)
    }

    @Test func passesArgumentsAsTheyAre() throws {
        let (text, outcome) = try output(["printf", "%s|", "a b", "$HOME", "*", "'"])
        #expect(text == "a b|$HOME|*|'|")
        #expect(outcome?.exit == .code(0))
    }

    @Test func tellsHowItEnded() throws {
        #expect(try output(["sh", "-c", "exit 3"]).outcome?.exit == .code(3))
        #expect(try output(["sh", "-c", "kill -9 $$"]).outcome?.exit == .signal(9))
    }

    @Test func keepsTheBeginningOfTheErrors() throws {
        let (text, outcome) = try output([
            "sh", "-c", "echo out; echo problem >&2; head -c 1000000 /dev/zero >&2",
        ])
        #expect(text == "out\n")
        #expect(outcome?.errorText.hasPrefix("problem\n") == true)
        #expect(outcome?.errorText.utf8.count == 4096)
    }

    @Test func readsNothingFromOurInput() throws {
        #expect(try output(["cat"]).text == "")
    }

    @Test func readsItsInputFromAFile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("from a file\n", to: "input")
        var bytes: [UInt8] = []
        _ = try Subprocess.run(["cat"], input: .file(path), maximumOutputBytes: 100) { block in
            for index in block.indices { bytes.append(block[index]) }
            return true
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "from a file\n")
    }

    @Test func tellsHowMuchMemoryItTook() throws {
        let large = try output(["head", "-c", "1", "/dev/zero"]).outcome
        #expect(large.map { $0.peakMemoryBytes > 100_000 } == true)
    }

    @Test func streamsMoreThanAPipeHolds() throws {
        let (text, _) = try output(["head", "-c", "3000000", "/dev/zero"])
        #expect(text.utf8.count == 3_000_000)
    }

    @Test func boundsTheOutput() throws {
        let error = fileError { () throws(FileError) in
            _ = try Subprocess.run(["cat", "/dev/zero"], maximumOutputBytes: 100_000) { _ in true }
        }
        #expect(error?.description == "cannot run cat: more than 100000 bytes of output")
    }

    @Test func endsWhenNobodyWantsMore() throws {
        let outcome = try Subprocess.run(["yes"], maximumOutputBytes: 1 << 30) { _ in false }
        #expect(outcome == nil)
    }

    @Test func aMissingProgramIsAnError() {
        let error = fileError { () throws(FileError) in
            _ = try Subprocess.run(["no-such-program-here"], maximumOutputBytes: 1) { _ in true }
        }
        #expect(
            error?.description
                == "cannot run no-such-program-here: No such file or directory")
    }
}
