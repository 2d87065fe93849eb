import Testing

@Suite struct TelemetrySQLiteTestsPlaceholder {}
