import Foundation

/// The program under test, as it was built.
enum Program {
    /// `LLM_TELEMETRY_TEST_BINARY`, else the program beside the test bundle.
    static let path =
        ProcessInfo.processInfo.environment["LLM_TELEMETRY_TEST_BINARY"] ?? built("llm-telemetry")

    /// An executable of this package, beside the test bundle.
    static func built(_ name: String) -> String {
        let bundles = Bundle.allBundles.map(\.bundlePath).filter { $0.hasSuffix(".xctest") }
        let starts = bundles + CommandLine.arguments + [Bundle.main.bundlePath]
        let candidates = starts.flatMap { start in
            let url = URL(filePath: start)
            return [url, url.deletingLastPathComponent()].map {
                $0.appending(path: name).path()
            }
        }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            preconditionFailure("no \(name) in \(candidates)")
        }
        return found
    }

    /// Every command whose JSON answer has a `totals` object over the records.
    static let queryCommands = [
        "stats", "costs", "models", "agents", "projects", "operations", "users", "performance",
        "patterns", "daily", "weekly", "monthly", "hourly", "sessions",
    ]
}

/// How large the expensive tests are, and with which random choices.
enum Scale {
    static func number(_ variable: String, short: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? short
    }

    /// A seed to print, so that a failing run can be repeated.
    static let seed = UInt64(
        number("LLM_TELEMETRY_TEST_SEED", short: Int.random(in: 0...1_000_000)))
}

/// SplitMix64: small, and the same on every platform.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
