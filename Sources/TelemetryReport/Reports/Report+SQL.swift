import TelemetryFormat
package import TelemetryQuery

extension Table {
    /// The table of `query "SQL"`: numbers right when a column holds nothing else.
    package init(_ answer: SQLAnswer) {
        let columns = answer.columns.enumerated().map { index, name in
            let isNumeric = answer.rows.allSatisfy { row in
                switch row[index] {
                case .null, .integer, .real: true
                case .text, .blob: false
                }
            }
            return Column(name, key: name, isNumeric && !answer.rows.isEmpty ? .right : .name)
        }
        self.init(columns: columns, rows: answer.rows.map { $0.map(Self.cell) })
    }

    private static func cell(_ value: SQLAnswer.Value) -> Cell {
        switch value {
        case .null: .name(nil)
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let value): .name(value)
        case .blob(let bytes): .label("blob of \(bytes) bytes")
        }
    }
}
