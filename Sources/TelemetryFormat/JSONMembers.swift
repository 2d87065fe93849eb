// What lines of records are made of. A name comes as it stands in the line, with the comma before
// it, its quotes and its colon.

extension Array<UInt8> {
    /// Appends a name and a text, or null.
    mutating func appendMember(_ name: String, _ text: String?) {
        append(contentsOf: name.utf8)
        if let text { appendJSONString(text) } else { append(contentsOf: "null".utf8) }
    }

    /// Appends a name and a number, or null.
    mutating func appendMember(_ name: String, _ number: Int64?) {
        append(contentsOf: name.utf8)
        if let number { appendDecimal(number) } else { append(contentsOf: "null".utf8) }
    }

    /// Appends a name and an amount with every digit that it has, not the nine decimals of reports;
    /// or null.
    mutating func appendMember(_ name: String, _ money: Money?) {
        append(contentsOf: name.utf8)
        append(contentsOf: (money?.exactJSONNumber ?? "null").utf8)
    }

    /// Appends a name and a text when there is one.
    mutating func appendIfPresent(_ name: String, _ text: String?) {
        if text != nil { appendMember(name, text) }
    }

    /// Appends a name and a number when there is one.
    mutating func appendIfPresent(_ name: String, _ number: Int64?) {
        if number != nil { appendMember(name, number) }
    }

    /// Appends a number in decimal digits.
    mutating func appendDecimal(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendDecimal(number.magnitude)
    }

    private mutating func appendDecimal(_ number: UInt64) {
        if number >= 100 {
            appendDecimal(number / 100)
            appendPair(Int(number % 100))
        } else if number >= 10 {
            appendPair(Int(number))
        } else {
            append(0x30 &+ UInt8(truncatingIfNeeded: number))
        }
    }
}
