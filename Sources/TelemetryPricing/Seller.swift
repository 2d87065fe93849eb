/// Who sold a call: the table's name for what logs and model ids call it.
enum Seller: Equatable, Sendable {
    /// Makes the models it sells.
    case maker(String)
    /// Sells what others make.
    case reseller(String)
    /// Runs on the user's own machine: no price list applies.
    case local

    /// The table's name; nil for `local`.
    var name: String? {
        switch self {
        case .maker(let name), .reseller(let name): name
        case .local: nil
        }
    }

    /// The seller that a lower-case word means; nil when it means none that the table knows.
    init?(_ word: some StringProtocol) {
        guard let seller = Self.words[String(word)] else { return nil }
        self = seller
    }

    /// The table's name of a provider, or the word itself in lower case when the table has none.
    static func canonicalName(_ word: String) -> String {
        Seller(word.lowercased())?.name ?? word.lowercased()
    }

    private static let words: [String: Seller] = {
        var words: [String: Seller] = [:]
        for (name, others) in makers {
            for word in [name] + others { words[word] = .maker(name) }
        }
        for (name, others) in resellers {
            for word in [name] + others where words[word] == nil { words[word] = .reseller(name) }
        }
        for word in localRuntimes { words[word] = .local }
        return words
    }()

    private static let makers: [(String, [String])] = [
        ("anthropic", ["claude"]),
        ("openai", ["openai-api", "openai-codex", "codex"]),
        ("x-ai", ["xai", "x.ai"]),
        ("mistral", ["mistralai", "mistral-ai", "mistral_ai"]),
        ("deepseek", []),
        ("cohere", []),
        ("meta", []),
        ("moonshotai", ["moonshot", "moonshot-ai", "kimi"]),
        ("zai", ["z-ai", "z.ai"]),
        ("zhipuai", ["zhipu", "bigmodel"]),
        ("minimax", []),
        ("perplexity", ["pplx"]),
        ("voyageai", ["voyage", "voyage-ai"]),
        ("arcee", ["arcee-ai"]),
        ("typesafe", []),
        ("elevenlabs", []),
        (
            "google",
            [
                "gemini", "google-gla", "google-genai", "google_genai", "google-ai-studio",
                "gcp.gemini",
            ]
        ),
    ]

    /// Google is here again, as Vertex AI: there it sells Claude too, in its second block of rows.
    private static let resellers: [(String, [String])] = [
        (
            "aws",
            [
                "bedrock", "amazon", "amazon-bedrock", "amazon_bedrock", "aws-bedrock",
                "aws_bedrock", "aws.bedrock", "bedrock_converse",
            ]
        ),
        (
            "azure",
            [
                "azure_ai", "azure-ai", "azure-openai", "azure_openai", "azure.ai.openai",
                "azure.ai.inference",
            ]
        ),
        ("openrouter", []),
        ("groq", []),
        ("together", ["togetherai", "together-ai", "together_ai", "together.ai"]),
        ("fireworks", ["fireworks_ai", "fireworks-ai", "fireworksai"]),
        ("cerebras", []),
        ("novita", ["novita-ai"]),
        ("cloudflare", ["workers-ai"]),
        ("databricks", []),
        ("baseten", []),
        ("modal", []),
        ("doubleword", []),
        ("ovhcloud", ["ovh"]),
        ("avian", []),
        ("cursor", []),
        ("github-copilot", ["github_copilot", "copilot"]),
        ("quicksilverpro", []),
        ("openai-decisions", []),
        ("huggingface_cerebras", []),
        ("huggingface_fireworks-ai", []),
        ("huggingface_groq", []),
        ("huggingface_hyperbolic", []),
        ("huggingface_nebius", []),
        ("huggingface_novita", []),
        ("huggingface_nscale", []),
        ("huggingface_ovhcloud", []),
        ("huggingface_publicai", []),
        ("huggingface_sambanova", []),
        ("huggingface_together", []),
        (
            "google",
            [
                "vertex", "vertex_ai", "vertex-ai", "vertexai", "google-vertex", "google_vertex",
                "google-vertex-anthropic", "gcp", "gcp.vertex_ai",
            ]
        ),
    ]

    private static let localRuntimes = [
        "local", "ollama", "lmstudio", "lm-studio", "lm_studio", "llama.cpp", "llamacpp",
        "llama-cpp", "llama_cpp", "llamafile", "vllm", "mlx", "mlx-lm", "localai", "sglang", "tgi",
        "koboldcpp", "gpt4all", "jan", "exllama", "mlc",
    ]
}
