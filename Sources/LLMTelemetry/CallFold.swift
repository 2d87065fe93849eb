import TelemetryFiles
import TelemetryFormat

/// Adds calls of removed segments up, each call once (`docs/cache.md`, which line wins).
struct CallFold {
    /// One line that is a call.
    fileprivate struct Line {
        var group: Int
        var isSuccess: Bool
        var timestamp: Timestamp
        var tokens: TokenCounts
        var webSearches: Int64
        var cost: Money?
        var duration: Int64?
        var details: Int64
        var sessionID: String
        var path: String
        var offset: Int64
    }

    private var lines: [Line] = []
    private var groups: [Summary.Group] = []
    private var groupIndexes: [Summary.Group: Int] = [:]
    /// Lines about the same call, by what identifies it.
    private var contenders: [Key: [Int]] = [:]
    private var unidentified: [Int] = []
    private var sessionEnds: [String: Timestamp] = [:]
    private var scanner = RecordScanner()

    private struct Key: Hashable {
        var messageID: String
        var requestID: String?
    }

    /// Takes in a line; `path` and `offset` say where it stands. Lines that are no calls pass.
    mutating func add(_ bytes: Span<UInt8>, path: String, offset: Int64) {
        guard scanner.scan(bytes) == .call else { return }
        let scanner = scanner
        func text(_ key: RecordKey) -> String? {
            scanner.text(key).map { JSONString.decoded($0, in: bytes) }
        }
        let session = text(.sessionID) ?? ""
        let timestamp = scanner.timestamp
        sessionEnds[session] = max(sessionEnds[session] ?? timestamp, timestamp)
        if let message = text(.messageID) {
            let key = Key(messageID: message, requestID: text(.requestID))
            contenders[key, default: []].append(lines.count)
        } else {
            unidentified.append(lines.count)
        }
        let group = Summary.Group(
            hour: timestamp.hour, rateClass: RateClass(scanner, text), project: text(.project),
            agent: text(.agentName), operation: text(.operation), user: text(.userID))
        lines.append(
            Line(
                group: index(of: group), isSuccess: scanner.success, timestamp: timestamp,
                tokens: scanner.tokens, webSearches: scanner.webSearches ?? 0,
                cost: scanner.cost, duration: scanner.durationMilliseconds,
                details: (scanner.text(.speed) == nil ? 0 : 1)
                    + (scanner.token(.cacheWriteOneHour) == nil ? 0 : 1),
                sessionID: session, path: path, offset: offset))
    }

    private mutating func index(of group: Summary.Group) -> Int {
        if let index = groupIndexes[group] { return index }
        groups.append(group)
        groupIndexes[group] = groups.count - 1
        return groups.count - 1
    }

    /// The totals, by hour and then in the order in which the groups appeared.
    func rows() -> [Summary.Row] {
        var rows = groups.map { Summary.Row(group: $0) }
        for index in unidentified + contenders.values.map(winner) {
            rows[lines[index].group].add(lines[index])
        }
        return rows.filter { $0.usage.calls > 0 }.enumerated()
            .sorted { ($0.element.group.hour, $0.offset) < ($1.element.group.hour, $1.offset) }
            .map(\.element)
    }

    private func winner(_ indexes: [Int]) -> Int {
        var best = indexes[0]
        for index in indexes.dropFirst() where candidate(index).wins(over: candidate(best)) {
            best = index
        }
        return best
    }

    private func candidate(_ index: Int) -> DedupCandidate {
        let line = lines[index]
        return DedupCandidate(
            outputTokens: line.tokens.output, totalTokens: line.tokens.total,
            details: line.details, isSidechain: false, timestamp: line.timestamp,
            sessionLast: sessionEnds[line.sessionID] ?? line.timestamp,
            sessionID: line.sessionID, path: line.path, offset: line.offset)
    }
}

extension RateClass {
    /// The class of a scanned record.
    fileprivate init(_ scanner: RecordScanner, _ text: (RecordKey) -> String?) {
        self.init(
            model: text(.model), provider: text(.provider),
            size: RequestSize.bucket(scanner.tokens.request), speed: text(.speed),
            serviceTier: text(.serviceTier), region: text(.region),
            hasRecordedCost: scanner.cost != nil, hasOnlyTotal: scanner.hasOnlyTotal)
    }
}

extension Summary.Row {
    fileprivate mutating func add(_ line: CallFold.Line) {
        usage.calls += 1
        usage.failed += line.isSuccess ? 0 : 1
        usage.tokens += line.tokens
        usage.webSearches &+= line.webSearches
        if let cost = line.cost {
            usage.recordedCalls += 1
            usage.recordedCost += cost
        }
        if let duration = line.duration {
            usage.timedCalls += 1
            usage.durationMilliseconds &+= duration
            usage.timedOutputTokens &+= line.tokens.output
            latency.add(duration)
        }
        usage.first = min(usage.first ?? line.timestamp, line.timestamp)
        usage.last = max(usage.last ?? line.timestamp, line.timestamp)
    }
}
