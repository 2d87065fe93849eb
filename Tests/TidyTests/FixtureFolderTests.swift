import Foundation
import Testing

/// Every situation has its folder, its case and its line.
@Suite struct FixtureFolderTests {
    private static let folders = Set(
        SourceTree.files(below: "fixtures", ending: "/case.json")
            .map { String($0.split(separator: "/")[1]) })

    @Test func everyFolderHasALine() throws {
        let rows = MarkdownTable.rows(
            after: "| Situation |", in: try SourceTree.text("fixtures/README.md"))
        let named = rows.map { String($0[0].filter { $0 != "`" }) }
        #expect(named.sorted() == Self.folders.sorted())
    }

    @Test func everyCaseIsJSON() throws {
        for folder in Self.folders {
            let data = Data(try SourceTree.text("fixtures/\(folder)/case.json").utf8)
            #expect(throws: Never.self, "\(folder)") {
                try JSONSerialization.jsonObject(with: data)
            }
        }
    }
}
