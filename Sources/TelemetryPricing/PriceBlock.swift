/// The rows of one seller, as text until somebody asks for a model.
struct PriceBlock: Sendable {
    enum Kind: Sendable {
        /// Sells models of its own make: prices a bare model id.
        case maker
        /// Sells models of others: prices a call only when the call names it, or by exact id.
        case reseller
    }

    let seller: String
    let kind: Kind
    /// One JSON object a line.
    let rows: String
}

/// Where a row is and which models it is for: what must be known of every row to find one.
struct PriceRowHead: Equatable, Sendable {
    /// The row's id in lower case.
    let id: [UInt8]
    let match: MatchClause
    /// The row's bytes in its block.
    let bytes: Range<Int>

    /// The clause by which this row is for a model of that name; nil when it is not.
    func clause(accepting name: [UInt8]) -> MatchClause? {
        match.accepting(name)
    }

    /// Whether the row names this very id, itself or in an `equals` clause.
    func names(_ name: [UInt8]) -> Bool {
        id == name || match.equals(name)
    }
}
