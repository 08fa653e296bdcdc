/* What the record says of one visit, one contact and one counter's time, as reports and
 * estimates read it: the journal fills these, figures/ counts them. */
#ifndef GUICHET_CORE_VISIT_H
#define GUICHET_CORE_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/counter.h"
#include "core/event.h"
#include "core/limits.h"
#include "core/ticket.h"

/* One visit. Indexes are those of the site that was in force last on that day. */
struct visit_record {
    uint32_t date;   /* business day, yyyymmdd */
    uint32_t ticket; /* ordinal of the day */
    uint32_t service;
    uint32_t number;
    uint32_t series; /* the service whose letter it bears */
    uint32_t leg;    /* 0: the visit and its first service; n: its n-th further service,
                        where taken_at_ms is its request and there is no quote */
    uint32_t class_index;
    uint32_t kiosk;   /* index, or SITE_NONE */
    uint32_t counter; /* of the last call, or SITE_NONE */
    enum channel channel;
    enum ticket_state state; /* the outcome, or an open state while the day runs */
    enum call_rule rule;     /* of the call that stands */
    enum print_state print;
    bool start_is_imputed;
    uint32_t call_count;   /* calls and recalls that were not undone */
    uint32_t undone_count; /* presses on this ticket that were undone */
    int64_t taken_at_ms;
    int64_t called_at_ms; /* 0: never called */
    int64_t started_at_ms;
    int64_t ended_at_ms; /* 0: still open */
    struct quote quote;
    uint32_t quantity;    /* how often the service was asked for, from 1 */
    struct matter matter; /* as in the queue; topics of the same site */
    bool is_suspect;      /* of a burst at one kiosk */
    bool is_test;
    bool is_carried; /* kept overnight from the day before */
    bool is_beside; /* no figure counts it: a test, or a suspect one that nobody came with
                     */
};

/* One request in another channel. Times of 0 were not measured. */
struct contact_record {
    uint32_t date; /* business day on which it was recorded */
    uint32_t service;
    enum channel channel;
    enum ticket_state outcome;
    int64_t received_at_ms;
    int64_t answered_at_ms;
    int64_t ended_at_ms;
};

/* What a supervisor remarked on a stretch of the day. */
struct remark_record {
    uint32_t remark;  /* its number of the day, from 1 */
    uint32_t service; /* or SITE_NONE: on all of them */
    int64_t from_ms;
    int64_t until_ms;
    int64_t withdrawn_at_ms; /* 0: it stands */
    char text[REASON_LENGTH_MAX + 1];
};

/* An outcome that was corrected, or a line that was settled. */
struct correction_record {
    uint32_t ticket; /* ordinal; TICKET_NONE: a line */
    uint32_t series; /* of the ticket: the service whose letter it bears */
    uint32_t number;
    uint32_t service; /* of a line; SITE_NONE: all of them, or a ticket */
    enum ticket_state from;
    enum ticket_state to;
    uint32_t ticket_count; /* 1 for a ticket */
    int64_t at_ms;
    char reason[REASON_LENGTH_MAX + 1];
};

/* A stretch of time in exceptional mode. */
struct exceptional_record {
    uint32_t service; /* the one that went first, or SITE_NONE */
    int64_t begun_at_ms;
    int64_t until_ms;
    int64_t ended_at_ms; /* 0: by nobody */
};

/* People who got no ticket in a quarter of an hour. */
struct turned_record {
    uint32_t service;
    enum turned_reason reason;
    int64_t from_ms;
    uint32_t count;
};

/* A document that somebody at the reception was without. */
struct lacked_record {
    int64_t seq; /* of the event: the same for all documents of one person */
    uint32_t service;
    uint32_t ticket;   /* ordinal; TICKET_NONE: the person was turned away */
    uint32_t document; /* index in the site */
};

/* A stretch of time in which a counter was in one state; closed stretches are left out.
 */
struct counter_span {
    uint32_t counter;
    enum counter_state state;
    int64_t from_ms;
    int64_t to_ms; /* 0: still so */
};

#endif
