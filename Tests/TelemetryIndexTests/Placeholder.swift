import Testing

@Suite struct TelemetryIndexTestsPlaceholder {}
