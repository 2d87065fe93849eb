import TelemetryFormat

extension Summary {
    /// Reads the file's text; nil when it is damaged or not of a version known here.
    package init?(text: Span<UInt8>) {
        // Whatever is wrong with the JSON, the file as a whole is not to be trusted.
        guard let json = try? JSONValue(parsing: text),
            json["schema_version"]?.int == Self.schemaVersion,
            let list = json["entries"]?.array
        else { return nil }
        entries = []
        for value in list {
            guard let entry = Entry(json: value) else { return nil }
            entries.append(entry)
        }
    }
}

extension Summary.Entry {
    fileprivate init?(json: JSONValue) {
        guard let day = json["day"]?.string.flatMap({ Day($0) }),
            let segments = json["segments"]?.array, let rows = json["rows"]?.array
        else { return nil }
        self.init(day: day, segments: [], rows: [])
        for value in segments {
            guard let segment = Summary.Segment(json: value) else { return nil }
            self.segments.append(segment)
        }
        for value in rows {
            guard let row = Summary.Row(json: value) else { return nil }
            self.rows.append(row)
        }
    }
}

extension Summary.Segment {
    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string.flatMap({ SegmentName($0) }), !name.isCompressed,
            let offset = json.count("offset"), let bytes = json.count("bytes"),
            let sha256 = json["sha256"]?.string
        else { return nil }
        self.init(name: name, offset: offset, bytes: bytes, sha256: sha256)
    }
}

extension Summary.Row {
    fileprivate init?(json: JSONValue) {
        guard let hour = json["hour"]?.string.flatMap(HourLabel.hour),
            let usage = Usage(json: json), let size = json.count("size"),
            size <= RequestSize.thresholds.count
        else { return nil }
        let rateClass = RateClass(
            model: json["model"]?.string, provider: json["provider"]?.string, size: Int(size),
            speed: json["speed"]?.string, serviceTier: json["service_tier"]?.string,
            region: json["region"]?.string, hasRecordedCost: usage.recordedCalls > 0,
            hasOnlyTotal: json["only_total"]?.bool ?? false)
        let group = Summary.Group(
            hour: hour, rateClass: rateClass, project: json["project"]?.string,
            agent: json["agent"]?.string, operation: json["operation"]?.string,
            user: json["user"]?.string)
        var latency = LatencyHistogram()
        if let buckets = json["latency"] {
            guard let histogram = LatencyHistogram(json: buckets) else { return nil }
            latency = histogram
        }
        self.init(group: group, usage: usage, latency: latency)
    }
}

extension Usage {
    fileprivate init?(json: JSONValue) {
        self.init()
        guard let tokens = json["tokens"], let calls = json.count("calls"),
            let failed = json.count("failed"), let webSearches = json.count("web_searches"),
            let recordedCalls = json.count("recorded_calls"),
            let timedCalls = json.count("timed_calls"), let duration = json.count("duration_ms"),
            let timedOutput = json.count("timed_output_tokens"),
            let tokenCounts = TokenCounts(json: tokens)
        else { return nil }
        self.calls = calls
        self.failed = failed
        self.tokens = tokenCounts
        self.webSearches = webSearches
        self.recordedCalls = recordedCalls
        self.timedCalls = timedCalls
        durationMilliseconds = duration
        timedOutputTokens = timedOutput
        if let cost = json["recorded_cost_usd"] {
            guard let money = cost.money else { return nil }
            recordedCost = money
        }
        first = json["first"]?.string.flatMap { Timestamp(iso8601: $0) }
        last = json["last"]?.string.flatMap { Timestamp(iso8601: $0) }
    }
}

extension TokenCounts {
    fileprivate init?(json: JSONValue) {
        guard let input = json.count("input"), let output = json.count("output"),
            let cacheRead = json.count("cache_read"), let cacheWrite = json.count("cache_write"),
            let oneHour = json.count("cache_write_1h"), let reasoning = json.count("reasoning"),
            let unsplit = json.count("unsplit")
        else { return nil }
        self.init(
            input: input, output: output, cacheRead: cacheRead, cacheWrite: cacheWrite,
            cacheWriteOneHour: oneHour, reasoning: reasoning, unsplit: unsplit)
    }
}

extension JSONValue {
    /// A number that is not negative: 0 when it was left out, nil when it is anything else.
    fileprivate func count(_ name: String) -> Int64? {
        guard let value = self[name] else { return 0 }
        guard let number = value.int, number >= 0 else { return nil }
        return number
    }
}
