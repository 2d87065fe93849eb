import TelemetryFormat

/// Finds display zones in the system's zoneinfo files, as tzset(3) would.
struct ZoneLookup {
    var context: ProgramContext

    /// The zone of `--timezone`: an IANA name, `utc` or `local`.
    func zone(named name: String) throws(CommandFailure) -> DisplayZone {
        switch name.lowercased() {
        case "utc": return .utc
        case "local": return try local()
        default:
            if let zone = try file(named: name) { return zone }
            throw unknown(name)
        }
    }

    /// `TZ`, else `/etc/localtime`; UTC where there is neither, as POSIX and the C library have it.
    private func local() throws(CommandFailure) -> DisplayZone {
        guard let variable = context.environment["TZ"] else { return try systemZone() }
        let text = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
        if ["", "UTC", "UTC0"].contains(text) || Self.universal.contains(text) { return .utc }
        if text.hasPrefix("/") {
            if let zone = try zone(atPath: text, name: Self.name(ofPath: text)) { return zone }
        } else {
            // Before the files: a rule needs none.
            if let rules = ZoneRules(posix: text) { return DisplayZone(name: text, rules: rules) }
            if let zone = try file(named: text) { return zone }
        }
        throw .usage(
            "unknown time zone in TZ: \(variable)", hint: "name one with --timezone, or use utc")
    }

    private func systemZone() throws(CommandFailure) -> DisplayZone {
        let path = "/etc/localtime"
        let target = context.files.canonicalPath(path) ?? path
        let name = Self.name(ofPath: target)
        return try zone(atPath: path, name: name == path ? "local" : name) ?? .utc
    }

    /// The zone of a zoneinfo file; nil when no directory has it.
    private func file(named name: String) throws(CommandFailure) -> DisplayZone? {
        guard Self.isName(name) else { return nil }
        let directories = directories.filter { context.files.isDirectory($0) }
        if directories.isEmpty {
            throw .failed(
                "no time zone files on this machine (looked in \(self.directories[0]))",
                hint: "install tzdata, set TZDIR, or use --timezone utc")
        }
        for directory in directories {
            if let zone = try zone(atPath: directory + "/" + name, name: name) { return zone }
        }
        return nil
    }

    private func zone(atPath path: String, name: String) throws(CommandFailure) -> DisplayZone? {
        if context.files.isDirectory(path) { return nil }
        guard let bytes = try context.files.contents(path) else { return nil }
        if let rules = ZoneRules(tzif: bytes.span) { return DisplayZone(name: name, rules: rules) }
        throw .failed("not a time zone file: \(path)")
    }

    /// Where zoneinfo files are: `TZDIR`, else the places that systems use.
    private var directories: [String] {
        if let directory = context.variable("TZDIR") { return [directory] }
        return ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/var/db/timezone/zoneinfo"]
    }

    /// `Europe/Berlin` of `/usr/share/zoneinfo/Europe/Berlin`; other paths stay whole.
    private static func name(ofPath path: String) -> String {
        let parts = path.split(separator: "/")
        guard let index = parts.lastIndex(where: { $0.hasPrefix("zoneinfo") }),
            index + 1 < parts.count
        else { return path }
        let name = parts[(index + 1)...].joined(separator: "/")
        return universal.contains(name) ? "UTC" : name
    }

    /// Other names of UTC that machines are set to.
    private static let universal: Set = [
        "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu", "GMT",
        "GMT0", "GMT+0", "GMT-0", "Greenwich", "Etc/GMT", "Etc/GMT0", "Etc/GMT+0", "Etc/GMT-0",
        "Etc/Greenwich",
    ]

    /// Whether the text can be a zone's name: no path that leads elsewhere.
    private static func isName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.first != "."
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
                }
        }
    }

    private func unknown(_ name: String) -> CommandFailure {
        .usage(
            "unknown time zone: \(name)",
            hint: "an IANA name such as Europe/Berlin, utc or local")
    }
}

extension ProgramContext {
    /// The zone in which days are counted and labelled: `--timezone`, else local time.
    func zone(_ invocation: Invocation) throws(CommandFailure) -> DisplayZone {
        try ZoneLookup(context: self).zone(named: invocation.value("timezone") ?? "local")
    }
}

extension ZoneRules {
    /// The rules of a POSIX rule such as `CET-1CEST,M3.5.0,M10.5.0/3`, read as the last line of a
    /// zoneinfo file (RFC 9636) that says nothing else; nil for any other text.
    init?(posix rule: String) {
        // A single word is a zone's name; a rule has an offset.
        guard rule.utf8.contains(where: { (0x30...0x39).contains($0) }),
            !rule.utf8.contains(UInt8(ascii: "\n"))
        else { return nil }
        // Version 2, 15 unused bytes, then the numbers of: UT indicators, standard indicators, leap
        // seconds, changes, types and letters; the one type is UTC, whose letters are "U".
        let counts: [UInt8] = [0, 0, 0, 0, 1, 2].flatMap { [0, 0, 0, $0] }
        let block: [UInt8] =
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts
            + [0, 0, 0, 0, 0, 0] + [UInt8(ascii: "U"), 0]
        self.init(tzif: (block + block + Array("\n\(rule)\n".utf8)).span)
    }
}
