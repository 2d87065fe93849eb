extension ZoneRules {
    /// Reads a file of the system's zoneinfo directory (RFC 9636, any version); its closing rule is
    /// carried out to the end of 2101, beyond every record. Nil when the bytes are no such file,
    /// are damaged, or count leap seconds (`right/…`), which no other clock here does.
    package init?(tzif bytes: Span<UInt8>) {
        var reader = TZifReader()
        guard let first = reader.header(bytes) else { return nil }
        var contents: TZifContents?
        var rule: PosixZoneRule?
        if first.version == 0 {
            contents = reader.contents(bytes, first, timeBytes: 4)
        } else {
            reader.position += first.length(timeBytes: 4)
            guard let second = reader.header(bytes) else { return nil }
            contents = reader.contents(bytes, second, timeBytes: 8)
            guard contents != nil, let footer = reader.footer(bytes) else { return nil }
            if !footer.isEmpty {
                rule = PosixZoneRule(footer)
                if rule == nil { return nil }
            }
        }
        guard let contents else { return nil }
        let last = contents.changes.last?.instant ?? .min
        let following = rule?.changes(after: last, through: Self.lastYear) ?? []
        let initial = contents.changes.isEmpty ? rule?.standardOffset : nil
        self.init(
            initialOffset: initial ?? contents.initialOffset,
            changes: contents.changes + following)
    }

    /// One year beyond those that a record may lie in.
    private static let lastYear = 2101
}

/// What a data block says.
private struct TZifContents {
    var initialOffset: Int
    var changes: [(instant: Int64, offset: Int)]
}

/// The counts with which a data block begins.
private struct TZifHeader {
    var version: UInt8
    var utIndicators, standardIndicators, leapSeconds, changes, types, characters: Int

    /// The bytes of the block that follows.
    func length(timeBytes: Int) -> Int {
        changes * (timeBytes + 1) + types * 6 + characters + leapSeconds * (timeBytes + 4)
            + standardIndicators + utIndicators
    }
}

/// Walks a TZif file; every count is checked against the bytes that are there.
private struct TZifReader {
    var position = 0

    /// What RFC 9636 allows: from −25:59:59 to +26:00:00, both exclusive.
    private static let offsets = -93_599...93_599

    mutating func header(_ bytes: Span<UInt8>) -> TZifHeader? {
        let length = 44
        guard position <= bytes.count - length, number(bytes, position, 4) == 0x545A_6966 else {
            return nil
        }
        let counts = (0..<6).map { Int(number(bytes, position + 20 + $0 * 4, 4)) }
        guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
        defer { position += length }
        return TZifHeader(
            version: bytes[position + 4], utIndicators: counts[0], standardIndicators: counts[1],
            leapSeconds: counts[2], changes: counts[3], types: counts[4], characters: counts[5])
    }

    mutating func contents(
        _ bytes: Span<UInt8>, _ header: TZifHeader, timeBytes: Int
    ) -> TZifContents? {
        guard header.types > 0, header.leapSeconds == 0,
            header.length(timeBytes: timeBytes) <= bytes.count - position
        else { return nil }
        let indexes = position + header.changes * timeBytes
        let types = indexes + header.changes
        let offsets = (0..<header.types).map { number(bytes, types + $0 * 6, 4) }
        guard offsets.allSatisfy({ Self.offsets.contains(Int($0)) }) else { return nil }
        var changes: [(instant: Int64, offset: Int)] = []
        for index in 0..<header.changes {
            let instant = number(bytes, position + index * timeBytes, timeBytes)
            let type = Int(bytes[indexes + index])
            guard type < offsets.count, changes.last.map({ $0.instant < instant }) ?? true else {
                return nil
            }
            changes.append((instant, Int(offsets[type])))
        }
        position += header.length(timeBytes: timeBytes)
        return TZifContents(initialOffset: Int(offsets[0]), changes: changes)
    }

    /// The rule between two newlines at the end of the file.
    func footer(_ bytes: Span<UInt8>) -> [UInt8]? {
        let newline = UInt8(ascii: "\n")
        guard position < bytes.count, bytes[position] == newline else { return nil }
        var text: [UInt8] = []
        for index in position + 1..<bytes.count {
            if bytes[index] == newline { return text }
            text.append(bytes[index])
        }
        return nil
    }

    /// A signed big-endian number of four or eight bytes.
    private func number(_ bytes: Span<UInt8>, _ offset: Int, _ count: Int) -> Int64 {
        var value = Int64(Int8(bitPattern: bytes[offset]))
        for index in 1..<count { value = value << 8 | Int64(bytes[offset + index]) }
        return value
    }
}
