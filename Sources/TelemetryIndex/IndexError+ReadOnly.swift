import TelemetryFiles
import TelemetrySQLite

extension IndexError {
    /// Whether the store or its disk lets this user write nothing, so that a cache must be
    /// elsewhere.
    package var saysReadOnly: Bool {
        switch self {
        case .file(let error): ["EACCES", "EROFS", "EPERM"].contains(error.symbol)
        case .cache(let error): error.isReadOnly || error.isCannotOpen
        case .damaged, .occupied, .locked: false
        }
    }
}
