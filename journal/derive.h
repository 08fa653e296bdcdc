/* The tables that reports read, derived event by event: day, visit, contact,
 * counter_change, remark, correction and exceptional. They are a pure function of the
 * events; journal_verify() recomputes them with the same code into an empty database and
 * compares. */
#ifndef GUICHET_JOURNAL_DERIVE_H
#define GUICHET_JOURNAL_DERIVE_H

#include <sqlite3.h>
#include <stdint.h>

#include "core/error.h"
#include "core/event.h"
#include "core/site.h"

enum derive_statement {
    DERIVE_OPEN_DAY,
    DERIVE_CLOSE_DAY,
    DERIVE_TAKE,
    DERIVE_CALL,
    DERIVE_RECALL,
    DERIVE_START,
    DERIVE_END,
    DERIVE_PRINT,
    DERIVE_UNDO,
    DERIVE_CONTACT,
    DERIVE_READMIT,
    DERIVE_COUNTER,
    DERIVE_LEG_BEGIN,
    DERIVE_LEG_FORGET,
    DERIVE_LEG_CALL, /* these do to the latest leg what those above do to the visit */
    DERIVE_LEG_RECALL,
    DERIVE_LEG_START,
    DERIVE_LEG_END,
    DERIVE_LEG_UNDO,
    DERIVE_LEG_READMIT,
    DERIVE_LEG_RESUME,
    DERIVE_LEG_SERVICE,
    DERIVE_SERVICE,
    DERIVE_CLASS,
    DERIVE_MATTER,
    DERIVE_LEG_MATTER,
    DERIVE_REMARK,
    DERIVE_WITHDRAW_REMARK,
    DERIVE_CORRECT,
    DERIVE_LEG_CORRECT,
    DERIVE_VOID,
    DERIVE_LEGS_VOID,
    DERIVE_CORRECTION,
    DERIVE_EXCEPTIONAL,
    DERIVE_END_EXCEPTIONAL,
    DERIVE_SPLIT,
    DERIVE_CARRY,
    DERIVE_CLOCK,
    DERIVE_CLOCKS,
    DERIVE_TURNED_AWAY,
    DERIVE_TRUST,
    DERIVE_QUANTITY,
    DERIVE_LEG_QUANTITY,
    DERIVE_LACKED,
    DERIVE_STATEMENT_COUNT
};

struct derive {
    sqlite3_stmt *statements[DERIVE_STATEMENT_COUNT];
    uint32_t date; /* the open business day; 0: none */
};

/* Prepare for `db`, whose schema is the present one; the open day is read from it. */
enum status derive_init(struct derive *derive, sqlite3 *db, struct error *err);

/* Accepts a struct that is all zero. */
void derive_finish(struct derive *derive);

/* Change the tables by one event, in the caller's transaction. `site` is the site in
 * force. ERR_INVALID when a row that must be there is not, or a constraint forbids it:
 * the event does not fit the record. */
enum status derive_event(struct derive *derive, const struct event *event,
                         const struct site *site, struct error *err);

#endif
