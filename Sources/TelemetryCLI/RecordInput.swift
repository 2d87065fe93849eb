import LLMTelemetry
import TelemetryFormat

/// Records as JSON lines on standard input, handed on in batches; bad lines are told and skipped.
struct RecordInput {
    /// What a batch may hold, so that neither lock nor memory is held for long.
    private static let batchRecords = 1_000
    private static let batchBytes = 1 << 20
    private let append: Engine.LineAppender
    private var batch: RecordLineBatch
    private var lineNumber = 0
    /// The bad lines so far.
    private(set) var badLines = BadLines()

    /// An input whose records go to `append`.
    init(settings: StoreSettings, append: @escaping Engine.LineAppender) {
        self.append = append
        batch = RecordLineBatch(settings: settings)
    }

    /// Reads to the end.
    mutating func readAll(_ console: Console) throws(CommandFailure) {
        try console.forEachInputLine(
            // Whoever writes pauses: what was handed over must not wait for what is to come.
            { () throws(CommandFailure) in try flush() },
            { (line, isTooLong) throws(CommandFailure) in
                lineNumber += 1
                if isTooLong { return badLines.add(.tooLong, line: lineNumber) }
                try take(line)
            })
        try flush()
    }

    private mutating func take(_ line: Span<UInt8>) throws(CommandFailure) {
        let hasReturn = !line.isEmpty && line[line.count - 1] == UInt8(ascii: "\r")
        do throws(Rejection) {
            try batch.add(line.extracting(droppingLast: hasReturn ? 1 : 0))
        } catch {
            badLines.add(error, line: lineNumber)
        }
        if batch.count >= Self.batchRecords || batch.byteCount >= Self.batchBytes { try flush() }
    }

    private mutating func flush() throws(CommandFailure) {
        if batch.count == 0 { return }
        try append(batch)
        batch.removeAll()
    }
}

/// Lines of the input that are no records.
struct BadLines {
    /// More of them are only counted: the first ones show what is wrong.
    private static let shown = 20

    private var texts: [String] = []
    private var count = 0

    fileprivate mutating func add(_ rejection: Rejection, line: Int) {
        count += 1
        if texts.count < Self.shown { texts.append("line \(line): \(rejection.explanation)") }
    }

    /// Tells every bad line, and fails when there was one.
    func report(_ console: Console) throws(CommandFailure) {
        guard let last = texts.last else { return }
        for text in texts.dropLast() { console.note("error: \(text)") }
        let more = count - texts.count
        throw .usage(more > 0 ? "\(last), and \(more) more bad lines" : last)
    }
}

extension Rejection {
    /// The reason as people read it: `not JSON`.
    var explanation: String {
        switch self {
        case .notJSON: "not JSON"
        case .notAnObject: "not a JSON object"
        case .tooDeep: "nested too deeply"
        case .tooLong: "longer than 16 MiB"
        case .invalidUTF8: "not UTF-8"
        case .duplicateKey: "a key twice with different values"
        case .noTimestamp: "no timestamp"
        case .badTimestamp: "not a timestamp"
        case .noCall: "neither model, tokens nor cost"
        case .badTokens: "a token count that is not a whole number from 0 to 2^53"
        case .badCost: "not an amount of dollars"
        case .badDuration: "not a duration in milliseconds"
        case .badValue: "a value of the wrong type"
        }
    }
}
