import TelemetryFiles
import TelemetrySQLite

extension IndexError {
    /// Whether the store or its disk takes nothing from this user, or nothing more, so that a cache
    /// must be elsewhere.
    package var saysUnwritable: Bool {
        switch self {
        case .file(let error):
            ["EACCES", "EROFS", "EPERM", "ENOSPC", "EDQUOT"].contains(error.symbol)
        case .cache(let error): error.isReadOnly || error.isCannotOpen || error.isFull
        case .damaged, .noDecompressor, .occupied, .locked, .abandoned: false
        }
    }
}
