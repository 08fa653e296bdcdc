/* The queue of one site on one business day: who waits, who is called where, who is next.
 *
 * It is a pure state machine. queue_decide() looks at the state and answers with events
 * or a refusal; queue_apply() changes the state by one event and cannot refuse. There is
 * no clock, file, floating point or randomness in here; memory is allocated once, by
 * queue_create().
 *
 * The state of one business day stands by itself: opening a day clears tickets, numbers
 * and counters. A journal is therefore replayed from its last EVENT_DAY_OPENED, preceded
 * by the latest epoch, clock and site, and gives the same state as a replay from the
 * beginning. */
#ifndef GUICHET_CORE_QUEUE_H
#define GUICHET_CORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/command.h"
#include "core/counter.h"
#include "core/error.h"
#include "core/event.h"
#include "core/refusal.h"
#include "core/site.h"
#include "core/ticket.h"

struct queue;

/* A queue without a site and without an open day, with room for the limits of
 * core/limits.h (address space; pages are used as tickets come). NULL when there is no
 * memory. */
struct queue *queue_create(void);

/* Accepts NULL. */
void queue_destroy(struct queue *queue);

/* Back to the state of queue_create(), with the next event to be numbered `seq_before` +
 * 1: the start of a replay, whole (0) or from an open day.
 *
 * From an open day: the latest epoch, clock and site before it (n events, in their order)
 * are applied first, renumbered so that the last of them stands right before
 * EVENT_DAY_OPENED; `seq_before` is then the number of EVENT_DAY_OPENED less 1 less n. */
void queue_reset(struct queue *queue, int64_t seq_before);

/* What a refusal is about, for the sentence and for screens that translate it. */
struct refused {
    enum refusal refusal;
    uint32_t ticket;  /* ordinal, or TICKET_NONE */
    uint32_t counter; /* index, or SITE_NONE */
};

/* Decide what `command` does to `queue` at office time `now_ms` (Unix epoch,
 * milliseconds).
 *
 * Writes at most STEP_EVENTS_MAX events to `ret_events`, their number to `*ret_count`;
 * the events are numbered and timed. The caller applies each with queue_apply(), inserts
 * it in the journal's open transaction, and replies and publishes only after COMMIT. A
 * time before the last event's counts as the last event's: recorded time never goes back.
 * VERB_CLOSE_DAY closes open tickets and counters, as many as fit in a step, and the day
 * itself in the step where none is left: repeat it until queue_day() is 0. A business day
 * opens once: its date is later than that of every day before.
 *
 * On ERR_REFUSED `ret_refused` says why and `err` names the ticket and its state in a
 * sentence. On ERR_INVALID or ERR_LIMIT a field has a value that makes no sense (an
 * outcome that is none, an epoch that does not rise, a site that breaks its own rules);
 * `ret_refused->refusal` is REFUSAL_NONE then. Nothing is written to the other outputs
 * and the queue is unchanged in every case. `ret_refused` and `err` may be NULL.
 *
 * Settling and moving a line take STEP_EVENTS_MAX events at a time, too: repeat the
 * command with `is_more` and with the day's highest ordinal of the first step as `number`
 * until it is refused (nobody-waiting). Who comes meanwhile is left alone.
 *
 * Configuring while no business day is open forgets the tickets of the last day. */
enum status queue_decide(const struct queue *queue, const struct command *command,
                         int64_t now_ms, struct event ret_events[STEP_EVENTS_MAX],
                         size_t *ret_count, struct refused *ret_refused,
                         struct error *err);

/* Change the state by one event: event->seq is queue_seq() + 1. Cannot fail; an event
 * that does not fit the state is a programmer's mistake or a corrupt journal and stops
 * the program (the journal checks its chain before). */
void queue_apply(struct queue *queue, const struct event *event);

/* Whether `event` fits the present state, for a reader of a journal that it does not
 * trust: queue_apply() then cannot stop the program. `err` says what does not fit. */
enum status queue_check_event(const struct queue *queue, const struct event *event,
                              struct error *err);

/* Facts about the present state. */
int64_t queue_seq(const struct queue *queue); /* of the last applied event; 0: none */
int64_t queue_last_at_ms(const struct queue *queue); /* office time of the last event */
int64_t queue_epoch(const struct queue *queue);      /* 0: none yet */
uint32_t queue_day(const struct queue *queue); /* yyyymmdd; 0: no business day is open */
uint32_t queue_last_day(const struct queue *queue); /* latest day ever opened; 0: none */
enum clock_mode queue_clock_mode(const struct queue *queue);
uint32_t queue_clock_factor(const struct queue *queue);
bool queue_has_site(const struct queue *queue);
const struct site *queue_site(const struct queue *queue);
const struct counter *queue_counter(const struct queue *queue, uint32_t counter);

/* The services that the counter gives now: the profile's of an agent who has signed in,
 * else its own; and the policy there, 1 + index, 0: share of the standard. */
uint64_t queue_counter_services(const struct queue *queue, uint32_t counter);
uint32_t queue_counter_policy(const struct queue *queue, uint32_t counter);

/* What the counter is less good at now: the profile's word, else its own. */
const struct site_skills *queue_counter_skills(const struct queue *queue,
                                               uint32_t counter);

bool queue_service_is_open(const struct queue *queue, uint32_t service);

/* Everybody who waits for the service, also those who wait for one counter alone; tests
 * and suspect tickets are not counted. And whether anybody waits, counted or not. */
uint32_t queue_waiting_count(const struct queue *queue, uint32_t service);
bool queue_has_waiting(const struct queue *queue, uint32_t service);

/* Suspect tickets that wait. Looks at all tickets. */
uint32_t queue_suspect_count(const struct queue *queue);
uint32_t queue_ticket_count(const struct queue *queue); /* taken today */

/* What the screens of the hall say at `now_ms`, until `*ret_until_ms` (0: until it is
 * cleared); NULL: nothing. */
const struct site_detail *queue_message(const struct queue *queue, uint32_t hall,
                                        int64_t now_ms, int64_t *ret_until_ms);

/* Whether the service should be open at `now_ms`, and when it closes (0: not said), where
 * the site's hours say `by_site` or `by_site_ms`: a supervisor may have said otherwise
 * for today. */
bool queue_service_is_due(const struct queue *queue, uint32_t service, bool by_site,
                          int64_t now_ms);
int64_t queue_service_closes_at(const struct queue *queue, uint32_t service,
                                int64_t by_site_ms);

/* Exceptional mode, which was begun and has not been ended; NULL: the day is as usual.
 * Whoever keeps the clock ends it at its time. */
const struct event_exceptional *queue_exceptional(const struct queue *queue);

/* Remarks made today, also those that were withdrawn. */
uint32_t queue_remark_count(const struct queue *queue);

/* The remark of a number, which stands; NULL: there is none, or it was withdrawn. */
const struct event_remark *queue_remark(const struct queue *queue, uint32_t number);

/* Tickets that the service may give today (0: no limit), and how many it has given. */
uint32_t queue_service_quota(const struct queue *queue, uint32_t service);
uint32_t queue_service_given(const struct queue *queue, uint32_t service);

/* Whether the service has given all the tickets that its site allows for a day. */
bool queue_service_is_full(const struct queue *queue, uint32_t service);

/* The ticket of an ordinal, 1 to queue_ticket_count(). */
const struct ticket *queue_ticket(const struct queue *queue, uint32_t ordinal);

/* The ordinal of today's ticket with this label ("A042", "A42" means the same), or
 * TICKET_NONE. */
uint32_t queue_find_ticket(const struct queue *queue, const char *label);

/* The waiting tickets of one service and priority class stand in a line, first come
 * first; its first, or TICKET_NONE. The others follow by ticket->next_waiting. */
uint32_t queue_line_head(const struct queue *queue, uint32_t service,
                         uint32_t class_index);

/* The first of those who wait for this counter alone, first come first, and the first of
 * the parked, or TICKET_NONE. The others follow by ticket->next_waiting. */
uint32_t queue_reserved_head(const struct queue *queue, uint32_t counter);
uint32_t queue_parked_head(const struct queue *queue);

/* A parked ticket whose time has come at `now_ms`, or TICKET_NONE. */
uint32_t queue_parked_due(const struct queue *queue, int64_t now_ms);

/* Whether the person of ticket `a` came before that of `b`; a part that was split off
 * came with the whole, behind it. Who came in one millisecond stands in this order. */
bool queue_came_before(const struct queue *queue, uint32_t a, uint32_t b);

/* Everybody who waits for a service and not for one counter alone, in calling order: the
 * longest wait first, where the head start of the class counts as waited. It borrows the
 * queue, which must not change meanwhile; queue_walk_next() gives TICKET_NONE after the
 * last. */
struct line_walk {
    const struct queue *queue;
    uint32_t next[CLASSES_MAX];
};

void queue_walk_begin(const struct queue *queue, uint32_t service,
                      struct line_walk *walk);
uint32_t queue_walk_next(struct line_walk *walk);

/* The first of that order, or TICKET_NONE. */
uint32_t queue_first_waiting(const struct queue *queue, uint32_t service);

/* Who has really waited longest for the service, head starts apart, among those who are
 * counted, or TICKET_NONE. */
uint32_t queue_earliest_waiting(const struct queue *queue, uint32_t service);

/* The time that orders a ticket among all of its service: order_at_ms less the head start
 * of its class. */
int64_t queue_order_key_ms(const struct queue *queue, const struct ticket *ticket);

/* People who wait for the service and came before ticket->arrival `arrival`. O(log n). */
uint32_t queue_waiting_before(const struct queue *queue, uint32_t service,
                              uint32_t arrival);

/* How many people who took their ticket after this one were called before it, at counters
 * that serve its service; undone calls are not counted, and nobody counts twice.
 * O(log n). */
uint32_t queue_times_overtaken(const struct queue *queue, uint32_t ordinal);

/* People who would be called before a ticket of this service and class taken at `at_ms`,
 * among those who wait for the same service, by the longest wait with head starts. Under
 * rule `share` with weights, people of a heavier class pass some of them later. */
uint32_t queue_people_ahead(const struct queue *queue, uint32_t service,
                            uint32_t class_index, int64_t at_ms);

/* People who would be called before the waiting ticket `ordinal`, which does not wait for
 * one counter alone, in its own service.
 * Walks past them. */
uint32_t queue_position(const struct queue *queue, uint32_t ordinal);

/* Counters whose state is open (counter_state_is_open) and that serve the service. */
uint32_t queue_open_counters(const struct queue *queue, uint32_t service);

/* A number that is equal for equal states: FNV-1a, 64 bits, over the canonical encoding
 * of the state. Used to compare a replay with the state it must give. */
uint64_t queue_state_hash(const struct queue *queue);

#endif
