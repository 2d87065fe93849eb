import Foundation
import TelemetryFormat
import Testing

@Suite struct UUIDv7Tests {
    @Test func agreesWithTheExampleOfTheStandard() {
        // RFC 9562, appendix A.6.
        let identifier = UUIDv7(
            timestamp: Timestamp(milliseconds: 0x017F_22E2_79B0),
            random: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(identifier.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test func versionAndVariantStandWhateverTheBits() throws {
        for bits in [UInt64.min, .max] {
            for milliseconds in [Int64.min, 0, .max] {
                let text = UUIDv7(
                    timestamp: Timestamp(milliseconds: milliseconds),
                    random: (UInt16(truncatingIfNeeded: bits), bits)
                ).description
                let characters = Array(text)
                #expect(UUID(uuidString: text) != nil)
                #expect(characters[14] == "7")
                #expect("89ab".contains(characters[19]))
            }
        }
    }

    @Test func aSequenceAscendsWithinAMillisecondAndWhenTheClockGoesBack() {
        var sequence = UUIDv7.Sequence()
        var previous = ""
        for index in 0..<10_000 {
            let milliseconds: Int64 = index == 9_000 ? 1_000 : 1_795_257_045_123
            let identifier = sequence.next(
                at: Timestamp(milliseconds: milliseconds), random: .random(in: 0 ... .max))
            #expect(identifier.description > previous)
            previous = identifier.description
        }
    }
}
