import Foundation

/// The package's own files, found from where this file was compiled.
enum SourceTree {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent()  // Support
        .deletingLastPathComponent()  // TidyTests
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// Every file below a folder of the package, as paths from its root, in order.
    static func files(below folder: String, ending suffix: String = "") -> [String] {
        let base = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: base.path()) else { return [] }
        let names = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
        return names.map { "\(folder)/\($0)" }.filter(isRegularFile).sorted()
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }

    static func swiftSources(below folders: [String]) throws -> [SwiftSource] {
        try folders.flatMap { files(below: $0, ending: ".swift") }
            .map { SwiftSource(path: $0, text: try text($0)) }
    }

    private static func isRegularFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let full = root.appending(path: path).path()
        return FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
            && !isDirectory.boolValue
    }
}
