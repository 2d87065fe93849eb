/// The members of a record that this program reads, in the three objects where they stand.
package enum RecordKey: Int, CaseIterable, Sendable {
    case timestamp, messageID, requestID, agentName, operation, model, provider, sessionID, userID
    case duration, timeToFirstToken, tokens, cost, success, promptHash, responseHash
    case promptCharacters, responseCharacters, metadata, taskSource, commandLineTool, persona
    case nexusMode, routing, cloudCostEquivalent, speed, serviceTier, region, webSearches, event
    case input, output, cacheRead, cacheWrite, cacheWriteOneHour, reasoning, total
    case project, gitBranch, error

    /// The object in which a key stands.
    package enum Place: Sendable { case record, tokens, metadata }

    package var place: Place {
        switch self {
        case .input, .output, .cacheRead, .cacheWrite, .cacheWriteOneHour, .reasoning, .total:
            .tokens
        case .project, .gitBranch, .error: .metadata
        default: .record
        }
    }

    /// The member's name in the file.
    package var name: String {
        switch self {
        case .messageID: "msg_id"
        case .requestID: "req_id"
        case .agentName: "agent_name"
        case .sessionID: "session_id"
        case .userID: "user_id"
        case .duration: "duration_ms"
        case .timeToFirstToken: "ttft_ms"
        case .cost: "cost_usd"
        case .promptHash: "prompt_hash"
        case .responseHash: "response_hash"
        case .promptCharacters: "prompt_chars"
        case .responseCharacters: "response_chars"
        case .taskSource: "source"
        case .commandLineTool: "cli_tool"
        case .nexusMode: "nexus_mode"
        case .cloudCostEquivalent: "cloud_cost_equivalent"
        case .serviceTier: "service_tier"
        case .webSearches: "web_searches"
        case .cacheRead: "cache_read"
        case .cacheWrite: "cache_write"
        case .cacheWriteOneHour: "cache_write_1h"
        case .gitBranch: "git_branch"
        default: "\(self)"
        }
    }
}

/// A hash table from the bytes of a name to a key: a handful of instructions per member.
package struct KeyTable: Sendable {
    private struct Slot {
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var length = -1
        var key = 0
    }

    private static let slotBits: UInt64 = 8
    private var slots: [Slot]

    /// A table of names of at most 24 bytes; `key` is what `lookup` answers for the name.
    package init(_ names: [(name: String, key: Int)]) {
        slots = Array(repeating: Slot(), count: 1 << Self.slotBits)
        for (name, key) in names {
            let bytes = Array(name.utf8)
            precondition(bytes.count <= 24, "\(name) is too long to be told from other keys")
            let (head, tail) = ByteScanner.scan(bytes.span) { $0.fingerprint(0..<bytes.count) }
            var index = Self.slot(head, tail, bytes.count)
            while slots[index].length >= 0 { index = (index + 1) & (slots.count - 1) }
            slots[index] = Slot(head: head, tail: tail, length: bytes.count, key: key)
        }
    }

    /// The key of a name with this fingerprint, else nil.
    @inline(__always)
    package func lookup(_ print: (head: UInt64, tail: UInt64), length: Int) -> Int? {
        var index = Self.slot(print.head, print.tail, length)
        while slots[index].length >= 0 {
            let slot = slots[index]
            if slot.length == length, slot.head == print.head, slot.tail == print.tail {
                return slot.key
            }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    @inline(__always)
    private static func slot(_ head: UInt64, _ tail: UInt64, _ length: Int) -> Int {
        let print = head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)
        return Int((print &* 0xD6E8_FEB8_6659_FD93) >> (64 - slotBits))
    }
}
