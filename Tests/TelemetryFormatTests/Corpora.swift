import Foundation
import Testing

/// Public test data that lies outside this repository; tests of it are skipped where it is absent.
enum Corpora {
    static let skipReason: Comment = "the public test data (LLM_TELEMETRY_CORPORA) is not here"

    /// `LLM_TELEMETRY_CORPORA`, else `shared/corpora` beside the package.
    static let directory: URL? = {
        let named = ProcessInfo.processInfo.environment["LLM_TELEMETRY_CORPORA"]
        let package = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = package.deletingLastPathComponent().appending(path: "shared/corpora")
        let directory = named.map { URL(filePath: $0) } ?? beside
        return FileManager.default.fileExists(atPath: directory.path) ? directory : nil
    }()

    static var arePresent: Bool { directory != nil }

    /// The files of a folder, by name.
    static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
        guard let directory else { return [] }
        return try FileManager.default
            .contentsOfDirectory(
                at: directory.appending(path: folder), includingPropertiesForKeys: nil
            )
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }
}

extension Corpora {
    /// Bytes with a verdict.
    struct UTF8Case {
        var name: String
        var isValid: Bool
        var bytes: [UInt8]
    }

    /// The lines `name:valid:text`, `name:valid hex:bytes` and `name:invalid hex:bytes:…`.
    static func utf8Cases() throws -> [UTF8Case] {
        guard let directory else { return [] }
        let text = try String(
            contentsOf: directory.appending(path: "utf8tests/utf8tests.txt"), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard !line.hasPrefix("#"), parts.count > 2 else { return nil }
            let kind = parts[1].trimmingCharacters(in: .whitespaces)
            return UTF8Case(
                name: String(parts[0]), isValid: kind.hasPrefix("valid"),
                bytes: kind.hasSuffix("hex") ? bytes(ofHex: parts[2]) : Array(parts[2].utf8))
        }
    }

    private static func bytes(ofHex text: Substring) -> [UInt8] {
        let digits = text.filter { $0 != " " }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2)
            .map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
