package import TelemetryFormat

/// Values as people read them. Unknown is `–`, never 0.
package enum HumanText {
    /// What stands for a value that is not known.
    package static let unknown = "–"

    /// `1,234,567`.
    package static func count(_ value: Int64) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// `$1,234.57` to the cent, half-even; `<$0.01` for what would round to nothing but is not.
    package static func money(_ amount: Money) -> String {
        let text = amount.decimal(places: 2)
        let isNegative = amount < .zero
        let digits = text.drop { $0 == "-" }
        if digits == "0.00" {
            return amount == .zero ? "$0.00" : isNegative ? ">-$0.01" : "<$0.01"
        }
        let parts = digits.split(separator: ".")
        let whole = Int64(parts[0]).map(count) ?? String(parts[0])
        return (isNegative ? "-$" : "$") + whole + "." + parts[1]
    }

    /// `850ms`, `1.2s`, `1m 05s`, `2h 03m`.
    package static func duration(milliseconds value: Double) -> String {
        let milliseconds = value.rounded()
        guard milliseconds.isFinite, abs(milliseconds) < 1e15 else { return unknown }
        if milliseconds < 1_000 { return "\(Int64(milliseconds))ms" }
        let tenths = Int64((value / 100).rounded())
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10)s" }
        let seconds = Int64((value / 1_000).rounded())
        if seconds < 3_600 { return "\(seconds / 60)m \(padded(seconds % 60))s" }
        let minutes = Int64((value / 60_000).rounded())
        return "\(count(minutes / 60))h \(padded(minutes % 60))m"
    }

    /// `12.3%`.
    package static func share(_ value: Double) -> String {
        tenths(Int64((value * 1_000).rounded(.toNearestOrEven))) + "%"
    }

    /// Shares as texts that add up, to the tenth of a percent, to what the shares add up to.
    package static func shares(_ values: [Double?]) -> [String] {
        let exact = values.map { ($0 ?? 0) * 1_000 }
        var parts = exact.map { Int64($0.rounded(.down)) }
        let total = Int64(exact.reduce(0, +).rounded())
        let missing = Int(total - parts.reduce(0, +))
        let byRemainder = exact.indices.sorted {
            let left = exact[$0] - exact[$0].rounded(.down)
            let right = exact[$1] - exact[$1].rounded(.down)
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(max(0, missing)) { parts[index] += 1 }
        return zip(values, parts).map { $0 == nil ? unknown : tenths($1) + "%" }
    }

    /// `45.3`, `1,234.5`.
    package static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return unknown }
        return tenths(Int64((value * 10).rounded(.toNearestOrEven)))
    }

    /// `10am-12pm`; 24 is midnight again.
    package static func hours(from: Int, to: Int) -> String { "\(hour(from))-\(hour(to))" }

    /// `12am`, `9am`, `12pm`, `4pm`.
    package static func hour(_ hour: Int) -> String {
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return "\(twelve)\(hour % 24 < 12 ? "am" : "pm")"
    }

    /// `2026-11-21 14:05`, as clocks of the zone show it.
    package static func minute(_ instant: Timestamp?, in zone: DisplayZone) -> String {
        time(instant, in: zone, characters: 16)
    }

    /// `2026-11-21 14:05:30`, as clocks of the zone show it.
    package static func second(_ instant: Timestamp?, in zone: DisplayZone) -> String {
        time(instant, in: zone, characters: 19)
    }

    private static func time(
        _ instant: Timestamp?, in zone: DisplayZone, characters: Int
    ) -> String {
        guard let instant else { return unknown }
        let offset = Int64(zone.offsetSeconds(at: instant)) * 1_000
        let local = Timestamp(milliseconds: instant.milliseconds &+ offset).iso8601
        return "\(local.prefix(10)) \(local.prefix(characters).dropFirst(11))"
    }

    /// `1.5 MiB`.
    package static func bytes(_ value: Int64) -> String {
        var scaled = Double(value)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if scaled < 1_024 { return unit == "B" ? "\(value) B" : "\(number(scaled)) \(unit)" }
            scaled /= 1_024
        }
        return "\(number(scaled)) TiB"
    }

    /// `1 call`, `3 calls`.
    package static func plural(_ count: Int64, _ noun: String) -> String {
        "\(Self.count(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func tenths(_ value: Int64) -> String {
        (value < 0 ? "-" : "") + "\(count(abs(value) / 10)).\(abs(value) % 10)"
    }

    private static func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
