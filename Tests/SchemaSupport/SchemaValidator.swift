package import TelemetryFormat

/// The part of JSON Schema 2020-12 that `docs/json-output.schema.json` uses; beyond the standard it
/// complains about members that the schema does not name, so that the document names them all.
package struct SchemaValidator {
    private let schema: JSONValue

    /// A validator by the definitions of a schema file.
    package init(schema: JSONValue) {
        self.schema = schema
    }

    /// What is wrong with a document of this command; nothing when it is as promised.
    package func complaints(about document: JSONValue, command: String) -> [String] {
        guard let definition = schema["$defs"]?[command] else { return ["no schema: \(command)"] }
        var complaints: [String] = []
        check(document, definition, "$", &complaints)
        return complaints
    }

    private func check(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String]
    ) {
        var declared: Set<String>? = []
        apply(value, rule, path, &complaints, &declared)
        guard let declared, case .object(let members) = value else { return }
        for member in members where !declared.contains(member.name) {
            complaints.append("\(path).\(member.name) is not declared")
        }
    }

    private func apply(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String],
        _ declared: inout Set<String>?
    ) {
        if let reference = rule["$ref"]?.string {
            let name = String(reference.dropFirst("#/$defs/".count))
            guard let target = schema["$defs"]?[name] else {
                return complaints.append("\(path): no definition \(name)")
            }
            apply(value, target, path, &complaints, &declared)
        }
        for part in rule["allOf"]?.array ?? [] {
            apply(value, part, path, &complaints, &declared)
        }
        if let choices = rule["anyOf"]?.array {
            applyAny(value, choices, path, &complaints, &declared)
        }
        if let constant = rule["const"], constant != value {
            complaints.append("\(path) is not \(constant)")
        }
        if let values = rule["enum"]?.array, !values.contains(value) {
            complaints.append("\(path) is none of \(values)")
        }
        checkType(value, rule, path, &complaints)
        checkNumber(value, rule, path, &complaints)
        checkMembers(value, rule, path, &complaints, &declared)
        checkItems(value, rule, path, &complaints)
    }

    private func applyAny(
        _ value: JSONValue, _ choices: [JSONValue], _ path: String, _ complaints: inout [String],
        _ declared: inout Set<String>?
    ) {
        var firstTroubles: [String]?
        for choice in choices {
            var (troubles, names): ([String], Set<String>?) = ([], declared)
            apply(value, choice, path, &troubles, &names)
            if troubles.isEmpty { return declared = names }
            firstTroubles = firstTroubles ?? troubles
        }
        complaints += firstTroubles ?? []
    }

    private func checkType(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String]
    ) {
        guard let type = rule["type"] else { return }
        let types = type.array?.compactMap(\.string) ?? [type.string ?? ""]
        let fits = types.contains { type in
            switch value {
            case .null: type == "null"
            case .bool: type == "boolean"
            case .number(let text):
                type == "number" || (type == "integer" && Int64(text) != nil)
            case .string: type == "string"
            case .array: type == "array"
            case .object: type == "object"
            }
        }
        if !fits { complaints.append("\(path) is not \(types.joined(separator: " or "))") }
    }

    private func checkNumber(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String]
    ) {
        guard let number = value.double else { return }
        if let minimum = rule["minimum"]?.double, number < minimum {
            complaints.append("\(path) is below \(minimum)")
        }
        if let maximum = rule["maximum"]?.double, number > maximum {
            complaints.append("\(path) is above \(maximum)")
        }
    }

    private func checkMembers(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String],
        _ declared: inout Set<String>?
    ) {
        guard case .object(let members) = value else { return }
        for name in rule["required"]?.array?.compactMap(\.string) ?? []
        where value[name] == nil {
            complaints.append("\(path).\(name) is missing")
        }
        for property in rule["properties"]?.members ?? [] {
            declared?.insert(property.name)
            if let member = value[property.name] {
                check(member, property.value, "\(path).\(property.name)", &complaints)
            }
        }
        if let additional = rule["additionalProperties"] {
            declared = nil
            for member in members {
                check(member.value, additional, "\(path).\(member.name)", &complaints)
            }
        }
    }

    private func checkItems(
        _ value: JSONValue, _ rule: JSONValue, _ path: String, _ complaints: inout [String]
    ) {
        guard case .array(let elements) = value else { return }
        if let count = rule["minItems"]?.int, Int64(elements.count) < count {
            complaints.append("\(path) has fewer than \(count) elements")
        }
        if let count = rule["maxItems"]?.int, Int64(elements.count) > count {
            complaints.append("\(path) has more than \(count) elements")
        }
        guard let items = rule["items"] else { return }
        for (index, element) in elements.enumerated() {
            check(element, items, "\(path)[\(index)]", &complaints)
        }
    }
}
