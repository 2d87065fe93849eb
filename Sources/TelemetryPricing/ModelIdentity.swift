import TelemetryFormat

/// What a logged model id and provider say: who sold the call, who made the model, and the names
/// under which a price row may know it.
struct ModelIdentity: Equatable, Sendable {
    /// In lower case: the id as logged, the same without each prefix in turn, the normalised id.
    private(set) var names: [[UInt8]]
    /// Who sold the call; nil when nothing says it.
    private(set) var seller: Seller?
    /// Whose model it is, when a prefix says it.
    private(set) var maker: String?
    /// The provider as logged, in lower case: an override may be for one that the table lacks.
    let provider: String?
    /// Whether the log itself, not the id, says that somebody else than a maker sold the call.
    let isResold: Bool

    init(model: String, provider: String?) {
        self.provider = provider.map { $0.trimmed.lowercased() }
        let stated = self.provider.flatMap { Seller($0) }
        isResold =
            switch stated {
            case .reseller, .local: true
            default: false
            }
        let logged = model.trimmed.lowercased()
        names = [Array(logged.utf8)]
        var rest = logged[...]
        while let shorter = takePrefix(of: rest) {
            rest = shorter
            add(rest)
        }
        // `microsoft/…` at OpenRouter is a maker there; `us.anthropic.…` logged as anthropic is
        // Bedrock.
        if isResold { seller = stated }
        seller = seller ?? stated ?? maker.flatMap { Seller($0) }
        // What is left of a path is somebody else's model, whatever it ends in.
        if !rest.contains("/") { add(ModelName.normalized(String(rest))[...]) }
    }

    /// Whether the maker may be asked for a price: the id has no unknown path in front.
    var isBare: Bool {
        names.last.map { !$0.contains(UInt8(ascii: "/")) } ?? false
    }

    /// The same model without the `-fast` at the end of its names; nil when none ends so.
    var withoutFastSuffix: ModelIdentity? {
        let fast = Array("-fast".utf8)
        var plain = self
        plain.names = names.filter { $0.suffix(fast.count) == fast[...] }.map {
            Array($0.dropLast(fast.count))
        }
        return plain.names.isEmpty ? nil : plain
    }

    private mutating func add(_ name: Substring) {
        let bytes = Array(name.lowercased().utf8)
        if !bytes.isEmpty, !names.contains(bytes) { names.append(bytes) }
    }

    /// Notes what the first prefix says and returns the rest; nil when there is no prefix.
    private mutating func takePrefix(of id: Substring) -> Substring? {
        takeLongPath(of: id) ?? takeWord(of: id) ?? takeBedrockName(of: id)
    }

    /// Resource names of the clouds, which end in the model.
    private mutating func takeLongPath(of id: Substring) -> Substring? {
        let paths: [(prefix: String, before: String, seller: Seller)] = [
            ("accounts/fireworks/models/", "/models/", .reseller("fireworks")),
            ("projects/", "/models/", .maker("google")),
            ("publishers/", "/models/", .maker("google")),
            ("models/", "models/", .maker("google")),
            ("arn:aws", "/", .reseller("aws")),
        ]
        guard let path = paths.first(where: { id.hasPrefix($0.prefix) }),
            let rest = id.after(last: path.before)
        else {
            if id.hasPrefix("@cf/") { seller = .reseller("cloudflare") }
            return nil
        }
        seller = path.seller
        return rest
    }

    /// `openrouter/…`, `anthropic/…`, `cerebras:…`; after a seller also its region: `us-east-1/…`.
    private mutating func takeWord(of id: Substring) -> Substring? {
        guard let end = id.firstIndex(where: { $0 == "/" || $0 == ":" }) else { return nil }
        let word = id[..<end]
        switch Seller(word) {
        case .maker(let name): maker = name
        case .reseller, .local: seller = Seller(word)
        case nil:
            let isRegion =
                id[end] == "/"
                && (word == "us" || word == "eu" || word == "global"
                    || word.split(separator: "-").last.map { $0.allSatisfy(\.isNumber) } ?? false)
            guard seller != nil, isRegion else { return nil }
        }
        return id[id.index(after: end)...]
    }

    /// Bedrock's `anthropic.claude-…` and `us.anthropic.claude-…`.
    private mutating func takeBedrockName(of id: Substring) -> Substring? {
        let parts = id.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1 else { return nil }
        let hasRegion = parts.count > 2 && Self.bedrockRegions.contains(String(parts[0]))
        let vendor = String(parts[hasRegion ? 1 : 0])
        guard let name = Self.bedrockVendors[vendor] else { return nil }
        seller = .reseller("aws")
        maker = name.isEmpty ? nil : name
        return id[parts[hasRegion ? 2 : 1].startIndex...]
    }

    private static let bedrockRegions: Set<String> = [
        "us", "eu", "apac", "jp", "au", "ca", "in", "global", "us-gov", "sa", "me", "af", "il",
    ]

    /// Bedrock's names of makers, and ours where it is a seller of the table.
    private static let bedrockVendors: [String: String] = [
        "anthropic": "anthropic", "openai": "openai", "mistral": "mistral", "cohere": "cohere",
        "deepseek": "deepseek", "google": "google", "moonshotai": "moonshotai",
        "moonshot": "moonshotai", "minimax": "minimax", "zai": "zai", "meta": "meta", "amazon": "",
        "ai21": "", "nvidia": "", "qwen": "", "stability": "", "writer": "", "luma": "",
        "twelvelabs": "",
    ]
}

extension String {
    fileprivate var trimmed: String {
        // The usual case, which is asked for every model, without a copy.
        guard first?.isWhitespace ?? false || last?.isWhitespace ?? false else { return self }
        let rest = self.drop(while: \.isWhitespace)
        return String(rest.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension Substring {
    /// What follows the last occurrence of a text; nil when it does not occur.
    fileprivate func after(last text: String) -> Substring? {
        var start = endIndex
        while true {
            if self[start...].hasPrefix(text) { return self[start...].dropFirst(text.count) }
            guard start > startIndex else { return nil }
            start = index(before: start)
        }
    }
}
