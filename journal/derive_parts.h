/* What derive.c and derive_supervise.c share. */
#ifndef GUICHET_JOURNAL_DERIVE_PARTS_H
#define GUICHET_JOURNAL_DERIVE_PARTS_H

#include "journal/database.h"
#include "journal/derive.h"

#define COUNT_OF(values) (sizeof(values) / sizeof((values)[0]))

/* Run a statement that changes exactly one row. */
enum status derive_change_one(struct derive *derive, enum derive_statement which,
                              const struct value values[], size_t count,
                              struct error *err);

/* Change the latest leg of a ticket or, where it is at its first service, the visit. */
enum status derive_change_leg(struct derive *derive, enum derive_statement of_leg,
                              enum derive_statement of_visit, const struct value values[],
                              size_t count, struct error *err);

/* What a supervisor did, where the tables keep it: remarks, corrections, lines that were
 * settled and exceptional mode. */
enum status derive_supervision(struct derive *derive, const struct event *event,
                               const struct site *site, struct error *err);

/* People who got no ticket: sums of a quarter of an hour (derive_pair.c). */
enum status derive_turned_away(struct derive *derive, const struct event *event,
                               const struct site *site, struct error *err);

/* Documents that somebody was without (derive_documents.c): a row each. */
enum status derive_lacked(struct derive *derive, const struct event *event,
                          const struct site *site, struct error *err);

/* One that was kept overnight, and when its wait goes on: its service opens, or it is
 * called (derive_keep.c). */
enum status derive_carried(struct derive *derive, const struct event *event,
                           const struct site *site, struct error *err);
enum status derive_clocks(struct derive *derive, const struct event *event,
                          const struct site *site, struct error *err);
enum status derive_clock(struct derive *derive, const struct event *event,
                         struct error *err);

/* A part of a ticket that gets one of its own (derive_pair.c). */
enum status derive_split(struct derive *derive, const struct event *event,
                         const struct site *site, struct error *err);

#endif
