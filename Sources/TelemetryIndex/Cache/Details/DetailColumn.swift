/// What is kept of each call beside the sums of its hour: what questions ask of single calls,
/// however many those are. One row of `detail` holds one column of one UTC hour.
package enum DetailColumn: Int, CaseIterable, Sendable {
    case rateClass = 0
    case project, agent, operation, user, session
    /// 0 for a call that states none, else one more than its milliseconds.
    case duration

    /// The columns of ids; of each, a row lists those that occur.
    static let ids: [DetailColumn] = [.rateClass, .project, .agent, .operation, .user, .session]

    /// The id of the row of this column and hour.
    func rowID(hour: Int) -> Int64 { Int64(hour) << 3 | Int64(rawValue) }
}
