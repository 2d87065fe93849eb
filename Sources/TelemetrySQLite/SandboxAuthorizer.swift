import CTelemetrySQLite

/// Answers SQLite's question "may this statement do that?", which it asks while it compiles.
///
/// A view reads tables that a statement may not read. SQLite then gives the view's name, but it
/// gives the name of a common table expression in the same way, and anybody can name one like a
/// view. So the authorizer first looks on while every allowed view is compiled, and afterwards
/// lets through just the columns and functions that it saw, each with the name it was seen with.
final class SandboxAuthorizer {
    /// One thing done in the name of a view or a common table expression.
    private struct Access: Hashable {
        let context: String
        /// The table; empty for a call of a function.
        let table: String
        /// The column or the function.
        let name: String
    }

    /// Why a statement was refused.
    enum Denial {
        case table(String)
        case builtInTable
        case function(String)
        case action
    }

    private let sandbox: Sandbox
    /// Every name that stands for something stored or built in, so not for a name made up in WITH.
    private let knownRelations: Set<String>
    private var seenInViews: Set<Access> = []
    private var tablesUnderViews: Set<String> = []
    private var isLearning = true
    private(set) var denial: Denial?

    /// Compiles every allowed relation once, to learn what views are made of.
    init(_ sandbox: Sandbox, on connection: borrowing Connection) throws(SQLiteError) {
        self.sandbox = sandbox
        knownRelations = try Self.relationNames(connection)
        install(on: connection)
        do throws(SQLiteError) {
            for relation in sandbox.relations.sorted() {
                let name = relation.replacing("\"", with: "\"\"")
                _ = try connection.prepare("SELECT * FROM \"\(name)\"")
            }
        } catch {
            remove(from: connection)
            throw error
        }
        isLearning = false
    }

    /// Undoes `init`. Whoever made the authorizer must call it: SQLite's pointer keeps nothing
    /// alive, only this call does.
    func remove(from connection: borrowing Connection) {
        _ = withExtendedLifetime(self) { sqlite3_set_authorizer(connection.database, nil, nil) }
    }

    private func install(on connection: borrowing Connection) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection.database,
            { context, action, first, second, database, view in
                guard let context else { return SQLITE_DENY }
                let authorizer = Unmanaged<SandboxAuthorizer>.fromOpaque(context)
                    .takeUnretainedValue()
                let isAllowed = authorizer.allows(
                    action, lowerCase(first), lowerCase(second),
                    database: lowerCase(database), context: lowerCase(view))
                return isAllowed ? SQLITE_OK : SQLITE_DENY
            }, context)
    }

    private static func relationNames(
        _ connection: borrowing Connection
    ) throws(SQLiteError) -> Set<String> {
        var statement = try connection.prepare(
            "SELECT name FROM sqlite_schema UNION SELECT name FROM pragma_module_list")
        var names: Set<String> = []
        while try statement.step() { names.insert(statement.text(0).lowercased()) }
        return names
    }
}

extension SandboxAuthorizer {
    /// `first` and `second` mean what SQLite's manual says for the action
    /// (sqlite.org/c3ref/c_alter_table.html).
    private func allows(
        _ action: Int32, _ first: String, _ second: String, database: String, context: String
    ) -> Bool {
        if isLearning {
            learn(action, first, second, context: context)
            return true
        }
        let denial: Denial? =
            switch action {
            case SQLITE_SELECT, SQLITE_RECURSIVE: nil
            case SQLITE_READ where database == "" || database == "main":
                denialOfReading(second, of: first, context: context)
            case SQLITE_READ: .table("\(database).\(first)")
            // A built-in virtual table declares its columns so at its first use. No statement gets
            // here otherwise: CREATE asks for an INSERT first, and UPDATE fails by itself.
            case SQLITE_UPDATE where first == "sqlite_master": .builtInTable
            case SQLITE_FUNCTION: denialOfCalling(second, context: context)
            default: .action
            }
        if self.denial == nil { self.denial = denial }
        return denial == nil
    }

    private func learn(_ action: Int32, _ first: String, _ second: String, context: String) {
        if action == SQLITE_READ, !first.hasPrefix("sqlite_") { tablesUnderViews.insert(first) }
        if context != "", action == SQLITE_READ || action == SQLITE_FUNCTION {
            seenInViews.insert(Access(context: context, table: first, name: second))
        }
    }

    private func denialOfReading(_ column: String, of table: String, context: String) -> Denial? {
        if sandbox.relations.contains(table) { return nil }
        // `SELECT count(*)` names a table but none of its columns. Then SQLite gives no view, and
        // a common table expression appears as a table too. A number of rows is all it yields.
        let isAllowed =
            column == ""
            ? tablesUnderViews.contains(table) || !isBuiltInOrStored(table)
            : seenInViews.contains(Access(context: context, table: table, name: column))
        return isAllowed ? nil : .table(table)
    }

    private func isBuiltInOrStored(_ table: String) -> Bool {
        table.hasPrefix("sqlite_") || table.hasPrefix("pragma_") || knownRelations.contains(table)
    }

    private func denialOfCalling(_ function: String, context: String) -> Denial? {
        let isAllowed =
            sandbox.functions.contains(function)
            || seenInViews.contains(Access(context: context, table: "", name: function))
        return isAllowed ? nil : .function(function)
    }
}

/// SQLite's names know no case; an absent one is empty.
private func lowerCase(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0).lowercased() } ?? ""
}
