import TelemetryFormat
import Testing

@testable import TelemetryIndex

@Suite struct CallDictionaryTests {
    /// The number of a text as a string token of some dimension.
    private func number(
        of text: String, slot: Int = 0, in dictionary: inout CallDictionary
    ) throws -> Int64 {
        let line = Array("\"\(text)\"".utf8)
        let token = try ByteScanner.scan(line.span) { try $0.value(depth: 1) }
        return dictionary.text(token, in: line.span, slot: slot)
    }

    @Test func aTextHasOneNumberHoweverItIsSpelledAndAsked() throws {
        var dictionary = CallDictionary()
        let first = try number(of: "é", in: &dictionary)
        #expect(first == 1)
        #expect(try number(of: "é", in: &dictionary) == first)
        #expect(try number(of: "é", slot: 5, in: &dictionary) == first)
        #expect(try number(of: "\\u00e9", in: &dictionary) == first)
        #expect(dictionary.id(of: "é") == first)
        #expect(try number(of: "e\u{301}", in: &dictionary) == 2)
        #expect(dictionary.id(of: nil) == 0)
        #expect(dictionary.id(of: "") == 0)
    }

    @Test func newsAreToldOnce() {
        var dictionary = CallDictionary()
        let model = dictionary.id(of: "gpt-5")
        let row = RateClassRow(
            source: .telemetry, model: model, provider: 0, size: 0, speed: 0, serviceTier: 0,
            region: 0, hasRecordedCost: false, hasOnlyTotal: false)
        #expect(dictionary.rateClass(row) == 1)
        let first = dictionary.takeNews()
        #expect(first.startsAnew)
        #expect(first.texts == [Array("gpt-5".utf8)])
        #expect(first.classes == [row])
        #expect(dictionary.id(of: "gpt-5") == model)
        #expect(dictionary.rateClass(row) == 1)
        _ = dictionary.id(of: "other")
        let second = dictionary.takeNews()
        #expect(!second.startsAnew)
        #expect(second.texts == [Array("other".utf8)])
        #expect(second.classes.isEmpty)
    }

    @Test func tooManyTextsAreForgottenAndNumberedAnew() {
        var dictionary = CallDictionary()
        for number in 0...(CallDictionary.maximumTexts) { _ = dictionary.id(of: "\(number)") }
        _ = dictionary.takeNews()
        #expect(dictionary.id(of: "\(CallDictionary.maximumTexts)") == 1)
        #expect(dictionary.takeNews().startsAnew)
    }
}
