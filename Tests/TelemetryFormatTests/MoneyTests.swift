import TelemetryFormat
import Testing

@Suite struct MoneyTests {
    static let numbers: [(String, Int128)] = [
        ("0", 0), ("-0", 0), ("0.0", 0), ("0e999999999999999999999", 0),
        ("1", 10_000_000_000_000), ("-1.5", -15_000_000_000_000),
        ("0.0025", 25_000_000_000), ("2.5e-3", 25_000_000_000), ("25E-4", 25_000_000_000),
        ("1e+2", 1_000_000_000_000_000), ("100000", 1_000_000_000_000_000_000),
        ("0.0000000000001", 1), ("0.00000000000005", 0), ("0.00000000000015", 2),
        ("0.000000000000050000000000000000000000000000000000000000001", 1),
        ("0.00000000000025", 2),
        ("0.00000000000024999999999999999999999999999999999999999999", 2),
        ("0.18000000000000002", 1_800_000_000_000), ("1e-400", 0), ("1e-999999999999999999", 0),
        ("1000000000000000000000000000000000000000e-39", 10_000_000_000_000),
    ]

    @Test(arguments: numbers)
    func readsTheTextOfANumber(text: String, units: Int128) {
        #expect(Money(decimalText: text)?.units == units)
    }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1e+-1", "0x1", "1 ", " 1", "1_000",
        "1,5", "NaN", "Infinity", "1.5.5", "1e5.5", "１", "1e26", "1e999999999999999999999",
        "99999999999999999999999999999999999999999", "17014118346046923173168731",
    ])
    func refusesOtherTextsAndAmountsThatDoNotFit(text: String) {
        #expect(Money(decimalText: text) == nil)
    }

    static let amounts: [(Int128, String, String)] = [
        (0, "0", "0.00"), (10_000_000_000_000, "1", "1.00"), (25_000_000_000, "0.0025", "0.00"),
        (12_345_000_000_000_000, "1234.5", "1234.50"), (-15_000_000_000_000, "-1.5", "-1.50"),
        (5_000, "0", "0.00"), (15_000, "0.000000002", "0.00"), (-5_000, "0", "0.00"),
        (25_001, "0.000000003", "0.00"), (50_000_000_000, "0.005", "0.00"),
        (150_000_000_000, "0.015", "0.02"), (-50_000_000_001, "-0.005", "-0.01"),
        (9_999_999_999_999, "1", "1.00"),
    ]

    @Test(arguments: amounts)
    func writesNineDecimalsAndCents(units: Int128, json: String, cents: String) {
        #expect(Money(units: units).jsonNumber == json)
        #expect(Money(units: units).centsText == cents)
    }

    @Test(arguments: [
        0, 1, -1, 123_456_789_012_345_678, 999_999_999_999_999_999_999_999_999_999_999_999,
    ])
    func readsWhatItWrites(units: Int128) {
        let money = Money(units: units)
        #expect(Money(decimalText: money.decimal(places: 13)) == money)
    }

    @Test(arguments: [Int128.min, .max])
    func anyAmountHasATextAndRoundsWithoutOverflowing(units: Int128) {
        let money = Money(units: units)
        #expect(money.decimal(places: 13).hasSuffix(units < 0 ? "8" : "7"))
        #expect(!money.decimal(places: 0).contains("."))
        #expect((money.rounded(places: 0) < .zero) == (units < 0))
    }

    @Test func roundsHalfToEvenAtAPlace() {
        #expect(Money(units: 15_000_000_000_000).rounded(places: 0).units == 20_000_000_000_000)
        #expect(Money(units: -25_000_000_000_000).rounded(places: 0).units == -20_000_000_000_000)
        #expect(Money(units: 123).rounded(places: 13).units == 123)
        #expect(Money(units: 12_345).rounded(places: 12).units == 12_340)
    }
}
