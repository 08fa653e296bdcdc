/* Tables and migrations; see schema.h and docs/journal.md. A migration that was released
 * is never changed again: the next change is a new one at the end of the list. */
#include "journal/schema.h"

#include <inttypes.h>
#include <stdio.h>

#include "journal/database.h"

/* Conditions of indexes and checks are written with OR: SQLite builds a table in memory
 * for each test of IN with more than two values, which cost a third of all the work.
 *
 * `interval` and `counter_span` are views: they are right by construction at every
 * moment, and a day is counted in milliseconds. A quarter of an hour is the same in every
 * time zone in use, whose offsets are multiples of it. A state of a counter lasts until
 * its next change; one that is undone into itself goes on. */
static const char *const migrations[] = {
    "CREATE TABLE event (\n"
    "    seq INTEGER PRIMARY KEY,\n"
    "    at INTEGER NOT NULL,\n"
    "    taken_at INTEGER NOT NULL,\n"
    "    kind TEXT NOT NULL,\n"
    "    version INTEGER NOT NULL,\n"
    "    body TEXT NOT NULL,\n"
    "    hash BLOB NOT NULL CHECK (length(hash) = 32)\n"
    ") STRICT;\n"
    "CREATE INDEX event_of_frame ON event (kind, seq)\n"
    "    WHERE kind = 'epoch-started' OR kind = 'clock-set' OR kind = 'site-configured'\n"
    "        OR kind = 'day-opened';\n"
    "CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN\n"
    "    SELECT RAISE(ABORT, 'events are never changed');\n"
    "END;\n"
    "CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN\n"
    "    SELECT RAISE(ABORT, 'events are never deleted');\n"
    "END;\n"
    "CREATE TABLE answer (\n"
    "    answer INTEGER PRIMARY KEY,\n"
    "    device TEXT NOT NULL,\n"
    "    id TEXT NOT NULL,\n"
    "    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),\n"
    "    reply TEXT NOT NULL,\n"
    "    at INTEGER NOT NULL,\n"
    "    UNIQUE (device, id)\n"
    ") STRICT;\n"
    "CREATE TABLE day (\n"
    "    date INTEGER PRIMARY KEY,\n"
    "    opened_seq INTEGER NOT NULL REFERENCES event (seq),\n"
    "    opened_at INTEGER NOT NULL,\n"
    "    closed_seq INTEGER REFERENCES event (seq),\n"
    "    closed_at INTEGER\n"
    ") STRICT;\n"
    "CREATE UNIQUE INDEX day_open ON day (closed_at IS NULL) WHERE closed_at IS NULL;\n"
    "CREATE TABLE visit (\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    ticket INTEGER NOT NULL,\n"
    "    service TEXT NOT NULL,\n"
    "    number INTEGER NOT NULL,\n"
    "    class TEXT NOT NULL,\n"
    "    kiosk TEXT,\n"
    "    language TEXT NOT NULL,\n"
    "    channel TEXT NOT NULL,\n"
    "    state TEXT NOT NULL,\n"
    "    counter TEXT,\n"
    "    rule TEXT,\n"
    "    print TEXT NOT NULL,\n"
    "    start_is_imputed INTEGER NOT NULL,\n"
    "    call_count INTEGER NOT NULL,\n"
    "    undone_count INTEGER NOT NULL,\n"
    "    taken_at INTEGER NOT NULL,\n"
    "    called_at INTEGER,\n"
    "    started_at INTEGER,\n"
    "    ended_at INTEGER,\n"
    "    ahead INTEGER NOT NULL,\n"
    "    open_counters INTEGER NOT NULL,\n"
    "    mean_s INTEGER,\n"
    "    p50_s INTEGER,\n"
    "    p80_s INTEGER,\n"
    "    p90_s INTEGER,\n"
    "    PRIMARY KEY (date, ticket),\n"
    "    CHECK (state NOT IN ('called', 'serving') OR counter IS NOT NULL),\n"
    "    CHECK ((state = 'waiting' OR state = 'called' OR state = 'serving') =\n"
    "        (ended_at IS NULL))\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE UNIQUE INDEX visit_number ON visit (date, service, number);\n"
    "CREATE UNIQUE INDEX visit_at_counter ON visit (counter)\n"
    "    WHERE state IN ('called', 'serving');\n"
    "CREATE TABLE contact (\n"
    "    seq INTEGER PRIMARY KEY REFERENCES event (seq),\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    service TEXT NOT NULL,\n"
    "    channel TEXT NOT NULL,\n"
    "    outcome TEXT NOT NULL,\n"
    "    received_at INTEGER NOT NULL,\n"
    "    answered_at INTEGER,\n"
    "    ended_at INTEGER\n"
    ") STRICT;\n"
    "CREATE INDEX contact_of_day ON contact (date);\n"
    "CREATE TABLE counter_change (\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    counter TEXT NOT NULL,\n"
    "    at INTEGER NOT NULL,\n"
    "    state TEXT NOT NULL,\n"
    "    PRIMARY KEY (date, counter, at)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE VIEW counter_span (date, counter, state, from_at, to_at) AS\n"
    "    WITH change AS (\n"
    "        SELECT date, counter, at, state, lag(state) OVER line AS state_before\n"
    "        FROM counter_change WINDOW line AS (PARTITION BY date, counter ORDER BY "
    "at)\n"
    "    ), span AS (\n"
    "        SELECT date, counter, state, at, lead(at) OVER line AS to_at\n"
    "        FROM change WHERE state_before IS NOT state\n"
    "        WINDOW line AS (PARTITION BY date, counter ORDER BY at)\n"
    "    )\n"
    "    SELECT date, counter, state, at, to_at FROM span WHERE state <> 'closed';\n"
    "CREATE VIEW interval (date, service, from_at, arrived, called, served, no_show,\n"
    "                      cancelled, abandoned, closed_at_night, wait_ms) AS\n"
    "    SELECT date, service, taken_at / 900000 * 900000, count(*), count(called_at),\n"
    "           sum(state = 'served'), sum(state = 'no-show'), sum(state = "
    "'cancelled'),\n"
    "           sum(state = 'abandoned'), sum(state = 'closed-at-night'),\n"
    "           coalesce(sum(called_at - taken_at), 0)\n"
    "    FROM visit WHERE state <> 'void'\n"
    "    GROUP BY date, service, taken_at / 900000;\n",
    /* A visit that goes on: its further services, each a leg. `visit` keeps the first
     * one; `series` is the service whose letter the number has, where that is another. */
    "ALTER TABLE visit ADD COLUMN series TEXT;\n"
    "DROP INDEX visit_number;\n"
    "CREATE UNIQUE INDEX visit_number\n"
    "    ON visit (date, coalesce(series, service), number);\n"
    "CREATE TABLE leg (\n"
    "    date INTEGER NOT NULL,\n"
    "    ticket INTEGER NOT NULL,\n"
    "    leg INTEGER NOT NULL CHECK (leg > 0),\n"
    "    service TEXT NOT NULL,\n"
    "    state TEXT NOT NULL,\n"
    "    counter TEXT,\n"
    "    rule TEXT,\n"
    "    start_is_imputed INTEGER NOT NULL,\n"
    "    call_count INTEGER NOT NULL,\n"
    "    undone_count INTEGER NOT NULL,\n"
    "    requested_at INTEGER NOT NULL,\n"
    "    called_at INTEGER,\n"
    "    started_at INTEGER,\n"
    "    ended_at INTEGER,\n"
    "    PRIMARY KEY (date, ticket, leg),\n"
    "    FOREIGN KEY (date, ticket) REFERENCES visit (date, ticket),\n"
    "    CHECK (state NOT IN ('called', 'serving') OR counter IS NOT NULL),\n"
    "    CHECK ((state = 'waiting' OR state = 'parked' OR state = 'called'\n"
    "        OR state = 'serving') = (ended_at IS NULL))\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE UNIQUE INDEX leg_at_counter ON leg (counter)\n"
    "    WHERE state IN ('called', 'serving');\n",
    /* What the agent said of a service: its topic, the document that was missing, whether
     * the person needs no other contact. */
    "ALTER TABLE visit ADD COLUMN topic TEXT;\n"
    "ALTER TABLE visit ADD COLUMN missing TEXT;\n"
    "ALTER TABLE visit ADD COLUMN complete INTEGER;\n"
    "ALTER TABLE leg ADD COLUMN topic TEXT;\n"
    "ALTER TABLE leg ADD COLUMN missing TEXT;\n"
    "ALTER TABLE leg ADD COLUMN complete INTEGER;\n",
    /* Whom the token of a sign-in stands for; rows go after two days, events stay. */
    "CREATE TABLE sign_in (\n"
    "    agent_token INTEGER PRIMARY KEY,\n"
    "    agent TEXT NOT NULL,\n"
    "    at INTEGER NOT NULL\n"
    ") STRICT;\n",
    /* How often a service was asked for. */
    "ALTER TABLE visit ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;\n"
    "ALTER TABLE leg ADD COLUMN quantity INTEGER NOT NULL DEFAULT 1;\n",
    /* What supervisors remark on a stretch of a day. */
    "CREATE TABLE remark (\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    remark INTEGER NOT NULL,\n"
    "    service TEXT,\n"
    "    from_at INTEGER NOT NULL,\n"
    "    until_at INTEGER NOT NULL CHECK (until_at > from_at),\n"
    "    text TEXT NOT NULL,\n"
    "    made_at INTEGER NOT NULL,\n"
    "    withdrawn_at INTEGER,\n"
    "    PRIMARY KEY (date, remark)\n"
    ") STRICT, WITHOUT ROWID;\n",
    /* Outcomes that were corrected, one ticket each, and lines that were settled. */
    "CREATE TABLE correction (\n"
    "    seq INTEGER PRIMARY KEY REFERENCES event (seq),\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    ticket INTEGER,\n"
    "    service TEXT,\n"
    "    from_state TEXT NOT NULL,\n"
    "    to_state TEXT NOT NULL,\n"
    "    tickets INTEGER NOT NULL,\n"
    "    reason TEXT NOT NULL,\n"
    "    at INTEGER NOT NULL,\n"
    "    FOREIGN KEY (date, ticket) REFERENCES visit (date, ticket)\n"
    ") STRICT;\n"
    "CREATE INDEX correction_of_day ON correction (date);\n",
    /* When the office worked in exceptional mode; until_at stands where nobody ended it.
     */
    "CREATE TABLE exceptional (\n"
    "    seq INTEGER PRIMARY KEY REFERENCES event (seq),\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    begun_at INTEGER NOT NULL,\n"
    "    until_at INTEGER NOT NULL,\n"
    "    service TEXT,\n"
    "    ended_at INTEGER\n"
    ") STRICT;\n",
    /* Tickets that do not count: tests, and those of a burst that nobody came with. */
    "ALTER TABLE visit ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;\n"
    "ALTER TABLE visit ADD COLUMN test INTEGER NOT NULL DEFAULT 0;\n"
    "DROP VIEW interval;\n"
    "CREATE VIEW interval (date, service, from_at, arrived, called, served, no_show,\n"
    "                      cancelled, abandoned, closed_at_night, wait_ms) AS\n"
    "    SELECT date, service, taken_at / 900000 * 900000, count(*), count(called_at),\n"
    "           sum(state = 'served'), sum(state = 'no-show'),\n"
    "           sum(state = 'cancelled'), sum(state = 'abandoned'),\n"
    "           sum(state = 'closed-at-night'), coalesce(sum(called_at - taken_at), 0)\n"
    "    FROM visit WHERE state <> 'void' AND test = 0\n"
    "        AND (suspect = 0 OR state = 'called' OR state = 'serving'\n"
    "            OR state = 'served')\n"
    "    GROUP BY date, service, taken_at / 900000;\n",
    /* People who got no ticket at a kiosk, by quarters of an hour. */
    "CREATE TABLE turned_away (\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    service TEXT NOT NULL,\n"
    "    from_at INTEGER NOT NULL,\n"
    "    reason TEXT NOT NULL,\n"
    "    people INTEGER NOT NULL,\n"
    "    PRIMARY KEY (date, service, from_at, reason)\n"
    ") STRICT, WITHOUT ROWID;\n",
    /* Documents that the reception saw people were without, one a row; those without a
     * ticket were turned away. */
    "CREATE TABLE lacked (\n"
    "    seq INTEGER NOT NULL REFERENCES event (seq),\n"
    "    date INTEGER NOT NULL REFERENCES day (date),\n"
    "    service TEXT NOT NULL,\n"
    "    ticket INTEGER,\n"
    "    document TEXT NOT NULL,\n"
    "    PRIMARY KEY (seq, document),\n"
    "    FOREIGN KEY (date, ticket) REFERENCES visit (date, ticket)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX lacked_of_day ON lacked (date);\n",
    /* Visits that were kept overnight; carried_ms is what they had waited before, while
     * their wait has not gone on. */
    "ALTER TABLE visit ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;\n"
    "ALTER TABLE visit ADD COLUMN carried_ms INTEGER;\n",
};

int64_t schema_version(void)
{
    return (int64_t)(sizeof(migrations) / sizeof(migrations[0]));
}

/* Refuse a file that is not a journal; a file without any table is a new one. */
static enum status check_identity(sqlite3 *db, bool may_be_new, struct error *err)
{
    int64_t application = 0;
    int64_t table_count = 0;
    enum status status = database_integer(db, "PRAGMA application_id", &application, err);
    if (status == OK) {
        status =
            database_integer(db, "SELECT count(*) FROM sqlite_schema", &table_count, err);
    }
    if (status != OK) {
        return status;
    }
    bool is_new = application == 0 && table_count == 0 && may_be_new;
    if (application != SCHEMA_APPLICATION_ID && !is_new) {
        return error_set(err, ERR_INVALID, "it is not a journal of Guichet");
    }
    return OK;
}

static enum status check_version(sqlite3 *db, int64_t *ret_version, struct error *err)
{
    enum status status = database_integer(db, "PRAGMA user_version", ret_version, err);
    if (status == OK && *ret_version > schema_version()) {
        return error_set(err, ERR_INVALID,
                         "it was written by a newer Guichet (tables of version %" PRId64
                         "; this program knows up to %" PRId64 ")",
                         *ret_version, schema_version());
    }
    return status;
}

static enum status migrate_one(sqlite3 *db, int64_t to_version, struct error *err)
{
    char stamp[96];
    (void)snprintf(stamp, sizeof(stamp),
                   "PRAGMA user_version = %" PRId64 "; PRAGMA application_id = %" PRId64,
                   to_version, SCHEMA_APPLICATION_ID);
    enum status status = database_run(db, "BEGIN IMMEDIATE", err);
    if (status != OK) {
        return status;
    }
    status = database_run(db, migrations[to_version - 1], err);
    if (status == OK) {
        status = database_run(db, stamp, err);
    }
    if (status == OK) {
        status = database_run(db, "COMMIT", err);
    }
    if (status != OK) {
        /* The first failure is the one to tell. */
        (void)database_run(db, "ROLLBACK", NULL);
    }
    return status;
}

enum status schema_migrate(sqlite3 *db, struct error *err)
{
    int64_t version = 0;
    enum status status = check_identity(db, true, err);
    if (status == OK) {
        status = check_version(db, &version, err);
    }
    while (status == OK && version < schema_version()) {
        version++;
        status = migrate_one(db, version, err);
        if (status != OK) {
            return error_wrap(err, "cannot bring its tables to version %" PRId64,
                              version);
        }
    }
    return status;
}

enum status schema_check(sqlite3 *db, struct error *err)
{
    int64_t version = 0;
    enum status status = check_identity(db, false, err);
    if (status == OK) {
        status = check_version(db, &version, err);
    }
    if (status == OK && version < schema_version()) {
        return error_set(err, ERR_INVALID,
                         "its tables are of version %" PRId64
                         "; start guichet-server once to bring them to %" PRId64,
                         version, schema_version());
    }
    return status;
}
