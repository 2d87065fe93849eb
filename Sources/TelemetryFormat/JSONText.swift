/// Writes JSON text, placing the commas:
///
///     var json = JSONText()
///     json.object {
///         $0.member("calls", 5)
///         $0.array("models") { $0.value("claude-haiku-4-5") }
///     }
///
/// Every value is written as soon as it is named; nothing is kept but the bytes.
package struct JSONText {
    /// The UTF-8 text so far.
    package private(set) var bytes: [UInt8] = []
    /// Whether the next value or name follows another one of the same container.
    private var needsComma = false

    /// An empty text with room for so many bytes.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// The text so far.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes a value: the whole text, or the next element of the array that is open.
    package mutating func value(_ value: some JSONWritable) {
        beginValue()
        value.write(to: &self)
        needsComma = true
    }

    /// Writes a member of the object that is open.
    package mutating func member(_ name: String, _ value: some JSONWritable) {
        self.name(name)
        value.write(to: &self)
        needsComma = true
    }

    /// Writes a member whose value is JSON text already.
    package mutating func member(_ member: JSONMember) {
        name(member.name)
        bytes.append(contentsOf: member.json.utf8)
        needsComma = true
    }

    /// Writes a member that is null.
    package mutating func null(_ name: String) {
        member(name, String?.none)
    }

    /// Writes an object as a value; `body` writes its members.
    package mutating func object<Failure: Error>(
        _ body: (inout JSONText) throws(Failure) -> Void
    ) throws(Failure) {
        beginValue()
        try container(open: "{", close: "}", body)
    }

    /// Writes an object as a member; `body` writes its members.
    package mutating func object<Failure: Error>(
        _ name: String, _ body: (inout JSONText) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try container(open: "{", close: "}", body)
    }

    /// Writes an array as a value; `body` writes its elements.
    package mutating func array<Failure: Error>(
        _ body: (inout JSONText) throws(Failure) -> Void
    ) throws(Failure) {
        beginValue()
        try container(open: "[", close: "]", body)
    }

    /// Writes an array as a member; `body` writes its elements.
    package mutating func array<Failure: Error>(
        _ name: String, _ body: (inout JSONText) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try container(open: "[", close: "]", body)
    }

    // MARK: What values are made of

    /// Appends ASCII text as it stands, for values that write themselves.
    package mutating func append(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Lets a value append its bytes.
    package mutating func append(_ body: (inout [UInt8]) -> Void) {
        body(&bytes)
    }

    private mutating func container<Failure: Error>(
        open: Unicode.Scalar, close: Unicode.Scalar,
        _ body: (inout JSONText) throws(Failure) -> Void
    ) throws(Failure) {
        bytes.append(UInt8(ascii: open))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func name(_ name: String) {
        beginValue()
        bytes.appendJSONString(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func beginValue() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }
}
