import TelemetryFiles
import TelemetryFormat

/// Reads logs line by line and hands over what they say in portions, without touching the cache:
/// what can run on another thread than the writing.
struct StepReader {
    /// A portion ends after so many refused lines, so that it stays small.
    private static let refusedLinesPerPortion = 4096

    let source: any LogSource
    let reader: Int
    /// By the real clock.
    let startMilliseconds: Int64
    private var dictionary = CallDictionary()

    init(_ source: any LogSource, reader: Int, startMilliseconds: Int64) {
        self.source = source
        self.reader = reader
        self.startMilliseconds = startMilliseconds
    }

    /// Reads one log on from its checkpoint; at least one portion is given, the last one with an
    /// end. Throws only what `give` throws.
    mutating func read(
        _ step: SourcePlan.Step, at position: Int,
        give: (consuming LogPortion) throws(IndexError) -> Void
    ) throws(IndexError) {
        var checkpoint = step.checkpoint
        if step.plan == .readAnew { checkpoint.rewind() }
        var portion = LogPortion(reader: reader, step: position, checkpoint: checkpoint)
        var refusal: IndexError?
        do throws(IndexError) {
            let ending = try read(step, &portion) { (full) throws(IndexError) in
                do throws(IndexError) {
                    try give(full)
                } catch {
                    refusal = error
                    throw error
                }
            }
            portion.end = .whole(ending)
        } catch {
            if let refusal { throw refusal }
            portion.end = .failure(error)
        }
        portion.names = dictionary.takeNews()
        try give(portion)
    }

    private mutating func read(
        _ step: SourcePlan.Step, _ portion: inout LogPortion,
        give: (consuming LogPortion) throws(IndexError) -> Void
    ) throws(IndexError) -> LogEnding {
        let file = step.file
        var interpreter = source.makeInterpreter(for: file, memory: step.memory)
        var lines = LogFileReader(file, lineLimit: source.lineLimit)
        portion.checkpoint.pending = try lines.forEachLine(from: portion.checkpoint.offset) {
            (line, position) throws(IndexError) in
            take(line, position, &interpreter, &portion)
            if portion.batch.isFull || portion.refused.count >= Self.refusedLinesPerPortion {
                portion.names = dictionary.takeNews()
                var next = LogPortion(
                    reader: reader, step: portion.step, checkpoint: portion.checkpoint)
                next.batch.expectAsMuchText(as: portion.batch)
                try give(portion)
                portion = next
            }
        }
        portion.checkpoint.note(file, at: startMilliseconds)
        if file.representation == .plain {
            let windows = try FileWindows(path: file.path, offset: portion.checkpoint.offset)
            portion.checkpoint.headHash = windows.head
            portion.checkpoint.tailHash = windows.tail
        }
        return LogEnding(facts: interpreter.facts, memory: interpreter.memory)
    }

    @inline(__always)
    private mutating func take(
        _ line: Span<UInt8>, _ position: LinePosition, _ interpreter: inout any LineInterpreter,
        _ portion: inout LogPortion
    ) {
        var hash = LineHash(portion.checkpoint.prefixHash)
        hash.combine(line, position)
        portion.checkpoint.prefixHash = hash.value
        portion.checkpoint.offset = position.end
        portion.checkpoint.lines += 1
        portion.batch.lineOffset = position.offset
        let before = portion.batch.added
        let outcome =
            position.isTooLong
            ? .rejected(.tooLong) : interpreter.interpret(line, &portion.batch, &dictionary)
        switch outcome {
        case .call:
            let calls = max(1, portion.batch.added - before)
            portion.checkpoint.calls += calls
            portion.callLines += calls
        case .other:
            portion.checkpoint.others += 1
            portion.lines.other += 1
        case .blank: break
        case .rejected(let reason):
            portion.checkpoint.rejected += 1
            portion.lines.rejected += 1
            portion.refused.append(
                LogPortion.RefusedLine(reason: reason, number: portion.checkpoint.lines))
        }
    }
}
