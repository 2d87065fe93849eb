/// What may follow the part of a model id that names the model, without making it another model.
enum ModelSuffix {
    /// Whether the rest of an id from a byte on is nothing, or dates, revisions and the like.
    ///
    /// A clause may end in the middle of a date (`claude-sonnet-4-2025`) or with its hyphen
    /// (`gpt-5-nano-`); that much is read again with the rest.
    static func isHarmless(in name: [UInt8], from end: Int) -> Bool {
        if end == name.count { return true }
        var start = end
        if start > 0, isDigit(name[start]) || isSeparator(name[start - 1]) {
            while start > 0, isDigit(name[start - 1]) { start -= 1 }
            if start > 0, isSeparator(name[start - 1]) { start -= 1 }
        }
        let rest = Array(name[start...])
        return harmless.ends(in: rest).contains(rest.count)
            || isFineTune(of: name[..<end], rest)
    }

    /// Dates (`-20250929`, `@20250929`, `-2025-09-29`, `-09-2025`, `-05-20`, `-0613`), revisions
    /// (`-001`, `-v1`, `-v2:0`, `:0`, `:200k`), stages of one model, and the 1M-context mark.
    private static let harmless = pattern(
        #"^([-@]20\d{6}|[-@]20\d{2}-\d{2}-\d{2}|-\d{2}-20\d{2}|-\d{2}-\d{2}|-\d{4}|-00\d"#
            + #"|-v1|-v\d:\d|-v\d@20\d{6}|:\d|:\d+k|\[1m\]"#
            + #"|[-@](latest|preview|exp|experimental|beta|nightly|stable|default))*$"#)

    /// After `ft:MODEL` comes the owner of the fine-tune (`-2024-08-06:acme::id`), after
    /// `MODEL.ft-` its number.
    private static func isFineTune(of model: ArraySlice<UInt8>, _ rest: [UInt8]) -> Bool {
        model.suffix(4).elementsEqual(".ft-".utf8)
            || model.starts(with: "ft:".utf8) && fineTune.ends(in: rest).contains(rest.count)
    }

    private static let fineTune = pattern(#"^(-\d{4}|-\d{2}-\d{2}|-\d{4}-\d{2}-\d{2})?(:.*)?$"#)

    private static func pattern(_ text: String) -> ModelPattern {
        guard let pattern = ModelPattern(Array(text.utf8)) else {
            preconditionFailure("not a pattern: \(text)")
        }
        return pattern
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        "-@:".utf8.contains(byte)
    }
}
