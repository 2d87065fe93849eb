import TelemetryFormat
import TelemetryIndex
import TelemetryQuery
import TelemetryReport

extension Examination {
    /// The document of `doctor --json`.
    var document: JSONValue {
        .object([
            .init("schema_version", .integer(JSONReport.schemaVersion)),
            .init("command", .string("doctor")), .init("store", .string(store)),
            .init("sources", .strings(sources)), .init("healthy", .bool(problems.isEmpty)),
            .init("roots", .array(findings.roots.map(Self.node))),
            .init("files", .integer(findings.roots.reduce(0) { $0 + $1.files })),
            .init("bytes", .integer(findings.roots.reduce(0) { $0 + $1.bytes })),
            .init("calls", .integer(findings.roots.reduce(0) { $0 + $1.calls })),
            .init("duplicates", .integer(findings.roots.reduce(0) { $0 + $1.duplicates })),
            .init("rejections", .array(findings.rejections.map(Self.node))),
            .init(
                "unread_files",
                .array(
                    findings.unreadFiles.map { file in
                        .object([
                            .init("path", .string(file.path)),
                            .init("reason", .string(file.reason)),
                        ])
                    })),
            .init(
                "unpriced_models",
                .array(
                    unpricedModels.map { model in
                        .object([
                            .init("model", .optional(model.model)),
                            .init("calls", .integer(model.calls)),
                        ])
                    })),
            .init("price_snapshot", .string(priceSnapshot.description)),
            .init(
                "cache",
                .object([
                    .init("path", .string(findings.cache.path)),
                    .init("bytes", .optional(findings.cache.bytes)),
                    .init("version", .optional(findings.cache.version)),
                    .init("locked", .bool(findings.cache.isLocked)),
                ])),
            .init("calls_without_model", .integer(findings.callsWithoutModel)),
            .init("unknown_tiers", .integer(findings.unknownTiers)),
            .init("sqlite_version", .string(findings.sqliteVersion)),
            .init("open_permissions", .strings(findings.openPermissions)),
            .init("problems", .strings(problems)), .init("notes", .strings(notes)),
        ])
    }

    private static func node(_ root: DoctorFindings.Root) -> JSONValue {
        .object([
            .init("source", .string(root.source)), .init("path", .string(root.path)),
            .init("readable", .bool(root.isReadable)), .init("trouble", .optional(root.trouble)),
            .init("files", .integer(root.files)), .init("bytes", .integer(root.bytes)),
            .init("calls", .integer(root.calls)),
            .init("duplicates", .integer(root.duplicates)),
            .init("rejected", .integer(root.rejected)),
            .init("owner_deletes_after_days", .optional(root.ownerDeletesAfterDays)),
            .init("first_deletion", .optional(root.firstDeletion?.description)),
            .init("captured", .integer(root.captured)),
            .init("known_by_twins", .integer(root.knownByTwins)),
        ])
    }

    private static func node(_ rejection: RejectionCount) -> JSONValue {
        .object([
            .init("source", .optional(rejection.source)),
            .init("reason", .string(rejection.reason)), .init("count", .integer(rejection.count)),
            .init("example", .optional(rejection.example)),
        ])
    }
}
