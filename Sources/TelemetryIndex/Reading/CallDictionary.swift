import TelemetryFormat

/// Gives repeated texts and rate classes numbers while lines are read, without asking the cache,
/// which gives them its own ids later (`TextTable`).
package struct CallDictionary: Sendable {
    /// Beyond this many texts they are forgotten, to bound memory.
    private static let maximumTexts = 1 << 17
    /// One for each dimension that a reader asks for: most lines repeat the value of the line
    /// before.
    private static let slots = 16

    private var texts = TextPool()
    private var latest = Array(repeating: -1, count: slots)
    private var classes: [RateClassRow: Int64] = [:]
    private var latestClass: (row: RateClassRow, number: Int64)?
    private var news = Names()

    /// Names that were numbered since the last time; the first number is 1.
    struct Names: Sendable {
        /// Whether all names before are forgotten and numbers begin anew.
        var startsAnew = true
        var texts: [[UInt8]] = []
        var classes: [RateClassRow] = []
    }

    package init() {}

    /// The number of a token's text; 0 for none. `slot` tells the dimensions of a line apart.
    @inline(__always)
    mutating func text(_ token: JSONToken?, in line: Span<UInt8>, slot: Int) -> Int64 {
        guard let token else { return 0 }
        if token.hasEscapes { return id(of: JSONString.decoded(token, in: line)) }
        let text = line.extracting(token.range)
        let latest = self.latest[slot]
        if latest >= 0, texts.isText(latest, text) { return Int64(latest + 1) }
        let position = position(of: text)
        self.latest[slot] = position
        return Int64(position + 1)
    }

    /// The number of a text; 0 for none.
    mutating func id(of text: String?) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        let bytes = Array(text.utf8)
        return Int64(position(of: bytes.span) + 1)
    }

    private mutating func position(of text: Span<UInt8>) -> Int {
        let (position, isNew) = texts.position(of: text)
        if isNew { news.texts.append(Array(text)) }
        return position
    }

    /// The number of a rate class whose texts are numbers of this dictionary.
    @inline(__always)
    mutating func rateClass(_ row: RateClassRow) -> Int64 {
        if let latestClass, latestClass.row == row { return latestClass.number }
        var number = classes[row] ?? 0
        if number == 0 {
            number = Int64(classes.count) + 1
            classes[row] = number
            news.classes.append(row)
        }
        latestClass = (row, number)
        return number
    }

    /// What was numbered since the last time.
    mutating func takeNews() -> Names {
        let taken = news
        news = Names()
        news.startsAnew = texts.count > Self.maximumTexts
        if news.startsAnew {
            texts.removeAll()
            latest = Array(repeating: -1, count: Self.slots)
            classes.removeAll()
            latestClass = nil
        }
        return taken
    }
}
