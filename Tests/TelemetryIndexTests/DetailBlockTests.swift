import TelemetryFormat
import TelemetrySQLite
import Testing

@testable import TelemetryIndex

@Suite struct DetailBlockTests {
    private func calls(_ count: Int, seed: UInt64 = 1) -> [CallDetail] {
        rows(count, seed: seed).map { CallDetail($0) }
    }

    private func hour(_ number: Int, _ rows: [CallRow]) -> DetailAccumulator.Hour {
        var hour = DetailAccumulator.Hour(hour: number)
        for var row in rows {
            row.timestamp = Timestamp(milliseconds: Int64(number) * Timestamp.millisecondsPerHour)
            hour.add(row)
        }
        return hour
    }

    private func rows(_ count: Int, seed: UInt64) -> [CallRow] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { index in
            var row = CallRow()
            row.rateClass = Int64.random(in: 1...9, using: &random)
            row.project = [0, 70, 71].randomElement(using: &random)!
            row.agent = Int64(index % 300)
            row.operation = 12
            row.session = 1_000_000 + Int64(index / 40)
            row.duration = [-1, 0, 5, 900_000_000].randomElement(using: &random)!
            return row
        }
    }

    private func numbers(_ call: CallDetail) -> [UInt32] { DetailColumn.allCases.map { call[$0] } }

    /// A block of the columns of some calls.
    private func block(
        of calls: [CallDetail], _ columns: [DetailColumn] = DetailColumn.allCases
    ) -> DetailBlock {
        var packer = DetailPacker()
        var block = DetailBlock()
        for column in columns {
            let bytes = packer.pack(column, of: calls)
            let isWhole = block.read(column, bytes.span)
            #expect(isWhole)
        }
        return block
    }

    @Test(arguments: [1, 2, 40, 5_000])
    func callsComeBackAsTheyWere(count: Int) {
        let calls = calls(count)
        let block = block(of: calls)
        #expect(block.count == count)
        for (position, call) in calls.enumerated() {
            #expect(numbers(CallDetail(block, position)) == numbers(call))
        }
    }

    @Test func mergingAndReplacingLeaveTheCallsOfAnHour() throws {
        let connection = try Connection.temporary()
        try connection.execute(Schema.creation)
        var table = try DetailTable(connection)
        var select = try connection.prepare(DetailBlock.selection)
        var block = DetailBlock()
        let texts = try TextTable(connection)
        let (first, second) = (rows(30, seed: 1), rows(200, seed: 2))
        for (number, rows) in [(7, first), (8, first), (7, second)] {
            try table.merge(hour(number, rows), texts)
        }
        DetailBlock.bind(7...7, to: select)
        #expect(try block.readNext(Set(DetailColumn.allCases), &select) == 7)
        #expect(
            (0..<block.count).map { numbers(CallDetail(block, $0)) }
                == (first + second).map { numbers(CallDetail($0)) })
        #expect(try block.readNext([], &select) == nil)
        select.reset()
        try table.replace(hour(7, second), texts)
        try table.replace(hour(8, []), texts)
        DetailBlock.bind(0...9, to: select)
        #expect(try block.readNext([.session, .duration], &select) == 7)
        #expect(block.durations == second.map { CallDetail($0)[.duration] })
        #expect(block.codes(.agent).isEmpty)
        #expect(try block.readNext([.session, .duration], &select) == nil)
        #expect(block.count == 0)
        #expect(try connection.integer("SELECT count(*) FROM detail") == 7)
    }

    @Test func callsCanBeChosenByTheirIDs() {
        let calls = calls(500)
        var block = block(of: calls, [.project, .rateClass, .session, .duration])
        block.keep(.project, where: block.ids(.project).map { $0 == 70 })
        block.keep(.rateClass, where: block.ids(.rateClass).map { $0 % 2 == 0 })
        let chosen = calls.filter { $0[.project] == 70 && $0[.rateClass] % 2 == 0 }
        #expect(!chosen.isEmpty && block.count == chosen.count)
        #expect(block.durations == chosen.map { $0[.duration] })
        let sessions = chosen.map { $0[.session] }
        #expect((0..<block.count).map { block.id(.session, $0) } == sessions)
        #expect(Set(block.idsInUse(.session)) == Set(sessions))
    }

    @Test func aDamagedColumnIsReadWithoutHarm() {
        var random = SplitMix(seed: 5)
        var packer = DetailPacker()
        for column in DetailColumn.allCases {
            let whole = packer.pack(column, of: calls(60))
            for length in 0..<whole.count {
                var block = DetailBlock()
                _ = block.read(column, whole.span.extracting(0..<length))
            }
            for _ in 0..<500 {
                var (bytes, block) = (whole, DetailBlock())
                let place = Int.random(in: 1..<bytes.count, using: &random)
                bytes[place] = .random(in: 0...255, using: &random)
                guard block.read(column, bytes.span), column != .duration else { continue }
                _ = (0..<block.count).map { block.id(column, $0) }
            }
        }
    }
}
