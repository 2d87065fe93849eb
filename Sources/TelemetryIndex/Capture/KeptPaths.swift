package import TelemetryFormat

/// What a slim twin keeps of a line: a tree of member names.
///
/// Kept values stand in the twin as they stood in the line, in their order, so that a twin says to
/// the reader of its log what the log said. Everything else goes. A value of another kind than the
/// tree expects may hold anything: only its kind is kept, as `""`, `0`, `[]` or `{}`.
package struct KeptPaths: Sendable {
    /// A tool's input is JSON of any shape, so nesting may go deeper than in a record.
    private static let nesting = 512

    private let table: KeptTable

    /// What this tree says.
    package init(_ tree: KeptTree) {
        table = KeptTable(tree)
    }

    /// What is kept of a line without its newline, which is at most as long; throws for a line that
    /// is not one JSON object.
    package func slimmed(_ line: Span<UInt8>) throws(Rejection) -> [UInt8] {
        try ByteScanner.scan(line) { (scanner) throws(Rejection) in
            guard try scanner.enterObject() else { throw .notAnObject }
            var twin: [UInt8] = []
            let depth = RecordLimits.depth - Self.nesting + 1
            try table.keep(table.root, &scanner, line, depth: depth, in: &twin)
            try scanner.expectEnd()
            return twin
        }
    }
}
