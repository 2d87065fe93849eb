import Foundation
import TelemetryFormat
import Testing

/// Zone files: the system's, and ones made up for a test.
enum ZoneFiles {
    static let skipReason: Comment = "there is no zoneinfo on this system"
    private static let directory = URL(filePath: "/usr/share/zoneinfo")
    static let arePresent = FileManager.default.fileExists(atPath: directory.path + "/Pacific/Apia")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: directory.appending(path: name)))
    }

    static func zone(_ name: String) throws -> DisplayZone {
        DisplayZone(name: name, rules: try #require(rules(try bytes(name))))
    }

    static func rules(_ bytes: [UInt8]) -> ZoneRules? {
        ZoneRules(tzif: bytes.span)
    }

    /// A file of version 2 with one type of local time, one change to it at `instant` (none: no
    /// change at all), and a closing rule.
    static func made(rule: String, offset: Int32 = 0, instant: Int64? = nil) -> [UInt8] {
        let empty = header(changes: 0) + [0, 0, 0, 0, 0, 0] + [0x55, 0]
        var file = empty + header(changes: instant == nil ? 0 : 1)
        if let instant { file += bigEndian(UInt64(bitPattern: instant), 8) + [0] }
        file += bigEndian(UInt64(UInt32(bitPattern: offset)), 4) + [0, 0] + [0x55, 0]
        return file + Array("\n\(rule)\n".utf8)
    }

    /// A header that announces one type and two characters.
    private static func header(changes: UInt64) -> [UInt8] {
        Array("TZif2".utf8) + Array(repeating: 0, count: 15)
            + [0, 0, 0, changes, 1, 2].flatMap { bigEndian($0, 4) }
    }

    private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }
}
