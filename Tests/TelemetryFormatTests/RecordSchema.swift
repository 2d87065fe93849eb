import Foundation
import TelemetryFormat
import Testing

/// `docs/record.schema.json`, and the part of JSON Schema 2020-12 that it uses.
struct RecordSchema {
    private let root: JSONValue

    static let packageDirectory = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    init() throws {
        let file = Self.packageDirectory.appending(path: "docs/record.schema.json")
        root = try JSONValue(parsing: Array(try Data(contentsOf: file)).span)
    }

    func accepts(_ value: JSONValue) -> Bool { accepts(value, root) }

    private func accepts(_ value: JSONValue, _ rule: JSONValue) -> Bool {
        (rule.members ?? []).allSatisfy { holds($0.name, $0.value, value) }
    }

    private func holds(_ keyword: String, _ rule: JSONValue, _ value: JSONValue) -> Bool {
        switch keyword {
        case "$schema", "$id", "$comment", "$defs", "title", "description", "examples": true
        case "$ref": accepts(value, definition(rule.string ?? ""))
        case "anyOf": (rule.array ?? []).contains { accepts(value, $0) }
        case "not": !accepts(value, rule)
        case "type": types(rule).contains { Self.isOfType($0, value) }
        case "required": hasMembers((rule.array ?? []).compactMap(\.string), value)
        case "properties": propertiesHold(rule, value)
        case "minimum": compare(value, rule, >=)
        case "maximum": compare(value, rule, <=)
        case "exclusiveMaximum": compare(value, rule, <)
        case "minLength": value.string.map { $0.unicodeScalars.count >= rule.int ?? .max } ?? true
        case "pattern": value.string.map { matches($0, rule.string ?? "") } ?? true
        default: report("this validator does not know \(keyword)")
        }
    }

    private func definition(_ reference: String) -> JSONValue {
        let name = reference.dropFirst("#/$defs/".count)
        guard let definition = root["$defs"]?[String(name)] else {
            _ = report("no such definition: \(reference)")
            return .null
        }
        return definition
    }

    private func types(_ rule: JSONValue) -> [String] {
        rule.array?.compactMap(\.string) ?? [rule.string ?? ""]
    }

    private static func isOfType(_ type: String, _ value: JSONValue) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .number: type == "number" || type == "integer" && value.int != nil
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }

    /// Compares numbers by their decimal text, since a binary fraction cannot tell 2^53 and 2^53 +
    /// 1.
    private func compare(
        _ value: JSONValue, _ limit: JSONValue, _ holds: (Money, Money) -> Bool
    ) -> Bool {
        guard let number = value.number else { return true }
        guard let exact = Money(decimalText: number), let limit = limit.money else { return false }
        return holds(exact, limit)
    }

    private func hasMembers(_ names: [String], _ value: JSONValue) -> Bool {
        value.members == nil || names.allSatisfy { value[$0] != nil }
    }

    private func propertiesHold(_ rules: JSONValue, _ value: JSONValue) -> Bool {
        (rules.members ?? []).allSatisfy { rule in
            value[rule.name].map { accepts($0, rule.value) } ?? true
        }
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }

    private func report(_ problem: Comment) -> Bool {
        Issue.record(problem)
        return false
    }
}
