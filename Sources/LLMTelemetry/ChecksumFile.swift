package import TelemetryFiles
package import TelemetryFormat

/// `SHA256SUMS` of an archived day, in the form that `sha256sum -c` checks.
package struct ChecksumFile: Sendable {
    private static let maximumBytes = 1 << 20

    private let layout: StoreLayout
    private let day: Day

    /// The checksums of a day.
    package init(layout: StoreLayout, day: Day) {
        self.layout = layout
        self.day = day
    }

    /// A file and the hash that it has to have.
    package struct Entry: Equatable, Sendable {
        package var sha256: String
        package var name: String

        package init(sha256: String, name: String) {
            self.sha256 = sha256
            self.name = name
        }
    }

    /// What the file says; nil for a line that is none of its form.
    package func entries() throws(FileError) -> [Entry?] {
        let bytes = try FileContents.read(
            path(StoreLayout.checksumsName), maximumBytes: Self.maximumBytes)
        return bytes.split(separator: newline).map { line in
            let text = String(decoding: line, as: UTF8.self)
            let hash = text.prefix(64)
            // Two spaces, or a space and a star for files read as binary.
            let name = text.dropFirst(66)
            guard hash.utf8.count == 64, text.dropFirst(64).first == " ", !name.isEmpty,
                !name.contains("/")
            else { return nil }
            return Entry(sha256: String(hash), name: String(name))
        }
    }

    /// The text for these entries.
    package static func text(of entries: [Entry]) -> String {
        entries.map { "\($0.sha256)  \($0.name)\n" }.joined()
    }

    /// What does not hold.
    func findings() -> [Verification.Finding] {
        let file = "\(day)/\(StoreLayout.checksumsName)"
        do throws(FileError) {
            var findings: [Verification.Finding] = []
            for (index, entry) in try entries().enumerated() {
                guard let flaw = entry.map(problem) ?? "not a checksum" else { continue }
                findings.append(.init(file: file, line: index + 1, problem: flaw))
            }
            return findings
        } catch {
            return [.init(file: file, problem: error.reason)]
        }
    }

    private func problem(of entry: Entry) -> String? {
        do throws(FileError) {
            let file = try FileDescriptor.openForReading(path(entry.name), links: .refuse)
            let size = try file.status().size
            var hasher = SHA256()
            var block = [UInt8](repeating: 0, count: 1 << 18)
            var offset: Int64 = 0
            while offset < size {
                let count = try file.read(into: &block, range: 0..<block.count, at: offset)
                if count == 0 { break }
                hasher.update(block.span.extracting(first: count))
                offset += Int64(count)
            }
            let hash = SHA256.hexadecimal(hasher.finalize())
            return hash == entry.sha256 ? nil : "\(entry.name) does not match its checksum"
        } catch {
            return "\(entry.name): \(error.reason)"
        }
    }

    private func path(_ name: String) -> String { layout.directory(of: day) + "/" + name }
}
