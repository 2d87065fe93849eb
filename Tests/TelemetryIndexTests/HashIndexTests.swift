import Testing

@testable import TelemetryIndex

@Suite struct HashIndexTests {
    @Test func findsWhatWasInsertedHoweverMuchItGrows() {
        var index = HashIndex(capacity: 2)
        let values = (0..<5000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        for (position, value) in values.enumerated() {
            #expect(index.find(value) { values[$0] == value } == nil)
            index.insert(value, position)
        }
        #expect(index.count == values.count)
        for (position, value) in values.enumerated() {
            #expect(index.find(value) { values[$0] == value } == position)
        }
    }

    @Test(arguments: [UInt64(0), .max, 1 << 63])
    func tellsEqualHashesApartByTheirContents(hash: UInt64) {
        var index = HashIndex(capacity: 4)
        for position in 0..<100 { index.insert(hash, position) }
        for position in 0..<100 { #expect(index.find(hash) { $0 == position } == position) }
        #expect(index.find(hash) { _ in false } == nil)
        #expect(index.find(hash ^ 1) { _ in true } == nil)
    }

    @Test func anEmptiedIndexFindsNothing() {
        var index = HashIndex(capacity: 4)
        for position in 0..<50 { index.insert(UInt64(position), position) }
        index.removeAll()
        #expect(index.count == 0)
        for hash in UInt64(0)..<50 { #expect(index.find(hash) { _ in true } == nil) }
        index.insert(7, 1)
        #expect(index.find(7) { _ in true } == 1)
    }
}
