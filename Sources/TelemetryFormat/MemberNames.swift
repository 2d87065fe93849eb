/// The names of members as they stand in JSON, quotes and colon included, each with the key that it
/// is for, and with the name that followed it the last time.
///
/// Names that nobody asked for are learned as well, so that they are recognised as quickly.
struct MemberNames: Sendable {
    /// A name in one kind of object; the beginning of an object is an entry too.
    struct Entry: Sendable {
        let spelling: Spelling
        let place: Int
        /// What is asked for under this name; nil = nothing.
        let key: Int?
        /// The entry that followed it the last time: always that of a name.
        var next: Int
    }

    /// More than any log's lines have; beyond it unknown names are not learned.
    private static let capacity = 256
    /// Twice as many, so that chains stay short: the hash's highest bits choose one.
    private static let slotBits: UInt64 = 9
    private static let free: Int16 = -1

    private(set) var entries: [Entry] = []
    private var slots = Array(repeating: free, count: 1 << Int(slotBits))

    /// The names of these members; entry n is the beginning of the objects of place n.
    init(_ members: [MemberFinder.Member]) {
        let places = (members.map(\.place).max() ?? 0) + 1
        for place in 0..<places {
            entries.append(Entry(spelling: Spelling(), place: place, key: nil, next: place))
        }
        // Until a line says otherwise, members follow one another as they are listed.
        var latest = Array(0..<places)
        for member in members {
            let spelling = Spelling("\"\(member.name)\":")
            guard let entry = insert(spelling, member.place, key: member.key) else {
                preconditionFailure("too many names")
            }
            entries[latest[member.place]].next = entry
            latest[member.place] = entry
        }
        precondition(!latest.indices.contains { latest[$0] == $0 }, "a place without members")
    }

    /// Notes that an entry followed another one.
    mutating func note(_ entry: Int, after before: Int) {
        entries[before].next = entry
    }

    /// The entry of a text in a place, or nil.
    func find(_ spelling: Spelling, in place: Int) -> Int? {
        var slot = Self.slot(spelling, place)
        while slots[slot] != Self.free {
            let entry = Int(slots[slot])
            if entries[entry].spelling == spelling, entries[entry].place == place { return entry }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a text that `find` has not found; nil when there is no room.
    mutating func insert(_ spelling: Spelling, _ place: Int, key: Int? = nil) -> Int? {
        if entries.count == Self.capacity { return nil }
        var slot = Self.slot(spelling, place)
        while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int16(entries.count)
        // What follows it is not known yet; the first name of its place is as good as any.
        let entry = entries.count
        let first = entries[place].next == place ? entry : entries[place].next
        entries.append(Entry(spelling: spelling, place: place, key: key, next: first))
        return entry
    }

    private static func slot(_ spelling: Spelling, _ place: Int) -> Int {
        let hash = spelling.hash &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15
        return Int(hash >> (64 - slotBits))
    }
}
