extension Call {
    /// The record as a line of `telemetry.jsonl`, its newline included. The timestamp and the
    /// message id must be there; texts of prompt and response are left out, whoever stores them.
    package func jsonLine() -> [UInt8] {
        precondition(timestamp != nil, "a record needs a timestamp")
        var json = JSONText(capacity: Self.usualLineBytes)
        json.object { json in
            writeIdentity(to: &json)
            writeMeasures(to: &json)
            writeTexts(to: &json)
            writeRouting(to: &json)
            json.object("metadata") { metadata in
                metadata.member("project", project)
                metadata.member("git_branch", gitBranch)
                metadata.member("error", error)
                for member in self.metadata { metadata.member(member) }
            }
            for member in additional { json.member(member) }
        }
        json.append { $0.append(UInt8(ascii: "\n")) }
        return json.bytes
    }

    /// What a line without long texts needs.
    private static let usualLineBytes = 1_000

    private func writeIdentity(to json: inout JSONText) {
        json.member("timestamp", timestamp)
        json.member("msg_id", messageID)
        json.member("req_id", requestID)
        json.member("agent_name", agentName)
        json.member("operation", operation)
        json.member("model", model)
        json.present("provider", provider)
        json.member("session_id", sessionID)
        json.member("user_id", userID)
    }

    private func writeMeasures(to json: inout JSONText) {
        json.member("duration_ms", durationMilliseconds)
        json.present("ttft_ms", timeToFirstTokenMilliseconds)
        if let tokens {
            json.object("tokens") { tokens.write(to: &$0) }
        } else {
            json.null("tokens")
        }
        json.member("cost_usd", cost.map(ExactMoney.init))
        json.member("success", success ?? (error == nil))
        json.present("web_searches", webSearches)
        json.present("speed", speed)
        json.present("service_tier", serviceTier)
        json.present("region", region)
    }

    private func writeTexts(to json: inout JSONText) {
        json.member("prompt_hash", promptHash)
        json.member("response_hash", responseHash)
        json.present("prompt_chars", promptCharacters)
        json.present("response_chars", responseCharacters)
    }

    private func writeRouting(to json: inout JSONText) {
        json.present("source", taskSource)
        json.present("cli_tool", commandLineTool)
        json.present("persona", persona)
        json.present("nexus_mode", nexusMode)
        json.present("cloud_cost_equivalent", cloudCostEquivalent.map(ExactMoney.init))
    }
}

extension TokenCounts {
    /// The members of a record's `tokens`; of a call that gave only a total, only that.
    fileprivate func write(to json: inout JSONText) {
        if unsplit == 0 {
            json.member("input", input)
            json.member("output", output)
            json.member("cache_read", cacheRead)
            json.member("cache_write", cacheWrite)
            if cacheWriteOneHour > 0 { json.member("cache_write_1h", cacheWriteOneHour) }
            json.member("reasoning", reasoning)
        }
        // A sum beyond the limit would be refused; readers make the total from the parts anyway.
        if total <= RecordLimits.tokens { json.member("total", total) }
    }
}

/// Money in files that are read again: every digit that it has, not the nine decimals of reports.
struct ExactMoney: JSONWritable {
    private let money: Money

    init(_ money: Money) {
        self.money = money
    }

    package func write(to json: inout JSONText) { json.append(money.exactJSONNumber) }
}

extension JSONText {
    /// Writes an optional member of the record only when it has a value.
    fileprivate mutating func present(_ name: String, _ value: (some JSONWritable)?) {
        if let value { member(name, value) }
    }
}
