import TelemetryFormat
import Testing

@testable import TelemetryIndex

private typealias Rollout = CodexRollout

/// Rule 14: forks and subagents repeat their parents.
@Suite struct CodexForkTests {
    private static let parent = [
        Rollout.head("p", at: 0), Rollout.model("gpt-5.2"),
        Rollout.count(at: 60, 1000, last: 1000), Rollout.count(at: 120, 1500, last: 500),
    ]
    /// The parent's token counts as a fork at second 180 repeats them.
    private static let replay = [
        Rollout.count(at: 180, 1000, last: 1000), Rollout.count(at: 180.02, 1500, last: 500),
    ]

    @Test(arguments: [
        Rollout.head("c", forkOf: "p", at: 180), Rollout.head("c", spawnedBy: "p", at: 180),
    ])
    func whatAForkRepeatsIsTheParents(head: String) {
        let own = [Rollout.count(at: 240, 1600, last: 100), Rollout.count(at: 250, 1620, last: 20)]
        let lines = [head, Rollout.head("p", at: 180)] + Self.replay + own
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [100, 20])
        // Without the parent the dense burst tells as much.
        #expect(Rollout.inputs(lines) == [100, 20])
        #expect(Rollout.log(lines).sessionID == "c")
    }

    @Test func aReplayIsKnownByItsContentsWhenItIsWrittenSlowly() {
        let slow = [
            Rollout.count(at: 180, 1000, last: 1000), Rollout.count(at: 195, 1500, last: 500),
            Rollout.count(at: 240, 1600, last: 100),
        ]
        let lines = [Rollout.head("c", forkOf: "p", at: 180)] + slow
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [100])
    }

    @Test func aReplayMovesTheTotalOn() {
        let totals = [1000, 1500].map { Rollout.count(at: 180, total: Rollout.usage($0)) }
        let lines =
            [Rollout.head("c", forkOf: "p", at: 180)] + totals
            + [Rollout.count(at: 240, total: Rollout.usage(1600))]
        #expect(Rollout.inputs(lines) == [100])
    }

    @Test func aForkThatBeginsAgainFromZeroIsCounted() {
        let lines =
            [Rollout.head("c", forkOf: "p", at: 180)] + Self.replay
            + [Rollout.count(at: 240, 120, last: 120), Rollout.count(at: 250, 150, last: 30)]
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [120, 30])
        #expect(Rollout.inputs(lines) == [120, 30])
    }

    @Test func aChildThatRepeatsNothingLosesNothing() {
        let lines = [
            Rollout.head("c", forkOf: "p", at: 180), Rollout.count(at: 190, 700, last: 700),
            Rollout.count(at: 200, 1500, last: 800),
        ]
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [700, 800])
        #expect(Rollout.inputs(lines) == [700, 800])
    }

    @Test func whatTheParentDidAfterTheForkIsNotRepeated() {
        // Without totals the child's first request may be equal to the parent's next.
        func counts(_ list: [(Double, Int)]) -> [String] {
            list.map { Rollout.count(at: $0.0, last: Rollout.usage($0.1)) }
        }
        let parent = [Rollout.head("p")] + counts([(60, 100), (200, 50)])
        let child = [Rollout.head("c", forkOf: "p", at: 180)] + counts([(180, 100), (300, 50)])
        #expect(Rollout.inputs(child, parents: [parent]) == [50])
    }

    @Test func ofSeveralCopiesOfTheParentTheLongestMatchHolds() {
        let lines =
            [Rollout.head("c", forkOf: "p", at: 180)] + Self.replay
            + [Rollout.count(at: 240, 1600, last: 100)]
        let short = Array(Self.parent.prefix(3))
        #expect(Rollout.inputs(lines, parents: [short, Self.parent]) == [100])
        #expect(Rollout.inputs(lines, parents: [Self.parent, short]) == [100])
        #expect(Rollout.inputs(lines, parents: [short]) == [500, 100])
    }

    @Test func repeatedRequestsOfTheParentStayRepeated() {
        let parent = Self.parent + [Rollout.count(at: 130, 1500, last: 500)]
        let lines = [
            Rollout.head("c", forkOf: "p", at: 180), Rollout.count(at: 180, 1000, last: 1000),
            Rollout.count(at: 180, 1000, last: 1000), Rollout.count(at: 180, 1500, last: 500),
            Rollout.count(at: 240, 1600, last: 100),
        ]
        #expect(Rollout.inputs(lines, parents: [parent]) == [100])
    }

    @Test(arguments: [true, false])
    func aReplayMayBeginInTheMiddleOfTheParent(hasTotals: Bool) {
        func counts(_ list: [(Double, Int, Int)]) -> [String] {
            list.map { time, total, last in
                hasTotals
                    ? Rollout.count(at: time, total, last: last)
                    : Rollout.count(at: time, last: Rollout.usage(last))
            }
        }
        let parent =
            [Rollout.head("p")] + counts([(60, 100, 100), (90, 300, 200), (120, 600, 300)])
        let head = [Rollout.head("c", forkOf: "p", at: 180)]
        let own = counts([(240, 1000, 400)])
        let replay = counts([(180.1, 300, 200), (180.2, 600, 300)])
        #expect(Rollout.inputs(head + replay + own, parents: [parent]) == [400])
        // Slowly, the same is the child's own.
        let slow = counts([(190, 300, 200), (200, 600, 300)])
        #expect(Rollout.inputs(head + slow + own, parents: [parent]) == [200, 300, 400])
        // At once, but not the parent's: nor is that a replay.
        let other = counts([(180.1, 250, 250), (180.2, 600, 350)])
        #expect(Rollout.inputs(head + other + own, parents: [parent]) == [250, 350, 400])
    }

    // MARK: Writers, and logs that go on

    /// The parent's two counts as other writers put them.
    static let writings: [[(total: String?, last: String?)]] = [
        [(Rollout.usage(1000), nil), (Rollout.usage(1500), nil)],
        [
            (Rollout.usage(1000, written: 0), Rollout.usage(1000, written: 0)),
            (Rollout.usage(1500, written: 0), Rollout.usage(500)),
        ],
        [
            (#"{"input_tokens":1000}"#, #"{"input_tokens":1000}"#),
            (#"{"input_tokens":1500,"output_tokens":null}"#, "{}"),
        ],
        [(nil, Rollout.usage(1000)), (nil, Rollout.usage(500))],
    ]

    @Test(arguments: writings)
    func aReplayByAnotherWriterIsAReplay(counts: [(total: String?, last: String?)]) {
        // Slowly, so that no burst tells.
        let replay = counts.enumerated().map { index, count in
            Rollout.count(at: 190 + Double(index * 9), total: count.total, last: count.last)
        }
        let lines =
            [Rollout.head("c", forkOf: "p", at: 180)] + replay
            + [Rollout.count(at: 240, 1600, last: 100)]
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [100])
        let early = counts.enumerated().map { index, count in
            Rollout.count(at: 60 + Double(index * 9), total: count.total, last: count.last)
        }
        let child =
            [Rollout.head("c", forkOf: "p", at: 180), Rollout.count(at: 190, 1000, last: 1000)]
            + [Rollout.count(at: 199, 1500, last: 500), Rollout.count(at: 240, 1600, last: 100)]
        #expect(Rollout.inputs(child, parents: [[Rollout.head("p")] + early]) == [100])
    }

    @Test(arguments: [true, false])
    func theParentsLogsAreOneHistory(isFirstFirst: Bool) {
        let first = [
            Rollout.head("p"), Rollout.count(at: 60, 100, last: 100),
            Rollout.count(at: 70, 300, last: 200),
        ]
        // The second log begins with a copy of the end of the first, or not.
        for start in [2, 3] {
            let second =
                [Rollout.head("p", at: 100)] + first.dropFirst(start)
                + [
                    Rollout.count(at: 110, 600, last: 300), Rollout.count(at: 120, 700, last: 100),
                    Rollout.count(at: 999, 777, last: 77),
                ]
            let replay = [(100, 100), (300, 200), (600, 300), (700, 100)].enumerated().map {
                Rollout.count(at: 190 + Double($0.offset * 9), $0.element.0, last: $0.element.1)
            }
            let child = [Rollout.head("c", forkOf: "p", at: 180)] + replay
            let parents = isFirstFirst ? [first, second] : [second, first]
            #expect(Rollout.inputs(child, parents: parents) == [])
            let own = [Rollout.count(at: 300, 777, last: 77)]
            #expect(Rollout.inputs(child + own, parents: parents) == [77])
        }
    }

    // MARK: Generations

    @Test func aForkOfAForkRepeatsWhatTheForkRepeated() {
        let child =
            [Rollout.head("c", forkOf: "p", at: 180)] + Self.replay
            + [Rollout.count(at: 240, 1600, last: 100)]
        let grandchild =
            [Rollout.head("g", forkOf: "c", at: 300)]
            + [(1000, 1000), (1500, 500), (1600, 100)].map {
                Rollout.count(at: 300, $0.0, last: $0.1)
            } + [Rollout.count(at: 360, 1607, last: 7)]
        #expect(Rollout.inputs(child, parents: [Self.parent]) == [100])
        #expect(Rollout.inputs(grandchild, parents: [child]) == [7])
        // Whether the grandparent is there makes no difference: the child's log is as it is.
        #expect(Rollout.inputs(child) == [100])
    }

    @Test func siblingsOfAMissingParentEachDropTheirBurst() {
        for (id, spent) in [("a", 50), ("b", 75), ("c", 25)] {
            let lines =
                [Rollout.head(id, spawnedBy: "p", at: 180), Rollout.head("p", at: 180)]
                + Self.replay + [Rollout.count(at: 240, spent, last: spent)]
            #expect(Rollout.inputs(lines) == [Int64(spent)])
        }
    }

    @Test func aLogThatIsItsOwnParentIsNoFork() {
        let lines = [
            Rollout.head("s", forkOf: "s", at: 0), Rollout.count(at: 0.5, 100, last: 100),
            Rollout.count(at: 1, 300, last: 200),
        ]
        #expect(Rollout.inputs(lines) == [100, 200])
        #expect(Rollout.inputs(lines, parents: [lines]) == [100, 200])
    }

    @Test func whoIsForkedFromItselfMayBeSpawnedByAnother() {
        let lines =
            [Rollout.head("c", forkOf: "c", spawnedBy: "p", at: 180)] + Self.replay
            + [Rollout.count(at: 240, 1600, last: 100)]
        #expect(Rollout.inputs(lines, parents: [Self.parent]) == [100])
        #expect(Rollout.inputs(lines) == [100])
    }

    // MARK: Bursts

    static let bursts: [(name: String, head: Double?, times: [Double], own: Int)] = [
        ("the burst ends with the first pause over a second", 0, [0.5, 1.5, 2.5, 3.501], 1),
        ("a pause of exactly a second does not end it", 0, [1, 2, 3, 4], 0),
        ("the first event more than a second after the head is no burst", 0, [1.001, 1.1], 2),
        ("times before the fork are the parent's", 100, [10, 50, 100.2, 160], 1),
        ("without the head's time two events at once begin a burst", nil, [5, 5.1, 30], 1),
        ("without it a single event is no burst", nil, [5, 30], 2),
    ]

    @Test(arguments: bursts)
    func theBurstAtTheHeadIsDropped(name: String, head: Double?, times: [Double], own: Int) {
        var lines = [Rollout.head("c", forkOf: "missing", at: head)]
        for (index, time) in times.enumerated() {
            lines.append(Rollout.count(at: time, 100 * (index + 1), last: 100))
        }
        #expect(Rollout.inputs(lines).count == own, "\(name)")
    }

    @Test func noForkHasNoBurst() {
        let lines = [
            Rollout.head("s", at: 0), Rollout.count(at: 0.1, 100, last: 100),
            Rollout.count(at: 0.2, 200, last: 100),
        ]
        #expect(Rollout.inputs(lines) == [100, 100])
    }

    // MARK: Keys

    @Test func keysDoNotDependOnTheParent() {
        let lines =
            [Rollout.head("c", forkOf: "p", at: 180)] + Self.replay
            + [Rollout.count(at: 240, 1000, last: 1000), Rollout.count(at: 250, 1500, last: 500)]
        let with = Rollout.calls(lines, parents: [Rollout.log(Self.parent)]).map(\.key)
        #expect(with.count == 2)
        #expect(with == Rollout.calls(lines).map(\.key))
    }
}
