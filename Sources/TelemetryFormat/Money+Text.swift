extension Money {
    /// The amount rounded half to even to so many decimal places of a dollar (0–13).
    package func rounded(places: Int) -> Money {
        precondition((0...Self.decimalPlaces).contains(places), "no such place: \(places)")
        let dropped = Self.decimalPlaces - places
        var magnitude = units.magnitude.dividedHalfToEven(byTenTo: dropped)
        for _ in 0..<dropped { magnitude &*= 10 }
        let rounded = Int128(clamping: magnitude)
        return Money(units: units < 0 ? -rounded : rounded)
    }

    /// The dollars with exactly so many decimals (0–13), rounded half to even: `1234.50`, `-0.01`.
    package func decimal(places: Int) -> String {
        precondition((0...Self.decimalPlaces).contains(places), "no such place: \(places)")
        let magnitude = units.magnitude.dividedHalfToEven(byTenTo: Self.decimalPlaces - places)
        var digits = Array(String(magnitude).utf8)
        if digits.count <= places {
            digits.insert(
                contentsOf: repeatElement(0x30, count: places + 1 - digits.count), at: 0)
        }
        if places > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - places) }
        if units < 0, magnitude > 0 { digits.insert(UInt8(ascii: "-"), at: 0) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The dollars as a JSON number: nine decimals, rounded half to even, zeros at the end left
    /// out.
    package var jsonNumber: String { shortest(places: 9) }

    /// The dollars as a JSON number with every digit that they have.
    package var exactJSONNumber: String { shortest(places: Self.decimalPlaces) }

    private func shortest(places: Int) -> String {
        var text = Substring(decimal(places: places))
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return String(text)
    }

    /// The dollars to the cent, rounded half to even: `1234.50`.
    package var centsText: String { decimal(places: 2) }
}
