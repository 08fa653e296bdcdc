/* The record of one office: every event, what reports read, and the stored replies, in
 * one SQLite file.
 *
 * One process writes and checkpoints; others read while it does. The writer's way:
 *
 *     journal_begin()
 *       for each command that came in together:
 *         journal_find_answer()       the same (device, id) was answered before?
 *         queue_decide(), and for each event: queue_apply(), journal_append()
 *         journal_store_answer()      refusals too
 *     journal_commit()                 only now reply and publish
 *
 * Failures of the writing functions, and what the caller does:
 *   ERR_FULL         no room: journal_rollback(), journal_replay() into the queue, answer
 *                    'unavailable' and go on; the rollback has freed the reserve
 *   ERR_UNAVAILABLE  another program holds SQLite's write lock (begin only): as ERR_FULL
 *   ERR_INVALID      the record refuses what the queue decided: a bug, stop
 *   ERR_IO           the disk failed; what is stored is not known: exit, never retry
 *   ERR_CORRUPT      the file is not what was written: exit
 * docs/journal.md has the tables, the bodies and the rule of the chain. */
#ifndef GUICHET_JOURNAL_JOURNAL_H
#define GUICHET_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/event.h"
#include "core/limits.h"
#include "core/queue.h"
#include "core/site.h"
#include "core/visit.h"

/* Bytes of a link of the chain (SHA-256). */
#define JOURNAL_HASH_BYTES 32

/* Usual size of the file that is given up when the disk is full: room for some five
 * thousand commands, so that the running day can be ended in order. */
#define JOURNAL_RESERVE_BYTES (4 << 20)

/* Stored replies are kept this long in office time, and never shorter. */
#define JOURNAL_ANSWERS_KEPT_MS (INT64_C(8) * 86400 * 1000)

struct journal;

/* Open the journal at `path` for writing; it is created where there is none and migrated
 * where it is older. Beside it '<path>.reserve' of `reserve_bytes` is made (0: none).
 * Fails with ERR_UNAVAILABLE when another process writes it, ERR_INVALID when it is not a
 * journal or made by a newer version. The caller closes it. */
enum status journal_open(const char *path, size_t reserve_bytes,
                         struct journal **ret_journal, struct error *err);

/* Open an existing journal for reading, also while a server writes it, after a server was
 * killed, or on a medium that cannot be written. Only the journal_read_…, journal_replay…
 * and journal_verify functions may be called on it. */
enum status journal_open_reader(const char *path, struct journal **ret_journal,
                                struct error *err);

/* Roll back what is not committed and close. Accepts NULL. */
void journal_close(struct journal *journal);

/* What the operator should know and does not stop the work (the reserve is used up, the
 * last changes cannot be read, …): a sentence, or NULL. Changes with commits and
 * rollbacks. */
const char *journal_warning(const struct journal *journal);

/* Whether the reserve against a full disk is in place. */
bool journal_has_reserve(const struct journal *journal);

/* The settings that make a returned commit survive a power cut are in force: WAL and
 * synchronous=FULL as SQLite itself reports them. journal_open() has checked it. */
enum status journal_check_durability(struct journal *journal, struct error *err);

/* Seq of the last event, appended ones that are not yet committed included; 0: none. */
int64_t journal_seq(const struct journal *journal);

/* Writing. */

/* Start the transaction of a group of commands. */
enum status journal_begin(struct journal *journal, struct error *err);

/* Append `event` (seq is journal_seq() + 1) and derive visit, contact and span rows.
 * `site` is the site in force; it is not looked at for EVENT_SITE_CONFIGURED, which
 * brings its own, and may then be NULL. */
enum status journal_append(struct journal *journal, const struct event *event,
                           const struct site *site, struct error *err);

/* Body of the event appended last: JSON, valid until the next append. For topic `event`.
 */
const char *journal_last_body(const struct journal *journal);

/* One command as a device sent it. */
struct journal_command {
    const char *device; /* identity: "kiosk-hall1" */
    const char *id;     /* UUIDv7 of the command */
    const char *bytes;  /* the payload as it came */
    size_t length;
};

enum journal_answer {
    ANSWER_NONE,       /* never seen */
    ANSWER_STORED,     /* the same command again: send the stored reply */
    ANSWER_OTHER_BODY, /* the id was used for another payload */
    ANSWER_COUNT
};

/* Look the command up; appended answers that are not yet committed count. On
 * ANSWER_STORED `*ret_reply` is the reply, owned by the journal until the next look-up.
 */
enum status journal_find_answer(struct journal *journal,
                                const struct journal_command *command,
                                enum journal_answer *ret_answer, const char **ret_reply,
                                struct error *err);

/* Keep the reply of a command (at most PAYLOAD_BYTES_MAX) in the same transaction as its
 * events. Answers older than JOURNAL_ANSWERS_KEPT_MS at `at_ms` (office time) are removed
 * on the way, a few at a time. */
enum status journal_store_answer(struct journal *journal,
                                 const struct journal_command *command, const char *reply,
                                 int64_t at_ms, struct error *err);

/* How long it is kept whom the token of a sign-in stands for, in office time. */
#define JOURNAL_SIGN_INS_KEPT_MS (INT64_C(48) * 3600 * 1000)

/* Keep whom a token stands for, inside a transaction; look it up (empty where it is not
 * known, or not any more); and forget what was kept before `before_ms`. The failures are
 * those of writing. */
enum status journal_keep_sign_in(struct journal *journal, uint64_t token,
                                 const char *agent, int64_t at_ms, struct error *err);
enum status journal_find_sign_in(struct journal *journal, uint64_t token,
                                 char ret_agent[ID_LENGTH_MAX + 1], struct error *err);
enum status journal_forget_sign_ins(struct journal *journal, int64_t before_ms,
                                    struct error *err);

/* On OK everything since journal_begin() survives a power cut. On failure the caller
 * rolls back or exits as said above. */
enum status journal_commit(struct journal *journal, struct error *err);

/* Forget everything since journal_begin(). After ERR_FULL the reserve is deleted, so that
 * the next transaction finds room. */
enum status journal_rollback(struct journal *journal, struct error *err);

/* Replay. */

/* Told of each event after it was applied; `queue` is the state right after. */
typedef void journal_on_event(const struct event *event, const struct queue *queue,
                              void *context);

/* Rebuild `queue`: reset it, apply the latest epoch, clock and site before the last
 * opening of a business day, then every event from there on. `on_event` (may be NULL) is
 * called from the opening on. The chain over all that is read is checked, and each event
 * is checked against the state before it is applied. ERR_CORRUPT names the seq. */
enum status journal_replay(struct journal *journal, struct queue *queue,
                           journal_on_event *on_event, void *context, struct error *err);

/* The same from the first event on. */
enum status journal_replay_all(struct journal *journal, struct queue *queue,
                               journal_on_event *on_event, void *context,
                               struct error *err);

struct journal_summary {
    int64_t event_count;
    int64_t last_at_ms; /* 0: no event */
    uint8_t last_hash[JOURNAL_HASH_BYTES];
};

/* Check everything: SQLite's quick_check, the whole chain, every event against the state,
 * every body against its canonical form, and the derived tables against a recomputation.
 * The first fault is named with its seq or its row. */
enum status journal_verify(struct journal *journal, struct journal_summary *ret_summary,
                           struct error *err);

/* Reading. Arrays are allocated for the caller, who frees them; they are NULL when empty.
 * Between journal_begin_reading() and journal_end_reading() all functions see one and the
 * same moment; keep it short, it stops the writer's checkpoints from reusing its file. */

enum status journal_begin_reading(struct journal *journal, struct error *err);
void journal_end_reading(struct journal *journal);

/* One business day that was opened. */
struct journal_day {
    uint32_t date; /* yyyymmdd */
    int64_t opened_at_ms;
    int64_t closed_at_ms; /* 0: still open */
    uint32_t visit_count;
};

/* All business days, oldest first. */
enum status journal_read_days(struct journal *journal, struct journal_day **ret_days,
                              size_t *ret_count, struct error *err);

/* The site of a business day: the last one in force on it, with the services, counters,
 * classes and kiosks appended that only an earlier site of the same day had. `date` 0:
 * the last site of the journal. ERR_NOT_FOUND when the day or a site is not there. */
enum status journal_read_site(struct journal *journal, uint32_t date,
                              struct site *ret_site, struct error *err);

/* Visits of a business day in order of their ordinals. Indexes are those of `site`, which
 * is that of journal_read_site(). */
enum status journal_read_visits(struct journal *journal, uint32_t date,
                                const struct site *site, struct visit_record **ret_visits,
                                size_t *ret_count, struct error *err);

/* Contacts recorded on a business day, in order of recording. */
enum status journal_read_contacts(struct journal *journal, uint32_t date,
                                  const struct site *site,
                                  struct contact_record **ret_contacts, size_t *ret_count,
                                  struct error *err);

/* What the counters did on a business day, by counter and time. */
enum status journal_read_spans(struct journal *journal, uint32_t date,
                               const struct site *site, struct counter_span **ret_spans,
                               size_t *ret_count, struct error *err);

/* Remarks made on a business day, by number, also those that were withdrawn. */
enum status journal_read_remarks(struct journal *journal, uint32_t date,
                                 const struct site *site,
                                 struct remark_record **ret_remarks, size_t *ret_count,
                                 struct error *err);

/* Corrections of a business day, in their order. */
enum status journal_read_corrections(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct correction_record **ret_corrections,
                                     size_t *ret_count, struct error *err);

/* People who got no ticket, by service and quarter of an hour. */
enum status journal_read_turned_away(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct turned_record **ret_records,
                                     size_t *ret_count, struct error *err);

/* Documents that people were without at the reception of a business day; those of void
 * tickets are left out. */
enum status journal_read_lacked(struct journal *journal, uint32_t date,
                                const struct site *site,
                                struct lacked_record **ret_records, size_t *ret_count,
                                struct error *err);

/* When the office was in exceptional mode on a business day. */
enum status journal_read_exceptional(struct journal *journal, uint32_t date,
                                     const struct site *site,
                                     struct exceptional_record **ret_records,
                                     size_t *ret_count, struct error *err);

/* Which clocks drove office time on a business day; a report names every one but the real
 * one. */
enum status journal_read_clock_modes(struct journal *journal, uint32_t date,
                                     bool ret_used[CLOCK_MODE_COUNT], struct error *err);

/* How long one visit was served: both times were pressed, not imputed. */
struct service_time {
    uint32_t service; /* index */
    uint32_t counter; /* index, or SITE_NONE where `site` has it no more */
    int64_t ended_at_ms;
    int64_t length_ms;
};

/* Service times of served visits of the last `day_count` business days (the open one
 * included), in order of their end, for the services that `site` has. */
enum status journal_read_service_times(struct journal *journal, uint32_t day_count,
                                       const struct site *site,
                                       struct service_time **ret_times, size_t *ret_count,
                                       struct error *err);

/* The highest epoch ever journalled; 0: none. */
enum status journal_read_epoch(struct journal *journal, int64_t *ret_epoch,
                               struct error *err);

#endif
