import TelemetryFormat

extension Summary {
    /// The version of the file's shape.
    package static let schemaVersion: Int64 = 1

    /// The file's text: JSON, one line for each entry. What is unknown or 0 is left out.
    package var text: [UInt8] {
        var bytes = Array(#"{"schema_version":\#(Self.schemaVersion),"entries":["#.utf8)
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(newline)
            var json = JSONText()
            json.object { entry.write(to: &$0) }
            bytes += json.bytes
        }
        bytes += "\n]}\n".utf8
        return bytes
    }
}

extension Summary.Entry {
    fileprivate func write(to json: inout JSONText) {
        json.member("day", day)
        json.array("segments") { json in
            for segment in segments {
                json.object {
                    $0.member("name", segment.name.text)
                    $0.count("offset", segment.offset)
                    $0.member("bytes", segment.bytes)
                    $0.member("sha256", segment.sha256)
                }
            }
        }
        json.array("rows") { json in
            for row in rows { json.object { row.write(to: &$0) } }
        }
    }
}

extension Summary.Row {
    fileprivate func write(to json: inout JSONText) {
        json.member("hour", HourLabel.text(group.hour))
        group.rateClass.write(to: &json)
        json.present("project", group.project)
        json.present("agent", group.agent)
        json.present("operation", group.operation)
        json.present("user", group.user)
        usage.write(to: &json)
        if latency.count > 0 { json.member("latency", latency) }
    }
}

extension RateClass {
    fileprivate func write(to json: inout JSONText) {
        json.present("model", model)
        json.present("provider", provider)
        json.count("size", Int64(size))
        json.present("speed", speed)
        json.present("service_tier", serviceTier)
        json.present("region", region)
        if hasOnlyTotal { json.member("only_total", true) }
    }
}

extension Usage {
    fileprivate func write(to json: inout JSONText) {
        json.member("calls", calls)
        json.count("failed", failed)
        json.object("tokens") {
            $0.count("input", tokens.input)
            $0.count("output", tokens.output)
            $0.count("cache_read", tokens.cacheRead)
            $0.count("cache_write", tokens.cacheWrite)
            $0.count("cache_write_1h", tokens.cacheWriteOneHour)
            $0.count("reasoning", tokens.reasoning)
            $0.count("unsplit", tokens.unsplit)
        }
        json.count("web_searches", webSearches)
        if recordedCalls > 0 {
            json.member("recorded_calls", recordedCalls)
            json.member(JSONMember(name: "recorded_cost_usd", json: recordedCost.exactJSONNumber))
        }
        json.count("timed_calls", timedCalls)
        json.count("duration_ms", durationMilliseconds)
        json.count("timed_output_tokens", timedOutputTokens)
        json.present("first", first)
        json.present("last", last)
    }
}

extension JSONText {
    /// Writes a number that is not 0.
    fileprivate mutating func count(_ name: String, _ value: Int64) {
        if value != 0 { member(name, value) }
    }

    /// Writes a value that is known.
    fileprivate mutating func present(_ name: String, _ value: (some JSONWritable)?) {
        if let value { member(name, value) }
    }
}

/// UTC hours as text: `2026-10-01T13`.
enum HourLabel {
    static func text(_ hour: Int) -> String {
        let day = (hour >= 0 ? hour : hour - 23) / 24
        let rest = hour - day * 24
        return "\(Day(number: day))T\(rest < 10 ? "0" : "")\(rest)"
    }

    static func hour(_ text: String) -> Int? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(parts[0]), parts[1].utf8.count == 2,
            let hour = Int(parts[1]), (0..<24).contains(hour)
        else { return nil }
        return day.number * 24 + hour
    }
}
