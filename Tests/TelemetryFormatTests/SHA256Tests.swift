import Foundation
import TelemetryFormat
import Testing

@Suite struct SHA256Tests {
    private func hash(_ bytes: [UInt8]) -> String {
        SHA256.hexadecimal(SHA256.hash(bytes.span))
    }

    /// FIPS 180-4 examples, and the lengths at which the padding needs a block of its own.
    static let vectors: [(text: String, count: Int, hash: String)] = [
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ]

    @Test(arguments: vectors)
    func agreesWithTheStandard(text: String, count: Int, hash expected: String) {
        #expect(hash(Array(String(repeating: text, count: count).utf8)) == expected)
    }

    @Test func doesNotDependOnHowTheMessageIsCut() {
        let message = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let whole = hash(message)
        for step in [1, 3, 31, 63, 64, 65, 127, 128, 129, 999] {
            var hasher = SHA256()
            for start in stride(from: 0, to: message.count, by: step) {
                hasher.update(Array(message[start..<min(start + step, message.count)]).span)
            }
            #expect(SHA256.hexadecimal(hasher.finalize()) == whole, "in steps of \(step)")
        }
    }

    @Test func labelsATextAsARecordDoes() {
        #expect(
            SHA256.label(of: "grüße")
                == "sha256:" + hash(Array("grüße".utf8)))
    }

    private static let tool = URL(filePath: "/usr/bin/sha256sum")

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: tool.path),
            "there is no sha256sum to compare with"))
    func agreesWithTheSystemsProgram() throws {
        var message: [UInt8] = []
        for length in [0, 1, 63, 64, 65, 119, 120, 4_097, 100_003] {
            while message.count < length {
                message.append(UInt8(truncatingIfNeeded: message.count &* 31 ^ message.count >> 5))
            }
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try Data(message).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }  // The system clears it too.
            let process = Process()
            let output = Pipe()
            process.executableURL = Self.tool
            process.arguments = [file.path]
            process.standardOutput = output
            try process.run()
            let answer = String(
                decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(answer.hasPrefix(hash(message) + " "))
        }
    }
}
