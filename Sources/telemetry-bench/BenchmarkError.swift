import TelemetryFiles

/// Why nothing was measured, for people.
struct BenchmarkError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Does something with files; what they refuse becomes an error of the benchmark.
func withFiles<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
) throws(BenchmarkError) -> Result {
    do throws(FileError) {
        return try body()
    } catch {
        throw BenchmarkError(error.description)
    }
}
