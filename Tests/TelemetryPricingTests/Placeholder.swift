import Testing

@Suite struct TelemetryPricingTestsPlaceholder {}
