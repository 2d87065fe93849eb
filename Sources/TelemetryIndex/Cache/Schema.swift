/// The tables and views of `cache.db` (`docs/cache.md`). A change here raises `version`; a cache of
/// another version is rebuilt, so there are no migrations.
package enum Schema {
    /// Marks the file as ours: "LLMT" in the header's application id.
    package static let applicationID: Int32 = 0x4C4C_4D54
    /// `user_version` of the file.
    package static let version: Int32 = 3
    /// Bytes of a page of the file.
    static let pageBytes: Int64 = 8192

    /// Every relation that `query` may read, in the order in which `query --schema` lists them.
    package static let publicViews = [
        "calls", "model_usage", "session_files", "session_entries", "codex_session_files",
        "codex_session_entries",
    ]

    /// What nothing but a question would miss, were it gone.
    static let viewsAndIndexes = publicViews + ["call_key", "call_contested"]

    /// Creates everything in an empty database.
    package static let creation = callTable + sideTables(temporary: false) + indexes + views

    /// Creates the tables beside `call`; temporary ones take the place of the others in statements.
    static func sideTables(temporary: Bool) -> String {
        temporary
            ? sideTables.replacing("CREATE TABLE", with: "CREATE TEMPORARY TABLE") : sideTables
    }

    private static let callTable = """
        -- One row per line that is a call; of the lines of one call one has kept = 1.
        CREATE TABLE call(
            id INTEGER PRIMARY KEY,
            file INTEGER NOT NULL, line_offset INTEGER NOT NULL,
            key INTEGER,                    -- hash of what identifies the call; NULL: nothing does
            kept INTEGER NOT NULL,
            contested INTEGER NOT NULL,     -- 1: its lines come from several sessions
            timestamp_ms INTEGER NOT NULL,
            rate_class INTEGER NOT NULL,
            agent INTEGER, operation INTEGER, session INTEGER, user INTEGER,
            project INTEGER, git_branch INTEGER, cli_tool INTEGER, persona INTEGER,
            duration_ms INTEGER, ttft_ms INTEGER,
            input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
            cache_read_tokens INTEGER NOT NULL, cache_write_tokens INTEGER NOT NULL,
            cache_write_1h_tokens INTEGER NOT NULL, reasoning_tokens INTEGER NOT NULL,
            unsplit_tokens INTEGER NOT NULL,
            web_searches INTEGER,
            cost INTEGER,                   -- as recorded, in units of 1e-13 dollar
            success INTEGER NOT NULL, is_sidechain INTEGER NOT NULL, is_local INTEGER NOT NULL,
            details INTEGER NOT NULL,       -- how many of those that DedupCandidate counts
            msg_id TEXT, req_id TEXT, error TEXT,
            prompt_hash, response_hash);    -- BLOB of 32 bytes where plain, else TEXT

        """

    private static let sideTables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;

        -- Every repeated text once: models, agents, projects, sessions, …
        CREATE TABLE text(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

        -- What a price can depend on (TelemetryFormat.RateClass), texts by their ids.
        CREATE TABLE rate_class(
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            model INTEGER REFERENCES text,      -- as logged
            model_name INTEGER REFERENCES text, -- normalised
            provider INTEGER REFERENCES text,
            size INTEGER NOT NULL,
            speed INTEGER REFERENCES text, service_tier INTEGER REFERENCES text,
            region INTEGER REFERENCES text,
            has_recorded_cost INTEGER NOT NULL, has_only_total INTEGER NOT NULL);

        -- One row per logical file: where reading stopped and how to recognise what was read.
        CREATE TABLE file(
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            root TEXT NOT NULL,             -- the directory under which it was found
            name TEXT NOT NULL,             -- its path below the root, without .gz or .zst
            path TEXT NOT NULL,             -- the representation that was read, as it was opened
            device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
            offset INTEGER NOT NULL,        -- after the last complete line taken in
            lines INTEGER NOT NULL, calls INTEGER NOT NULL, others INTEGER NOT NULL,
            rejected INTEGER NOT NULL, pending INTEGER NOT NULL,
            head_hash INTEGER NOT NULL, tail_hash INTEGER NOT NULL, prefix_hash INTEGER NOT NULL,
            first_call INTEGER NOT NULL, last_call INTEGER NOT NULL, -- its rows lie in this range
            ingested_ms INTEGER NOT NULL,   -- by the real clock
            session INTEGER REFERENCES text,        -- what the log says about itself
            parent_session INTEGER REFERENCES text,  -- the session that it was forked from
            spawner_session INTEGER REFERENCES text, -- the session that spawned it
            project_path INTEGER REFERENCES text,
            captured_ns INTEGER NOT NULL,   -- mtime of the log that its slim twin was made of
            UNIQUE(source, root, name));

        -- What reading on has to know of the lines before, of logs understood only as a whole.
        CREATE TABLE log_memory(
            file INTEGER PRIMARY KEY, bytes BLOB NOT NULL,
            last_model TEXT, last_total_tokens INTEGER,
            unknown_tiers INTEGER NOT NULL); -- settings that no price list knows

        CREATE TABLE rejection(
            file INTEGER NOT NULL REFERENCES file, reason TEXT NOT NULL,
            count INTEGER NOT NULL, first_line INTEGER NOT NULL,
            PRIMARY KEY(file, reason)) WITHOUT ROWID;

        -- The latest line of each session in each file, losers included: what dedup asks.
        CREATE TABLE file_session(
            session INTEGER NOT NULL, file INTEGER NOT NULL, last_ms INTEGER NOT NULL,
            PRIMARY KEY(session, file)) WITHOUT ROWID;

        -- Kept calls added up, by UTC hours and days since 1970, cells as RollupPacking packs them:
        -- facet << 32 | hour, and (facet | 8) << 32 | day.
        CREATE TABLE rollup(id INTEGER PRIMARY KEY, cells BLOB NOT NULL);

        -- Which rows of `call` an hour's calls lie among.
        CREATE TABLE hour(
            hour INTEGER PRIMARY KEY, first_call INTEGER NOT NULL, last_call INTEGER NOT NULL);

        -- Totals of what was taken out of the store, of those entries of summary.json that count at
        -- present: one row per group and hour.
        CREATE TABLE removed(
            entry INTEGER NOT NULL,         -- position of the entry in the file
            day INTEGER NOT NULL,           -- of the removed directory, days since 1970
            hour INTEGER NOT NULL,          -- UTC hours since 1970
            rate_class INTEGER NOT NULL,
            project INTEGER, agent INTEGER, operation INTEGER, user INTEGER,
            usage BLOB NOT NULL,            -- packed like a rollup cell
            latency TEXT NOT NULL);         -- histogram: JSON pairs of bucket and calls

        -- The segments of every entry of summary.json, whether it counts at present or not.
        CREATE TABLE removed_segment(
            entry INTEGER NOT NULL, day TEXT NOT NULL, name TEXT NOT NULL);
        """

    private static let indexes = """

        CREATE INDEX call_key ON call(key) WHERE key IS NOT NULL;
        CREATE INDEX call_contested ON call(session) WHERE contested = 1;
        """

    private static let views = """

        CREATE VIEW calls AS SELECT
            CASE class.source WHEN 0 THEN 'telemetry' WHEN 1 THEN 'claude' ELSE 'codex' END
                AS source,
            strftime('%Y-%m-%dT%H:%M:%fZ', call.timestamp_ms / 1000.0, 'unixepoch') AS timestamp,
            call.timestamp_ms AS timestamp_ms, call.msg_id AS msg_id, call.req_id AS req_id,
            (SELECT value FROM text WHERE id = call.agent) AS agent_name,
            (SELECT value FROM text WHERE id = call.operation) AS operation,
            (SELECT value FROM text WHERE id = class.provider) AS provider,
            (SELECT value FROM text WHERE id = class.model_name) AS model,
            (SELECT value FROM text WHERE id = class.model) AS model_raw,
            (SELECT value FROM text WHERE id = call.session) AS session_id,
            (SELECT value FROM text WHERE id = call.user) AS user_id,
            (SELECT value FROM text WHERE id = call.project) AS project,
            (SELECT value FROM text WHERE id = call.git_branch) AS git_branch,
            call.duration_ms AS duration_ms, call.ttft_ms AS ttft_ms,
            call.input_tokens AS input_tokens, call.output_tokens AS output_tokens,
            call.cache_read_tokens AS cache_read_tokens,
            call.cache_write_tokens AS cache_write_tokens,
            call.cache_write_1h_tokens AS cache_write_1h_tokens,
            call.reasoning_tokens AS reasoning_tokens, call.web_searches AS web_searches,
            call.cost / 1e13 AS cost_usd_raw, call.success AS success, call.error AS error,
            (SELECT value FROM text WHERE id = class.speed) AS speed,
            (SELECT value FROM text WHERE id = class.service_tier) AS service_tier,
            (SELECT value FROM text WHERE id = class.region) AS region,
            call.is_sidechain AS is_sidechain,
            CASE typeof(call.prompt_hash) WHEN 'blob'
                THEN 'sha256:' || lower(hex(call.prompt_hash)) ELSE call.prompt_hash END
                AS prompt_hash,
            CASE typeof(call.response_hash) WHEN 'blob'
                THEN 'sha256:' || lower(hex(call.response_hash)) ELSE call.response_hash END
                AS response_hash,
            file.path AS source_path, call.line_offset AS line_offset
        FROM call JOIN rate_class AS class ON class.id = call.rate_class
            JOIN file ON file.id = call.file
        WHERE call.kept = 1;

        CREATE VIEW model_usage AS SELECT
            call.msg_id AS id,
            (SELECT value FROM text WHERE id = class.model) AS model,
            (SELECT value FROM text WHERE id = call.session) AS session_id,
            strftime('%Y-%m-%dT%H:%M:%fZ', call.timestamp_ms / 1000.0, 'unixepoch') AS timestamp,
            call.input_tokens + call.cache_read_tokens + call.cache_write_tokens AS tokens_in,
            call.output_tokens AS tokens_out, call.duration_ms AS duration_ms,
            CASE WHEN call.duration_ms > 0
                THEN call.output_tokens * 1000.0 / call.duration_ms END AS tok_per_sec
        FROM call JOIN rate_class AS class ON class.id = call.rate_class
        WHERE call.kept = 1 AND call.is_local = 1;

        """ + sessionViews("", of: .claude, fileColumns: "")
        + sessionViews(
            "codex_", of: .codex,
            fileColumns: """
                ,
                (SELECT value FROM text WHERE id = file.session) AS last_session_id,
                (SELECT last_model FROM log_memory WHERE file = file.id) AS last_model,
                (SELECT last_total_tokens FROM log_memory WHERE file = file.id)
                    AS last_total_tokens
                """)

    /// The logs and the calls of an agent, in the columns that users of earlier systems know.
    private static func sessionViews(
        _ prefix: String, of source: SourceKind, fileColumns: String
    ) -> String {
        """
        CREATE VIEW \(prefix)session_files AS SELECT
            file.path AS path, file.size AS size_bytes, file.mtime_ns AS mtime_ns,
            file.offset AS last_byte_offset,
            strftime('%Y-%m-%dT%H:%M:%fZ', file.ingested_ms / 1000.0, 'unixepoch')
                AS last_ingested_at,
            (SELECT value FROM text WHERE id = file.session) AS session_id,
            (SELECT value FROM text WHERE id = file.project_path) AS project_path\(fileColumns)
        FROM file WHERE file.source = \(source.rawValue);

        CREATE VIEW \(prefix)session_entries AS SELECT
            source_path, line_offset, timestamp AS timestamp_utc, model_raw AS model,
            msg_id, req_id, input_tokens, output_tokens, cache_write_tokens AS cache_create_tokens,
            cache_read_tokens, cost_usd_raw
        FROM calls WHERE source = '\(source.name)';

        """
    }
}
