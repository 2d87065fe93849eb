import Testing

@Suite struct TelemetryCLITestsPlaceholder {}
