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
