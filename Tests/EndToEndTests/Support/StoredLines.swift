import Foundation

/// What stands in a store's segments, read without the program: the oracle of the write tests.
struct StoredLines {
    /// How often each `msg_id` stands on a complete, readable line.
    private(set) var counts: [String: Int] = [:]
    /// Complete lines that are not JSON objects.
    private(set) var unreadable = 0
    /// How many segments there are, and the last one that a rotation left.
    private(set) var segments = 0

    init(below store: URL) throws {
        let walker = FileManager.default.enumerator(atPath: store.path())
        for case let name as String in walker ?? .init() {
            guard name.contains(/^\d{4}-\d{2}-\d{2}\/telemetry.*\.jsonl$/) else { continue }
            segments += 1
            try read(store.appending(path: name))
        }
    }

    private mutating func read(_ file: URL) throws {
        for line in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")) {
            // A line that is not JSON is what is counted here.
            let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any]
            if let identifier = object?["msg_id"] as? String {
                counts[identifier, default: 0] += 1
            } else if object?["event"] == nil {
                unreadable += 1
            }
        }
    }
}
