/// A regular expression of the small language that price rows use: characters, `\d`, `.`, `[…]`,
/// groups with `|`, `?` `*` `+` `{n}`, `^`, `$`, and `(?!…)`.
///
/// Matching follows all possibilities at once (a set of positions goes in, a set comes out) instead
/// of trying them one after the other, so that no pattern and no id can make it slow.
struct ModelPattern: Equatable, Sendable {
    /// The pattern as written.
    let text: String
    private let root: Node

    /// A pattern; nil when the text is not one, or uses more than the subset.
    init?(_ bytes: [UInt8]) {
        var parser = ModelPatternParser(bytes)
        guard let root = parser.parse() else { return nil }
        self.root = root
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Where matches that begin anywhere in a name may end, ascending; empty when there are none.
    func ends(in name: [UInt8]) -> [Int] {
        root.advance(Array(0...name.count), in: name)
    }

    indirect enum Node: Equatable, Sendable {
        /// One byte out of a set.
        case byte(Set<UInt8>)
        case anyByte
        case start
        case end
        case sequence([Node])
        case alternatives([Node])
        case repeated(Node, atLeastOnce: Bool)
        case optional(Node)
        /// `(?!…)`: stays where it is, provided that the node cannot match there.
        case notAhead(Node)

        /// The positions that can be reached from any of the given ones, ascending as they are.
        func advance(_ positions: [Int], in name: [UInt8]) -> [Int] {
            switch self {
            case .byte(let set):
                positions.filter { $0 < name.count && set.contains(name[$0]) }.map { $0 + 1 }
            case .anyByte: positions.filter { $0 < name.count }.map { $0 + 1 }
            case .start: positions.filter { $0 == 0 }
            case .end: positions.filter { $0 == name.count }
            case .sequence(let nodes): follow(nodes, from: positions, in: name)
            case .alternatives(let nodes): merge(nodes.map { $0.advance(positions, in: name) })
            case .optional(let node): merge([positions, node.advance(positions, in: name)])
            case .repeated(let node, let atLeastOnce):
                closure(
                    of: node, in: name,
                    from: atLeastOnce ? node.advance(positions, in: name) : positions)
            case .notAhead(let node):
                positions.filter { node.advance([$0], in: name).isEmpty }
            }
        }

        private func follow(_ nodes: [Node], from positions: [Int], in name: [UInt8]) -> [Int] {
            var reached = positions
            for node in nodes where !reached.isEmpty {
                reached = node.advance(reached, in: name)
            }
            return reached
        }

        /// What any number of repetitions reaches; only what is new goes round again.
        private func closure(of node: Node, in name: [UInt8], from positions: [Int]) -> [Int] {
            var reached = Set(positions)
            var new = positions
            while !new.isEmpty {
                new = node.advance(new, in: name).filter { reached.insert($0).inserted }
            }
            return reached.sorted()
        }

        private func merge(_ lists: [[Int]]) -> [Int] {
            Set(lists.joined()).sorted()
        }
    }
}
