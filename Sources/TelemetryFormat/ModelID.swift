/// A model's id while its packaging is taken off, piece by piece; every step leaves an id alone
/// that does not have its piece.
struct ModelID {
    private(set) var name: Substring

    /// What stood before the last slash.
    enum Path { case aws, google, azure, openRouter, maker }

    /// The id in lower case, without white space around it.
    init(_ raw: String) {
        name = Substring(raw.lowercased()).drop(while: \.isWhitespace)
        while name.last?.isWhitespace == true { name.removeLast() }
    }

    var isClaude: Bool { name.hasPrefix("claude-") }

    /// Routes that name a seller, as LiteLLM and others write them; a vendor may follow.
    private static let routes: [(prefix: String, path: Path)] = [
        ("bedrock/converse/", .aws), ("bedrock/", .aws), ("amazon-bedrock/", .aws),
        ("vertex_ai/", .google), ("vertex/", .google), ("google-vertex/", .google),
        ("azure/", .azure), ("azure_ai/", .azure), ("openrouter/", .openRouter),
    ]

    /// Vendors as OpenRouter writes them before the slash.
    private static let vendors: Set<Substring> = [
        "ai21", "amazon", "anthropic", "arcee-ai", "baidu", "bytedance-seed", "cohere", "deepseek",
        "google", "inception", "meta-llama", "microsoft", "minimax", "mistralai", "moonshotai",
        "nousresearch", "nvidia", "openai", "perplexity", "qwen", "stepfun", "tencent", "x-ai",
        "xiaomi", "z-ai",
    ]

    /// Vendors as Bedrock writes them before the dot. Those in `makers` sell the same model under
    /// the same name themselves; the rest are part of the name that Bedrock gave it.
    private static let makers: Set<Substring> = [
        "anthropic", "deepseek", "google", "mistral", "moonshot", "moonshotai", "openai", "qwen",
        "zai",
    ]
    private static let otherBedrockVendors: Set<Substring> = [
        "ai21", "amazon", "cohere", "luma", "meta", "minimax", "nvidia", "stability", "twelvelabs",
        "writer",
    ]

    /// Bedrock's inference profiles: where a request may be served.
    private static let regions: Set<Substring> = [
        "apac", "au", "ca", "eu", "global", "in", "jp", "sa", "us", "us-gov",
    ]

    /// Takes off routes, vendors and resource paths: `openrouter/anthropic/`, `models/`,
    /// `projects/…/publishers/google/models/`, `arn:aws:bedrock:…:inference-profile/`.
    @discardableResult
    mutating func dropPath() -> Path? {
        if let path = dropResourcePath() { return path }
        let route = Self.routes.first { name.hasPrefix($0.prefix) }
        if let route { name.removeFirst(route.prefix.count) }
        guard let slash = name.firstIndex(of: "/"), Self.vendors.contains(name[..<slash]) else {
            return route?.path
        }
        name = name[name.index(after: slash)...]
        return route?.path ?? .openRouter
    }

    /// Cloud resource names end with the model's id. An application's own inference profile does
    /// not, so it is left as it is.
    private mutating func dropResourcePath() -> Path? {
        guard let slash = name.lastIndex(of: "/") else { return nil }
        let (head, tail) = (name[..<slash], name[name.index(after: slash)...])
        let path: Path
        if head.hasPrefix("arn:aws"), head.hasSuffix(":inference-profile") {
            path = .aws
        } else if head.hasPrefix("arn:aws"), head.hasSuffix(":foundation-model") {
            path = .aws
        } else if head.hasSuffix("/models"), head.contains("publishers/") {
            path = .google
        } else if head == "models" {
            path = .maker
        } else {
            return nil
        }
        name = tail
        return path
    }

    /// Takes off `us.anthropic.` and the like; true when the id is one of Bedrock's.
    @discardableResult
    mutating func dropBedrockPrefix() -> Bool {
        var parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let hasRegion = parts.count == 3 && Self.regions.contains(parts[0])
        if !hasRegion {
            parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        }
        let vendor = parts[hasRegion ? 1 : 0]
        guard let model = parts.last, parts.count > 1, !model.isEmpty else { return false }
        if Self.makers.contains(vendor) {
            name = model
        } else if Self.otherBedrockVendors.contains(vendor) {
            name = name[vendor.startIndex...]
        } else {
            return false
        }
        return true
    }

    /// Takes off the size of a context window that a client was told to use: `[1m]`, `[200k]`.
    mutating func dropWindow() {
        guard name.hasSuffix("]"), let open = name.lastIndex(of: "[") else { return }
        let size = name[name.index(after: open)...].dropLast()
        guard let unit = size.last, unit == "m" || unit == "k", size.dropLast().isDigits else {
            return
        }
        name = name[..<open]
    }

    /// Takes off Vertex's version: `@20250929`, `@001`, `@default`, `@latest`; true when there.
    @discardableResult
    mutating func dropVertexVersion() -> Bool {
        guard let at = name.lastIndex(of: "@"), at > name.startIndex else { return false }
        let version = name[name.index(after: at)...]
        let isNumber = version.isDigits && [3, 8].contains(version.count)
        guard isNumber || version == "default" || version == "latest" else { return false }
        name = name[..<at]
        return true
    }

    /// Takes off Bedrock's version where it says nothing about the model: `-v1:0`, `-1:0`, `:0`.
    mutating func dropBedrockVersion() {
        if isClaude {
            if let colon = name.firstIndex(of: ":"), name[colon...].dropFirst().isVersionRest {
                name = name[..<colon]
            }
            return
        }
        for suffix in ["-v1:0", "-1:0", ":0"] where name.hasSuffix(suffix) {
            name.removeLast(suffix.count)
            return
        }
    }

    /// Takes off a build's date: `-20250929`, `-2025-08-07`, `@2025-08-07`.
    mutating func dropDate() {
        for length in [8, 10] {
            let text = name.suffix(length)
            let rest = name.dropLast(length)
            let isoText = length == 10 ? String(text) : text.withDateHyphens
            guard rest.last == "-" || rest.last == "@", rest.count > 1 else { continue }
            if let day = Day(isoText), day.year >= 2020 {
                name = rest.dropLast()
                return
            }
        }
    }

    /// Claude's ids have had points and hyphens, `-latest`, and `-v2` for a second build.
    mutating func unifyClaude() {
        name = Substring(name.replacingPointsBetweenDigits())
        dropClaudeSuffix()
        dropDate()
    }

    /// `claude-3-5-sonnet-v2`, but not `claude-v2`, where it is the model's own version.
    private mutating func dropClaudeSuffix() {
        guard let dash = name.lastIndex(of: "-") else { return }
        let suffix = name[name.index(after: dash)...]
        let isBuild = suffix.first == "v" && suffix.dropFirst().isDigits
        if isBuild || suffix == "latest", name[..<dash].contains(where: \.isNumber) {
            name = name[..<dash]
        }
    }
}

extension Substring {
    /// Whether this is one ASCII digit or more and nothing else.
    fileprivate var isDigits: Bool {
        !isEmpty && utf8.allSatisfy { $0 &- 0x30 < 10 }
    }

    /// `0` and `0:200k`: what follows the first colon of a Bedrock id.
    fileprivate var isVersionRest: Bool {
        let parts = split(separator: ":", omittingEmptySubsequences: false)
        guard parts[0].isDigits else { return false }
        let window = parts.dropFirst()
        return window.isEmpty
            || window.count == 1 && parts[1].hasSuffix("k") && parts[1].dropLast().isDigits
    }

    /// `20250929` as `2025-09-29`.
    fileprivate var withDateHyphens: String {
        "\(prefix(4))-\(dropFirst(4).prefix(2))-\(suffix(2))"
    }

    /// `4.5` as `4-5`.
    fileprivate func replacingPointsBetweenDigits() -> String {
        var bytes = Array(utf8)
        for index in bytes.indices.dropFirst().dropLast()
        where bytes[index] == UInt8(ascii: ".") && bytes[index - 1] &- 0x30 < 10
            && bytes[index + 1] &- 0x30 < 10
        {
            bytes[index] = UInt8(ascii: "-")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
