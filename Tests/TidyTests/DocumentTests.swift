import Foundation
import Testing

/// Compares `README.md` and `docs/` with the sources and with the tree.
@Suite struct DocumentTests {
    private static let documents =
        ["README.md", "fixtures/README.md"] + SourceTree.files(below: "docs", ending: ".md")

    @Test(arguments: documents)
    func linksLeadToFiles(_ document: String) throws {
        let folder = document.contains("/") ? document.prefix { $0 != "/" } + "/" : ""
        for match in try SourceTree.text(document).matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/) {
            let target = String(match.1)
            guard !target.contains("://") else { continue }
            #expect(SourceTree.exists(folder + target), "\(document) links to \(target)")
        }
    }

    @Test func theReadmeStartsWithTwoCommands() throws {
        let blocks = MarkdownTable.codeBlocks(language: "sh", in: try SourceTree.text("README.md"))
        let first = try #require(blocks.first)
        #expect(first.count == 2)
        #expect(first[0].hasSuffix("swift run llm-telemetry demo"))
        #expect(first[1] == "swift test")
    }

    @Test func theEnvironmentTableIsComplete() throws {
        let rows = MarkdownTable.rows(after: "| Variable |", in: try SourceTree.text("README.md"))
        let documented = Set(rows.flatMap { Self.variables(in: $0[0]) })
        let literals = try SourceTree.swiftSources(below: ["Sources"]).flatMap(\.literals)
        let used = Set(literals.flatMap { Self.variables(in: $0.text) })
        #expect(documented.count >= 18)
        #expect(documented.subtracting(used).isEmpty, "in README.md only")
        #expect(used.subtracting(documented).isEmpty, "in the sources only")
    }

    @Test func theCommandsInTheDocumentsExist() throws {
        let literals = try SourceTree.swiftSources(below: ["Sources/TelemetryCLI"])
            .flatMap(\.literals).map(\.text)
        let known = Set(literals)
        for document in Self.documents {
            let text = try SourceTree.text(document)
            for line in MarkdownTable.codeBlocks(language: "sh", in: text).joined() {
                for match in line.matches(of: /(?:^|[ |(])llm-telemetry ([a-z][a-z-]+)/) {
                    #expect(known.contains(String(match.1)), "\(document): \(line)")
                }
            }
        }
    }

    @Test func noFileNamesAMachine() throws {
        let folders = ["Sources", "Tests", "fixtures", "docs", ".ci"]
        let files = folders.flatMap { SourceTree.files(below: $0) } + ["README.md", "Package.swift"]
        for file in files {
            let text = try SourceTree.text(file)
            for path in Self.machinePaths {
                #expect(!text.contains(path), "\(file) contains \(path)")
            }
        }
        #expect(Self.machinePaths.contains { "cd /wo\("rk/main")".contains($0) })
    }

    /// Written in two halves, so that this file does not contain them.
    private static let machinePaths = ["/wo" + "rk/", "/tm" + "p/h/"]

    private static func variables(in text: String) -> [String] {
        let pattern = /\b(?:LLM|CLAUDE|OPENCODE)_[A-Z][A-Z_]+\b/
        return text.matches(of: pattern).map { String($0.output) }
    }
}
