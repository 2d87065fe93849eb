import TelemetryFormat

/// What keeps a record within what every reader takes (`docs/log-format.md`): an application may
/// pass any number, and one odd value must not make the whole call unreadable.
extension Call {
    /// Whether everything below would leave the call as it is, and its id may stay.
    var isRecordable: Bool {
        metadata.isEmpty && additional.isEmpty && prompt == nil && response == nil
            && messageID?.isEmpty != true && hasBoundNumbers
    }

    private var hasBoundNumbers: Bool {
        let counts = RecordLimits.countRange
        let durations = RecordLimits.durationRange
        return tokens?.isBound != false && cost?.isRecordable != false
            && cloudCostEquivalent?.isRecordable != false
            && counts.holds(webSearches) && counts.holds(promptCharacters)
            && counts.holds(responseCharacters) && durations.holds(durationMilliseconds)
            && durations.holds(timeToFirstTokenMilliseconds)
    }

    /// Moves numbers into their ranges; a cost that cannot be true becomes unknown.
    mutating func boundNumbers() {
        tokens?.bound()
        cost = cost?.isRecordable == true ? cost : nil
        cloudCostEquivalent = cloudCostEquivalent?.isRecordable == true ? cloudCostEquivalent : nil
        durationMilliseconds = durationMilliseconds.map {
            min(max($0, 0), RecordLimits.durationMilliseconds)
        }
        timeToFirstTokenMilliseconds = timeToFirstTokenMilliseconds.map {
            min(max($0, 0), RecordLimits.durationMilliseconds)
        }
        webSearches = webSearches.map(boundedCount)
        promptCharacters = promptCharacters.map(boundedCount)
        responseCharacters = responseCharacters.map(boundedCount)
    }

    /// Gives members of `metadata` that have a property of their own to it, unless it is set: as
    /// further members they would stand in the record twice.
    mutating func settleNamedMetadata() {
        if metadata.isEmpty { return }
        let places: [(key: RecordKey, path: WritableKeyPath<Call, String?>)] = [
            (.project, \.project), (.gitBranch, \.gitBranch), (.error, \.error),
        ]
        for (key, path) in places {
            guard let member = metadata.last(where: { $0.name == key.name }) else { continue }
            metadata.removeAll { $0.name == key.name }
            self[keyPath: path] = self[keyPath: path] ?? member.text
        }
    }

    /// Leaves of the texts their hashes and lengths.
    mutating func replaceTextsByHashes() {
        if let prompt {
            promptHash = SHA256.label(of: prompt)
            promptCharacters = Int64(prompt.unicodeScalars.count)
        }
        if let response {
            responseHash = SHA256.label(of: response)
            responseCharacters = Int64(response.unicodeScalars.count)
        }
        prompt = nil
        response = nil
    }

    /// Replaces line breaks between the tokens of further members, where JSON allows them and a log
    /// of lines does not.
    mutating func keepOnOneLine() {
        for index in metadata.indices { metadata[index].keepOnOneLine() }
        for index in additional.indices { additional[index].keepOnOneLine() }
    }

    /// Replaces every long text by its length and hash.
    mutating func shortenTexts() {
        let paths: [WritableKeyPath<Call, String?>] = [
            \.messageID, \.requestID, \.agentName, \.operation, \.model, \.provider, \.sessionID,
            \.userID, \.error, \.speed, \.serviceTier, \.region, \.promptHash, \.responseHash,
            \.project, \.gitBranch, \.taskSource, \.commandLineTool, \.persona, \.nexusMode,
        ]
        for path in paths { self[keyPath: path] = self[keyPath: path].map(shortened) }
        for index in metadata.indices { metadata[index].shorten() }
        for index in additional.indices { additional[index].shorten() }
    }
}

/// Longer texts are what makes a record too long.
private let longTextBytes = 8 << 10

private func shortened(_ text: String) -> String {
    let count = text.utf8.count
    return count > longTextBytes ? "[\(count) bytes, \(SHA256.label(of: text))]" : text
}

private func boundedCount(_ count: Int64) -> Int64 { min(max(count, 0), RecordLimits.tokens) }

extension JSONMember {
    /// The text of a string, the JSON of anything else but `null`.
    fileprivate var text: String? {
        // The caller's own JSON may be none: then it stands for itself.
        let value = try? JSONValue(parsing: Array(json.utf8).span)
        return value == .null ? nil : value?.string ?? json
    }

    fileprivate mutating func keepOnOneLine() {
        guard json.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return }
        let bytes = json.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        json = String(decoding: bytes, as: UTF8.self)
    }

    fileprivate mutating func shorten() {
        if json.utf8.count > longTextBytes { json = TruncatedText(of: json).json }
        name = shortened(name)
    }
}

extension RecordLimits {
    fileprivate static var countRange: ClosedRange<Int64> { 0...tokens }
    fileprivate static var durationRange: ClosedRange<Int64> { 0...durationMilliseconds }
}

extension ClosedRange<Int64> {
    /// Whether a number, if there is one, lies within.
    fileprivate func holds(_ number: Int64?) -> Bool { number.map(contains) ?? true }
}

extension TokenCounts {
    fileprivate var isBound: Bool {
        var bound = self
        bound.bound()
        return bound == self
    }

    fileprivate mutating func bound() {
        input = boundedCount(input)
        output = boundedCount(output)
        cacheRead = boundedCount(cacheRead)
        cacheWrite = boundedCount(cacheWrite)
        cacheWriteOneHour = boundedCount(cacheWriteOneHour)
        reasoning = boundedCount(reasoning)
        unsplit = boundedCount(unsplit)
    }
}

extension Money {
    /// Whether a record may state this cost.
    fileprivate var isRecordable: Bool {
        self >= .zero && units <= Int128(RecordLimits.costDollars) * Money.unitsPerDollar
    }
}
