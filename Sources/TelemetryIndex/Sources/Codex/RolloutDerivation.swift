import TelemetryFormat

/// Makes rows of the calls of rollouts (`RolloutLog.calls`).
package struct RolloutDerivation: CallDerivation {
    /// What a call is of when its log names no model at all: it shows among the unpriced.
    private static let unknownModel = "unknown"
    private static let agentName = "codex"

    private let source: CodexSource
    /// The tiers that the configurations ask for, by home directory.
    private let defaultTiers: [String: String]

    /// Makes the calls of this source's logs.
    init(_ source: CodexSource) {
        self.source = source
        var tiers: [String: String] = [:]
        for home in source.homes { tiers[home] = source.defaultTier(ofHome: home) }
        defaultTiers = tiers
    }

    package var context: String {
        defaultTiers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            .joined(separator: "\n")
    }

    package func otherName(ofSession session: String) -> String? {
        CodexSource.threadID(inSession: session)
    }

    package func derive(
        _ log: DerivedLog, parents: [[UInt8]], _ batch: inout CallBatch,
        _ dictionary: inout CallDictionary
    ) {
        let rollout = RolloutLog(packed: log.memory) ?? RolloutLog(name: log.name)
        let session = rollout.sessionID ?? source.session(ofName: log.name)
        let calls = rollout.calls(
            session: session,
            parents: parents.compactMap { RolloutLog(packed: $0) }.filter { !$0.isEmpty },
            defaultTier: defaultTiers[log.root])
        var common = CallRow()
        common.agent = dictionary.id(of: Self.agentName)
        common.commandLineTool = common.agent
        common.session = dictionary.id(of: session)
        common.project = dictionary.id(of: rollout.projectPath.map { ProjectName.of($0) })
        common.gitBranch = dictionary.id(of: rollout.gitBranch)
        for call in calls {
            batch.lineOffset = call.offset
            batch.append(Self.row(call, common, &dictionary))
        }
    }

    private static func row(
        _ call: RolloutCall, _ common: CallRow, _ dictionary: inout CallDictionary
    ) -> CallRow {
        var row = common
        row.key = call.key
        row.timestamp = call.timestamp
        row.tokens = call.tokens
        row.details = call.details
        row.rateClass = dictionary.rateClass(
            RateClassRow(
                source: .codex, model: dictionary.id(of: call.model ?? Self.unknownModel),
                provider: 0, size: Int64(RequestSize.bucket(call.tokens.request)), speed: 0,
                serviceTier: dictionary.id(of: call.serviceTier), region: 0,
                hasRecordedCost: false, hasOnlyTotal: call.hasOnlyTotal))
        return row
    }
}
