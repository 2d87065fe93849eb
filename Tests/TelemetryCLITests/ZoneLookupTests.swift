import TelemetryFormat
import Testing

@testable import TelemetryCLI

@Suite struct ZoneLookupTests {
    private let summer = Timestamp(iso8601: "2026-07-01T12:00:00Z")!
    private let winter = Timestamp(iso8601: "2026-12-01T12:00:00Z")!

    /// A zoneinfo file that only has a rule.
    private static func file(_ rule: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            bytes += Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for count: UInt8 in [0, 0, 0, 0, 1, 4] { bytes += [0, 0, 0, count] }
            bytes += [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        }
        return bytes + Array("\n\(rule)\n".utf8)
    }

    private static let berlin = file("CET-1CEST,M3.5.0,M10.5.0/3")
    private static let files: [String: [UInt8]] = [
        "/usr/share/zoneinfo/Europe/Berlin": berlin, "/zones/Europe/Berlin": file("XYZ5"),
        "/etc/localtime": file("<+0545>-5:45"), "/usr/share/zoneinfo/Etc/UTC": file("UTC0"),
        "/broken": Array("no zone".utf8),
        "/usr/share/zoneinfo/EST5EDT": file("EST5EDT,M3.2.0,M11.1.0"),
    ]

    private func zone(
        _ name: String, _ environment: [String: String] = [:],
        files: [String: [UInt8]] = Self.files,
        directories: Set<String> = ["/usr/share/zoneinfo", "/zones"]
    ) -> Result<DisplayZone, CommandFailure> {
        let context = ZoneContext(environment, files, directories).context
        do throws(CommandFailure) {
            return .success(try ZoneLookup(context: context).zone(named: name))
        } catch {
            return .failure(error)
        }
    }

    @Test(
        arguments: [
            ("utc", [:], "UTC", 0, 0), ("UTC", [:], "UTC", 0, 0),
            ("Europe/Berlin", [:], "Europe/Berlin", 7_200, 3_600),
            ("Europe/Berlin", ["TZDIR": "/zones"], "Europe/Berlin", -18_000, -18_000),
            ("local", [:], "Etc/Test", 20_700, 20_700), ("local", ["TZ": ""], "UTC", 0, 0),
            ("local", ["TZ": "UTC"], "UTC", 0, 0),
            ("local", ["TZ": "Europe/Berlin"], "Europe/Berlin", 7_200, 3_600),
            ("local", ["TZ": ":Europe/Berlin"], "Europe/Berlin", 7_200, 3_600),
            ("local", ["TZ": "/usr/share/zoneinfo/Etc/UTC"], "UTC", 0, 0),
            (
                "local", ["TZ": "/usr/share/zoneinfo/Europe/Berlin"], "Europe/Berlin", 7_200, 3_600
            ),
            (
                "local", ["TZ": "CET-1CEST,M3.5.0,M10.5.0/3"], "CET-1CEST,M3.5.0,M10.5.0/3", 7_200,
                3_600
            ),
            ("local", ["TZ": "EST5EDT"], "EST5EDT", -14_400, -18_000),
            ("local", ["TZ": "<+03>-3"], "<+03>-3", 10_800, 10_800),
        ] as [(String, [String: String], String, Int, Int)])
    func findsTheZone(
        _ name: String, _ environment: [String: String], _ shown: String, _ summerOffset: Int,
        _ winterOffset: Int
    ) throws {
        let zone = try zone(name, environment).get()
        #expect(zone.name == shown)
        #expect(zone.offsetSeconds(at: summer) == summerOffset)
        #expect(zone.offsetSeconds(at: winter) == winterOffset)
    }

    @Test(arguments: [
        "Mars/Olympus", "", "/etc/localtime", "../../etc/localtime", "Europe", "Europe/",
        "Europe//Berlin", "./Europe/Berlin", "CET-1CEST", "Europe/Berlin\n", "Europe/Bérlin",
    ]) func anUnknownNameIsAUsageError(_ name: String) {
        let directories: Set = ["/usr/share/zoneinfo", "/usr/share/zoneinfo/Europe"]
        guard case .failure(let failure) = zone(name, directories: directories) else {
            Issue.record("\(name) was found")
            return
        }
        #expect(failure.exitCode == .usage)
        #expect(failure.message == "unknown time zone: \(name)")
    }

    @Test func anUnknownVariableIsNamed() {
        #expect(throws: CommandFailure.self) { try zone("local", ["TZ": "Mars/Olympus"]).get() }
        guard case .failure(let failure) = zone("local", ["TZ": "nowhere"]) else {
            Issue.record("found")
            return
        }
        #expect(failure.message == "unknown time zone in TZ: nowhere")
    }

    @Test func aMachineWithoutZonesSaysSo() {
        guard case .failure(let failure) = zone("Europe/Berlin", files: [:], directories: [])
        else {
            Issue.record("found")
            return
        }
        #expect(failure.exitCode == .failure)
        #expect(failure.message.hasPrefix("no time zone files on this machine"))
        #expect(zone("utc", files: [:], directories: []) == .success(.utc))
        #expect(zone("local", files: [:], directories: []) == .success(.utc))
    }

    @Test func aDamagedFileIsAnError() {
        guard case .failure(let failure) = zone("local", ["TZ": "/broken"]) else {
            Issue.record("found")
            return
        }
        #expect(failure.message == "not a time zone file: /broken")
    }
}

/// A context that has files and nothing else of interest.
private struct ZoneContext {
    let context: ProgramContext

    init(
        _ environment: [String: String], _ files: [String: [UInt8]], _ directories: Set<String>
    ) {
        let program = TestProgram(
            environment: environment, directories: directories, contents: files)
        context = program.context([])
    }
}
