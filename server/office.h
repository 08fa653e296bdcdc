/* The queue of the office together with its record: commands become events, events become
 * rows, and only what is committed is told to anybody.
 *
 * Commands that come in together share one transaction:
 *
 *     office_execute()       any number of times: decide, apply, append
 *     office_keep_answer()   beside each
 *     office_commit()        now everything said so far is true for ever
 *
 * After a failure that is not a refusal, office_recover() puts the queue back to what the
 * journal holds; the whole group is then answered `unavailable`. */
#ifndef GUICHET_SERVER_OFFICE_H
#define GUICHET_SERVER_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/error.h"
#include "core/queue.h"
#include "figures/pace.h"
#include "journal/journal.h"
#include "runtime/agents_config.h"
#include "server/announcements.h"

/* Events that one group may hold before it must be committed. */
#define GROUP_EVENTS_MAX 512

/* Bytes of the committed events as one message for integrations. */
#define EVENTS_TEXT_BYTES (PAYLOAD_BYTES_MAX - 64)

/* Room that one more step may need in a group. */
#define STEP_TEXT_BYTES ((size_t)STEP_EVENTS_MAX * 640)

/* Wrong codes of agents at one counter. */
struct sign_in_tries {
    uint32_t wrong_count;    /* in a row */
    int64_t locked_until_ms; /* machine time; 0: not */
};

struct office {
    const struct agents *agents; /* who may sign in; borrowed, NULL: nobody */
    struct sign_in_tries tries[COUNTERS_MAX];
    struct queue *queue;
    struct journal *journal;
    struct pace *pace;
    struct announcements announcements;
    bool has_transaction;
    size_t event_count;
    struct event events[GROUP_EVENTS_MAX]; /* of the open transaction */
    size_t text_length;
    char text[EVENTS_TEXT_BYTES];        /* the same as JSON, separated by commas */
    bool counters_changed[COUNTERS_MAX]; /* by committed events, until a publisher clears
                                            it */
    bool lines_changed[SERVICES_MAX];
    bool site_changed;
    bool has_more; /* `more` is not done: it did not fit the group */
    struct command more;
    uint32_t
        last_day; /* the business day that was opened last, also after it was closed */
};

/* Open the journal at `path`, replay it and learn the pace of service from its last days.
 * The caller frees with office_destroy(). `machine_ms` dates the calls that the day's
 * boards still show. */
enum status office_create(const char *path, size_t reserve_bytes, int64_t machine_ms,
                          struct office **ret_office, struct error *err);

/* Rolls back what is not committed. Accepts NULL. */
void office_destroy(struct office *office);

/* Whether the group must be committed before another command: a step would not fit. */
bool office_group_is_full(const struct office *office);

/* Decide `command` at office time `now_ms` and, unless it is refused, apply and append
 * what it causes. ERR_REFUSED: nothing changed, `ret_refused` and `err` say why. Any
 * other failure spoils the group: see office_recover(). */
enum status office_execute(struct office *office, const struct command *command,
                           int64_t now_ms, struct refused *ret_refused,
                           struct error *err);

/* Do the further steps of a command on a whole line that has just been executed, as many
 * as fit the group; what is left is kept in `more` for the groups after it. Nothing for
 * other commands. Results as of office_execute(), never ERR_REFUSED. */
enum status office_continue(struct office *office, const struct command *command,
                            int64_t now_ms, struct error *err);

/* Look a command up among the stored answers, and keep one; see journal.h. */
enum status office_find_answer(struct office *office,
                               const struct journal_command *command,
                               enum journal_answer *ret_answer, const char **ret_reply,
                               struct error *err);
enum status office_keep_answer(struct office *office,
                               const struct journal_command *command, const char *reply,
                               int64_t at_ms, struct error *err);

/* Keep whom the token of a sign-in stands for, and forget those of more than two days
 * ago; see journal.h. */
enum status office_keep_sign_in(struct office *office, uint64_t token, const char *agent,
                                int64_t at_ms, struct error *err);

/* Make the group durable. Notes calls for the boards and what changed at `machine_ms`.
 * The group's events stay readable (event_count, text) until the next group or
 * office_forget_events(). Nothing to do is OK. */
enum status office_commit(struct office *office, int64_t machine_ms, struct error *err);

/* The committed events are published: they are not to be published again. */
void office_forget_events(struct office *office);

/* Learn the pace of service anew from the record, after the site has changed. */
enum status office_learn_pace(struct office *office, struct error *err);

/* Whether the work can go on after `status`: the disk had no room, or SQLite's lock was
 * held. */
bool office_can_recover(enum status status);

/* Roll back and rebuild the queue from the journal. */
enum status office_recover(struct office *office, int64_t machine_ms, struct error *err);

#endif
