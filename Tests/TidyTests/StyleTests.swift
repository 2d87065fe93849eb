import Testing

@Suite struct StyleTests {
    private static let rules = Rule.shape + Rule.safety + Rule.floors

    @Test(arguments: rules)
    func theSourcesKeep(_ rule: Rule) throws {
        let findings = try SourceTree.swiftSources(below: rule.folders).flatMap(rule.findings)
        #expect(findings.isEmpty, "\(rule.name): \(lines(findings))")
    }

    @Test(arguments: rules)
    func aSampleBreaks(_ rule: Rule) {
        #expect(!rule.findings(rule.bad).isEmpty, "\(rule.name) finds nothing in its bad sample")
        #expect(rule.findings(rule.good).isEmpty, "\(rule.name) finds fault with its good sample")
    }

    @Test func theTreeIsThere() throws {
        #expect(try SourceTree.swiftSources(below: ["Sources", "Tests"]).count > 20)
    }

    private func lines(_ findings: [Finding]) -> String {
        findings.map { "\n  \($0)" }.joined()
    }
}
