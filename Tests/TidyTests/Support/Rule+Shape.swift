extension Rule {
    /// Rules about the size of things.
    static let shape: [Rule] = [lineLength, functionLength, fileLength, leftOverWords]

    private static let lineLength = Rule(
        name: "lines have at most 100 columns",
        folders: ["Sources", "Tests"],
        bad: .sample("TelemetryFormat", String(repeating: "a", count: 101)),
        good: .sample("TelemetryFormat", String(repeating: "é", count: 100))
    ) { source in
        guard !source.isDataTable else { return [] }
        return source.lines.enumerated().filter { $0.element.count > 100 }.map { index, line in
            Finding(path: source.path, line: index + 1, text: "\(line.count) columns")
        }
    }

    private static let functionLength = Rule(
        name: "functions have at most 70 lines",
        folders: ["Sources", "Tests"],
        bad: .sample("TelemetryFormat", function(lines: 71)),
        good: .sample("TelemetryFormat", function(lines: 70) + function(lines: 70))
    ) { source in
        source.isDataTable ? [] : FunctionLength(source).findings(over: 70)
    }

    private static let fileLength = Rule(
        name: "files have at most 400 lines",
        bad: .sample("TelemetryFormat", String(repeating: "\n", count: 400)),
        good: .sample("TelemetryFormat", String(repeating: "\n", count: 399))
    ) { source in
        guard !source.isDataTable, source.lines.count > 400 else { return [] }
        return [Finding(path: source.path, line: 400, text: "\(source.lines.count) lines")]
    }

    private static let leftOverWords = Rule(
        name: "nothing is left over to be done",
        folders: ["Sources", "Tests"],
        bad: .sample("TelemetryFormat", "// \("TO" + "DO"): later"),
        good: .sample("TelemetryFormat", "let todoList = 1")
    ) { source in
        let words = ["TO" + "DO", "FIX" + "ME", "Placeholder" + " until"]
        return source.lines.enumerated().flatMap { index, line in
            words.filter(line.contains).map {
                Finding(path: source.path, line: index + 1, text: $0)
            }
        }
    }

    private static func function(lines: Int) -> String {
        "func long() {\n" + String(repeating: "    act()\n", count: lines - 2) + "}\n"
    }
}

extension SwiftSource {
    /// Whether the formatter leaves this file alone, as it does with generated tables.
    var isDataTable: Bool { lines.contains { $0.hasPrefix("// swift-format-ignore-file") } }
}
