/// What is kept of a value, as people write it down.
package indirect enum KeptTree: Sendable {
    /// A string, a number, `true`, `false` or `null`.
    case text
    /// The same, but of a string only that it is one.
    case number
    /// An object of which these members are kept, or an array of such objects.
    case members([(name: String, kept: KeptTree)])

    /// The tree that keeps these members and those of another.
    package func adding(_ other: KeptTree) -> KeptTree {
        guard case .members(let own) = self, case .members(let others) = other else {
            preconditionFailure("members can be added to members only")
        }
        return .members(own + others)
    }
}

extension KeptTree: ExpressibleByDictionaryLiteral {
    /// The tree that keeps these members of an object.
    package init(dictionaryLiteral elements: (String, KeptTree)...) {
        self = .members(elements.map { (name: $0.0, kept: $0.1) })
    }
}
