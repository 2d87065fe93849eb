extension Rule {
    /// Rules about what belongs on which floor.
    static let floors: [Rule] = [platformImports, fullFoundation, sqlText, publicSurface]

    private static let platformImports = Rule(
        name: "only TelemetryFiles calls the C library",
        bad: .sample("LLMTelemetry", "import Glibc"),
        good: .sample("TelemetryFiles", "#if canImport(Glibc)\n    import Glibc\n#endif")
    ) { source in
        guard source.module != "TelemetryFiles" else { return [] }
        return source.codeLines(
            matching: /\bimport (?:Glibc|Darwin|Musl|Bionic|WinSDK|SystemPackage|System)\b/)
    }

    private static let fullFoundation = Rule(
        name: "Foundation is imported only where its essentials are missing",
        bad: .sample("TelemetryFormat", "import Foundation\n"),
        good: .sample(
            "TelemetryFormat",
            """
            #if canImport(FoundationEssentials)
                import FoundationEssentials
            #else
                import Foundation
            #endif
            """)
    ) { source in
        let imports = source.codeLines(matching: /\bimport Foundation(?:Networking|XML)?\s*$/)
        return imports.filter { finding in
            !source.codeLines.prefix(finding.line - 1).suffix(3).contains {
                $0.contains("import FoundationEssentials")
            }
        }
    }

    private static let sqlText = Rule(
        name: "SQL stays out of the writer, the reports and the command line",
        bad: .sample("TelemetryCLI", "let text = \"\"\"\n    SELECT 1\n    \"\"\""),
        good: .sample("TelemetryQuery", "let text = \"SELECT 1\"")
    ) { source in
        // TelemetrySQLite asks only the catalogue that every database has.
        let modules = ["TelemetrySQLite", "TelemetryIndex", "TelemetryQuery"]
        guard !modules.contains(source.module) else { return [] }
        let statement = /^(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|WITH)\s/
        return source.literals.filter { $0.text.contains(statement) }.map {
            Finding(path: source.path, line: $0.line, text: String($0.text.prefix(40)))
        }
    }

    private static let publicSurface = Rule(
        name: "only TelemetryFormat and LLMTelemetry are public",
        bad: .sample("TelemetryIndex", "public struct Index {}"),
        good: .sample("LLMTelemetry", "public struct Telemetry {}")
    ) { source in
        guard !["TelemetryFormat", "LLMTelemetry"].contains(source.module) else { return [] }
        return source.codeLines(matching: /(?:^|\s)(?:public|open) (?!import)\w+/)
    }
}
