import Testing

@testable import TelemetryFormat

@Suite struct MemberFinderTests {
    static let names = [
        "", "a", "model", "usage", "timestamp", "sixteen_letters_", "seventeen_letters",
        "cache_read_input_tokens", "cache_creation_input_tokens", "ephemeral_5m_input_tokens",
        "ephemeral_1h_input_tokens", "exactly_29_letters_for_a_name",
    ]
    private static let outer = names.enumerated().map { index, name in
        MemberFinder.Member(
            name: name, key: index, place: 0, opens: name == "usage" ? 1 : nil)
    }
    private static let inner = [MemberFinder.Member(name: "a", key: names.count, place: 1)]

    /// What a finder says of a line: the text of each key's value, or why it refuses the line.
    private func read(_ line: String, _ finder: inout MemberFinder) -> [String] {
        let line = Array(line.utf8)
        finder.clear()
        do throws(Rejection) {
            try ByteScanner.scan(line.span) { (scanner) throws(Rejection) in
                _ = try finder.take(0, &scanner, line.span, depth: 1)
                try scanner.expectEnd()
            }
        } catch {
            return [error.rawValue]
        }
        return (0...Self.names.count).map { key in
            String(decoding: line[finder[key].range], as: UTF8.self)
        }
    }

    private func read(_ line: String) -> [String] {
        var finder = MemberFinder(Self.outer + Self.inner)
        return read(line, &finder)
    }

    /// The key under which a name's value is found.
    private func find(_ name: [UInt8]) -> Int? {
        read("{\"\(String(decoding: name, as: UTF8.self))\":17}").firstIndex(of: "17")
    }

    @Test(arguments: Array(names.enumerated()).map { ($0.offset, $0.element) })
    func findsEveryNameAndNoneThatDiffersInOneByte(key: Int, name: String) {
        let bytes = Array(name.utf8)
        #expect(find(bytes) == key)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(find(other) == Self.names.firstIndex { Array($0.utf8) == other })
        }
        #expect(find(bytes + [0x7A]) == nil && find([0x7A] + bytes) == nil)
    }

    @Test func findsANameThatIsSpelledWithEscapes() {
        let name = Array(#"\u0063ache_cre\u0061tion_input_token\u0073"#.utf8)
        #expect(find(name) == Self.names.firstIndex(of: "cache_creation_input_tokens"))
        #expect(find(Array(#"\u0061\u0061"#.utf8)) == nil)
    }

    /// Lines in which something is not as it was before, good ones and bad ones.
    static let lines = [
        #"{"a":1,"model":"m","usage":{"a":2},"timestamp":"t"}"#,
        #"{"model":"m","a":1,"timestamp":"t","usage":{"a":2}}"#,
        #"{ "a" : 1 , "model" :"m", "usage": { "a" :2 } , "timestamp":  "t" } "#,
        #"{"a":1,"other":3,"model":"m","others":[{"a":4}],"usage":{"other":5,"a":2}}"#,
        #"{"a":1,"other":{"a":6},"model":"m"}"#,
        #"{"a":1,"other" :3,"model":"m"}"#,
        #"{"\u0061":1,"o\u0074her":3,"model":"m"}"#,
        #"{"a":1,"a":1}"#,
        #"{"a":1,"a":2}"#,
        #"{"a":1,"usage":7,"model":null}"#,
        #"{"usage":{}}"#,
        #"{"usage":{"a":2,"other":3}}"#,
        #"{"usage":{"a":2,3}}"#,
        #"{"usage":{"a":2,"b":3},4}"#,
        #"{"usage":{4}}"#,
        #"{}"#,
        #"{"a":1,"x\":\"y":2,"model":"m"}"#,
        #"{"a":1,"x":"y":2,"model":"m"}"#,
        #"{"a":1,"x":"y","model":"m"}"#,
        #"{"a":1"model":"m"}"#,
        #"{"a":1,"model""m"}"#,
        #"{"a":1,"model:"m"}"#,
        #"{"a":1,,"model":"m"}"#,
        #"{"a":1,"model":"m",}"#,
        #"{"a":1,"model":"m""#,
        #"{"a":1,"a_name_that_is_too_long_to_be_learned":8,"model":"m"}"#,
        "{\"a\":1,\"\u{FC}ber\":9,\"model\":\"m\"}",
        #"{:1}"#,
        #"{"":10,"a":1}"#,
        #"[{"a":1}]"#,
    ]

    @Test(arguments: lines)
    func saysTheSameOfALineWhateverCameBefore(line: String) {
        let expected = read(line)
        var used = MemberFinder(Self.outer + Self.inner)
        for earlier in Self.lines {
            _ = read(earlier, &used)
            #expect(read(line, &used) == expected, "after \(earlier)")
        }
    }

    @Test func findsMembersAmongMoreNamesThanItLearns() {
        var finder = MemberFinder(Self.outer + Self.inner)
        for number in 0..<1_000 {
            let line = #"{"n\#(number)":1,"model":"m","n\#(number + 1)":2,"a":3}"#
            let found = read(line, &finder)
            #expect(found[1] == "3" && found[2] == "m")
        }
    }
}
