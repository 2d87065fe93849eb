extension Call {
    /// The record as a line of `telemetry.jsonl`, its newline included. The timestamp and the
    /// message id must be there; texts of prompt and response are left out, whoever stores them.
    package func jsonLine() -> [UInt8] {
        guard let timestamp else { preconditionFailure("a record needs a timestamp") }
        var encoder = CallEncoder()
        encoder.encode(self, filling: RecordDefaults(timestamp: timestamp))
        return encoder.line
    }
}

/// What a record says where its call says nothing.
package struct RecordDefaults: Sendable {
    package var timestamp: Timestamp
    package var messageID: UUIDv7?
    package var sessionID: String?
    package var userID: String?
    package var project: String?
    package var gitBranch: String?

    /// Defaults of which only the time is known.
    package init(timestamp: Timestamp) {
        self.timestamp = timestamp
    }
}

/// Makes lines of records, one after the other, in memory that it keeps.
///
/// Every `append` of an application waits for this, so members are written straight into the line,
/// each with the comma before it, and what repeats the line before is copied from there.
package struct CallEncoder: Sendable {
    /// The line encoded last, its newline included.
    package private(set) var line: [UInt8] = []
    private var beginning = LineBeginning()
    private var caller = CallerMembers()
    private var place = PlaceMembers()

    package init() {}

    /// Encodes a call. What it says goes before the defaults, but for the timestamp; texts of
    /// prompt and response are left out, whoever stores them.
    package mutating func encode(_ call: borrowing Call, filling defaults: RecordDefaults) {
        line.removeAll(keepingCapacity: true)
        beginning.append(defaults.timestamp, to: &line)
        appendMessageID(call.messageID, defaults.messageID)
        line.appendMember(#","req_id":"#, call.requestID)
        caller.append(call, defaults, to: &line)
        appendMeasures(call)
        appendTexts(call)
        appendRouting(call)
        place.append(call, defaults, to: &line)
        appendEnd(call)
    }

    private mutating func appendMessageID(_ text: String?, _ identifier: UUIDv7?) {
        guard text == nil, let identifier else { return line.appendMember(#","msg_id":"#, text) }
        let room = #","msg_id":"00000000-0000-0000-0000-000000000000""#
        line.append(contentsOf: room.utf8)
        identifier.write(to: &line, at: line.count - UUIDv7.length - 1)
    }

    private mutating func appendMeasures(_ call: borrowing Call) {
        line.appendMember(#","duration_ms":"#, call.durationMilliseconds)
        line.appendIfPresent(#","ttft_ms":"#, call.timeToFirstTokenMilliseconds)
        if let tokens = call.tokens {
            tokens.append(to: &line)
        } else {
            line.append(contentsOf: #","tokens":null"#.utf8)
        }
        line.appendMember(#","cost_usd":"#, call.cost)
        let isSuccess = call.success ?? (call.error == nil)
        line.append(contentsOf: (isSuccess ? #","success":true"# : #","success":false"#).utf8)
        line.appendIfPresent(#","web_searches":"#, call.webSearches)
        line.appendIfPresent(#","speed":"#, call.speed)
        line.appendIfPresent(#","service_tier":"#, call.serviceTier)
        line.appendIfPresent(#","region":"#, call.region)
    }

    private mutating func appendTexts(_ call: borrowing Call) {
        if call.promptHash == nil, call.responseHash == nil {
            line.append(contentsOf: #","prompt_hash":null,"response_hash":null"#.utf8)
        } else {
            line.appendMember(#","prompt_hash":"#, call.promptHash)
            line.appendMember(#","response_hash":"#, call.responseHash)
        }
        line.appendIfPresent(#","prompt_chars":"#, call.promptCharacters)
        line.appendIfPresent(#","response_chars":"#, call.responseCharacters)
    }

    private mutating func appendRouting(_ call: borrowing Call) {
        line.appendIfPresent(#","source":"#, call.taskSource)
        line.appendIfPresent(#","cli_tool":"#, call.commandLineTool)
        line.appendIfPresent(#","persona":"#, call.persona)
        line.appendIfPresent(#","nexus_mode":"#, call.nexusMode)
        if let cost = call.cloudCostEquivalent {
            line.appendMember(#","cloud_cost_equivalent":"#, cost)
        }
    }

    /// Appends what is left of `metadata`, and of the record.
    private mutating func appendEnd(_ call: borrowing Call) {
        if call.error == nil, call.metadata.isEmpty, call.additional.isEmpty {
            return line.append(contentsOf: ",\"error\":null}}\n".utf8)
        }
        line.appendMember(#","error":"#, call.error)
        for member in call.metadata { append(member) }
        line.append(UInt8(ascii: "}"))
        for member in call.additional { append(member) }
        line.append(contentsOf: "}\n".utf8)
    }

    private mutating func append(_ member: JSONMember) {
        line.append(UInt8(ascii: ","))
        line.appendJSONString(member.name)
        line.append(UInt8(ascii: ":"))
        line.append(contentsOf: member.json.utf8)
    }
}

extension TokenCounts {
    /// Appends a record's `tokens`; of a call that gave only a total, only that.
    fileprivate func append(to line: inout [UInt8]) {
        let hasParts = unsplit == 0
        if hasParts {
            line.appendMember(#","tokens":{"input":"#, input)
            line.appendMember(#","output":"#, output)
            line.appendMember(#","cache_read":"#, cacheRead)
            line.appendMember(#","cache_write":"#, cacheWrite)
            if cacheWriteOneHour > 0 {
                line.appendMember(#","cache_write_1h":"#, cacheWriteOneHour)
            }
            line.appendMember(#","reasoning":"#, reasoning)
        } else {
            line.append(contentsOf: #","tokens":{"#.utf8)
        }
        // A sum beyond the limit would be refused; readers make the total from the parts anyway.
        if total <= RecordLimits.tokens {
            line.appendMember(hasParts ? #","total":"# : #""total":"#, total)
        }
        line.append(UInt8(ascii: "}"))
    }
}
