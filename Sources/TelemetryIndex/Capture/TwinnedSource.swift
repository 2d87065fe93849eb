import TelemetryFormat

/// A source whose logs have slim twins in a store: a log that its owner has deleted is listed as
/// its twin.
package struct TwinnedSource: LogSource {
    private let source: any LogSource
    private let store: String

    /// The logs of a source and their twins in the store in this directory.
    package init(_ source: any LogSource, store: String) {
        self.source = source
        self.store = store
    }

    package var kind: SourceKind { source.kind }
    package var roots: [String] { source.roots }
    package var lineLimit: Int { source.lineLimit }

    package func listFiles() -> LogListing {
        let twins = CapturedLogs(store: store, source: source)
        var listing = twins.completing(source.listFiles())
        listing.twins = twins
        return listing
    }

    package func session(ofName name: String) -> String { source.session(ofName: name) }

    package func makeInterpreter(for file: LogFile, memory: [UInt8]) -> any LineInterpreter {
        source.makeInterpreter(for: file, memory: memory)
    }

    package var derivation: (any CallDerivation)? { source.derivation }

    package func slimmed(_ line: Span<UInt8>) -> [UInt8]? { source.slimmed(line) }

    package func daysUntilDeletion(below root: String) -> Int64? {
        source.daysUntilDeletion(below: root)
    }
}
