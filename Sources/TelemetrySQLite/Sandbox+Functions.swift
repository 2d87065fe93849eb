extension Sandbox {
    /// SQLite's own functions that compute something from their arguments and do nothing else.
    /// Left out on purpose: `load_extension`, `fts3_tokenizer` and the other functions of full-text
    /// and R-tree tables, `sqlite_log`, the compile options, and the counters of a connection;
    /// `printf` and `format` too, of which one call with a wide field can run for seconds.
    package static let harmlessFunctions: Set<String> = [
        // sqlite.org/lang_corefunc.html
        "abs", "char", "coalesce", "glob", "hex", "ifnull", "iif", "instr", "length",
        "like", "likelihood", "likely", "lower", "ltrim", "max", "min", "nullif",
        "quote", "random", "randomblob", "replace", "round", "rtrim", "sign", "soundex",
        "sqlite_version", "substr", "substring", "trim", "typeof", "unicode", "unlikely", "upper",
        "zeroblob", "octet_length", "concat", "concat_ws", "unhex", "if", "unistr",
        "unistr_quote",
        // sqlite.org/lang_datefunc.html
        "date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff",
        "current_date", "current_time", "current_timestamp",
        // sqlite.org/lang_aggfunc.html
        "avg", "count", "group_concat", "string_agg", "sum", "total", "median", "percentile",
        "percentile_cont", "percentile_disc",
        // sqlite.org/windowfunctions.html
        "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead",
        "first_value", "last_value", "nth_value",
        // sqlite.org/lang_mathfunc.html
        "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "cos",
        "cosh", "degrees", "exp", "floor", "ln", "log", "log10", "log2", "mod", "pi", "pow",
        "power", "radians", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
        // sqlite.org/json1.html
        "->", "->>", "json", "json_array", "json_array_length", "json_extract",
        "json_group_array", "json_group_object", "json_insert", "json_object", "json_patch",
        "json_pretty", "json_quote", "json_remove", "json_replace", "json_set", "json_type",
        "json_valid", "json_error_position",
    ]
}
