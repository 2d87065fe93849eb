import LLMTelemetry
import TelemetryFiles
import TelemetryFormat
import Testing

/// Something that answers questions; stands for any provider's client.
protocol Model {
    func respond(to question: String) async throws -> ModelResponse
}

struct ModelResponse {
    var text: String
    var json: [UInt8]
}

private struct SampleModel: Model {
    func respond(to question: String) async throws -> ModelResponse {
        let json = #"{"id":"msg_1","usage":{"input_tokens":12,"output_tokens":3}}"#
        return ModelResponse(text: "42", json: Array(json.utf8))
    }
}

@Suite struct SwiftAPIExampleTests {
    @Test func theExampleDoesWhatItSays() async throws {
        let store = try TestStore()
        let telemetry = store.telemetry()
        let answer = try await ask("What is 6 × 7?", SampleModel(), telemetry)
        #expect(answer == "42")
        recordByHand(telemetry)
        #expect(reportToday(telemetry) == "2 calls, 2365 tokens, 0 failed")
        let records = store.records()
        #expect(records.map(\.messageID)[0] == "msg_1")
        #expect(records[0].promptHash == SHA256.label(of: "What is 6 × 7?"))
        #expect(records[1].cost == Money(decimalText: "0.00082"))
    }

    @Test func theDocumentShowsTheExampleAsItIsCompiled() throws {
        let folder = FileTree.parent(of: #filePath)
        let root = FileTree.parent(of: FileTree.parent(of: folder))
        func text(_ path: String) throws -> String {
            String(
                decoding: try FileContents.read(path, maximumBytes: 1 << 20), as: UTF8.self)
        }
        let example = try text(folder + "/SwiftAPIExample.swift")
        let document = try text(root + "/docs/swift-api.md")
        #expect(document.contains("```swift\n\(example)```\n"))
    }
}
