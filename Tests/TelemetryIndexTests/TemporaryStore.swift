import Foundation

@testable import TelemetryIndex

/// A store in a directory of its own that goes away with it.
final class TemporaryStore {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "llm-telemetry-index-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A leftover directory harms nobody and the system clears it.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The cache that queries use.
    var location: CacheLocation { CacheLocation(directory: path) }

    func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }

    func write(_ name: String, _ text: String) throws {
        try write(name, Data(text.utf8))
    }

    func write(_ name: String, _ data: Data) throws {
        let url = url(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        // In place rather than atomically: what tests change is the same file, as writers do.
        if !FileManager.default.fileExists(atPath: url.path) {
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        }
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: data)
        try handle.close()
    }

    func append(_ name: String, _ text: String) throws {
        if !FileManager.default.fileExists(atPath: url(name).path) { try write(name, "") }
        let handle = try FileHandle(forWritingTo: url(name))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }

    func read(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: url(name)) }

    /// Brings the cache up to date.
    @discardableResult
    func sync(_ depth: CacheSync.Depth = .incremental) throws -> CacheSyncSummary {
        try CacheSync(
            location, sources: [TelemetrySource(store: path)], depth: depth,
            lockTimeoutMilliseconds: 10_000
        ).run()
    }

    /// What a cache made from nothing says.
    func rebuiltDump() throws -> CacheDump {
        let elsewhere = try TemporaryStore()
        _ = try CacheSync(
            elsewhere.location, sources: [TelemetrySource(store: path)],
            lockTimeoutMilliseconds: 10_000
        ).run()
        return try CacheDump(elsewhere.location)
    }
}

/// A record as other programs write it.
func record(
    _ id: String? = nil, request: String? = nil, at time: String = "2026-10-01T10:00:00.000Z",
    model: String = "claude-haiku-4-5", session: String? = "s1", input: Int = 10, output: Int = 5,
    cost: String? = nil, project: String = "atlas", duration: Int? = 100, success: Bool = true
) -> String {
    var members = [
        #""timestamp":"\#(time)""#, #""model":"\#(model)""#,
        #""tokens":{"input":\#(input),"output":\#(output)}"#, #""success":\#(success)"#,
        #""metadata":{"project":"\#(project)"}"#, #""agent_name":"planner""#,
    ]
    if let id { members.append(#""msg_id":"\#(id)""#) }
    if let request { members.append(#""req_id":"\#(request)""#) }
    if let session { members.append(#""session_id":"\#(session)""#) }
    if let cost { members.append(#""cost_usd":\#(cost)"#) }
    if let duration { members.append(#""duration_ms":\#(duration)"#) }
    return "{" + members.joined(separator: ",") + "}\n"
}
