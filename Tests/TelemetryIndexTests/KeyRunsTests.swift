import Foundation
import Testing

@testable import TelemetryIndex

@Suite struct KeyRunsTests {
    @Test(
        "keys come out in the order of a column of integers, rows of a key in theirs",
        arguments: [0, 1, 7, 8, 9, 64, 1000, 20000])
    func order(count: Int) throws {
        let directory = try TemporaryStore()
        var runs = KeyRuns(spillingTo: directory.path + "/keys", pairsPerRun: 8)
        var state: UInt64 = 88_172_645_463_325_252
        var expected: [(key: Int64, row: Int64)] = []
        for row in 0..<Int64(count) {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            // Few enough different keys that many are the same, some with the highest bit.
            let key = row % 3 == 0 ? state % 50 : row % 3 == 1 ? ~(state % 50) : state
            try runs.add(key, row: row)
            expected.append((Int64(bitPattern: key), row))
        }
        expected.sort(by: <)
        // The file has no name, whether there is one or not.
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/keys"))
        var found: [(key: Int64, row: Int64)] = []
        #expect(runs.count == count)
        try runs.forEach { key, row in found.append((Int64(bitPattern: key), row)) }
        #expect(found.map(\.key) == expected.map(\.key))
        #expect(found.map(\.row) == expected.map(\.row))
    }
}
