import Foundation
import TelemetrySQLite

@testable import TelemetryIndex

extension TemporaryStore {
    /// The rows that a query of the cache gives, columns joined with `|`.
    func rows(_ sql: String) throws -> [String] {
        let connection = try location.openForReading()
        var statement = try connection.prepare(sql)
        var rows: [String] = []
        while try statement.step() {
            rows.append(
                (0..<statement.columnCount).map { statement.optionalText($0) ?? "NULL" }
                    .joined(separator: "|"))
        }
        return rows
    }

    /// Changes the cache behind its owner's back.
    func execute(_ sql: String) throws {
        let connection = try Connection(path: location.path, mode: .readWrite)
        try connection.execute(sql)
    }

    /// Lets time pass: what is on disk was read long after its last change.
    func age() throws {
        try execute("UPDATE file SET ingested_ms = ingested_ms + 60000")
    }

    /// How the cache differs from one made from nothing; nil when it does not.
    func differenceFromRebuild() throws -> String? {
        try CacheDump(location).difference(from: try rebuiltDump())
    }

    /// Compresses a log in place, or with `-d` decompresses it.
    func gzip(_ name: String, _ options: [String] = []) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-n", "-f"] + options + [url(name).path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// What `gzip` makes of a text.
    func gzipped(_ text: String) throws -> Data {
        let elsewhere = try TemporaryStore()
        try elsewhere.write("text", text)
        try elsewhere.gzip("text")
        return try elsewhere.read("text.gz")
    }

    func move(_ name: String, to other: String) throws {
        let target = url(other)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: url(name), to: target)
    }
}
