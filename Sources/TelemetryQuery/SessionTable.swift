import TelemetryFormat

/// The sessions of an answer while sums are being made. An id that two sources use is two sessions.
struct SessionTable {
    /// The calls of one source that name the same session.
    struct Session {
        /// Id of the text that names it.
        let id: Int64
        /// Number of the source, as the cache has it.
        let source: Int64
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

    private struct Key: Hashable {
        var session: Int64
        var source: Int64
    }

    /// Adds a call, or a sum of calls that name no session. `model` is the catalog's key; 0 = none.
    mutating func add(_ summand: borrowing Summand, source: Int64, model: Int64) {
        let names = summand.names
        guard names.session != 0 else {
            callsWithoutSession.addSaturating(summand.usage.calls)
            return
        }
        let position = position(of: Key(session: names.session, source: source))
        sessions[position].sum.add(summand.usage, cost: summand.cost)
        if model != 0, !sessions[position].models.contains(model) {
            sessions[position].models.append(model)
        }
        guard let instant = summand.usage.last else { return }
        sessions[position].project.add(names.project, at: instant)
        sessions[position].gitBranch.add(names.gitBranch, at: instant)
        sessions[position].commandLineTool.add(names.commandLineTool, at: instant)
        sessions[position].persona.add(names.persona, at: instant)
    }

    /// The position of the session with this key, made when it is new. Neighbours in the cache
    /// mostly belong together, so the session asked for last is tried first.
    @inline(__always)
    private mutating func position(of key: Key) -> Int {
        if let latest, latest.key == key { return latest.position }
        let position = positions[key] ?? sessions.count
        if position == sessions.count {
            positions[key] = position
            sessions.append(Session(id: key.session, source: key.source))
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
