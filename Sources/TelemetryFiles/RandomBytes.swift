/// Bytes that nobody can foretell.
package enum RandomBytes {
    /// What the system gives with one call (getentropy(3)).
    private static let maximumPerCall = 256

    /// So many bytes from the system's generator.
    package static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let part = min(count - filled, maximumPerCall)
            guard Platform.fillRandomly(&bytes, filled..<filled + part) else { break }
            filled += part
        }
        // Where the call is forbidden Swift's own way to the generator still works.
        var generator = SystemRandomNumberGenerator()
        for index in filled..<count { bytes[index] = .random(in: .min ... .max, using: &generator) }
        return bytes
    }
}
