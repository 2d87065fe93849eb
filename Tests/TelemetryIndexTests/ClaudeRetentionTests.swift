import Testing

@testable import TelemetryIndex

@Suite struct ClaudeRetentionTests {
    @Test(
        arguments: [
            ([], 30),
            ([nil, nil], 30),
            (["{}"], 30),
            (["{\"cleanupPeriodDays\":7}"], 7),
            (["{\"cleanupPeriodDays\":7.0}"], 7),
            (["{\"cleanupPeriodDays\":36500}"], 36_500),
            // The later file overrides the earlier one, where it says anything.
            (["{\"cleanupPeriodDays\":7}", "{\"cleanupPeriodDays\":90}"], 90),
            (["{\"cleanupPeriodDays\":7}", "{\"model\":\"opus\"}"], 7),
            ([nil, "{\"cleanupPeriodDays\":90}"], 90),
            // Never, or nobody knows.
            (["{\"cleanupPeriodDays\":99999}"], nil),
            (["{\"cleanupPeriodDays\":0}"], nil),
            (["{\"cleanupPeriodDays\":-1}"], nil),
            (["{\"cleanupPeriodDays\":\"7\"}"], nil),
            (["{\"cleanupPeriodDays\":1e400}"], nil),
            (["{\"cleanupPeriodDays\":null}"], nil),
            (["{"], nil),
            (["[]"], 30),
        ] as [([String?], Int64?)])
    func readsTheDaysFromSettings(files: [String?], days: Int64?) {
        #expect(ClaudeRetention.days(settings: files.map { $0.map { Array($0.utf8) } }) == days)
    }

    @Test func findsTheSettingsBesideTheProjects() throws {
        let home = try TemporaryStore()
        let source = ClaudeSource(roots: [home.path + "/projects"])
        #expect(source.daysUntilDeletion(below: source.roots[0]) == 30)
        try home.write("settings.json", "{\"cleanupPeriodDays\":60}")
        #expect(source.daysUntilDeletion(below: source.roots[0]) == 60)
        try home.write("settings.local.json", "{\"cleanupPeriodDays\":90}")
        #expect(source.daysUntilDeletion(below: source.roots[0]) == 90)
    }
}
