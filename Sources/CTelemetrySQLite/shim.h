#ifndef C_TELEMETRY_SQLITE_SHIM_H
#define C_TELEMETRY_SQLITE_SHIM_H
#include <sqlite3.h>
#endif
