package import TelemetryFormat

/// What a price is for. The raw value is the key in a price row; its ending says the unit: dollars
/// per million tokens (`_mtok`), per thousand (`_kcount`), and so on.
package enum PriceUnit: String, CaseIterable, Sendable {
    case input = "input_mtok"
    case output = "output_mtok"
    case cacheRead = "cache_read_mtok"
    case cacheWrite = "cache_write_mtok"
    case cacheWriteOneHour = "cache_write_1h_mtok"
    case reasoning = "output_reasoning_mtok"
    case webSearches = "web_searches_kcount"
    case requests = "requests_kcount"
    // What no log counts; kept so that `pricing show` can tell the whole price.
    case inputAudio = "input_audio_mtok"
    case outputAudio = "output_audio_mtok"
    case cacheAudioRead = "cache_audio_read_mtok"
    case inputImage = "input_image_mtok"
    case outputImage = "output_image_mtok"
    case cacheImageRead = "cache_image_read_mtok"
    case inputVideo = "input_video_mtok"
    case outputVideo = "output_video_mtok"
    case citations = "output_citation_mtok"
    case inputCharacters = "input_mchars"
    case audioHours = "audio_hours"
    case inputAudioHours = "input_audio_hours"
    case storageSearches = "storage_searches_kcount"
    case documentPages = "input_document_kpages"
    case annotatedDocumentPages = "input_annotated_document_kpages"
    case textMessages = "input_text_messages_kcount"
}

/// A price that may depend on the size of the whole request.
package struct TieredPrice: Equatable, Sendable {
    package struct Tier: Equatable, Sendable {
        /// The tier begins with the first token beyond so many in the request.
        package var above: Int64
        package var price: Money
    }

    package var base: Money
    /// Ascending.
    package var tiers: [Tier]

    /// The price for a request of so many tokens (input, cache reads and writes): that of the
    /// highest tier reached.
    package func price(requestTokens: Int64) -> Money {
        tiers.last { requestTokens > $0.above }?.price ?? base
    }
}

/// A set of prices, in dollars per unit.
package typealias UnitPrices = [PriceUnit: TieredPrice]
