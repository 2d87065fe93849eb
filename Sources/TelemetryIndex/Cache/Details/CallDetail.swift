/// One kept call on its way into `detail`.
struct CallDetail {
    private var rateClass: UInt32
    private var project: UInt32
    private var agent: UInt32
    private var operation: UInt32
    private var user: UInt32
    private var session: UInt32
    private var duration: UInt32

    /// Ids count from 1 and durations have a limit, so both are far from the end of 32 bits.
    init(_ row: CallRow) {
        rateClass = UInt32(clamping: row.rateClass)
        project = UInt32(clamping: row.project)
        agent = UInt32(clamping: row.agent)
        operation = UInt32(clamping: row.operation)
        user = UInt32(clamping: row.user)
        session = UInt32(clamping: row.session)
        duration = row.duration < 0 ? 0 : UInt32(clamping: row.duration &+ 1)
    }

    /// The call at a position of a block, all columns of which were read.
    init(_ block: borrowing DetailBlock, _ position: Int) {
        rateClass = block.id(.rateClass, position)
        project = block.id(.project, position)
        agent = block.id(.agent, position)
        operation = block.id(.operation, position)
        user = block.id(.user, position)
        session = block.id(.session, position)
        duration = block.durations[position]
    }

    @inline(__always)
    subscript(column: DetailColumn) -> UInt32 {
        switch column {
        case .rateClass: rateClass
        case .project: project
        case .agent: agent
        case .operation: operation
        case .user: user
        case .session: session
        case .duration: duration
        }
    }
}
