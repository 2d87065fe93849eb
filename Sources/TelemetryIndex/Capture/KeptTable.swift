/// A tree of names as two arrays, so that a walk through it counts no references.
struct KeptTable: Sendable {
    /// One name of the tree.
    struct Node: Sendable {
        enum Kind { case text, number, members }

        var kind = Kind.text
        /// Where the name stands among the names.
        var key = 0..<0
        /// Where the members of its value stand among the nodes.
        var children = 0..<0

        /// The bytes of the name itself, without quotes and colon.
        var name: Range<Int> { key.lowerBound + 1..<key.upperBound - 2 }
    }

    private(set) var nodes: [Node] = []
    /// All names, each as it stands in a twin: `"name":`.
    private(set) var names: [UInt8] = []
    /// What is kept of a line.
    private(set) var root = Node()

    init(_ tree: KeptTree) {
        root = node("", tree)
    }

    private mutating func node(_ name: String, _ tree: KeptTree) -> Node {
        var node = Node()
        let start = names.count
        names += Array("\"\(name)\":".utf8)
        node.key = start..<names.count
        switch tree {
        case .text: node.kind = .text
        case .number: node.kind = .number
        case .members(let members):
            node.kind = .members
            let children = members.map { self.node($0.name, $0.kept) }
            node.children = nodes.count..<nodes.count + children.count
            nodes += children
        }
        return node
    }
}
