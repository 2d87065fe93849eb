/// The nouns of a record (`Call`, `TokenCounts`, `Money`, `Timestamp`, `Day`) come along, so that
/// one import is enough.
@_exported public import TelemetryFormat
