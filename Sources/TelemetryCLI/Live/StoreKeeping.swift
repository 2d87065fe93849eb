import LLMTelemetry
import TelemetryFiles
import TelemetryFormat

/// Writing, pruning and checking a store.
enum StoreKeeping {
    static func append(_ calls: [Call], _ access: StoreAccess) throws(CommandFailure) {
        let telemetry = telemetry(access)
        do throws(TelemetryError) {
            try telemetry.append(calls)
        } catch {
            throw .failed(error.description)
        }
        telemetry.maintainIfDue()
    }

    static func lineAppender(_ access: StoreAccess) -> Engine.LineAppender {
        let telemetry = telemetry(access)
        return { (batch) throws(CommandFailure) in
            let outcome = telemetry.append(batch)
            if let error = outcome.error, outcome.droppedRecords > 0 {
                throw .failed(error.description)
            }
            telemetry.maintainIfDue()
        }
    }

    /// Holds age and cap after a stream of records: no rotation has to give reason to look.
    static func maintain(_ access: StoreAccess) {
        guard access.settings.isEnabled else { return }
        // What cannot be removed now is tried again by the next writer; the records are in files.
        _ = Pruning(
            layout: StoreLayout(root: access.directory), settings: access.settings,
            today: access.now.day
        ).run(.fromWriter)
    }

    /// A writer that ends with the command, and so looks after the store before it does.
    private static func telemetry(_ access: StoreAccess) -> Telemetry {
        Telemetry(
            settings: access.settings, workingDirectory: access.workingDirectory,
            maintainsInBackground: false)
    }

    static func prune(
        _ request: PruneRequest, _ access: StoreAccess
    ) throws(CommandFailure) -> PruneSummary {
        let pruning = Pruning(
            layout: StoreLayout(root: access.directory), settings: access.settings,
            today: access.now.day)
        let occasion = Pruning.Occasion.command(includesArchived: request.includesArchived)
        if request.isDryRun {
            do throws(FileError) {
                return PruneSummary(removals: try pruning.plan(occasion).removals.map(removal))
            } catch {
                throw .failed(error.description)
            }
        }
        let result = pruning.run(occasion)
        if let problem = result.problems.first { throw .failed(problem) }
        return PruneSummary(
            removals: result.removals.map(removal),
            notes: result.leftovers.map { "left alone, not made by this program: \($0)" })
    }

    private static func removal(_ removal: RetentionPlan.Removal) -> PruneSummary.Removal {
        PruneSummary.Removal(
            day: removal.day, files: Int64(removal.segments.count), bytes: removal.bytes,
            reason: removal.reason.rawValue)
    }

    static func verify(
        _ days: [Day], _ access: StoreAccess
    ) throws(CommandFailure) -> VerifySummary {
        do throws(FileError) {
            let report = try Verification(layout: StoreLayout(root: access.directory))
                .run(days: days)
            return VerifySummary(
                days: Int64(report.days), files: Int64(report.files), lines: Int64(report.lines),
                findings: report.findings.map { finding in
                    VerifySummary.Finding(
                        file: finding.file, line: finding.line.map { Int64($0) },
                        message: finding.problem)
                })
        } catch {
            throw .failed(error.description)
        }
    }
}
