/// A value that `JSONText` can write.
package protocol JSONWritable {
    /// Writes the value and nothing around it.
    func write(to json: inout JSONText)
}

extension String: JSONWritable {
    package func write(to json: inout JSONText) {
        json.append { $0.appendJSONString(self) }
    }
}

extension Int: JSONWritable {
    package func write(to json: inout JSONText) { json.append { $0.appendDecimal(Int64(self)) } }
}

extension Int64: JSONWritable {
    package func write(to json: inout JSONText) { json.append { $0.appendDecimal(self) } }
}

extension Bool: JSONWritable {
    package func write(to json: inout JSONText) { json.append(self ? "true" : "false") }
}

extension Double: JSONWritable {
    /// The shortest text that reads back as the same number; null for what is not finite, for
    /// which JSON has no text.
    package func write(to json: inout JSONText) { json.append(isFinite ? description : "null") }
}

extension Money: JSONWritable {
    package func write(to json: inout JSONText) { json.append(jsonNumber) }
}

/// Money in files that are read again: every digit that it has, not the nine decimals of reports.
struct ExactMoney: JSONWritable {
    private let money: Money

    init(_ money: Money) {
        self.money = money
    }

    package func write(to json: inout JSONText) { json.append(money.exactJSONNumber) }
}

extension Timestamp: JSONWritable {
    package func write(to json: inout JSONText) {
        json.append {
            $0.append(UInt8(ascii: "\""))
            append(to: &$0)
            $0.append(UInt8(ascii: "\""))
        }
    }
}

extension Day: JSONWritable {
    package func write(to json: inout JSONText) {
        json.append {
            $0.append(UInt8(ascii: "\""))
            append(to: &$0)
            $0.append(UInt8(ascii: "\""))
        }
    }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    /// Absent knowledge is null.
    package func write(to json: inout JSONText) {
        if let self { self.write(to: &json) } else { json.append("null") }
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    package func write(to json: inout JSONText) {
        json.array { json in
            for element in self { json.value(element) }
        }
    }
}

extension JSONValue: JSONWritable {
    package func write(to json: inout JSONText) {
        switch self {
        case .null: json.append("null")
        case .bool(let value): value.write(to: &json)
        case .number(let text): json.append(text)
        case .string(let text): text.write(to: &json)
        case .array(let elements): elements.write(to: &json)
        case .object(let members):
            json.object { json in
                for member in members { json.member(member.name, member.value) }
            }
        }
    }
}
