import Foundation
import TelemetryFormat

/// The schema that stands in the documentation.
package enum SchemaFile {
    /// Reads `docs/json-output.schema.json`.
    package static func load() throws -> SchemaValidator {
        var path = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { path.deleteLastPathComponent() }
        let data = try Data(contentsOf: path.appending(path: "docs/json-output.schema.json"))
        return SchemaValidator(schema: try JSONValue(parsing: Array(data).span))
    }
}
