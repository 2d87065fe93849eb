// Parts of a record that most lines share with the line before: they are encoded when they change
// and copied while they stay the same. To see that texts are the same is cheap where they are.

extension Optional<String> {
    /// Whether this is the other text byte for byte, provided that `isASCII`: texts of equal length
    /// that Unicode calls equivalent, as `==` does, differ in nothing then.
    fileprivate func isSame(as other: String?) -> Bool {
        self?.utf8.count == other?.utf8.count && self == other
    }

    fileprivate var isASCII: Bool { self?.utf8.allSatisfy { $0 < 0x80 } ?? true }
}

/// The beginning of a line up to the seconds of its timestamp.
struct LineBeginning: Sendable {
    private var second: Int64?
    private var bytes: [UInt8] = []

    /// Appends the brace and the timestamp.
    mutating func append(_ timestamp: Timestamp, to line: inout [UInt8]) {
        let (second, thousandths) = timestamp.secondAndThousandths
        if second != self.second {
            bytes = Array(#"{"timestamp":""#.utf8)
            timestamp.append(to: &bytes)
            // The thousandths and the Z.
            bytes.removeLast(4)
            self.second = second
        }
        line.append(contentsOf: bytes)
        line.append(0x30 &+ UInt8(truncatingIfNeeded: thousandths / 100))
        line.appendPair(thousandths % 100)
        line.append(contentsOf: #"Z""#.utf8)
    }
}

/// The members from `agent_name` to `user_id`.
struct CallerMembers: Sendable {
    private var agentName: String?
    private var operation: String?
    private var model: String?
    private var provider: String?
    private var sessionID: String?
    private var userID: String?
    private var isReusable = false
    private var bytes: [UInt8] = []

    /// Appends the members.
    mutating func append(
        _ call: borrowing Call, _ defaults: borrowing RecordDefaults, to line: inout [UInt8]
    ) {
        let isSame =
            isReusable && agentName.isSame(as: call.agentName)
            && operation.isSame(as: call.operation) && model.isSame(as: call.model)
            && provider.isSame(as: call.provider)
            && sessionID.isSame(as: call.sessionID ?? defaults.sessionID)
            && userID.isSame(as: call.userID ?? defaults.userID)
        if !isSame { encode(call, defaults) }
        line.append(contentsOf: bytes)
    }

    private mutating func encode(_ call: borrowing Call, _ defaults: borrowing RecordDefaults) {
        (agentName, operation, model) = (call.agentName, call.operation, call.model)
        provider = call.provider
        sessionID = call.sessionID ?? defaults.sessionID
        userID = call.userID ?? defaults.userID
        isReusable =
            agentName.isASCII && operation.isASCII && model.isASCII && provider.isASCII
            && sessionID.isASCII && userID.isASCII
        bytes.removeAll(keepingCapacity: true)
        bytes.appendMember(#","agent_name":"#, agentName)
        bytes.appendMember(#","operation":"#, operation)
        bytes.appendMember(#","model":"#, model)
        bytes.appendIfPresent(#","provider":"#, provider)
        bytes.appendMember(#","session_id":"#, sessionID)
        bytes.appendMember(#","user_id":"#, userID)
    }
}

/// The beginning of `metadata`: where the program works.
struct PlaceMembers: Sendable {
    private var project: String?
    private var gitBranch: String?
    private var isReusable = false
    private var bytes: [UInt8] = []

    /// Appends the members.
    mutating func append(
        _ call: borrowing Call, _ defaults: borrowing RecordDefaults, to line: inout [UInt8]
    ) {
        let isSame =
            isReusable && project.isSame(as: call.project ?? defaults.project)
            && gitBranch.isSame(as: call.gitBranch ?? defaults.gitBranch)
        if !isSame { encode(call, defaults) }
        line.append(contentsOf: bytes)
    }

    private mutating func encode(_ call: borrowing Call, _ defaults: borrowing RecordDefaults) {
        project = call.project ?? defaults.project
        gitBranch = call.gitBranch ?? defaults.gitBranch
        isReusable = project.isASCII && gitBranch.isASCII
        bytes.removeAll(keepingCapacity: true)
        bytes.appendMember(#","metadata":{"project":"#, project)
        bytes.appendMember(#","git_branch":"#, gitBranch)
    }
}
