import Testing

/// The rules stand on this lexer, so it has tests of its own.
@Suite struct SwiftLexerTests {
    @Test(
        arguments: [
            ("let a = 1 // print(a)", "let a = 1            "),
            ("/* a /* b */ c */ let", "                  let"),
            (#"let s = "print(x)""#, #"let s = "        ""#),
            (#"let s = "\(f("a"))" + t"#, #"let s = "  f(" "))" + t"#),
            (##"let s = #"a"b"# + t"##, ##"let s = #"   "# + t"##),
            (#"let s = "a\"b" + t"#, #"let s = "    " + t"#),
            ("let s = \"\"\"\n  a \"b\"\n  \"\"\" + t", "let s = \"\"\"\n       \n  \"\"\" + t"),
            ("let r = /\"/\nlet t = 1", "let r = /\" \nlet t = 1"),
        ])
    func keepsCodeAndBlanksTheRest(text: String, code: String) {
        let lines = SwiftSource(path: "", text: text).codeLines
        #expect(lines.joined(separator: "\n") == code)
    }

    @Test func findsLiteralsWithTheirLines() {
        let text = "let a = \"one\"\nlet b = \"\"\"\n    two\n    \"\"\""
        let source = SwiftSource(path: "", text: text)
        #expect(source.literals.map(\.line) == [1, 2])
        #expect(source.literals.map { $0.text.prefix(3) } == ["one", "two"])
    }
}
