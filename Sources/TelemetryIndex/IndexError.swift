package import TelemetryFiles
package import TelemetrySQLite

/// Why the cache could not be brought up to date.
package enum IndexError: Error, CustomStringConvertible {
    /// The system refused something about a file.
    case file(FileError)
    /// SQLite refused something about the cache.
    case cache(SQLiteError)
    /// A compressed log whose contents are not whole.
    case damaged(path: String, reason: String)
    /// The program that unpacks a log is not installed.
    case noDecompressor(program: String, path: String)
    /// Something that no cache can be, a directory or a link, is where the cache belongs.
    case occupied(path: String)
    /// Nobody wants what was being read any more.
    case abandoned
    /// Another process holds the cache's lock.
    case locked(path: String)

    package var description: String {
        switch self {
        case .file(let error): error.description
        case .cache(let error): error.description
        case .damaged(let path, let reason): "cannot decompress \(path): \(reason)"
        case .noDecompressor(let program, let path):
            "cannot decompress \(path): \(program) is not installed (hint: install \(program))"
        case .occupied(let path): "cannot use \(path) as the cache: it is not a regular file"
        case .abandoned: "reading was given up"
        case .locked(let path): "cannot lock \(path): another process is using the cache"
        }
    }

    /// The description of what is wrong with a log, for whoever names its path already.
    var reasonAlone: String {
        switch self {
        case .file(let error): error.reason
        case .damaged(_, let reason): "cannot be decompressed: \(reason)"
        default: description
        }
    }

    /// Runs a file operation, turning its error into one of this module.
    static func file<Result: ~Copyable>(
        _ body: () throws(FileError) -> Result
    ) throws(IndexError) -> Result {
        do throws(FileError) { return try body() } catch { throw .file(error) }
    }

    /// Runs an operation of SQLite, turning its error into one of this module.
    @inline(__always)
    static func cache<Result: ~Copyable>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(IndexError) -> Result {
        do throws(SQLiteError) { return try body() } catch { throw .cache(error) }
    }
}
