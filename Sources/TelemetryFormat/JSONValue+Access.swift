extension JSONValue {
    /// The value of an object's member, of the last one where a name is repeated; nil when there is
    /// none or this is no object.
    package subscript(name: String) -> JSONValue? {
        members?.last { $0.name == name }?.value
    }

    /// The text of a string, else nil.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The text of a number, else nil.
    package var number: String? {
        if case .number(let text) = self { text } else { nil }
    }

    /// A number that is whole and fits, else nil: `5` and `-5`, but neither `5.5` nor `1e30`.
    package var int: Int64? {
        guard let number else { return nil }
        if let whole = Int64(number) { return whole }
        guard let exact = Money(decimalText: number), exact == exact.rounded(places: 0) else {
            return nil
        }
        return Int64(exactly: exact.units / Money.unitsPerDollar)
    }

    /// A number as the nearest binary fraction, else nil; infinite where it does not fit.
    package var double: Double? { number.flatMap { Double($0) } }

    /// A number read as an exact amount of dollars, else nil.
    package var money: Money? { number.flatMap { Money(decimalText: $0) } }

    /// The truth value of `true` or `false`, else nil.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of an array, else nil.
    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object in the order of the text, else nil.
    package var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Whether this is `null`.
    package var isNull: Bool { self == .null }
}
