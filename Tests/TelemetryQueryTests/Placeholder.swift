import Testing

@Suite struct TelemetryQueryTestsPlaceholder {}
