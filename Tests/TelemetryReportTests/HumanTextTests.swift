import TelemetryFormat
import Testing

@testable import TelemetryReport

@Suite struct HumanTextTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"),
        (-1_234, "-1,234"), (Int64.max, "9,223,372,036,854,775,807"),
        (Int64.min, "-9,223,372,036,854,775,808"),
    ]) func countsHaveThousandsSeparators(_ value: Int64, _ text: String) {
        #expect(HumanText.count(value) == text)
    }

    @Test(arguments: [
        ("0", "$0.00"), ("47.32", "$47.32"), ("47.325", "$47.32"), ("47.335", "$47.34"),
        ("1234567.891", "$1,234,567.89"), ("0.004", "<$0.01"), ("0.005", "<$0.01"),
        ("0.006", "$0.01"), ("0.0000000000001", "<$0.01"), ("-12.5", "-$12.50"),
        ("-0.001", ">-$0.01"),
    ]) func moneyIsPrintedToTheCent(_ decimal: String, _ text: String) throws {
        let money = try #require(Money(decimalText: decimal))
        #expect(HumanText.money(money) == text)
    }

    @Test(arguments: [
        (0, "0ms"), (850.4, "850ms"), (999.6, "1.0s"), (1_200, "1.2s"), (59_949, "59.9s"),
        (59_951, "1m 00s"), (65_000, "1m 05s"), (3_599_400, "59m 59s"), (3_599_600, "1h 00m"),
        (7_380_000, "2h 03m"), (Double.nan, "–"), (Double.infinity, "–"),
    ]) func durationsHaveTheUnitThatFits(_ milliseconds: Double, _ text: String) {
        #expect(HumanText.duration(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        (0, "12am"), (1, "1am"), (11, "11am"), (12, "12pm"), (13, "1pm"), (23, "11pm"),
        (24, "12am"),
    ]) func hoursAreThoseOfAClock(_ hour: Int, _ text: String) {
        #expect(HumanText.hour(hour) == text)
    }

    @Test func sharesAddUpToAHundredPercent() {
        let thirds = HumanText.shares([1.0 / 3, 1.0 / 3, 1.0 / 3])
        #expect(thirds == ["33.4%", "33.3%", "33.3%"])
    }

    @Test func sharesOfRandomPartsAddUp() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40)
        }
        for count in 1...50 {
            let parts = (0..<count).map { _ in next() + 1 }
            let total = parts.reduce(0, +)
            let tenths = HumanText.shares(parts.map { $0 / total }).map { text in
                Int(text.filter(\.isNumber)) ?? 0
            }
            #expect(tenths.reduce(0, +) == 1_000, "seed \(seed), \(count) parts")
        }
    }

    @Test func anUnknownShareIsADash() {
        #expect(HumanText.shares([1, nil]) == ["100.0%", "–"])
        #expect(HumanText.shares([nil, nil]) == ["–", "–"])
        #expect(HumanText.shares([]) == [])
    }

    @Test(arguments: [
        (0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (61_234, "59.8 KiB"),
        (5 << 40, "5.0 TiB"),
    ]) func bytesHaveTheUnitThatFits(_ bytes: Int64, _ text: String) {
        #expect(HumanText.bytes(bytes) == text)
    }
}
