package import TelemetryIndex
package import TelemetryPricing
package import TelemetrySQLite

/// Answers questions from a cache that is up to date. One method a question, each in the file named
/// after it; every answer is made from one state of the cache.
package struct QueryEngine: ~Copyable {
    /// From what answers are made; both give the same ones.
    package enum Method: Sendable {
        /// From sums wherever they tell all that is asked, else from calls.
        case sums
        /// From calls alone.
        case calls
    }

    let connection: Connection
    let prices: PriceTable
    let method: Method

    /// Reads the cache at a location, where one must be.
    package init(_ cache: CacheLocation, prices: PriceTable) throws(QueryError) {
        do throws(IndexError) {
            self.init(try cache.openForReading(), prices: prices)
        } catch {
            throw QueryError(error)
        }
    }

    /// Reads a cache that was just brought up to date.
    package init(_ cache: consuming SyncedCache, prices: PriceTable) throws(QueryError) {
        do throws(IndexError) {
            self.init(try cache.openForReading(), prices: prices)
        } catch {
            throw QueryError(error)
        }
    }

    /// Reads a cache that is open already.
    package init(_ connection: consuming Connection, prices: PriceTable, method: Method = .sums) {
        self.connection = connection
        self.prices = prices
        self.method = method
    }

    /// Runs the statements of one answer on one state of the cache.
    borrowing func answering<Answer>(
        _ body: () throws(SQLiteError) -> Answer
    ) throws(QueryError) -> Answer {
        defer { connection.rollback() }
        do throws(SQLiteError) {
            try connection.execute("BEGIN")
            return try body()
        } catch {
            throw QueryError(error)
        }
    }
}
