import TelemetryFormat
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

@Suite struct SessionOutlineTests {
    private func instant(_ text: String) -> Timestamp { Timestamp(iso8601: text)! }

    private func outlines(_ bytes: [UInt8], hour: Int) -> [SessionOutline] {
        var outlines: [SessionOutline] = []
        SessionOutline.forEach(in: bytes.span, hour: hour) { outlines.append($0) }
        return outlines
    }

    @Test func sessionsComeBackWithTheirCalls() {
        let hour = instant("2026-10-01T09:00:00Z").hour
        var sessions = SessionOutlines()
        sessions.add(70_000, 2, at: instant("2026-10-01T09:59:59.999Z"))
        sessions.add(0, 0, at: instant("2026-10-01T09:00:00Z"))
        sessions.add(5, 1, at: instant("2026-10-01T09:20:00Z"))
        sessions.add(5, 0, at: instant("2026-10-01T09:30:00Z"))
        sessions.add(5, 1, at: instant("2026-10-01T09:10:00Z"))
        let read = outlines(sessions.packed(hour: hour), hour: hour)
        #expect(read.map(\.session) == [0, 5, 5, 70_000])
        #expect(read.map(\.source) == [0, 0, 1, 2])
        #expect(read.map(\.calls) == [1, 1, 2, 1])
        #expect(read[2].first == instant("2026-10-01T09:10:00Z"))
        #expect(read[2].last == instant("2026-10-01T09:20:00Z"))
        #expect(read[3].first == instant("2026-10-01T09:59:59.999Z"))
    }

    @Test func theOrderOfCallsAndOfMergesDoesNotMatter() throws {
        let connection = try Connection.temporary()
        try connection.execute(Schema.creation)
        var table = try SessionHourTable(connection)
        let hour = instant("2026-10-01T09:00:00Z").hour
        let calls: [(session: Int64, source: Int64, at: Timestamp)] = (0..<60).map {
            (Int64($0 % 7), Int64($0 % 3), instant("2026-10-01T09:\($0 < 10 ? "0" : "")\($0):00Z"))
        }
        var whole = SessionOutlines()
        for call in calls { whole.add(call.session, call.source, at: call.at) }
        for chunk in [calls[40...], calls[..<25], calls[25..<40]] {
            var part = SessionOutlines()
            for call in chunk.reversed() { part.add(call.session, call.source, at: call.at) }
            try table.merge(part, hour)
        }
        var select = try connection.prepare("SELECT outlines FROM session_hour")
        #expect(try select.step())
        #expect(select.withBlob(0) { Array($0) } == whole.packed(hour: hour))
        select.reset()
        try table.replace(SessionOutlines(), hour)
        #expect(try connection.integer("SELECT count(*) FROM session_hour") == 0)
    }
}
