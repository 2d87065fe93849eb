import Foundation

extension JSON {
    /// Where this answer is not what is expected: every member that is expected must be here, other
    /// members may be; numbers are compared by value, arrays element by element.
    func differences(from expected: JSON, at path: String = "$") -> [String] {
        switch (expected, self) {
        case (.object(let members), .object):
            return members.flatMap { member in
                guard let value = self[member.name] else { return ["\(path).\(member.name) missing"] }
                return value.differences(from: member.value, at: "\(path).\(member.name)")
            }
        case (.array(let wanted), .array(let found)) where wanted.count == found.count:
            return zip(wanted, found).enumerated().flatMap { index, pair in
                pair.1.differences(from: pair.0, at: "\(path)[\(index)]")
            }
        case (.number(let wanted), .number(let found)):
            return Decimal(string: wanted) == Decimal(string: found)
                ? [] : ["\(path): \(found), not \(wanted)"]
        default:
            return expected == self ? [] : ["\(path): \(self), not \(expected)"]
        }
    }
}
