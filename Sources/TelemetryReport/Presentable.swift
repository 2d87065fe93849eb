package import TelemetryFormat
package import TelemetryQuery

/// In which form results are printed; the raw value is the word of `--format`.
package enum OutputFormat: String, CaseIterable, Sendable {
    case table, json, csv, markdown
}

/// An answer that every output format can show.
package protocol Presentable: Sendable {
    /// The JSON document of the contract.
    var document: JSONValue { get }
    /// For people.
    var report: Report { get }
    /// For spreadsheets.
    var flatTable: Table { get }
}

extension Presentable {
    /// The answer in one of the formats, ready to be written.
    package func text(_ format: OutputFormat, width: Int? = nil, style: Style = .plain) -> String {
        switch format {
        case .table: TextReport(width: width, style: style).text(report)
        case .json: document.document
        case .csv: CSVReport.text(flatTable)
        case .markdown: MarkdownReport.text(report)
        }
    }
}

extension StatsAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension BreakdownAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension PerformanceAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension PatternsAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension SessionsAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension SessionAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report { Report(self) }
    package var flatTable: Table { Table(flat: self) }
}

extension SQLAnswer: Presentable {
    package var document: JSONValue { JSONReport.document(self) }
    package var report: Report {
        Report(title: nil, tables: [Table(self)])
    }
    package var flatTable: Table { Table(self) }
}
