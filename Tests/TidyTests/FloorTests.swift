import Testing

/// Compares the imports of every target with the table of `docs/architecture.md`.
@Suite struct FloorTests {
    private static let platform: Set = [
        "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
    ]
    private static let cLibrary: Set = ["Glibc", "Musl", "Darwin", "Bionic"]

    @Test func everyImportGoesDown() throws {
        let allowed = try Self.table()
        for source in try SourceTree.swiftSources(below: ["Sources"]) {
            let mayImport = try #require(allowed[source.module], "\(source.module) has no row")
            let unexpected = Self.imports(of: source).subtracting(mayImport)
            #expect(unexpected.isEmpty, "\(source.path) imports \(unexpected.sorted())")
        }
    }

    @Test func findsAnImportHoweverItIsWritten() {
        let text = "package import A\n@preconcurrency internal import struct B.C\n// import D\n"
        let source = SwiftSource.sample("TelemetryFormat", text)
        #expect(Self.imports(of: source) == ["A", "B"])
    }

    @Test func theTableHasARowForEveryTarget() throws {
        let targets = Set(SourceTree.files(below: "Sources", ending: ".swift").compactMap {
            $0.split(separator: "/").dropFirst().first.map(String.init)
        })
        #expect(Set(try Self.table().keys) == targets)
    }

    /// What each target may import: its row, and what every Swift program has.
    private static func table() throws -> [String: Set<String>] {
        let text = try SourceTree.text("docs/architecture.md")
        let rows = MarkdownTable.rows(after: "| Target |", in: text)
        return Dictionary(uniqueKeysWithValues: rows.map { row in
            let names = row[1].matches(of: /`([^`]+)`/).map { String($0.1) }
            let libraries = row[1].contains("C library") ? cLibrary : []
            let target = row[0].trimmingPrefix("`").prefix { $0 != "`" }
            return (String(target), platform.union(names).union(libraries))
        })
    }

    private static func imports(of source: SwiftSource) -> Set<String> {
        let pattern = /^\s*(?:[@\w]+\s+)*?import\s+(?:(?:struct|enum|class|func|protocol)\s+)?(\w+)/
        return Set(source.codeLines.compactMap { $0.firstMatch(of: pattern).map { String($0.1) } })
    }
}
