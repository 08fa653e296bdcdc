/* The inside of the queue, for the queue_*.c files only.
 *
 * One block of memory, zeroed by the system: pages of tickets and numbers that no day
 * ever reached are never touched and cost nothing.
 *
 * Invariants between events, tested after every step of the property test:
 * - a ticket is in a line exactly while it is waiting or parked: of its service and
 * class, of the one counter that it waits for, which is not closed, of the parked, or of
 * the held, whose linked ticket is at a counter;
 * - counters[c].ticket == t exactly while tickets[t] is called or serving at c, and the
 *   counter is then in the state of the same name;
 * - numbers[series.row][n] is the ordinal of the ticket with number n, or TICKET_NONE;
 * - waiting[series.row] counts 1 for each ticket in a line of the service that is
 * counted, passed[row] 1 for each ticket whose rows_passed has the row. */
#ifndef GUICHET_CORE_QUEUE_STATE_H
#define GUICHET_CORE_QUEUE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ordinal_sums.h"
#include "core/queue.h"

/* The waiting tickets of one service and class, those that wait for one counter, or the
 * parked, by (order_at_ms, queue_came_before()). */
struct line {
    uint32_t first; /* ordinal, or TICKET_NONE */
    uint32_t last;
};

/* What one service has on one business day. */
struct series {
    bool is_open;
    uint32_t last_number; /* 0: none given today */
    int64_t closed_at_ms; /* when it last closed today; 0: it has not, or is open */
    uint32_t row;         /* of `numbers`, `waiting`, `passed`; moves with the service */
    uint32_t waiting_count;         /* also for one counter alone */
    uint32_t uncounted_count;       /* of them: tests and suspect ones */
    uint32_t beside_count;          /* numbers that no quota counts: parts of others,
                                       tests, what was swept */
    struct line lines[CLASSES_MAX]; /* by priority class */
};

/* What the screens of one hall say. */
struct message {
    int64_t until_ms;         /* 0: until it is cleared */
    struct site_detail words; /* empty: nothing */
};

/* What is otherwise for one service today than its site says. */
struct service_day {
    bool has_quota;
    uint32_t quota;   /* 0: no limit */
    int64_t until_ms; /* its hours end then; 0: as the site says */
};

/* What supervisors decided for the open business day; gone with it. */
struct supervision {
    uint32_t remark_count;      /* of the day; their numbers are 1 to this */
    uint64_t remarks_withdrawn; /* bit number - 1 */
    struct event_remark remarks[REMARKS_PER_DAY_MAX]; /* by number - 1 */
    struct message messages[HALLS_MAX];
    struct service_day services[SERVICES_MAX];
    bool is_exceptional; /* what follows counts only then */
    struct event_exceptional exceptional;
};

struct queue {
    int64_t seq;
    int64_t last_at_ms;
    int64_t epoch;
    enum clock_mode clock_mode;
    uint32_t clock_factor;
    uint32_t day;      /* 0: none is open */
    uint32_t last_day; /* highest day that was ever opened; a day never opens twice */
    bool has_site;
    uint32_t ticket_count;
    struct site site;
    struct series series[SERVICES_MAX];
    struct counter counters[COUNTERS_MAX];
    struct line reserved[COUNTERS_MAX]; /* who waits for this counter alone */
    struct line parked;
    struct line held; /* who waits while the linked ticket is at a counter */
    struct ticket tickets[TICKETS_PER_DAY_MAX + 1]; /* by ordinal; [0] stays unused */
    uint32_t numbers[SERVICES_MAX][TICKET_NUMBER_MAX + 1];
    struct ordinal_sums waiting[SERVICES_MAX]; /* by row: who waits */
    struct ordinal_sums passed[SERVICES_MAX];  /* by row: who was called past it */
    struct supervision supervision;
    uint32_t kept_count; /* see queue_keep.c */
    struct event_carried kept[KEPT_MAX];
};

/* The line of the ticket, which waits or is parked (queue_line.c). A ticket goes to its
 * place by (order_at_ms, queue_came_before()): at once at either end, else by a walk from
 * the end. */
void queue_line_insert(struct queue *queue, uint32_t ordinal);
void queue_line_remove(struct queue *queue, uint32_t ordinal);

/* Count that the ticket, called at the counter, passed everybody who took a ticket before
 * it for one of the counter's services; and take its last call back (queue_line.c). */
void queue_note_call(struct queue *queue, uint32_t ordinal, uint32_t counter);
void queue_forget_call(struct queue *queue, uint32_t ordinal);

/* Move a ticket, which is in no line, to another state; a linked one that waits is held
 * or goes on (queue_pair.c). */
void queue_move_ticket(struct queue *queue, uint32_t ordinal, enum ticket_state to);

/* Something else has happened to a ticket that a press had sent off: undoing the press
 * would take the person away from there (queue_apply.c). */
void queue_forget_press(struct queue *queue, uint32_t ordinal);

/* The counter that it waited for may have closed while it was called or away
 * (queue_apply.c). */
void queue_release_if_closed(const struct queue *queue, struct leg *leg);

/* Whether the linked ticket, if any, is called or served (queue_pair.c). */
bool queue_other_is_at_counter(const struct queue *queue, uint32_t ordinal);

/* The next number of the series: one above the highest given today, so that no number
 * comes back; above TICKET_NUMBER_MAX there is none left (queue_take.c). */
uint32_t queue_next_number(const struct queue *queue, uint32_t service);
/* The number is given now. */
void queue_note_number(struct queue *queue, uint32_t service, uint32_t number);

/* Forget tickets, numbers, lines and which services are open (queue.c). */
void queue_forget_tickets(struct queue *queue);

/* The writable ticket of an ordinal that exists (queue.c). */
struct ticket *queue_ticket_at(struct queue *queue, uint32_t ordinal);

/* Whether `site` may follow the present one while this day runs (queue_site.c):
 * ERR_REFUSED with the list of what it would orphan. */
enum status queue_check_orphans(const struct queue *queue, const struct site *site,
                                struct error *err);

/* Replace the site; tickets and counters follow their services, counters and classes by
 * id (queue_site.c). New counters begin closed at `event`. */
void queue_replace_site(struct queue *queue, const struct event *event);

/* Whether `date` is yyyymmdd of the Gregorian calendar (queue_check.c). */
bool queue_date_is_valid(uint32_t date);

/* Whether the counter has a ticket in front of it (queue_check.c). */
bool queue_counter_is_occupied(const struct counter *counter);

/* Where a decision is built (queue_decide.c, queue_counter.c, queue_transfer.c). */
struct decision {
    const struct queue *queue;
    const struct command *command;
    int64_t now_ms;
    struct event events[STEP_EVENTS_MAX];
    size_t count;
    struct refused refused;
    struct error *err; /* may be NULL */
};

/* The next event of the decision, numbered and timed. There is room: asserted. */
struct event *decision_add(struct decision *decision, enum event_kind kind);

/* Say no: "counter '3' <what>", "ticket 'A042' <what>" or the sentence as it is. All
 * return ERR_REFUSED. */
enum status decision_refuse(struct decision *decision, enum refusal refusal,
                            const char *sentence);
enum status decision_refuse_counter(struct decision *decision, enum refusal refusal,
                                    const char *what);
enum status decision_refuse_ticket(struct decision *decision, enum refusal refusal,
                                   uint32_t ordinal, const char *what);

/* Say that the caller gave what no command may hold: ERR_INVALID (queue_decide.c). */
enum status decision_invalid(struct decision *decision, const char *sentence);

/* Say no because of the ticket's state, in words: "ticket 'A042' is already served". */
enum status decision_refuse_state(struct decision *decision, uint32_t ordinal);

/* Say no unless the command names a ticket of the day that is in one of the states of the
 * set (bits 1 << state) (queue_decide.c). */
enum status decision_check_ticket_state(struct decision *decision,
                                        uint32_t ticket_states);

/* Say no unless the command's service exists; say no of it (queue_decide.c). */
enum status decision_check_service(struct decision *decision);
enum status decision_refuse_service(struct decision *decision, enum refusal refusal,
                                    const char *what);

/* The ticket at the command's counter, for verbs that need one, in one of the states of
 * the set (bits 1 << state); its start where nobody pressed it (queue_counter.c). */
enum status decision_check_present(struct decision *decision, uint32_t ticket_states);
void decision_start_if_called(struct decision *decision, uint32_t ordinal);

/* A ticket is taken: one event, or a refusal (queue_decide.c). */
enum status queue_decide_take(struct decision *decision);

/* The verbs of counters (queue_counter.c). */
enum status queue_decide_counter(struct decision *decision);

/* Transfer, parking, re-admission and change of service (queue_transfer.c). */
enum status queue_decide_transfer(struct decision *decision);
enum status queue_decide_readmit(struct decision *decision);
enum status queue_decide_resume(struct decision *decision);
enum status queue_decide_requalify(struct decision *decision);

/* Tickets that become two, and two of one person (queue_pair.c). */
enum status queue_decide_split(struct decision *decision);
enum status queue_decide_link(struct decision *decision);
enum status queue_check_pair(const struct queue *queue, const struct event *event,
                             struct error *err);
void queue_apply_split(struct queue *queue, const struct event *event);
void queue_apply_pair(struct queue *queue, const struct event *event);

/* Tickets of a burst (queue_suspect.c). */
bool queue_is_burst(const struct queue *queue, uint32_t kiosk, int64_t now_ms);
enum status queue_decide_sweep(struct decision *decision);
enum status queue_decide_trust(struct decision *decision);
void queue_apply_trusted(struct queue *queue, const struct event *event);
/* Documents that somebody at the reception was without (queue_documents.c): the event of
 * the command's set, for a ticket or none; REFUSAL_DOCUMENT_UNKNOWN. */
enum status decision_add_documents(struct decision *decision, uint32_t ticket);
enum status queue_decide_send_home(struct decision *decision);
void queue_apply_documents(struct queue *queue, const struct event *event);
enum status queue_check_documents(const struct queue *queue, const struct event *event,
                                  struct error *err);

/* Tickets that are kept overnight (queue_keep.c): whether this one is; the next events
 * that take them up, as many as fit; the clocks of those whose service opens. */
bool queue_may_keep(const struct queue *queue, uint32_t ordinal);
void queue_add_carried(struct decision *decision);
enum status queue_check_carried(const struct queue *queue, const struct event *event,
                                struct error *err);
void queue_apply_kept(struct queue *queue, const struct event *event);
void queue_apply_carried(struct queue *queue, const struct event *event);
void queue_forget_kept(struct queue *queue, uint32_t day);
void queue_start_clock(struct ticket *ticket, int64_t now_ms);
void queue_apply_service(struct queue *queue, const struct event *event);

/* People who got no ticket (queue_turned.c). */
enum status queue_decide_turned_away(struct decision *decision);
enum status queue_check_turned_away(const struct queue *queue, const struct event *event,
                                    struct error *err);
void queue_apply_turned_away(struct queue *queue, const struct event *event);

/* What the service at a counter is about: deciding, applying, and whether the event fits
 * (queue_matter.c). */
enum status queue_decide_note(struct decision *decision);
void queue_apply_matter(struct queue *queue, const struct event *event);
enum status queue_check_matter(const struct queue *queue, const struct event *event,
                               struct error *err);

/* Say no where the service of the ticket at the command's counter wants its topic said
 * before it ends, and nobody has said it (queue_matter.c). */
enum status decision_check_topic(struct decision *decision);

/* Agents who sign in (queue_agent.c). The check says no where the command's counter needs
 * one and has none. */
enum status queue_decide_sign_in(struct decision *decision);
enum status decision_check_agent(struct decision *decision);
void queue_apply_sign_in(struct queue *queue, const struct event *event);
enum status queue_check_sign_in(const struct queue *queue, const struct event *event,
                                struct error *err);

/* What supervisors decide (queue_supervise.c), and whether an event of theirs fits the
 * state and what it changes (queue_supervised.c). */
enum status queue_decide_supervisor(struct decision *decision);
bool queue_is_supervision(enum event_kind kind);
enum status queue_check_supervision(const struct queue *queue, const struct event *event,
                                    struct error *err);
/* Whether an open ticket waits for the counter alone, or comes back to it later. */
bool queue_is_bound_to(const struct ticket *ticket, uint32_t counter);
void queue_apply_supervision(struct queue *queue, const struct event *event);

/* The end of a service at the command's counter whose visit goes on to its first further
 * service; there is one (queue_transfer.c). */
void queue_add_further(struct decision *decision, uint32_t ordinal, bool is_wrapping_up);

/* The pause that was wished for at `counter`, whose ticket ends in this decision; nothing
 * where none was. `is_of_press`: an undo of the press takes the pause back, too. */
void decision_add_wished_pause(struct decision *decision, uint32_t counter,
                               bool is_of_press);

#endif
