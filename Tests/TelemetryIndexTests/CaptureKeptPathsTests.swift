import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct CaptureKeptPathsTests {
    private static let tree: KeptTree = [
        "text": .text, "number": .number,
        "object": ["text": .text, "deeper": ["number": .number]],
    ]

    private static func slim(_ line: String, _ tree: KeptTree = tree) throws -> String {
        String(decoding: try KeptPaths(tree).slimmed(Array(line.utf8).span), as: UTF8.self)
    }

    @Test(arguments: [
        ("{}", "{}"),
        (#"{"other":"secret"}"#, "{}"),
        (#"{"text":"a"}"#, #"{"text":"a"}"#),
        // White space goes, order stays, and so do repeated members.
        (" { \"number\" : 1 , \"text\" : \"a\" } \r", #"{"number":1,"text":"a"}"#),
        (#"{"text":"a","secret":{"text":"b"},"text":"c"}"#, #"{"text":"a","text":"c"}"#),
        // Numbers and texts are not written anew.
        (
            #"{"number":-1.50E+02,"text":"\u00e9\ud800 ü"}"#,
            #"{"number":-1.50E+02,"text":"\u00e9\ud800 ü"}"#
        ),
        (#"{"t\u0065xt":"a"}"#, #"{"text":"a"}"#),
        (#"{"text":null,"number":true}"#, #"{"text":null,"number":true}"#),
        (#"{"text":12}"#, #"{"text":12}"#),
        // Nested members, alone and in arrays.
        (
            #"{"object":{"text":"a","x":1,"deeper":{"number":2,"y":[]}}}"#,
            #"{"object":{"text":"a","deeper":{"number":2}}}"#
        ),
        (
            #"{"object":[{"text":"a","x":1},{},[{"text":"b"}]]}"#,
            #"{"object":[{"text":"a"},{},[{"text":"b"}]]}"#
        ),
        (#"{"object":[ ]}"#, #"{"object":[]}"#),
        // Of a value of another kind than expected only the kind is kept.
        (#"{"text":{"secret":1},"number":"secret"}"#, #"{"text":{},"number":""}"#),
        (#"{"text":["secret"]}"#, #"{"text":[]}"#),
        (#"{"object":"secret"}"#, #"{"object":""}"#),
        (#"{"object":[42,"secret",null]}"#, #"{"object":[0,"",null]}"#),
        ("\u{FEFF}{\"text\":\"a\"}", #"{"text":"a"}"#),
    ])
    func keepsTheseMembersAsTheyStand(line: String, expected: String) throws {
        #expect(try Self.slim(line) == expected)
    }

    @Test(arguments: [
        "", "   ", "[]", "42", #""text""#, "{", #"{"text":"a"} {"text":"b"}"#, #"{"object":[1,]}"#,
        #"{"object":[1 2]}"#, #"{"other":[1,]}"#, "{\"text\":\"\u{1}\"}", #"{"text":"a",}"#,
        #"{"object":["#, #"{"text":nul}"#,
    ])
    func refusesWhatIsNotOneObject(line: String) {
        #expect(throws: Rejection.self) { try Self.slim(line) }
    }

    @Test func refusesWhatIsTooDeep() {
        let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
        #expect(throws: Rejection.tooDeep) { try Self.slim(#"{"object":\#(deep)}"#) }
        #expect(throws: Rejection.tooDeep) { try Self.slim(#"{"other":\#(deep)}"#) }
    }

    /// Random lines that have a secret wherever the tree expects none.
    @Test(arguments: [KeptTree.claude, .codex, tree])
    func keepsNoSecretWhateverTheLine(tree: KeptTree) throws {
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: .min ... .max, using: &random)
        var lines = RandomLines(seed: seed)
        for _ in 0..<300 {
            let line = lines.line(for: tree)
            let twin = try KeptPaths(tree).slimmed(Array(line.utf8).span)
            let text = String(decoding: twin, as: UTF8.self)
            #expect(!text.contains("SECRET"), "seed \(seed): \(line)")
            #expect(twin.count <= line.utf8.count, "seed \(seed): \(line)")
            // What the twin keeps of itself is itself, and all of it is JSON.
            #expect(try KeptPaths(tree).slimmed(twin.span) == twin, "seed \(seed): \(line)")
            let value = try JSONValue(parsing: Array(line.utf8).span)
            #expect(
                try JSONValue(parsing: twin.span) == value.reduced(to: tree),
                "seed \(seed): \(line)")
        }
    }
}

/// Makes lines that a tree keeps much of, with secrets among it.
private struct RandomLines {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func line(for tree: KeptTree) -> String {
        guard case .members(let members) = tree else { return "{}" }
        return object(members, depth: 0)
    }

    private mutating func object(_ members: [(name: String, kept: KeptTree)], depth: Int) -> String
    {
        var parts: [String] = []
        for member in members.shuffled(using: &random)
        where Int.random(in: 0..<4, using: &random) > 0 {
            parts.append(#""\#(member.name)":\#(value(member.kept, depth: depth))"#)
            if Bool.random(using: &random) { parts.append(#""SECRET":\#(secret(depth))"#) }
        }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    private mutating func value(_ kept: KeptTree, depth: Int) -> String {
        if Int.random(in: 0..<6, using: &random) == 0 { return secret(depth, isText: kept.isText) }
        switch kept {
        case .text:
            return ["\"kept\"", "\"k\\u0065pt\\n\"", "7", "null"].randomElement(using: &random)!
        case .number: return ["12", "-0.5e3", "true", "null"].randomElement(using: &random)!
        case .members(let members):
            let one = object(members, depth: depth + 1)
            return Bool.random(using: &random) ? one : "[\(one) , \(secret(depth))]"
        }
    }

    /// A value that must not survive where it is put.
    private mutating func secret(_ depth: Int, isText: Bool = false) -> String {
        let choices = [
            "{\"SECRET\":\"SECRET\"}", "[\"SECRET\", {\"text\":[\"SECRET\"]}]",
            "{\"model\":[\"SECRET\"]}",
            "\"SECRET\"",
        ]
        return choices.prefix(isText ? 2 : 4).randomElement(using: &random)!
    }
}

extension KeptTree {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }
}

extension JSONValue {
    /// What a tree keeps, said in another way.
    fileprivate func reduced(to tree: KeptTree) -> JSONValue {
        switch (self, tree) {
        case (.object(let members), .members(let kept)):
            .object(
                members.compactMap { member in
                    kept.first { $0.name == member.name }.map {
                        Member(name: member.name, value: member.value.reduced(to: $0.kept))
                    }
                })
        case (.array(let elements), .members): .array(elements.map { $0.reduced(to: tree) })
        case (.string, .text), (.number, .text), (.number, .number), (.null, _), (.bool, _): self
        case (.string, _): .string("")
        case (.number, _): .number("0")
        case (.object, _): .object([])
        case (.array, _): .array([])
        }
    }
}
