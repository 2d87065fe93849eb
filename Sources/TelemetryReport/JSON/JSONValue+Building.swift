package import TelemetryFormat

/// How documents are put together: members keep their order, money and integers stay exact.
extension JSONValue {
    package static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// The shortest text that reads back as the same number; null for what is not finite.
    package static func double(_ value: Double) -> JSONValue {
        value.isFinite ? .number(numberText(value)) : .null
    }

    package static func money(_ value: Money) -> JSONValue { .number(value.jsonNumber) }

    package static func optional(_ value: Int64?) -> JSONValue {
        value.map { .integer($0) } ?? .null
    }
    package static func optional(_ value: Double?) -> JSONValue {
        value.map { .double($0) } ?? .null
    }
    package static func optional(_ value: Money?) -> JSONValue { value.map { .money($0) } ?? .null }
    package static func optional(_ value: String?) -> JSONValue {
        value.map { .string($0) } ?? .null
    }
    package static func optional(_ value: Timestamp?) -> JSONValue {
        value.map { .string($0.iso8601) } ?? .null
    }

    /// An array of texts.
    package static func strings(_ values: [String]) -> JSONValue {
        .array(values.map { .string($0) })
    }

    /// An array of integers.
    package static func integers(_ values: [Int64]) -> JSONValue {
        .array(values.map { .integer($0) })
    }

    /// The whole text of a document, with a newline at its end.
    package var document: String {
        var text = JSONText()
        text.value(self)
        return text.string + "\n"
    }

    /// A finite number in the fewest digits; a whole one without a fraction.
    static func numberText(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }
}

extension JSONValue.Member {
    package init(_ name: String, _ value: JSONValue) {
        self.init(name: name, value: value)
    }
}
