import Foundation
import TelemetrySQLite

/// A database with a view that may be read, the table under it, and a table that is nobody's
/// business.
struct SandboxedFile: ~Copyable {
    let file: TemporaryFile
    let connection: Connection

    init() throws {
        let file = try TemporaryFile()
        let writer = try Connection(path: file.path(), mode: .create)
        try writer.execute(Self.schema)
        try writer.close()
        connection = try Connection(path: file.path(), mode: .readOnly)
        self.file = file
    }

    /// All files below the directory with their bytes.
    func snapshot() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: file.directory.path) {
            contents[name] = FileManager.default.contents(atPath: file.path(name))
        }
        return contents
    }

    func sandbox(seconds: Double = 4.5) -> Sandbox {
        var limits = Sandbox.Limits()
        limits.time = .seconds(seconds)
        return Sandbox(relations: ["calls", "models", "json_each"], limits: limits)
    }

    /// Runs a statement to its end and counts its rows.
    func rows(_ sql: String, seconds: Double = 4.5) throws(SQLiteError) -> Int {
        try connection.query(sql, in: sandbox(seconds: seconds)) {
            statement throws(SQLiteError) in
            var count = 0
            while try statement.step() { count += 1 }
            return count
        }
    }

    private static let schema = """
        CREATE TABLE call_rows (id INTEGER PRIMARY KEY, model TEXT, tokens INTEGER, hidden);
        CREATE INDEX by_model ON call_rows (model);
        CREATE TABLE secret (word TEXT);
        INSERT INTO secret VALUES ('xyzzy');
        CREATE VIEW calls AS
            WITH ranked AS (SELECT id, model, tokens FROM call_rows)
            SELECT model, tokens, strftime('%Y', id, 'unixepoch') AS year FROM ranked;
        CREATE VIEW models AS SELECT model, sum(tokens) AS tokens FROM calls GROUP BY model;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO call_rows SELECT i, 'model-' || (i % 7), i, 'hidden' FROM n;
        """
}
