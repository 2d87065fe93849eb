import Testing

@testable import TelemetryFormat

@Suite struct KeyTableTests {
    static let names = [
        "", "a", "model", "usage", "timestamp", "sixteen_letters_", "seventeen_letters",
        "cache_read_input_tokens", "cache_creation_input_tokens", "ephemeral_5m_input_tokens",
        "ephemeral_1h_input_tokens", "exactly_thirty_two_letters_long_",
    ]
    private static let table = KeyTable(names.enumerated().map { ($1, $0) })

    /// What the table answers for a name in the middle of a line.
    private func find(_ name: [UInt8]) throws(Rejection) -> Int? {
        let line = Array("   \"".utf8) + name + [0x22]
        return try ByteScanner.scan(line.span) { (scanner) throws(Rejection) in
            scanner.skipWhitespace()
            let token = try scanner.value(depth: 1)
            return Self.table.find(token, scanner, line.span)
        }
    }

    @Test(arguments: Array(names.enumerated()).map { ($0.offset, $0.element) })
    func findsEveryNameAndNoneThatDiffersInOneByte(key: Int, name: String) throws {
        let bytes = Array(name.utf8)
        #expect(try find(bytes) == key)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(try find(other) == Self.names.firstIndex { Array($0.utf8) == other })
        }
        #expect(try find(bytes + [0x7A]) == nil && find([0x7A] + bytes) == nil)
    }

    @Test func findsANameThatIsSpelledWithEscapes() throws {
        let name = Array(#"\u0063ache_cre\u0061tion_input_token\u0073"#.utf8)
        #expect(try find(name) == Self.names.firstIndex(of: "cache_creation_input_tokens"))
        #expect(try find(Array(#"\u0061\u0061"#.utf8)) == nil)
    }
}
