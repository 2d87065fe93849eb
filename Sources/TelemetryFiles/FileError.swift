#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The system refused to do something with a file: `cannot open /x/y: Permission denied`.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `read`, `lock`.
    package var operation: String
    /// The path as it was given.
    package var path: String
    /// The byte at which reading or writing failed; nil where there is none.
    package var offset: Int64?
    /// The error number, captured at once.
    package var errno: Int32
    /// Replaces the system's text where it would mislead, such as `not a regular file`.
    package var explanation: String?

    /// An error with all its parts.
    package init(
        operation: String, path: String, offset: Int64? = nil, errno: Int32,
        explanation: String? = nil
    ) {
        self.operation = operation
        self.path = path
        self.offset = offset
        self.errno = errno
        self.explanation = explanation
    }

    /// A refusal of our own, where the system would have gone along.
    package static func refused(
        _ operation: String, _ path: String, because explanation: String
    ) -> FileError {
        FileError(operation: operation, path: path, errno: EPERM, explanation: explanation)
    }

    /// The calling thread's present `errno` as an error.
    static func current(_ operation: String, _ path: String, offset: Int64? = nil) -> FileError {
        FileError(operation: operation, path: path, offset: offset, errno: systemErrorNumber())
    }

    /// Whether nothing is there under this path.
    package var isMissing: Bool { errno == ENOENT || errno == ENOTDIR }

    /// Whether nothing is there, as opposed to something in the path that is no directory.
    package var isAbsent: Bool { errno == ENOENT }

    /// Whether something is there already under this path.
    package var isExisting: Bool { errno == EEXIST }

    /// Whether a directory was to be removed that holds something.
    package var isNotEmpty: Bool { errno == ENOTEMPTY || errno == EEXIST }

    /// Whether a symbolic link stood where none is followed.
    package var isLink: Bool { errno == ELOOP || errno == EMLINK }

    /// `cannot <operation> <path>[ at byte n]: <reason>`, without a full stop.
    package var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return "cannot \(operation) \(path)\(place): \(reason)"
    }

    /// The reason alone: `Permission denied`.
    package var reason: String { explanation ?? ErrorNumber.text(errno) }

    /// The error number's symbol, such as `ENOSPC`.
    package var symbol: String { ErrorNumber.symbol(errno) }
}
