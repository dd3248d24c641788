"""Numbered migrations: step n takes a file from version n-1 to n. Append-only; a released step is frozen.

Truths (never derivable): record, record_payload, attachment, certificate, revocation, crl, blob, import, import_record,
draft, draft_answer, draft_step, own_key, setting. Everything under "derived" can be rebuilt from them.
Times: `at` columns are epoch seconds; `*_time` columns are local ISO stamps, shown only.
Executed statement by statement: `executescript` would commit the open transaction.
"""

INITIAL = (
    # --- truths: what was received or written, exactly as signed
    """
    CREATE TABLE record (
        no INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        entity TEXT NOT NULL,
        author TEXT NOT NULL REFERENCES certificate (keyid),
        seq INTEGER NOT NULL,
        prev TEXT,
        division TEXT NOT NULL,
        at INTEGER NOT NULL,
        supersedes TEXT NOT NULL,      -- record ids, joined by spaces
        content TEXT NOT NULL,         -- hash of the body: equal bodies are twins
        withdrawn INTEGER NOT NULL,
        well_formed INTEGER NOT NULL,
        gist TEXT,                     -- what the fold must know of the body, by kind
        own INTEGER NOT NULL,          -- 1: written in this workspace
        received_time TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX record_entity ON record (kind, entity)",
    "CREATE INDEX record_author ON record (author, seq)",
    """
    CREATE TABLE record_payload (
        no INTEGER PRIMARY KEY REFERENCES record (no) ON DELETE CASCADE,
        payload BLOB NOT NULL,
        signature BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE certificate (
        keyid TEXT PRIMARY KEY,
        der BLOB NOT NULL,
        name TEXT NOT NULL,            -- as people and records name the holder: liaison-a7.450102
        role TEXT NOT NULL,
        scope TEXT NOT NULL,
        issuer TEXT,                   -- keyid of the issuer's certificate; NULL for a root
        not_after INTEGER NOT NULL,
        person TEXT NOT NULL,
        organisation TEXT NOT NULL,
        root INTEGER NOT NULL          -- 1: pinned by a person
    ) STRICT
    """,
    """
    CREATE TABLE revocation (
        issuer_key TEXT NOT NULL,
        serial TEXT NOT NULL,
        reason TEXT NOT NULL,
        date INTEGER NOT NULL,
        PRIMARY KEY (issuer_key, serial)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE crl (                 -- of each issuer the newest, and older ones that say more
        no INTEGER PRIMARY KEY,
        issuer_key TEXT NOT NULL,
        pem BLOB NOT NULL,
        updated INTEGER NOT NULL,
        entries TEXT NOT NULL          -- JSON: [[serial, reason, date], …]
    ) STRICT
    """,
    "CREATE INDEX crl_issuer ON crl (issuer_key)",
    """
    CREATE TABLE blob (
        sha256 TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE attachment (          -- which blobs a submission lists, written with the record
        sha256 TEXT NOT NULL,
        record_no INTEGER NOT NULL REFERENCES record (no) ON DELETE CASCADE,
        PRIMARY KEY (sha256, record_no)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE import (
        no INTEGER PRIMARY KEY,
        package_id TEXT NOT NULL,
        manifest_id TEXT NOT NULL,     -- hash of the signed manifest: pins every byte of the package
        file_name TEXT NOT NULL,
        producer TEXT NOT NULL,
        from_division TEXT NOT NULL,
        to_division TEXT NOT NULL,
        counts TEXT NOT NULL,          -- JSON of the merge report
        imported_time TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE import_record (
        import_no INTEGER NOT NULL REFERENCES import (no) ON DELETE CASCADE,
        record_no INTEGER NOT NULL REFERENCES record (no),
        PRIMARY KEY (import_no, record_no)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX import_record_record ON import_record (record_no)",
    """
    CREATE TABLE own_key (
        keyid TEXT PRIMARY KEY,        -- or the fingerprint of the request, until the certificate comes
        purpose TEXT NOT NULL,         -- author | authority | request
        name TEXT NOT NULL,
        pkcs12 BLOB NOT NULL,
        created_time TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    # --- truths: drafts, ordinary rows until they are signed
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        campaign TEXT NOT NULL,
        uscc TEXT NOT NULL,
        round TEXT NOT NULL,
        set_id TEXT NOT NULL,
        set_version TEXT NOT NULL,
        set_sha256 TEXT NOT NULL,
        opened_heads TEXT NOT NULL,    -- record ids, joined by spaces
        profile TEXT NOT NULL,         -- JSON
        reasons TEXT NOT NULL,         -- JSON: written reasons for kept warnings
        position TEXT,                 -- question on which the window stood
        state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'discarded')),
        submitted TEXT,                -- record id, once signed
        answered INTEGER NOT NULL,     -- how far it has come, for the list: counted anew at each step
        applicable INTEGER NOT NULL,
        begun INTEGER NOT NULL,
        changed_time TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX draft_enterprise ON draft (uscc, state)",
    """
    CREATE TABLE draft_answer (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        question TEXT NOT NULL,
        answer TEXT NOT NULL,          -- JSON
        PRIMARY KEY (draft_id, question)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE draft_typed (         -- what stands in a field and cannot be an answer (yet): kept all the same
        draft_id TEXT NOT NULL REFERENCES draft (id),
        question TEXT NOT NULL,
        input TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (draft_id, question, input)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE draft_step (          -- the history of each answer, and what undo and redo walk on
        no INTEGER PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        step INTEGER NOT NULL,         -- one act of the user; shared inputs change several questions in one step
        field TEXT NOT NULL,           -- 'answer:<question>' or 'profile'
        before TEXT,                   -- JSON or NULL (nothing yet)
        after TEXT,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
        at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX draft_step_draft ON draft_step (draft_id, step)",
    "CREATE INDEX draft_step_state ON draft_step (draft_id, state, step)",
    "CREATE INDEX draft_step_field ON draft_step (draft_id, field)",
    # --- derived: `zgsz rebuild` makes these again
    """
    CREATE TABLE entity_state (
        kind TEXT NOT NULL,
        entity TEXT NOT NULL,
        heads TEXT NOT NULL,
        current TEXT,
        conflict INTEGER NOT NULL,
        withdrawn INTEGER NOT NULL,
        review TEXT,
        review_level TEXT,
        PRIMARY KEY (kind, entity)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX entity_state_conflict ON entity_state (kind) WHERE conflict = 1",
    """
    CREATE TABLE enterprise (
        uscc TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        name TEXT NOT NULL,
        division TEXT NOT NULL,
        industry TEXT,
        size TEXT,
        employees INTEGER,
        revenue TEXT,                  -- decimal, 万元
        process_type TEXT,
        town TEXT,
        contact TEXT,
        phone TEXT,
        profile TEXT NOT NULL,         -- JSON of the record's body
        search TEXT NOT NULL           -- name, code, pinyin and initials, lower case, for LIKE
    ) STRICT
    """,
    "CREATE INDEX enterprise_division ON enterprise (division)",
    """
    CREATE TABLE score (               -- of every well-formed submission record: a function of its bytes
        record_no INTEGER PRIMARY KEY REFERENCES record (no) ON DELETE CASCADE,
        set_id TEXT NOT NULL,
        set_version TEXT NOT NULL,
        set_sha256 TEXT NOT NULL,
        complete INTEGER NOT NULL,
        total TEXT,                    -- decimal of the primary framework, recomputed
        level INTEGER,
        grade INTEGER,
        flags TEXT NOT NULL            -- score_mismatch or indicator_set_missing
    ) STRICT
    """,
    "CREATE INDEX score_set ON score (set_sha256)",
    """
    CREATE TABLE current_submission (
        entity TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        record_no INTEGER NOT NULL REFERENCES score (record_no) ON DELETE CASCADE,
        campaign TEXT NOT NULL,
        uscc TEXT NOT NULL,
        round TEXT NOT NULL,
        division TEXT NOT NULL,
        author TEXT NOT NULL,
        at INTEGER NOT NULL,
        flags TEXT NOT NULL            -- not_assigned, division_mismatch, missing_ancestor, late; joined by spaces
    ) STRICT
    """,
    "CREATE INDEX submission_enterprise ON current_submission (uscc)",
    "CREATE INDEX submission_division ON current_submission (division)",
    """
    CREATE VIEW submission AS          -- what pages and reports read
    SELECT c.entity, c.record, c.campaign, c.uscc, c.round, c.division, c.author, c.at, s.set_id, s.set_version,
        s.set_sha256, s.complete, s.total, s.level, s.grade, trim(c.flags || ' ' || s.flags) AS flags
    FROM current_submission c JOIN score s ON s.record_no = c.record_no
    """,
)
"""Version 1."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (INITIAL,)
