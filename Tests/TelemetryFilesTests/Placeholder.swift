import Testing

@Suite struct TelemetryFilesTestsPlaceholder {}
