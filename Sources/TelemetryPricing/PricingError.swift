/// Why a file of prices is not accepted.
package struct PricingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line, counted from 1, where the row begins that is wrong.
    package var line: Int
    /// What is wrong with it, in lower case.
    package var problem: String

    package var description: String { "line \(line): \(problem)" }

    package init(line: Int, problem: String) {
        self.line = line
        self.problem = problem
    }
}
