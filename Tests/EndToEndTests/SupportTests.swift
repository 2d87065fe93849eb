import Testing

/// The readers that judge the program are themselves judged here.
@Suite struct SupportTests {
    @Test func readsJSON() throws {
        let json = try JSON(parsing: #" {"a":[1,-0.5e3,"x\n\u00e9",null,true],"b":{}} "#)
        #expect(json["a"]?.array?[1] == .number("-0.5e3"))
        #expect(json["a"]?.array?[2] == .string("x\né"))
        #expect(json.names == ["a", "b"])
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\":1,\"a\":1}", "01", "1 2", "\"\u{1}\"", "tru"])
    func refusesWhatIsNotOneDocument(text: String) {
        #expect(throws: (any Error).self) { try JSON(parsing: text) }
    }

    @Test func comparesOnlyWhatIsExpected() throws {
        let answer = try JSON(parsing: #"{"a":1.50,"b":[{"c":1,"d":2}]}"#)
        #expect(answer.differences(from: try JSON(parsing: #"{"a":1.5,"b":[{"d":2}]}"#)) == [])
        let wrong = try JSON(parsing: #"{"a":1,"b":[],"e":null}"#)
        #expect(answer.differences(from: wrong).count == 3)
    }

    @Test func readsCSV() {
        let text = "a,b\r\n\"1,\"\"x\"\"\r\ny\",2\r\n"
        #expect(CSV.rows(text) == [["a", "b"], ["1,\"x\"\r\ny", "2"]])
    }

    @Test func seesHowAProcessEnds() throws {
        let sandbox = try Sandbox()
        var shell = sandbox.invocation(["-c", "cat; echo oops >&2; exit 3"], input: "hello")
        shell.executable = "/bin/sh"
        let outcome = try ChildProcess(shell).wait()
        #expect(outcome.end == .exited(3))
        #expect(outcome.text == "hello")
        #expect(outcome.errorText == "oops\n")
        shell.arguments = ["-c", "kill -9 $$"]
        #expect(try ChildProcess(shell).wait().end == .signalled(9))
    }
}
