import TelemetryFormat
import Testing

@testable import TelemetryPricing

@Suite struct PriceTableDataTests {
    let rows = PriceTable.rows()

    @Test func holdsTheWholeTable() {
        #expect(rows.count >= 2_330)
        #expect(Set(rows.compactMap(\.provider)).count >= 47)
        #expect(Day(PriceTable.snapshot) == PriceTable.snapshotDay)
    }

    @Test func everyRowStandsInTheBlockOfItsSeller() {
        for block in PriceTable.blocks {
            for line in block.rows.split(separator: "\n") {
                #expect(line.hasPrefix(#"{"provider":"\#(block.seller)","id":""#), "\(line)")
            }
        }
    }

    @Test func everyHeadReadByHandIsTheHeadOfTheParsedRow() throws {
        for block in PriceTable.blocks {
            let bytes = Array(block.rows.utf8)
            var reader = PriceRowHeadReader(bytes: bytes)
            let heads = reader.heads()
            let parsed = PriceTable.rows(provider: block.seller)
                .filter { row in heads.contains { $0.id == lowercase(Array(row.id.utf8)) } }
            #expect(heads.count <= parsed.count && !heads.isEmpty)
            for head in heads {
                let line = Array(bytes[head.bytes])
                let row = try PriceRowParser(line: 0).row(JSONValue(parsing: line.span))
                #expect(head.id == lowercase(Array(row.id.utf8)))
                #expect(head.match == row.match, "\(row.id)")
            }
        }
    }

    @Test func everyRowIsFoundByItsOwnIDAtItsSeller() {
        let table = PriceTable()
        for row in rows {
            let price = table.price(of: row.id, provider: row.provider)
            #expect(price?.row.id == row.id && price?.row.provider == row.provider, "\(row.id)")
            #expect(price?.reason == .id, "\(row.id)")
        }
    }

    @Test func everyMakersRowIsFoundByItsOwnIDAlone() {
        let table = PriceTable()
        let makers = PriceTable.blocks.filter { $0.kind == .maker }.map(\.seller)
        for row in rows where makers.contains(row.provider ?? "") {
            let found = table.price(of: row.id)?.row
            #expect(found != nil, "\(row.id)")
        }
    }

    @Test func theLadderHasEveryThreshold() {
        let thresholds = rows.flatMap { $0.entries.map(\.prices) + $0.variants.map(\.prices) }
            .flatMap { $0.values.flatMap { $0.tiers.map(\.above) } }
        #expect(Set(thresholds) == Set(RequestSize.thresholds))
    }

    @Test func everyPriceIsExactPerToken() {
        for row in rows {
            for prices in row.entries.map(\.prices) + row.variants.map(\.prices) {
                for price in prices.values {
                    let all = [price.base] + price.tiers.map(\.price)
                    #expect(all.allSatisfy { $0.units.isMultiple(of: 10_000_000) }, "\(row.id)")
                }
            }
        }
    }

    @Test func noIDIsTwiceAtOneSeller() {
        let ids = rows.map { "\($0.provider ?? "") \($0.id.lowercased())" }
        #expect(Set(ids).count == ids.count)
    }
}
