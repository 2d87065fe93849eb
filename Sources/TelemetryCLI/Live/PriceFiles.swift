import LLMTelemetry
import TelemetryFiles
import TelemetryPricing

/// Where prices of the user's own come from.
enum PriceFiles {
    /// A price file of a few thousand models is under a megabyte.
    private static let maximumBytes = 16 << 20

    /// `LLM_TELEMETRY_PRICES`, else the store's `prices.json`.
    static func path(_ access: StoreAccess) throws(CommandFailure) -> String {
        guard let path = access.environment["LLM_TELEMETRY_PRICES"], !path.isEmpty else {
            return StoreLayout(root: access.directory).prices
        }
        if path.hasPrefix("~/"), let home = access.environment["HOME"] {
            return home + path.dropFirst()
        }
        return path.hasPrefix("/") ? path : access.workingDirectory + "/" + path
    }

    /// The built-in prices under those of the file.
    static func table(_ access: StoreAccess) throws(CommandFailure) -> PriceTable {
        let path = try path(access)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileContents.read(path, maximumBytes: maximumBytes)
        } catch {
            let isNamed = access.environment["LLM_TELEMETRY_PRICES"].map { !$0.isEmpty } ?? false
            if error.isMissing, !isNamed { return PriceTable() }
            throw .failed(error.description)
        }
        do throws(PricingError) {
            return PriceTable(overrides: try PriceOverrides(parsing: bytes))
        } catch {
            throw .usage("\(path): \(error.description)")
        }
    }

    static func exists(_ path: String) -> Bool {
        // A file that cannot be looked at cannot be used either.
        (try? FileStatus.of(path)) != nil
    }
}
