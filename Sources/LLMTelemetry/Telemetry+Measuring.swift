public import TelemetryFormat
import TelemetryFiles

extension Telemetry {
    /// Runs a call to a model, and records how long it took and whether it succeeded.
    ///
    /// The closure may fill in the call: tokens, model, cost. What it throws is recorded as the
    /// call's error and thrown on.
    public func measure<Result, Failure: Error>(
        agent: String? = nil, operation: String? = nil, model: String? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (inout Call) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        var measurement = Measurement(agent, operation, model, startedAt: now)
        do throws(Failure) {
            let result = try await body(&measurement.call)
            record(measurement.finished())
            return result
        } catch {
            record(measurement.finished(error))
            throw error
        }
    }

    /// Runs a call to a model that does not suspend, and records it in the same way.
    public func measure<Result, Failure: Error>(
        agent: String? = nil, operation: String? = nil, model: String? = nil,
        _ body: (inout Call) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var measurement = Measurement(agent, operation, model, startedAt: now)
        do throws(Failure) {
            let result = try body(&measurement.call)
            record(measurement.finished())
            return result
        } catch {
            record(measurement.finished(error))
            throw error
        }
    }
}

/// A call while it runs.
private struct Measurement {
    /// Longer descriptions of errors are cut: they say nothing more.
    private static let errorCharacters = 2_000

    var call = Call()
    private let start = SystemClock.monotonicNanoseconds()

    init(_ agent: String?, _ operation: String?, _ model: String?, startedAt now: Timestamp) {
        call.agentName = agent
        call.operation = operation
        call.model = model
        call.timestamp = now
    }

    /// The call as it ended; what the closure said of it itself is kept.
    func finished(_ error: (any Error)? = nil) -> Call {
        var call = call
        if call.durationMilliseconds == nil {
            call.durationMilliseconds = (SystemClock.monotonicNanoseconds() - start) / 1_000_000
        }
        if let error {
            call.success = false
            if call.error == nil {
                call.error = String("\(error)".prefix(Self.errorCharacters))
            }
        }
        return call
    }
}
