#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Who and where this process is.
package enum ProcessIdentity {
    /// This process's number; another one after a fork.
    package static var processID: Int32 { getpid() }

    /// The user whose rights this process has.
    package static var userID: UInt32 { geteuid() }

    /// Whether a process of this number exists, whoever it belongs to.
    package static func isRunning(_ process: Int32) -> Bool {
        guard process > 0 else { return false }
        return kill(process, 0) == 0 || errno == EPERM
    }

    /// The machine's name; nil when it has none.
    package static var hostName: String? {
        var name = [UInt8](repeating: 0, count: 256)
        let result = name.withUnsafeMutableBytes { buffer in
            gethostname(buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count - 1)
        }
        guard result == 0, name[0] != 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The working directory; nil when it was deleted.
    package static var currentDirectory: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// The user's home: `HOME` of the environment given, else what the system's records say.
    package static func homeDirectory(environment: [String: String]) -> String? {
        if let home = environment["HOME"], !home.isEmpty { return home }
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16384)
        guard getpwuid_r(getuid(), &record, &buffer, buffer.count, &found) == 0,
            found != nil, let home = record.pw_dir
        else { return nil }
        return String(cString: home)
    }

    /// A text that changes with every boot of the machine; nil when the system does not say.
    package static var bootIdentifier: String? { Platform.bootIdentifier }
}
