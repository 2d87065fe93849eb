/// The name of a file of records or texts in a day directory, taken apart strictly: whatever does
/// not match exactly was not made by this program and is left alone.
package struct SegmentName: Hashable, Sendable {
    /// What the lines of a segment are.
    package enum Content: String, CaseIterable, Sendable {
        case telemetry, prompts, responses

        /// Whether the lines hold texts that the user asked to keep.
        package var isText: Bool { self != .telemetry }
    }

    /// Which of a day's segments it is.
    package enum Form: Hashable, Sendable {
        /// The one that everybody appends to: `telemetry.jsonl`.
        case active
        /// A full one: `telemetry.0001.jsonl`.
        case rotated(Int)
        /// One of a single writer who could not wait for the lock: `telemetry.w123-0a1b2c3d.jsonl`.
        case own(process: Int32, mark: String)
    }

    package var content: Content
    package var form: Form
    /// Whether the file is the `.gz` twin.
    package var isCompressed: Bool

    package init(_ content: Content, _ form: Form, isCompressed: Bool = false) {
        self.content = content
        self.form = form
        self.isCompressed = isCompressed
    }

    /// Reads a file name; nil for any name that this program does not give.
    package init?(_ name: some StringProtocol) {
        var parts = String(name).split(separator: ".", omittingEmptySubsequences: false)
        isCompressed = parts.last == "gz"
        if isCompressed { parts.removeLast() }
        guard parts.last == "jsonl", let content = Content(rawValue: String(parts[0])) else {
            return nil
        }
        self.content = content
        switch parts.count {
        case 2: form = .active
        case 3:
            guard let form = Self.rotated(String(parts[1])) ?? Self.own(String(parts[1])) else {
                return nil
            }
            self.form = form
        default: return nil
        }
    }

    /// The file name.
    package var text: String {
        let end = isCompressed ? ".jsonl.gz" : ".jsonl"
        switch form {
        case .active: return content.rawValue + end
        case .rotated(let number): return "\(content.rawValue).\(Self.padded(number))\(end)"
        case .own(let process, let mark): return "\(content.rawValue).w\(process)-\(mark)\(end)"
        }
    }

    /// The same segment uncompressed, which is its identity.
    package var plain: SegmentName { SegmentName(content, form) }

    /// The number of a rotated segment, else nil.
    package var number: Int? {
        if case .rotated(let number) = form { number } else { nil }
    }

    private static func rotated(_ text: String) -> Form? {
        guard let number = Int(text), number > 0, text == padded(number) else { return nil }
        return .rotated(number)
    }

    private static func own(_ text: String) -> Form? {
        let parts = text.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
        guard text.hasPrefix("w"), parts.count == 2, let process = Int32(parts[0]), process > 0,
            String(process) == parts[0], parts[1].utf8.count == 8,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return .own(process: process, mark: String(parts[1]))
    }

    /// Four digits at least, so that names sort like numbers for as long as anybody looks.
    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension SegmentName: Comparable {
    /// Oldest first: rotated by number, then writers' own, then the active one; each before its
    /// compressed twin.
    package static func < (left: SegmentName, right: SegmentName) -> Bool {
        left.sortKey < right.sortKey
    }

    private var sortKey: (Int, Int, Int, String, Int) {
        let place = Content.allCases.firstIndex(of: content) ?? 0
        let twin = isCompressed ? 1 : 0
        switch form {
        case .rotated(let number): return (place, 0, number, "", twin)
        case .own: return (place, 1, 0, plainText, twin)
        case .active: return (place, 2, 0, "", twin)
        }
    }

    private var plainText: String { plain.text }
}
