// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "llm-telemetry",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "LLMTelemetry", targets: ["LLMTelemetry"]),
        .executable(name: "llm-telemetry", targets: ["llm-telemetry"]),
    ],
    targets: [
        // Floor 0
        .target(name: "TelemetryFormat"),
        .target(name: "TelemetryFiles"),
        .systemLibrary(
            name: "CTelemetrySQLite",
            pkgConfig: systemSQLitePackage,
            providers: [.apt(["libsqlite3-dev"])]),
        // Floor 1
        .target(name: "LLMTelemetry", dependencies: ["TelemetryFormat", "TelemetryFiles"]),
        .target(name: "TelemetrySQLite", dependencies: ["CTelemetrySQLite"]),
        .target(name: "TelemetryPricing", dependencies: ["TelemetryFormat"]),
        // Floor 2
        .target(
            name: "TelemetryIndex",
            dependencies: ["TelemetryFormat", "TelemetryFiles", "TelemetrySQLite"]),
        // Floor 3
        .target(
            name: "TelemetryQuery",
            dependencies: [
                "TelemetryFormat", "TelemetryIndex", "TelemetrySQLite", "TelemetryPricing",
            ]),
        // Floor 4
        .target(name: "TelemetryReport", dependencies: ["TelemetryFormat", "TelemetryQuery"]),
        // Floor 5
        .target(
            name: "TelemetryCLI",
            dependencies: [
                "TelemetryFormat", "TelemetryFiles", "LLMTelemetry", "TelemetryPricing",
                "TelemetryIndex", "TelemetryQuery", "TelemetryReport",
            ]),
        // Floor 6
        .executableTarget(name: "llm-telemetry", dependencies: ["TelemetryCLI"]),
        .executableTarget(
            name: "telemetry-bench",
            dependencies: ["LLMTelemetry", "TelemetryFormat", "TelemetryFiles"]),

        // What several test targets share
        .target(
            name: "SchemaSupport", dependencies: ["TelemetryFormat"], path: "Tests/SchemaSupport"),

        .testTarget(name: "TelemetryFormatTests", dependencies: ["TelemetryFormat"]),
        .testTarget(name: "TelemetryFilesTests", dependencies: ["TelemetryFiles"]),
        .testTarget(
            name: "LLMTelemetryTests",
            dependencies: ["LLMTelemetry", "TelemetryFormat", "TelemetryFiles"]),
        .testTarget(name: "TelemetrySQLiteTests", dependencies: ["TelemetrySQLite"]),
        .testTarget(
            name: "TelemetryPricingTests", dependencies: ["TelemetryPricing", "TelemetryFormat"]),
        .testTarget(
            name: "TelemetryIndexTests",
            dependencies: [
                "TelemetryIndex", "TelemetryFormat", "TelemetryFiles", "TelemetrySQLite",
            ]),
        .testTarget(
            name: "TelemetryQueryTests",
            dependencies: [
                "TelemetryQuery", "TelemetryIndex", "TelemetryFormat", "TelemetryPricing",
                "TelemetrySQLite",
            ]),
        .testTarget(
            name: "TelemetryReportTests",
            dependencies: [
                "TelemetryReport", "TelemetryQuery", "TelemetryFormat", "SchemaSupport",
            ]),
        .testTarget(
            name: "TelemetryCLITests",
            dependencies: [
                "TelemetryCLI", "LLMTelemetry", "TelemetryFormat", "TelemetryIndex",
                "TelemetryQuery", "TelemetryReport", "SchemaSupport",
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "LLMTelemetry", "TelemetryFormat", "TelemetryFiles", "llm-telemetry",
                "telemetry-bench",
            ]),
        .testTarget(name: "TidyTests", dependencies: ["TelemetryCLI"]),
    ],
    swiftLanguageModes: [.v6]
)

/// Linux finds SQLite through pkg-config (and names the package to install when it is missing);
/// on macOS it is part of the SDK.
var systemSQLitePackage: String? {
    #if os(Linux)
        "sqlite3"
    #else
        nil
    #endif
}

/// The two targets that call C, and so may hold unsafe code without saying so line by line.
let targetsWithUnsafeCode: Set<String> = ["TelemetryFiles", "TelemetrySQLite"]

for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if target.type != .test, !targetsWithUnsafeCode.contains(target.name) {
        settings.append(.strictMemorySafety())
    }
    target.swiftSettings = settings
}
