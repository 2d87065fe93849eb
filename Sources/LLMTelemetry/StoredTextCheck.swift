import TelemetryFormat

/// Judges a line of `prompts.jsonl` or `responses.jsonl`.
struct StoredTextCheck {
    let content: SegmentName.Content

    /// What is wrong with the line; nil when nothing is.
    func problem(of line: Span<UInt8>, _ records: RecordHashes) -> String? {
        let json: JSONValue
        do throws(Rejection) {
            json = try JSONValue(parsing: line)
        } catch {
            return RecordScanner.isBlank(line) ? nil : error.rawValue
        }
        let member = StoredText.member(of: content)
        guard let hash = json[member + "_hash"]?.string, let id = json["msg_id"]?.string,
            let actual = actualHash(json[member])
        else { return "no stored \(member)" }
        guard hash == actual else { return "the \(member) does not match its hash" }
        guard let stated = records.hashes(of: id, content) else {
            return "there is no record of this \(member)"
        }
        return stated.contains(hash) ? nil : "the record states another hash of the \(member)"
    }

    /// The hash of the text that is there, or the one that stands for a text too long to keep.
    private func actualHash(_ value: JSONValue?) -> String? {
        if let text = value?.string { return SHA256.label(of: text) }
        guard value?["truncated"]?.bool == true, let hash = value?["sha256"]?.string else {
            return nil
        }
        return "sha256:" + hash
    }
}

extension RecordScanner {
    /// Whether a line is none: white space and NULs only.
    fileprivate static func isBlank(_ line: Span<UInt8>) -> Bool {
        var scanner = RecordScanner()
        return scanner.scan(line) == .blank
    }
}
