import Testing

/// One rule of the house style, with samples that show it can fail and can pass.
struct Rule: Sendable, CustomTestStringConvertible {
    /// The rule as a sentence.
    let name: String
    /// The folders whose Swift files it governs.
    var folders = ["Sources"]
    /// A path and text that break the rule.
    let bad: SwiftSource
    /// A path and text that come near to breaking it, and do not.
    let good: SwiftSource
    let findings: @Sendable (SwiftSource) -> [Finding]

    var testDescription: String { name }
}

extension SwiftSource {
    /// A sample: a file of the given module.
    static func sample(_ module: String, _ text: String) -> SwiftSource {
        SwiftSource(path: "Sources/\(module)/Sample.swift", text: text)
    }
}
