/// What tells the lines of one `message.id` apart. Texts are bytes here: those that Unicode holds
/// equivalent are not the same.
package struct ClaudeCopy: Hashable, Sendable {
    /// Nil for a line without one, as gateways write them.
    package var requestID: [UInt8]?
    package var session: [UInt8]
    package var isSidechain: Bool

    /// A line of this session, with this request id if it has one.
    package init(requestID: String?, session: String, isSidechain: Bool = false) {
        self.requestID = requestID.map { Array($0.utf8) }
        self.session = Array(session.utf8)
        self.isSidechain = isSidechain
    }
}

/// Which lines of one `message.id` are one call, and which are none (`docs/agent-logs.md`, rules 1
/// and 3 to 5). A function of the lines as a set: their order does not matter.
package struct ClaudeCopies: Sendable {
    /// What becomes of a line.
    package enum Verdict: Hashable, Sendable {
        /// One of the lines of a call; which of them is kept, their contents decide.
        case group(Int)
        /// A side question's repetition of what its parent logged: not a call, whatever it says.
        case replay
    }

    /// What makes lines one call.
    private enum Group: Hashable {
        case request([UInt8])
        case session([UInt8])
    }

    /// The request ids of the parent's lines, by session; nil is the one of lines without.
    private var parents: [[UInt8]: Set<[UInt8]?>] = [:]
    /// The smallest request id of a session's lines that are no replays.
    private var smallestRequest: [[UInt8]: [UInt8]] = [:]

    /// Answers for every line, in the order given.
    package static func decide(_ lines: [ClaudeCopy]) -> [Verdict] {
        let copies = ClaudeCopies(lines)
        let groups = lines.map(copies.group)
        let dropped = copies.groupsOfReplaysOnly(lines, groups)
        var numbers: [Group: Int] = [:]
        return zip(lines, groups).map { line, group in
            if copies.isReplay(line) || dropped.contains(group) { return .replay }
            let next = numbers.count
            let number = numbers[group, default: next]
            numbers[group] = number
            return .group(number)
        }
    }

    private init(_ lines: [ClaudeCopy]) {
        for line in lines where !line.isSidechain {
            parents[line.session, default: []].insert(line.requestID)
        }
        for line in lines where !isReplay(line) {
            guard let request = line.requestID else { continue }
            let smallest = smallestRequest[line.session] ?? request
            let isSmaller = request.lexicographicallyPrecedes(smallest)
            smallestRequest[line.session] = isSmaller ? request : smallest
        }
    }

    /// Rule 5: beside its parent's line in the same session, a side question's line is a replay,
    /// unless both come from one request.
    private func isReplay(_ line: ClaudeCopy) -> Bool {
        guard line.isSidechain, let requests = parents[line.session] else { return false }
        return line.requestID == nil || !requests.contains(line.requestID)
    }

    /// Rules 1, 3 and 4: one request is one call wherever it is logged; without a request id it is
    /// the session that tells calls apart, and one that also has the request id says whose it is.
    private func group(of line: ClaudeCopy) -> Group {
        if let request = line.requestID { return .request(request) }
        if let request = smallestRequest[line.session] { return .request(request) }
        return .session(line.session)
    }

    /// Rule 5 for a side question that was copied into a session without its parent: what is a
    /// replay in one session is none of its own in another.
    private func groupsOfReplaysOnly(_ lines: [ClaudeCopy], _ groups: [Group]) -> Set<Group> {
        var replayed: Set<Group> = []
        var own: Set<Group> = []
        for (line, group) in zip(lines, groups) {
            if isReplay(line) { replayed.insert(group) }
            if !line.isSidechain { own.insert(group) }
        }
        return replayed.subtracting(own)
    }
}
