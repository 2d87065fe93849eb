import Testing

@testable import TelemetryIndex

@Suite struct ProjectNameTests {
    static let names: [(String, String)] = [
        ("/home/u/atlas", "atlas"), ("/home/u/atlas/", "atlas"), ("/atlas", "atlas"),
        ("/", "/"), ("//", "/"), ("atlas", "atlas"), ("~/src/atlas", "atlas"), ("", ""),
        (#"C:\Users\u\atlas"#, "atlas"), (#"C:\Users\u\atlas\"#, "atlas"),
        ("C:/Users/u/atlas", "atlas"), (#"\\server\share\atlas"#, "atlas"), (#"C:\"#, "C:"),
        (#"/home/u/at\las"#, #"at\las"#), ("/home/u/été", "été"), ("/home/u/ a b ", " a b "),
    ]

    @Test(arguments: names)
    func isTheLastPartOfThePath(path: String, name: String) {
        #expect(ProjectName.of(path) == name)
    }
}
