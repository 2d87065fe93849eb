import TelemetryFiles

extension FileAccess {
    /// Larger files are none that this program reads whole. The largest of them are prompts, of
    /// which it needs the hash even when they are too long to be stored.
    private static let maximumBytes = 256 << 20

    /// The file system.
    static let live = FileAccess(
        isDirectory: { path in
            // A path that cannot be looked at is as good as none; opening it says why.
            (try? FileStatus.of(path, links: .follow))??.kind == .directory
        },
        contents: { (path) throws(CommandFailure) in
            do throws(FileError) {
                return try FileContents.read(path, maximumBytes: maximumBytes)
            } catch {
                if error.isMissing { return nil }
                throw .failed(error.description)
            }
        },
        canonicalPath: { path in
            // Only asked in order to find a name; without an answer there is none.
            try? FileTree.canonicalPath(path)
        },
        create: { (path, bytes, replaces) throws(CommandFailure) in
            do throws(FileError) {
                try create(path, bytes, replaces: replaces)
            } catch {
                guard error.isExisting else {
                    throw .failed("cannot write \(path): \(error.reason)")
                }
                throw .failed("file exists: \(path)", hint: "use --force to replace it")
            }
        },
        makeTemporaryDirectory: { () throws(CommandFailure) in
            let parent = ProcessEnvironment.snapshot()["TMPDIR"] ?? "/tmp"
            let name = "llm-telemetry-demo-" + Hexadecimal.text(RandomBytes.make(8))
            do throws(FileError) {
                try FileTree.createDirectory(parent + "/" + name)
            } catch {
                throw .failed(error.description)
            }
            return parent + "/" + name
        },
        removeTemporaryDirectory: { path in
            // A leftover in the directory for temporary files harms nobody.
            try? FileTree.removeTree(path)
        })

    /// Writes beside the path and renames; devices, pipes and directories are never replaced.
    private static func create(
        _ path: String, _ bytes: [UInt8], replaces: Bool
    ) throws(FileError) {
        if let status = try FileStatus.of(path, links: .follow), status.kind != .regular {
            throw FileError(
                operation: "write", path: path, errno: 0, explanation: "not a regular file")
        }
        let replacement = try AtomicReplacement(of: path)
        try replacement.append(bytes.span)
        if replaces {
            try replacement.commit()
        } else {
            try replacement.commitWithoutReplacing()
        }
    }
}
