import Testing

@Suite struct TelemetryReportTestsPlaceholder {}
