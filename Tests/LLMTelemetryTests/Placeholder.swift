import Testing

@Suite struct LLMTelemetryTestsPlaceholder {}
