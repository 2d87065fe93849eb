import Testing

@Suite struct TelemetryFormatTestsPlaceholder {}
