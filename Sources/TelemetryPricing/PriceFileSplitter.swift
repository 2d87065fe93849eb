/// Cuts a file of prices into its rows, each with the line on which it begins.
///
/// A file is rows one after the other, a list of rows, or an object whose `models` is a list of
/// rows.
struct PriceFileSplitter {
    private let file: [UInt8]
    private var index = 0
    private var line = 1
    /// The brackets that are open around the rows.
    private var open: [UInt8] = []

    init(_ file: [UInt8]) {
        self.file = file
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next row; nil at the end of the file.
    mutating func next() throws(PricingError) -> (line: Int, bytes: [UInt8])? {
        while true {
            skipWhitespace()
            guard index < file.count else {
                guard open.isEmpty else { throw problem("the list of rows does not end") }
                return nil
            }
            switch file[index] {
            case UInt8(ascii: "{"):
                guard !enterModels() else { continue }
                return try row()
            case UInt8(ascii: "[") where open.isEmpty:
                push()
            case UInt8(ascii: "]") where open.last == UInt8(ascii: "["),
                UInt8(ascii: "}") where open.last == UInt8(ascii: "{"):
                open.removeLast()
                index += 1
            case UInt8(ascii: ",") where open.last == UInt8(ascii: "["):
                index += 1
            default:
                throw problem("expected a row, an object")
            }
        }
    }

    /// Steps over `{"models":[` when that is what comes; false when it is something else.
    private mutating func enterModels() -> Bool {
        guard open.isEmpty else { return false }
        let start = self
        push()
        for text in [#""models""#, ":"] {
            skipWhitespace()
            guard file[index...].starts(with: text.utf8) else {
                self = start
                return false
            }
            index += text.utf8.count
        }
        skipWhitespace()
        guard index < file.count, file[index] == UInt8(ascii: "[") else {
            self = start
            return false
        }
        push()
        return true
    }

    private mutating func push() {
        open.append(file[index])
        index += 1
    }

    /// The object that begins here, up to the bracket that closes it.
    private mutating func row() throws(PricingError) -> (line: Int, bytes: [UInt8]) {
        let (start, firstLine) = (index, line)
        var depth = 0
        var isInString = false
        while index < file.count {
            let byte = file[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return (firstLine, Array(file[start..<index])) }
            default: break
            }
        }
        throw PricingError(line: firstLine, problem: "the row does not end")
    }

    private mutating func skipWhitespace() {
        while index < file.count, " \t\r\n".utf8.contains(file[index]) {
            if file[index] == UInt8(ascii: "\n") { line += 1 }
            index += 1
        }
    }

    private func problem(_ text: String) -> PricingError {
        PricingError(line: line, problem: text)
    }
}
