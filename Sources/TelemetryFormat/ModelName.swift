/// The many spellings of a model's id, brought to one for reports and for the price table.
///
/// Only what is known to be packaging is taken off: where the model was bought, in which region,
/// in which dated build, with how large a window. A price is never guessed from a part of a name,
/// so an id that nothing here recognises keeps every character of it, in lower case.
package enum ModelName {
    /// The id without its packaging: `us.anthropic.claude-sonnet-4-5-20250929-v1:0` and
    /// `anthropic/claude-sonnet-4.5` are both `claude-sonnet-4-5`.
    ///
    /// Prices may differ between builds, regions and sellers, so whoever looks for a price tries
    /// the id as it was logged first. `-latest` is taken off Claude's ids, where it names the
    /// newest build of the same model; elsewhere (`chatgpt-4o-latest`) it may be a model of its
    /// own.
    package static func normalized(_ raw: String) -> String {
        var id = ModelID(raw)
        id.dropPath()
        id.dropBedrockPrefix()
        id.dropWindow()
        id.dropVertexVersion()
        id.dropBedrockVersion()
        id.dropDate()
        if id.isClaude { id.unifyClaude() }
        return String(id.name)
    }

    /// Who sold the call, where the id's shape says so, as a provider of the price table: `aws` for
    /// Bedrock's ids, `google` for Vertex's, `azure`, or `openrouter` for `vendor/model`. Nil: the
    /// id's maker, or nobody knows.
    package static func reseller(_ raw: String) -> String? {
        var id = ModelID(raw)
        let path = id.dropPath()
        if id.dropBedrockPrefix() || path == .aws { return "aws" }
        switch path {
        case .google: return "google"
        case .azure: return "azure"
        case .openRouter: return "openrouter"
        case .aws, .maker, nil: break
        }
        id.dropWindow()
        return id.dropVertexVersion() ? "google" : nil
    }
}
