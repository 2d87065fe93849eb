import TelemetryFormat
import Testing

/// Display zones made of a POSIX rule, so that tests need no file of the system.
enum TestZones {
    /// Half an hour off the hour.
    static func kolkata() throws -> DisplayZone {
        try zone("Asia/Kolkata", rule: "IST-5:30")
    }

    /// Summer time ends at 06:00 UTC on 2026-11-01 and began at 07:00 UTC on 2026-03-08.
    static func newYork() throws -> DisplayZone {
        try zone("America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0")
    }

    private static func zone(_ name: String, rule: String) throws -> DisplayZone {
        let block = [UInt8]("TZif2".utf8) + Array(repeating: 0, count: 15) + counts
        let type: [UInt8] = [0, 0, 0, 0, 0, 0, 0x55, 0]
        let file = block + type + block + type + Array("\n\(rule)\n".utf8)
        let rules = ZoneRules(tzif: file.span)
        return DisplayZone(name: name, rules: try #require(rules))
    }

    /// Four byte counts of indicators, indicators, leap seconds, changes, types and characters.
    private static let counts: [UInt8] = [0, 0, 0, 0, 1, 2].flatMap { [0, 0, 0, $0] }
}
