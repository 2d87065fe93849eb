import Foundation
import TelemetryFiles
import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Where rollouts are, and how they are read.
@Suite struct CodexSourceTests {
    private let home: TemporaryStore
    private let line = Rollout.count(at: 1, 100, last: 100) + "\n"

    init() throws {
        home = try TemporaryStore()
    }

    private var source: CodexSource { CodexSource(homes: [home.path]) }

    private func compress(_ name: String) throws {
        let outcome = try Subprocess.run(
            ["zstd", "-q", "--rm", "--", home.url(name).path], maximumOutputBytes: 0
        ) { _ in true }
        #expect(outcome?.exit == .code(0))
    }

    /// What reading a log gives: lines, or the error's text.
    private func lines(of file: LogFile) -> [String] {
        var lines: [String] = []
        var reader = LogFileReader(file, lineLimit: source.lineLimit)
        do throws(IndexError) {
            _ = try reader.forEachLine(from: 0) { (line, _) throws(IndexError) in
                lines.append(String(decoding: Array(line), as: UTF8.self) + "\n")
            }
        } catch {
            lines.append("\(error)")
        }
        return lines
    }

    // MARK: Listing

    @Test func findsRolloutsOfAnyNameAndDepth() throws {
        let logs = [
            "sessions/a.jsonl", "sessions/2026/11/21/rollout-x.jsonl",
            "sessions/1/2/3/4/5/deep.jsonl", "archived_sessions/rollout-y.jsonl",
        ]
        let others = [
            "history.jsonl", "sessions/a.json", "sessions/a.jsonl.bak", "sessions/a.jsonl.gz",
            "log/codex.jsonl", "sessions2/b.jsonl",
        ]
        for name in logs + others { try home.write(name, line) }
        try home.write("archived_sessions/rollout-z.jsonl", line)
        try compress("archived_sessions/rollout-z.jsonl")
        let listing = source.listFiles()
        #expect(listing.unreachable.isEmpty && listing.missingRoots.isEmpty)
        #expect(
            listing.files.map(\.name).sorted()
                == (logs + ["archived_sessions/rollout-z.jsonl"]).sorted())
        #expect(listing.files.allSatisfy { $0.root == home.path })
        let compressed = try #require(listing.files.first { $0.name.hasSuffix("z.jsonl") })
        #expect(compressed.representation == .zstandard && compressed.path.hasSuffix(".zst"))
        #expect(lines(of: compressed) == [line])
    }

    @Test func ofBothFormsThePlainOneIsListed() throws {
        try home.write("sessions/a.jsonl", "{}\n")
        try compress("sessions/a.jsonl")
        try home.write("sessions/a.jsonl", line)
        let files = source.listFiles().files
        #expect(files.map(\.name) == ["sessions/a.jsonl"])
        #expect(files.map(\.representation) == [.plain])
    }

    @Test func aHomeThatIsMissingIsSaid() throws {
        let gone = home.path + "/nowhere"
        #expect(CodexSource(homes: [gone]).listFiles().missingRoots == [gone])
        // A home without sessions has none.
        #expect(source.listFiles().missingRoots.isEmpty)
        #expect(source.listFiles().unreachable.isEmpty)
    }

    @Test func sessionsOnADiskThatIsNotThereAreOutOfReach() throws {
        try FileManager.default.createSymbolicLink(
            atPath: home.url("sessions").path, withDestinationPath: "/nonexistent/sessions")
        #expect(source.listFiles().unreachable.map(\.path) == [home.url("sessions").path])
    }

    @Test(arguments: [
        ("sessions/2026/11/21/rollout-2026-11-21T10-00-00-0199.jsonl", "2026-11-21T10-00-00-0199"),
        ("archived_sessions/run.jsonl", "run"), ("sessions/rollout-.jsonl", ""),
    ])
    func aLogsNameStandsForASession(name: String, session: String) {
        #expect(source.session(ofName: name) == session)
    }

    @Test(arguments: [
        ("2026-11-21T10-00-00-0199-ab", "0199-ab"), ("2026-11-21T10-00-00-", nil),
        ("2026-11-21T10-00-00", nil), ("2026-13-21T10-00-00-x", nil), ("run", nil), ("", nil),
    ])
    func aSessionNamedLikeAFileEndsWithTheThreadsID(session: String, id: String?) {
        #expect(CodexSource.threadID(inSession: session) == id)
    }

    // MARK: Compressed logs

    private func compressed(_ bytes: Data) throws -> LogFile {
        try home.write("sessions/a.jsonl.zst", bytes)
        return try #require(source.listFiles().files.first)
    }

    @Test func whatIsNoZstandardIsDamaged() throws {
        let said = lines(of: try compressed(Data(line.utf8)))
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("cannot decompress \(home.path)") == true)
        #expect(said.first?.hasSuffix(".zst: unsupported format") == true)
    }

    @Test func aCompressedLogThatIsCutOffIsDamaged() throws {
        try home.write("sessions/a.jsonl", String(repeating: line, count: 1000))
        try compress("sessions/a.jsonl")
        let whole = try home.read("sessions/a.jsonl.zst")
        let said = lines(of: try compressed(whole.prefix(whole.count / 2)))
        // However long the path, it is said once.
        let path = home.path + "/sessions/a.jsonl.zst"
        let reason = said.last?.split(separator: path + ": ", maxSplits: 1).last
        #expect(said.last?.hasPrefix("cannot decompress \(path): ") == true)
        #expect(reason?.contains("jsonl") == false && reason?.hasPrefix("Read error") == true)
    }

    @Test func aFileThatUnpacksWithoutEndIsGivenUp() throws {
        // Zeros that never become a line: 64 MiB of them, 24 times over, in 48 KiB.
        try home.write("zeros", Data(count: 64 << 20))
        try compress("zeros")
        let zeros = try home.read("zeros.zst")
        var bomb = Data()
        for _ in 0..<24 { bomb += zeros }
        let said = lines(of: try compressed(bomb))
        #expect(said.count == 1 && said[0].contains("more than 1073741824 bytes of output"))
    }

    @Test func aMissingDecompressorIsSaidWithAHint() {
        let error = IndexError.noDecompressor(program: "zstd", path: "/x/a.jsonl.zst")
        #expect(
            "\(error)" == "cannot decompress /x/a.jsonl.zst: zstd is not installed "
                + "(hint: install zstd)")
        #expect(!error.saysUnwritable)
    }

    // MARK: Configuration

    static let configurations: [(text: String, tier: String?)] = [
        ("", nil),
        (#"service_tier = "fast""#, "fast"),
        ("model = \"gpt-5\"\n  service_tier='priority' # dear\n", "priority"),
        (#""service_tier" = "flex""#, "flex"),
        (#"service_tier_override = "fast""#, nil),
        (#"# service_tier = "fast""#, nil),
        ("[profiles.work]\nservice_tier = \"flex\"", nil),
        ("service_tier = \"default\"\n[profiles.work]\nservice_tier = \"flex\"", "default"),
        (
            "service_tier = \"default\"\nprofile = \"work\"\n"
                + "[profiles.work]\nservice_tier = \"flex\"",
            "flex"
        ),
        ("profile = \"work\"\nservice_tier = \"fast\"\n[profiles.work]\nmodel = \"x\"", "fast"),
        ("notes = '''\nservice_tier = \"flex\"\n'''\nservice_tier = \"fast\"", "fast"),
        ("notes = \"\"\"\nservice_tier = \"flex\"\n\"\"\"", nil),
        ("service_tier = \"flex", nil),
        ("service_tier = 5", nil),
        ("\u{FEFF}service_tier = \"fast\"", "fast"),
        ("\u{FEFF}[x]\nservice_tier = \"fast\"", nil),
        (#"service_tier = """flex""" # words"#, "flex"),
        ("service_tier = '''fast'''", "fast"),
        ("service_tier = \"\"", ""),
        ("[mcp_servers.x]\nargs = [\n  \"a\",\n]\nservice_tier = \"fast\"", nil),
    ]

    @Test(arguments: configurations)
    func theTierIsAskedForAtTheTop(text: String, tier: String?) throws {
        #expect(CodexConfiguration(text).serviceTier == tier)
        try home.write("config.toml", text)
        #expect(source.defaultTier(ofHome: home.path) == tier)
    }

    @Test func noConfigurationAsksForNothing() {
        #expect(source.defaultTier(ofHome: home.path) == nil)
    }
}
