/// What an SQL text that a person or another program wrote may do on a connection: run one
/// statement that reads some relations with some functions, within limits. It can write nothing,
/// open nothing, learn nothing else, and ends in time.
///
/// Read-only mode and `query_only` are not enough: they let through ATTACH and statements that
/// eat all memory or never end. So every action is denied unless it is listed here.
package struct Sandbox: Sendable {
    /// The tables, views and table-valued functions that may be read, in lower case. A view may
    /// read what it is made of, although a statement may not.
    package let relations: Set<String>
    /// The functions that may be called, in lower case.
    package let functions: Set<String>
    /// Bounds on size, memory and time.
    package let limits: Limits
    /// Asked often while a statement runs: `true` stops it.
    let isCancelled: @Sendable () -> Bool

    /// A sandbox that allows so much and no more.
    ///
    /// SQLite looks at the clock between its instructions, but a single call of a function (say
    /// `instr` of two texts of megabytes) can take minutes. A program that must end in time has to
    /// watch the clock itself, and end.
    package init(
        relations: Set<String>, functions: Set<String> = Self.harmlessFunctions,
        limits: Limits = Limits(), isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.relations = Set(relations.map { $0.lowercased() })
        self.functions = Set(functions.map { $0.lowercased() })
        self.limits = limits
        self.isCancelled = isCancelled
    }
}

extension Sandbox {
    /// Bounds on a statement, far above what a question to a cache needs and far below what harms
    /// the machine. Those without a word of their own follow SQLite's advice on hostile SQL
    /// (sqlite.org/security.html).
    package struct Limits: Sendable {
        /// The longest text, blob or row: a twelfth of the memory.
        package var valueBytes: Int32 = 16 << 20
        /// The longest SQL text.
        package var sqlBytes: Int32 = 100_000
        /// The most columns of a result, an ORDER BY or a GROUP BY.
        package var columns: Int32 = 100
        /// The deepest expression; the parser recurses.
        package var expressionDepth: Int32 = 100
        /// The most terms of a UNION, EXCEPT or INTERSECT.
        package var compoundTerms: Int32 = 20
        /// The longest LIKE or GLOB pattern; matching takes pattern times text.
        package var patternBytes: Int32 = 1000
        /// The most instructions a statement may compile to.
        package var instructions: Int32 = 250_000
        /// The most memory SQLite may take beyond what it holds already. The process grows by up to
        /// 1.4 times as much (measured: parse trees are many small blocks), and so to less than
        /// 320 MiB.
        package var memoryBytes: Int64 = 192 << 20
        /// The longest run: five seconds for everything, less what starting and printing take.
        package var time: Duration = .milliseconds(4500)

        /// The bounds as documented.
        package init() {}
    }
}
