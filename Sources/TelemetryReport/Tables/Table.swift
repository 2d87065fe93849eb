package import TelemetryFormat

/// A value in a table, before any output format decides how it looks.
package enum Cell: Equatable, Sendable {
    /// Text that may come from a log; nil = unknown.
    case name(String?)
    /// Text of our own.
    case label(String)
    case count(Int64?)
    case money(Money?)
    /// A part of the column's whole, 0–1.
    case share(Double?)
    /// A part of something of the row's own, 0–1.
    case rate(Double?)
    /// Milliseconds.
    case duration(Double?)
    /// A number that people read to one decimal.
    case number(Double?)
    /// A number of a query's result, shown as it is.
    case integer(Int64)
    case real(Double)
    /// Decimal text of our own, such as a price.
    case decimal(String?)
    case instant(Timestamp?)
    /// Several names from logs.
    case names([String])
}

/// A column: its title for people, its key for machines, and how it is set.
package struct Column: Equatable, Sendable {
    package enum Alignment: Sendable {
        /// Names: left, and shortened when a terminal is narrow.
        case name
        /// Fixed text: left, never shortened.
        case left
        /// Numbers: right, never shortened.
        case right
    }

    package var title: String
    /// The heading in CSV, in snake_case.
    package var key: String
    package var alignment: Alignment
    /// Whether a narrow terminal shows the column too.
    package var isEssential: Bool

    package init(
        _ title: String, key: String, _ alignment: Alignment = .right, isEssential: Bool = true
    ) {
        self.title = title
        self.key = key
        self.alignment = alignment
        self.isEssential = isEssential
    }
}

/// Rows under columns: what the table formats (text, CSV, Markdown) all render.
package struct Table: Equatable, Sendable {
    /// What stands above the rows, such as `By model`; nil = nothing.
    package var title: String?
    package var columns: [Column]
    package var rows: [[Cell]]
    /// Whether the text form prints the column titles.
    package var showsColumnTitles: Bool

    package init(
        title: String? = nil, columns: [Column], rows: [[Cell]], showsColumnTitles: Bool = true
    ) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.showsColumnTitles = showsColumnTitles
    }
}
