/// The environment variables of this process.
package enum ProcessEnvironment {
    /// Room for the variables of most shells, so that the table need not grow.
    private static let usualCount = 64

    /// All variables as they are now; the first of a name counts, as in C.
    package static func snapshot() -> [String: String] {
        var variables = [String: String](minimumCapacity: usualCount)
        guard var entry = Platform.environmentBlock else { return variables }
        while let text = entry.pointee {
            let line = String(cString: text)
            if let equals = line.firstIndex(of: "=") {
                let name = String(line[..<equals])
                if variables[name] == nil {
                    variables[name] = String(line[line.index(after: equals)...])
                }
            }
            entry += 1
        }
        return variables
    }
}
