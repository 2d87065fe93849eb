import Foundation
import TelemetryFormat
import Testing

@testable import TelemetryIndex

/// Law 1 for agents' logs, whose rows depend on lines of other files: a cache built step by step
/// equals one built from nothing.
@Suite struct AgentSequenceTests {
    /// `LLM_TELEMETRY_SEQUENCES` makes the run longer, `LLM_TELEMETRY_SEED` repeats one.
    private static let sequences = number("LLM_TELEMETRY_SEQUENCES") ?? 60
    private static let operations = 40

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(arguments: [true, false])
    func incrementalEqualsRebuildAfterRandomOperations(isCapturing: Bool) throws {
        let seed = UInt64(Self.number("LLM_TELEMETRY_SEED") ?? Int.random(in: 1...1_000_000))
        print("agents' sequences: seed \(seed), \(Self.sequences) × \(Self.operations) operations")
        var calls = 0
        for sequence in 0..<Self.sequences {
            var random = SplitMix(seed: seed &+ UInt64(sequence))
            let run = try AgentLogs(isCapturing: isCapturing)
            for _ in 0..<Self.operations {
                try run.step(&random)
            }
            try run.sync()
            let dump = try CacheDump(run.store.location)
            calls += dump.calls.count
            if let difference = dump.difference(from: try run.rebuiltDump()) {
                Issue.record(
                    """
                    seed \(seed &+ UInt64(sequence)): \(difference)
                    \(run.log.joined(separator: "\n"))
                    """)
                return
            }
        }
        #expect(calls > Self.sequences)
    }
}
