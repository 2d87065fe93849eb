import TelemetryFormat
import TelemetryIndex

/// The sessions of an answer while sums are being made. An id that two sources use is two sessions.
struct SessionTable {
    /// What tells sessions apart.
    struct Key: Hashable {
        /// Id of the text that names the session.
        var id: Int64
        /// Number of the source, as the cache has it.
        var source: Int64
    }

    /// The calls of one source that name the same session.
    struct Session {
        let key: Key
        var sum = PricedSum()
        /// By the catalog's key, in order of appearance.
        var models: [Int64] = []
        var project = LatestName()
        var gitBranch = LatestName()
        var commandLineTool = LatestName()
        var persona = LatestName()
    }

    private(set) var sessions: [Session] = []
    /// Calls that name none, among them those that are known only as totals of removed days.
    private(set) var callsWithoutSession: Int64 = 0
    private var positions: [Key: Int] = [:]
    private var latest: (key: Key, position: Int)?

    /// Adds a call, or a sum of calls that name no session. `model` is the catalog's key; 0 = none.
    mutating func add(_ summand: borrowing Summand, source: Int64, model: Int64) {
        guard let position = addSum(summand, source), let instant = summand.usage.last else {
            return
        }
        if model != 0, !sessions[position].models.contains(model) {
            sessions[position].models.append(model)
        }
        let names = summand.names
        sessions[position].project.add(names.project, at: instant)
        sessions[position].gitBranch.add(names.gitBranch, at: instant)
        sessions[position].commandLineTool.add(names.commandLineTool, at: instant)
        sessions[position].persona.add(names.persona, at: instant)
    }

    /// Adds only to the sum of a call's session, whatever else the call says.
    mutating func outline(_ summand: borrowing Summand, source: Int64) {
        _ = addSum(summand, source)
    }

    /// Adds what is known of a session's calls from outside; session 0 are those without one.
    mutating func outline(_ outline: SessionOutline) {
        var usage = Usage()
        usage.calls = outline.calls
        usage.first = outline.first
        usage.last = outline.last
        if outline.session == 0 { return callsWithoutSession.addSaturating(outline.calls) }
        let position = position(of: Key(id: outline.session, source: outline.source))
        sessions[position].sum.add(usage, cost: nil)
    }

    /// Adds to the sum of a call's session; answers where that stands.
    private mutating func addSum(_ summand: borrowing Summand, _ source: Int64) -> Int? {
        guard summand.names.session != 0 else {
            callsWithoutSession.addSaturating(summand.usage.calls)
            return nil
        }
        let position = position(of: Key(id: summand.names.session, source: source))
        sessions[position].sum.add(summand.usage, cost: summand.cost)
        return position
    }

    /// The position of the session with this key, made when it is new. Neighbours in the cache
    /// mostly belong together, so the session asked for last is tried first.
    @inline(__always)
    private mutating func position(of key: Key) -> Int {
        if let latest, latest.key == key { return latest.position }
        let position = positions[key] ?? sessions.count
        if position == sessions.count {
            positions[key] = position
            sessions.append(Session(key: key))
        }
        latest = (key, position)
        return position
    }
}

/// What the latest call that says it says: a name, by the id of its text. Calls of one instant may
/// differ; which of them are read first must not matter, so all of their names are kept.
struct LatestName {
    private var instant = Timestamp(milliseconds: .min)
    /// 0 = no call has said anything.
    private var id: Int64 = 0
    private var rivals: [Int64] = []

    /// The names of the latest instant.
    var ids: [Int64] { id == 0 ? [] : [id] + rivals }

    /// Adds what a call says; 0 = nothing.
    @inline(__always)
    mutating func add(_ id: Int64, at instant: Timestamp) {
        guard id != 0, instant >= self.instant else { return }
        if instant > self.instant {
            self.instant = instant
            self.id = id
            if !rivals.isEmpty { rivals = [] }
        } else if id != self.id, !rivals.contains(id) {
            rivals.append(id)
        }
    }
}
