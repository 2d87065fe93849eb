/// Which model ids a row is for.
///
/// A clause names models, it does not search for them. What it leaves unsaid at the end of an id
/// may only be a date, a revision or the like (`ModelSuffix`), and what it leaves unsaid at the
/// beginning only a path: `starts_with claude-opus-4-1` is for `claude-opus-4-1-20250805` and
/// neither for `claude-opus-4-10` nor for `claude-opus-4-1-mini`. So a model that came out after
/// the table is unpriced rather than priced like its older sister.
indirect enum MatchClause: Equatable, Sendable {
    case equals([UInt8])
    case startsWith([UInt8])
    case endsWith([UInt8])
    case contains([UInt8])
    case regex(ModelPattern)
    case any([MatchClause])
    case all([MatchClause])

    /// A clause about text; nil when there is no such clause or the pattern is beyond our subset.
    init?(key: [UInt8], text: [UInt8]) {
        switch String(decoding: key, as: UTF8.self) {
        case "equals": self = .equals(text)
        case "starts_with": self = .startsWith(text)
        case "ends_with": self = .endsWith(text)
        case "contains": self = .contains(text)
        case "regex":
            guard let pattern = ModelPattern(text) else { return nil }
            self = .regex(pattern)
        default: return nil
        }
    }

    /// A clause about clauses; nil when there is no such clause.
    init?(key: [UInt8], clauses: [MatchClause]) {
        switch String(decoding: key, as: UTF8.self) {
        case "or": self = .any(clauses)
        case "and": self = .all(clauses)
        default: return nil
        }
    }

    /// The clause, itself or inside, by which a lower-case id is meant; nil when it is not.
    func accepting(_ name: [UInt8]) -> MatchClause? {
        switch self {
        case .equals(let text):
            return name == text ? self : nil
        case .startsWith(let text):
            return name.starts(with: text) && isMeant(name, 0..<text.count) ? self : nil
        case .endsWith(let text):
            let start = name.count - text.count
            guard start >= 0, name[start...].elementsEqual(text) else { return nil }
            return isMeant(name, start..<name.count) ? self : nil
        case .contains(let text):
            return occurrences(of: text, in: name).contains { isMeant(name, $0) } ? self : nil
        case .regex(let pattern):
            return pattern.ends(in: name).contains { isMeant(name, 0..<$0) } ? self : nil
        case .any(let clauses):
            return clauses.lazy.compactMap { $0.accepting(name) }.first
        case .all(let clauses):
            guard clauses.allSatisfy({ $0.holds(name) }) else { return nil }
            return clauses.lazy.compactMap { $0.accepting(name) }.first
        }
    }

    /// Whether an `equals` clause, here or inside, has this very text.
    func equals(_ name: [UInt8]) -> Bool {
        switch self {
        case .equals(let text): text == name
        case .any(let clauses): clauses.contains { $0.equals(name) }
        default: false
        }
    }

    /// Whether the text fits, whatever surrounds it: for the members of `all`, of which one
    /// accepts.
    private func holds(_ name: [UInt8]) -> Bool {
        switch self {
        case .equals(let text): name == text
        case .startsWith(let text): name.starts(with: text)
        case .endsWith(let text): name.reversed().starts(with: text.reversed())
        case .contains(let text): !occurrences(of: text, in: name).isEmpty
        case .regex(let pattern): !pattern.ends(in: name).isEmpty
        case .any(let clauses): clauses.contains { $0.holds(name) }
        case .all(let clauses): clauses.allSatisfy { $0.holds(name) }
        }
    }

    private func isMeant(_ name: [UInt8], _ found: Range<Int>) -> Bool {
        let beforeIsPath =
            found.lowerBound == 0 || "/.:".utf8.contains(name[found.lowerBound - 1])
        return beforeIsPath && ModelSuffix.isHarmless(in: name, from: found.upperBound)
    }

    private func occurrences(of text: [UInt8], in name: [UInt8]) -> [Range<Int>] {
        guard name.count >= text.count else { return [] }
        return (0...(name.count - text.count))
            .filter { name[$0...].starts(with: text) }
            .map { $0..<($0 + text.count) }
    }
}

extension MatchClause: CustomStringConvertible {
    /// The clause as `pricing show` gives it: `starts_with "claude-opus-4-6"`.
    var description: String {
        switch self {
        case .equals(let text): "equals \"\(String(decoding: text, as: UTF8.self))\""
        case .startsWith(let text): "starts_with \"\(String(decoding: text, as: UTF8.self))\""
        case .endsWith(let text): "ends_with \"\(String(decoding: text, as: UTF8.self))\""
        case .contains(let text): "contains \"\(String(decoding: text, as: UTF8.self))\""
        case .regex(let pattern): "regex \"\(pattern.text)\""
        case .any(let clauses): "or(\(clauses.map(\.description).joined(separator: ", ")))"
        case .all(let clauses): "and(\(clauses.map(\.description).joined(separator: ", ")))"
        }
    }
}
