import TelemetryFormat

/// What the scanner says about a line.
func verdict(_ line: [UInt8]) -> LineOutcome {
    var scanner = RecordScanner()
    return scanner.scan(line.span)
}

/// The same for a text.
func verdict(_ line: String) -> LineOutcome { verdict(Array(line.utf8)) }

/// A record of a call with these members beside its timestamp and model.
func recordLine(_ members: String = "") -> String {
    let rest = members.isEmpty ? "" : "," + members
    return #"{"timestamp":"2026-11-21T10:30:45.123Z","model":"claude-haiku-4-5"\#(rest)}"#
}

/// A scanner that has taken in a line as a call.
func scanned(_ line: String) throws -> RecordScanner {
    var scanner = RecordScanner()
    let outcome = scanner.scan(Array(line.utf8).span)
    guard outcome == .call else { throw UnexpectedOutcome(line: line, outcome: outcome) }
    return scanner
}

/// A line that should have been a call and was not.
struct UnexpectedOutcome: Error {
    var line: String
    var outcome: LineOutcome
}
