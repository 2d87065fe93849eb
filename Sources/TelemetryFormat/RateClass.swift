/// What a call's price can depend on beside its time: calls of one rate class in one UTC hour can
/// be added up before they are priced. A pure function of the record that knows no prices.
package struct RateClass: Hashable, Sendable {
    /// The model id as logged; nil when the record names none.
    package var model: String?
    /// Who served the model, as logged.
    package var provider: String?
    /// Index into `RequestSize.thresholds`: how many of them the request exceeds.
    package var size: Int
    package var speed: String?
    package var serviceTier: String?
    package var region: String?
    /// Whether the log states the cost of these calls.
    package var hasRecordedCost: Bool
    /// Whether these calls gave only a total of their tokens, which no price applies to.
    package var hasOnlyTotal: Bool

    package init(
        model: String?, provider: String? = nil, size: Int = 0, speed: String? = nil,
        serviceTier: String? = nil, region: String? = nil, hasRecordedCost: Bool = false,
        hasOnlyTotal: Bool = false
    ) {
        self.model = model
        self.provider = provider
        self.size = size
        self.speed = speed
        self.serviceTier = serviceTier
        self.region = region
        self.hasRecordedCost = hasRecordedCost
        self.hasOnlyTotal = hasOnlyTotal
    }
}

/// The ladder of request sizes at which any price list changes its prices.
package enum RequestSize {
    /// A price with a threshold not on this ladder is computed call by call.
    package static let thresholds: [Int64] = [
        32_000, 100_000, 128_000, 199_999, 200_000, 256_000, 272_000, 512_000, 524_288,
    ]

    /// How many thresholds a request of so many tokens (input, cache reads and writes) exceeds.
    package static func bucket(_ requestTokens: Int64) -> Int {
        var bucket = 0
        while bucket < thresholds.count, requestTokens > thresholds[bucket] { bucket += 1 }
        return bucket
    }
}
