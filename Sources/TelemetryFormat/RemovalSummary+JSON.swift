/// `summary.json` does not say what this program writes there.
package struct RemovalSummaryError: Error {}

extension RemovalSummary {
    /// The file's text, with a newline at its end.
    package func jsonText() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("schema_version", 1)
            json.array("entries") { array in
                for entry in entries { array.object { entry.write(to: &$0) } }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads the file's text.
    package init(parsing text: Span<UInt8>) throws(RemovalSummaryError) {
        let json: JSONValue
        do throws(Rejection) { json = try JSONValue(parsing: text) } catch { throw .init() }
        guard json["schema_version"]?.int == 1, let entries = json["entries"]?.array else {
            throw .init()
        }
        self.init()
        for entry in entries { self.entries.append(try Entry(json: entry)) }
    }
}

extension RemovalSummary.Entry {
    fileprivate func write(to json: inout JSONText) {
        json.member("day", day)
        json.array("segments") { array in
            for segment in segments {
                array.object {
                    $0.member("name", segment.name)
                    $0.member("bytes", segment.bytes)
                    $0.member("sha256", segment.sha256)
                }
            }
        }
        json.array("groups") { array in
            for group in groups { array.object { group.write(to: &$0) } }
        }
    }

    fileprivate init(json: JSONValue) throws(RemovalSummaryError) {
        guard let day = json["day"]?.string.flatMap({ Day($0) }),
            let segments = json["segments"]?.array, let groups = json["groups"]?.array
        else { throw .init() }
        self.init(day: day, segments: [], groups: [])
        for segment in segments {
            guard let name = segment["name"]?.string, let bytes = segment["bytes"]?.int,
                let sha256 = segment["sha256"]?.string
            else { throw .init() }
            self.segments.append(.init(name: name, bytes: bytes, sha256: sha256))
        }
        for group in groups { self.groups.append(try .init(json: group)) }
    }
}

extension RemovalSummary.Group {
    fileprivate func write(to json: inout JSONText) {
        writeKey(to: &json)
        json.member("calls", usage.calls)
        json.member("failed", usage.failed)
        json.object("tokens") { tokens in
            for (name, count) in TokenCounts.members {
                tokens.member(name, usage.tokens[keyPath: count])
            }
        }
        json.member("web_searches", usage.webSearches)
        json.member("recorded_calls", usage.recordedCalls)
        json.member("recorded_cost_usd", ExactMoney(usage.recordedCost))
        json.member("timed_calls", usage.timedCalls)
        json.member("duration_ms", usage.durationMilliseconds)
        json.member("timed_output_tokens", usage.timedOutputTokens)
        json.member("latency", latency)
        json.member("first", usage.first)
        json.member("last", usage.last)
    }

    private func writeKey(to json: inout JSONText) {
        let rate = key.rateClass
        json.member(
            "hour", Timestamp(milliseconds: Int64(key.hour) * Timestamp.millisecondsPerHour))
        json.member("model", rate.model)
        json.member("provider", rate.provider)
        json.member("request_above", rate.size == 0 ? 0 : RequestSize.thresholds[rate.size - 1])
        json.member("speed", rate.speed)
        json.member("service_tier", rate.serviceTier)
        json.member("region", rate.region)
        json.member("has_recorded_cost", rate.hasRecordedCost)
        json.member("has_only_total", rate.hasOnlyTotal)
        json.member("project", key.project)
        json.member("agent", key.agent)
        json.member("operation", key.operation)
        json.member("user", key.user)
    }

    fileprivate init(json: JSONValue) throws(RemovalSummaryError) {
        let hour = json["hour"]?.string.flatMap { Timestamp(iso8601: $0) }?.hour
        guard let hour, let rateClass = RateClass(json: json), let usage = Usage(json: json),
            let latency = json["latency"].flatMap({ LatencyHistogram(json: $0) })
        else { throw .init() }
        self.init(
            key: RemovalSummary.Key(
                hour: hour, rateClass: rateClass, project: json["project"]?.string,
                agent: json["agent"]?.string, operation: json["operation"]?.string,
                user: json["user"]?.string),
            usage: usage, latency: latency)
    }
}

extension RateClass {
    fileprivate init?(json: JSONValue) {
        guard let above = json["request_above"]?.int,
            let hasRecordedCost = json["has_recorded_cost"]?.bool,
            let hasOnlyTotal = json["has_only_total"]?.bool
        else { return nil }
        self.init(
            model: json["model"]?.string, provider: json["provider"]?.string,
            size: above == 0 ? 0 : RequestSize.bucket(above + 1), speed: json["speed"]?.string,
            serviceTier: json["service_tier"]?.string, region: json["region"]?.string,
            hasRecordedCost: hasRecordedCost, hasOnlyTotal: hasOnlyTotal)
    }
}

extension Usage {
    fileprivate init?(json: JSONValue) {
        guard let calls = json["calls"]?.int, let failed = json["failed"]?.int,
            let tokens = json["tokens"].flatMap({ TokenCounts(json: $0) }),
            let webSearches = json["web_searches"]?.int,
            let recordedCalls = json["recorded_calls"]?.int,
            let recordedCost = json["recorded_cost_usd"]?.money,
            let timedCalls = json["timed_calls"]?.int, let duration = json["duration_ms"]?.int,
            let timedOutput = json["timed_output_tokens"]?.int
        else { return nil }
        self.init()
        (self.calls, self.failed, self.tokens) = (calls, failed, tokens)
        (self.webSearches, self.recordedCalls) = (webSearches, recordedCalls)
        self.recordedCost = recordedCost
        (self.timedCalls, self.durationMilliseconds) = (timedCalls, duration)
        self.timedOutputTokens = timedOutput
        first = json["first"]?.string.flatMap { Timestamp(iso8601: $0) }
        last = json["last"]?.string.flatMap { Timestamp(iso8601: $0) }
    }
}

extension TokenCounts {
    fileprivate static var members: [(name: String, count: WritableKeyPath<TokenCounts, Int64>)] {
        [
            ("input", \.input), ("output", \.output), ("cache_read", \.cacheRead),
            ("cache_write", \.cacheWrite), ("cache_write_1h", \.cacheWriteOneHour),
            ("reasoning", \.reasoning), ("unsplit", \.unsplit),
        ]
    }

    fileprivate init?(json: JSONValue) {
        self.init()
        for (name, count) in Self.members {
            guard let number = json[name]?.int else { return nil }
            self[keyPath: count] = number
        }
    }
}
