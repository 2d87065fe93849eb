#ifndef C_TELEMETRY_SQLITE_SHIM_H
#define C_TELEMETRY_SQLITE_SHIM_H
#include <sqlite3.h>

/* What of SQLite's interface the Swift importer cannot see: variadic functions, and the
 * destructor constant SQLITE_TRANSIENT ("copy the bytes before you return"). */

/* Sets one boolean SQLITE_DBCONFIG_ option. */
static inline int telemetry_db_config(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}

static inline int telemetry_bind_text(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(
        statement, index, (const char *)bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int telemetry_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
