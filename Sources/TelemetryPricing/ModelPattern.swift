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
        let everywhere = [Bool](repeating: true, count: name.count + 1)
        return root.advance(everywhere, in: name).indices(where: \.self)
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

        /// The positions that can be reached from any of the given ones.
        func advance(_ positions: [Bool], in name: [UInt8]) -> [Bool] {
            switch self {
            case .byte(let set): step(positions, in: name) { set.contains($0) }
            case .anyByte: step(positions, in: name) { _ in true }
            case .start: keep(positions) { $0 == 0 }
            case .end: keep(positions) { $0 == name.count }
            case .sequence(let nodes): nodes.reduce(positions) { $1.advance($0, in: name) }
            case .alternatives(let nodes):
                nodes.map { $0.advance(positions, in: name) }
                    .reduce([Bool](repeating: false, count: positions.count), union)
            case .optional(let node): union(positions, node.advance(positions, in: name))
            case .repeated(let node, let atLeastOnce):
                closure(of: node, from: positions, atLeastOnce: atLeastOnce, in: name)
            case .notAhead(let node):
                keep(positions) { position in
                    var alone = [Bool](repeating: false, count: positions.count)
                    alone[position] = true
                    return !node.advance(alone, in: name).contains(true)
                }
            }
        }

        private func closure(
            of node: Node, from positions: [Bool], atLeastOnce: Bool, in name: [UInt8]
        ) -> [Bool] {
            var reached = atLeastOnce ? node.advance(positions, in: name) : positions
            while true {
                let further = union(reached, node.advance(reached, in: name))
                if further == reached { return reached }
                reached = further
            }
        }

        private func step(
            _ positions: [Bool], in name: [UInt8], where accepts: (UInt8) -> Bool
        ) -> [Bool] {
            var next = [Bool](repeating: false, count: positions.count)
            for index in name.indices where positions[index] && accepts(name[index]) {
                next[index + 1] = true
            }
            return next
        }

        private func keep(_ positions: [Bool], where holds: (Int) -> Bool) -> [Bool] {
            positions.indices.map { positions[$0] && holds($0) }
        }

        private func union(_ left: [Bool], _ right: [Bool]) -> [Bool] {
            left.indices.map { left[$0] || right[$0] }
        }
    }
}

extension Array where Element == Bool {
    fileprivate func indices(where isSet: (Bool) -> Bool) -> [Int] {
        indices.filter { isSet(self[$0]) }
    }
}
