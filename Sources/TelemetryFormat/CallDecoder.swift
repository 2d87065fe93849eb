extension Call {
    /// Reads a complete line of `telemetry.jsonl`, without its newline. Throws why it is no call; a
    /// note of the writer is `no-call`.
    package init(line: Span<UInt8>) throws(Rejection) {
        var scanner = RecordScanner()
        switch scanner.scan(line) {
        case .call: break
        case .rejected(let reason): throw reason
        case .other, .blank: throw .noCall
        }
        self.init()
        takeNumbers(scanner)
        takeTexts(scanner, line)
        try takeFurtherMembers(line)
    }

    private mutating func takeNumbers(_ scanner: RecordScanner) {
        timestamp = scanner.timestamp
        tokens = scanner.hasTokens ? scanner.tokens : nil
        cost = scanner.cost
        cloudCostEquivalent = scanner.cloudCostEquivalent
        durationMilliseconds = scanner.durationMilliseconds
        timeToFirstTokenMilliseconds = scanner.timeToFirstTokenMilliseconds
        webSearches = scanner.webSearches
        promptCharacters = scanner.promptCharacters
        responseCharacters = scanner.responseCharacters
        success = scanner.success
    }

    private mutating func takeTexts(_ scanner: RecordScanner, _ line: Span<UInt8>) {
        func text(_ key: RecordKey) -> String? {
            scanner.text(key).map { JSONString.decoded($0, in: line) }
        }
        messageID = text(.messageID)
        requestID = text(.requestID)
        agentName = text(.agentName)
        operation = text(.operation)
        model = text(.model)
        provider = text(.provider)
        sessionID = text(.sessionID)
        userID = text(.userID)
        promptHash = text(.promptHash)
        responseHash = text(.responseHash)
        taskSource = text(.taskSource)
        commandLineTool = text(.commandLineTool)
        persona = text(.persona)
        nexusMode = text(.nexusMode)
        speed = text(.speed)
        serviceTier = text(.serviceTier)
        region = text(.region)
        project = text(.project)
        gitBranch = text(.gitBranch)
        error = scanner.errorText(in: line)
    }

    /// Members that this program does not know are carried along as they stand.
    private mutating func takeFurtherMembers(_ line: Span<UInt8>) throws(Rejection) {
        var (metadata, additional): ([JSONMember], [JSONMember]) = ([], [])
        try ByteScanner.scan(line) { (scanner) throws(Rejection) in
            scanner.skipByteOrderMark()
            scanner.skipWhitespace()
            try scanner.members(depth: 1) { (scanner, name) throws(Rejection) in
                let name = JSONString.decoded(name, in: line)
                if name == RecordKey.metadata.name, scanner.current == UInt8(ascii: "{") {
                    try Self.collect(&metadata, &scanner, line, except: Self.metadataNames)
                } else {
                    let value = try scanner.value(depth: 2)
                    if !Self.recordNames.contains(name) {
                        additional.append(JSONMember(name: name, value, line))
                    }
                }
            }
        }
        self.metadata = metadata
        self.additional = additional
    }

    private static func collect(
        _ members: inout [JSONMember], _ scanner: inout ByteScanner, _ line: Span<UInt8>,
        except known: Set<String>
    ) throws(Rejection) {
        var found: [JSONMember] = []
        try scanner.members(depth: 2) { (scanner, name) throws(Rejection) in
            let name = JSONString.decoded(name, in: line)
            let value = try scanner.value(depth: 3)
            if !known.contains(name) { found.append(JSONMember(name: name, value, line)) }
        }
        members = found
    }

    private static let recordNames = names(.record).subtracting([RecordKey.routing.name])
    private static let metadataNames = names(.metadata)

    private static func names(_ place: RecordKey.Place) -> Set<String> {
        Set(RecordKey.allCases.filter { $0.place == place }.map(\.name))
    }
}

extension RecordScanner {
    /// What went wrong: the text of `metadata.error`, or its JSON when it is not a text.
    package func errorText(in line: Span<UInt8>) -> String? {
        guard let token = token(.error), token.kind != .null, !token.isEmptyText else { return nil }
        if token.kind == .string { return JSONString.decoded(token, in: line) }
        return token.json(in: line)
    }
}

extension JSONToken {
    /// The value's text as it stands in the line, quotes included.
    package func json(in line: Span<UInt8>) -> String {
        let range = kind == .string ? Int(start) - 1..<Int(end) + 1 : self.range
        return String(decoding: Array(line.extracting(range)), as: UTF8.self)
    }
}

extension JSONMember {
    fileprivate init(name: String, _ value: JSONToken, _ line: Span<UInt8>) {
        self.init(name: name, json: value.json(in: line))
    }
}
