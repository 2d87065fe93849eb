package import TelemetryFormat
import TelemetryFiles

/// Turns calls into lines: fills in what the caller left out, replaces texts by their hashes, and
/// sees to it that every line written is one that every reader takes.
package struct CallPreparation: Sendable {
    private let settings: StoreSettings
    private var identifiers = UUIDv7.Sequence()
    private var randomness = BufferedRandomness()
    private var scanner = RecordScanner()
    private var encoder = CallEncoder()
    private var defaults: RecordDefaults

    package init(settings: StoreSettings) {
        self.settings = settings
        defaults = RecordDefaults(timestamp: Timestamp(milliseconds: 0))
        defaults.sessionID = settings.sessionID
        defaults.userID = settings.userID
    }

    /// Adds a call's record, and its texts when they are kept, to a batch.
    package mutating func add(
        _ call: Call, at now: Timestamp, in context: WorkingContext, to batch: inout LineBatch
    ) throws(DropReason) {
        let timestamp = call.timestamp ?? now
        guard Timestamp.recordable.contains(timestamp) else { throw .badTimestamp }
        if call.isRecordable, addAsItIs(call, at: timestamp, in: context, to: &batch) { return }
        var record = call
        record.timestamp = timestamp
        record.messageID = call.messageID.nonEmpty ?? newMessageID(at: timestamp)
        record.settleNamedMetadata()
        fillDefaults(&record, context)
        record.boundNumbers()
        record.replaceTextsByHashes()
        record.keepOnOneLine()
        let line = try readableLine(of: record)
        let day = timestamp.day
        batch.append(line, to: .init(day: day, content: .telemetry))
        if settings.storesPrompts, let prompt = call.prompt {
            let text = StoredText(of: record, prompt, .prompts, hash: record.promptHash)
            batch.append(text.line, to: .init(day: day, content: .prompts))
        }
        if settings.storesResponses, let response = call.response {
            let text = StoredText(of: record, response, .responses, hash: record.responseHash)
            batch.append(text.line, to: .init(day: day, content: .responses))
        }
    }

    /// Adds the record of a call that says nothing which could not stay as it is; false when there
    /// is reason not to. Nearly all calls are such, and need not be copied.
    private mutating func addAsItIs(
        _ call: Call, at timestamp: Timestamp, in context: WorkingContext,
        to batch: inout LineBatch
    ) -> Bool {
        guard call.saysWhatWasCalled else { return false }
        defaults.timestamp = timestamp
        if call.messageID == nil {
            defaults.messageID = identifiers.next(at: timestamp, random: randomness.next())
        }
        defaults.project = settings.projectName ?? context.project
        defaults.gitBranch = context.gitBranch
        encoder.encode(call, filling: defaults)
        guard encoder.line.count <= RecordLimits.recordBytes else { return false }
        batch.append(encoder.line.span, to: .init(day: timestamp.day, content: .telemetry))
        return true
    }

    /// An identifier for a call that has none of its provider.
    package mutating func newMessageID(at timestamp: Timestamp) -> String {
        identifiers.next(at: timestamp, random: randomness.next()).description
    }

    private func fillDefaults(_ record: inout Call, _ context: WorkingContext) {
        record.sessionID = record.sessionID ?? settings.sessionID
        record.userID = record.userID ?? settings.userID
        record.project = record.project ?? settings.projectName ?? context.project
        record.gitBranch = record.gitBranch ?? context.gitBranch
        if record.success == nil { record.success = record.error == nil }
    }

    /// The record's line, as every reader takes it. Further members are the caller's own JSON: when
    /// they make the record unreadable they are left out, rather than losing the call.
    private mutating func readableLine(of record: Call) throws(DropReason) -> [UInt8] {
        let line = try boundedLine(of: record)
        if record.metadata.isEmpty, record.additional.isEmpty {
            // Every member is one that this program wrote, once and within its bounds.
            guard record.saysWhatWasCalled else { throw .noCall }
            return line
        }
        if scanner.scan(line.span.extracting(droppingLast: 1)) == .call { return line }
        var plain = record
        plain.metadata = []
        plain.additional = []
        return try readableLine(of: plain)
    }

    /// The record's line; one over the limit gets its longest texts replaced by length and hash.
    private func boundedLine(of record: Call) throws(DropReason) -> [UInt8] {
        let line = record.jsonLine()
        if line.count <= RecordLimits.recordBytes { return line }
        var shorter = record
        shorter.shortenTexts()
        let shortened = shorter.jsonLine()
        guard shortened.count <= RecordLimits.recordBytes else { throw .tooLong }
        return shortened
    }
}

extension Optional<String> {
    /// The text, nil when it is empty.
    fileprivate var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}

extension Call {
    /// Whether there is any of what makes a record one of a call.
    fileprivate var saysWhatWasCalled: Bool {
        tokens != nil || cost != nil || model.nonEmpty != nil
    }
}
