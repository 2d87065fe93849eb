/// `version`: which release this is.
enum VersionCommand {
    static let version = "0.1.0"

    static let command = Command(
        spec: CommandSpec("version", "print the version")
    ) { (_, context) throws(CommandFailure) in
        try context.console.put("llm-telemetry \(version)\n")
        return .success
    }
}
