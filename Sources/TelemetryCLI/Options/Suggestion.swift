/// Finds the name that a mistyped one most likely meant.
package enum Suggestion {
    /// The nearest of the names; nil when none is near enough to be meant.
    package static func nearest(to typed: String, among names: [String]) -> String? {
        let word = Array(typed.lowercased().unicodeScalars.prefix(longestWord))
        let limit = max(2, word.count / 2)
        let near = names.map { ($0, distance(word, Array($0.unicodeScalars))) }
            .min { $0.1 < $1.1 }
        if let near, near.1 <= limit, near.1 < word.count { return near.0 }
        return names.first { !word.isEmpty && $0.hasPrefix(typed.lowercased()) }
    }

    /// No option or command is as long as this; a longer text is only measured up to here.
    private static let longestWord = 40

    /// Edits (insert, remove, replace, swap neighbours) that turn one word into the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, last) = (last, current)
        }
        return last[right.count]
    }
}
