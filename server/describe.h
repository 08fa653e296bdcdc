/* Tells the state of the office as the documents of the protocol. */
#ifndef GUICHET_SERVER_DESCRIBE_H
#define GUICHET_SERVER_DESCRIBE_H

#include <stdint.h>

#include "core/queue.h"
#include "runtime/documents.h"
#include "server/office.h"
#include "server/schedule.h"

/* How the day goes for one service, counted from its tickets. */
struct service_today {
    uint32_t served_count;
    uint32_t offered_count;     /* those whose wait has ended by a call or by leaving */
    uint32_t in_standard_count; /* those of them who were called within the standard and
                                   came */
};

/* What every document carries, and what is computed once for all of them. */
struct moment {
    int64_t epoch;
    int64_t tick;
    int64_t now_ms;                           /* office time */
    int64_t machine_ms;                       /* machine time */
    struct wait_range waits[SERVICES_MAX];    /* as shown now, see describe_waits() */
    struct service_today today[SERVICES_MAX]; /* see describe_today() */
    int64_t opens_at_ms[SERVICES_MAX];        /* of closed services; 0: not again today */
    int64_t closes_at_ms[SERVICES_MAX];       /* end of the present hours; 0: not today */
};

/* The wait range that a person who took a ticket now without a priority would be told,
 * for one service. */
struct wait_range describe_wait(const struct office *office, uint32_t service,
                                int64_t now_ms);

/* The range that is printed for a quote; none when no counter was open. */
struct wait_range describe_quote(const struct quote *quote);

/* Count the day of every service in one pass over the day's tickets. */
void describe_today(const struct queue *queue,
                    struct service_today ret_today[SERVICES_MAX]);

/* The services (a set) that some counter of the hall serves; a service without counters
 * is shown in every hall. */
uint64_t describe_services_of_hall(const struct site *site, uint32_t hall);

/* How long the first to come of those who wait for the service waits, in seconds; 0 when
 * nobody does. */
uint32_t describe_longest_wait_s(const struct queue *queue, uint32_t service,
                                 int64_t now_ms);

/* Fill `ret_board` (zeroed or used before) with what hall `hall` shows. */
void describe_board(const struct office *office, const struct moment *moment,
                    uint32_t hall, struct board_document *ret_board);

void describe_counter(const struct office *office, const struct moment *moment,
                      uint32_t counter, struct counter_document *ret_counter);

void describe_service(const struct office *office, const struct moment *moment,
                      uint32_t service, struct service_document *ret_service);

/* The part of a reply that speaks of the ticket with this ordinal, at office time
 * `now_ms`. */
void describe_ticket(const struct office *office, int64_t now_ms, uint32_t ordinal,
                     struct reply_ticket *ret_ticket);

/* The same for whoever asks after it later: people ahead and open counters are those of
 * now. Nobody is ahead of a ticket that does not wait in a line. */
void describe_found(const struct office *office, int64_t now_ms, uint32_t ordinal,
                    struct reply_ticket *ret_ticket);

/* What a refusal is about. */
void describe_refused(const struct office *office, const struct refused *refused,
                      struct reply_subject *ret_subject);

/* Label of today's ticket `ordinal` into `ret_label` (LABEL_LENGTH_MAX + 1 bytes); empty
 * for TICKET_NONE. */
void describe_label(const struct queue *queue, uint32_t ordinal, char *ret_label);

#endif
