import TelemetryFormat

/// Gives repeated texts and rate classes numbers while lines are read, without asking the cache,
/// which gives them its own ids later (`TextTable`).
package struct CallDictionary: Sendable {
    /// Beyond this many texts they are forgotten, to bound memory.
    static let maximumTexts = 1 << 15
    /// One for each dimension that a reader asks for: most lines repeat the value of the line
    /// before.
    private static let slots = 16

    private var texts = TextPool()
    private var latest = Array(repeating: -1, count: slots)
    /// A class's number is one more than its position.
    private var classes: [RateClassRow] = []
    private var classIndex = HashIndex()
    private var latestClass = -1
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
        if latestClass < 0 || classes[latestClass] != row { latestClass = position(of: row) }
        return Int64(latestClass + 1)
    }

    private mutating func position(of row: RateClassRow) -> Int {
        let hash = row.hash
        if let found = classIndex.find(hash, where: { classes[$0] == row }) { return found }
        classIndex.insert(hash, classes.count)
        classes.append(row)
        news.classes.append(row)
        return classes.count - 1
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
            classIndex.removeAll()
            latestClass = -1
        }
        return taken
    }
}

extension RateClassRow {
    /// A hash of all that tells rate classes apart, for one run of the program.
    fileprivate var hash: UInt64 {
        var hash = LineHash(UInt64(source.rawValue))
        hash.combine(UInt64(bitPattern: model &+ provider << 32))
        hash.combine(UInt64(bitPattern: speed &+ serviceTier << 32))
        hash.combine(UInt64(bitPattern: region &+ size << 32))
        hash.combine((hasRecordedCost ? 2 : 0) + (hasOnlyTotal ? 1 : 0))
        return hash.value
    }
}
