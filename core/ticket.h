/* One ticket and its life; the legal successors are one table in ticket.c. */
#ifndef GUICHET_CORE_TICKET_H
#define GUICHET_CORE_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/limits.h"
#include "core/site.h"

enum ticket_state {
    TICKET_WAITING,
    TICKET_CALLED,
    TICKET_SERVING,
    TICKET_SERVED,          /* outcome */
    TICKET_NO_SHOW,         /* outcome */
    TICKET_CANCELLED,       /* outcome */
    TICKET_ABANDONED,       /* outcome: left, seen or told, before the call */
    TICKET_CLOSED_AT_NIGHT, /* outcome: still open when the business day closed */
    TICKET_VOID,            /* outcome: test, or number replaced; never counted */
    TICKET_PARKED, /* open: comes back to the line later, by itself or when somebody says
                    */
    TICKET_KEPT,   /* outcome of the day: it waits on when the next one opens */
    TICKET_STATE_COUNT
};

/* Who hands a person over to the queue. */
enum channel {
    CHANNEL_WALK_IN,
    CHANNEL_APPOINTMENT,
    CHANNEL_PHONE,
    CHANNEL_EMAIL,
    CHANNEL_LETTER,
    CHANNEL_WEB,
    CHANNEL_COUNT
};

/* What is known of the paper. */
enum print_state {
    PRINT_NONE, /* nothing reported yet */
    PRINT_PRINTED,
    PRINT_FAILED,
    PRINT_UNKNOWN,
    PRINT_STATE_COUNT
};

/* Tickets are named inside the queue by their ordinal of the business day, 1 to
 * TICKETS_PER_DAY_MAX in order of taking. */
#define TICKET_NONE 0

/* What was promised to a person when the ticket was taken; facts of the record. All zero
 * with `is_given` false when no counter was open (position only). */
struct quote {
    bool is_given;
    uint32_t ahead;         /* people who would be called before, at that moment */
    uint32_t open_counters; /* open counters for the service */
    uint32_t mean_s;
    uint32_t p50_s;
    uint32_t p80_s;
    uint32_t p90_s;
};

/* A service that the visit goes to later. */
struct further_service {
    uint32_t service;
    uint32_t counter;  /* the counter it is for, if that is open then; SITE_NONE: any */
    uint32_t quantity; /* how often; 0 and 1: once */
};

/* The present part of a visit: one service, from its request to its end. */
struct leg {
    uint32_t index;          /* 0: the first service; one more at every transfer */
    int64_t requested_at_ms; /* arrival, or when the person was sent on or came back */
    uint32_t for_counter;    /* the one counter that it waits for; SITE_NONE: any */
    uint32_t quantity;       /* how often the service is asked for; 0 and 1: once */
    uint32_t further_count;
    struct further_service further[FURTHER_MAX]; /* what comes after it, in this order */
};

/* Whether the person needs no further contact for what was asked. */
enum completeness { COMPLETE_NOT_SAID, COMPLETE_YES, COMPLETE_NO, COMPLETENESS_COUNT };

/* What the agent says of the service that is given. */
struct matter {
    uint32_t topic;    /* 1 + index into the site's topics; 0: not said */
    uint32_t document; /* 1 + index: the one that was missing; 0: none, or not said */
    enum completeness completeness;
};

struct ticket {
    enum ticket_state state;
    enum channel channel;
    enum language language;
    enum print_state print;
    uint32_t service;      /* index into the site's services */
    uint32_t number;       /* 1 to TICKET_NUMBER_MAX */
    uint32_t class_index;  /* priority class */
    uint32_t counter;      /* index of the counter that called it last, or SITE_NONE */
    uint32_t call_count;   /* calls and recalls that were not undone */
    bool start_is_imputed; /* nobody pressed start: its time was inferred */
    int64_t taken_at_ms;   /* office time, Unix epoch */
    int64_t called_at_ms; /* first call of the present stay at a counter; 0: not called */
    int64_t started_at_ms; /* 0: not started */
    int64_t ended_at_ms;   /* 0: still open */
    struct quote quote;
    int64_t order_at_ms; /* its place in its line: the first arrival */
    uint32_t series;     /* the service whose letter and number it bears */
    struct leg leg;
    int64_t last_call_at_ms;  /* call or recall of the present stay; 0: none */
    int64_t first_call_at_ms; /* of the first leg, when that is over; else 0 */
    int64_t due_at_ms;        /* parked: when it comes back by itself; 0: when told */
    char reason[REASON_LENGTH_MAX + 1]; /* parked: why; may be empty */
    uint32_t
        previous_waiting;  /* ordinals of the neighbours in its line: waiting tickets */
    uint32_t next_waiting; /* of its service and class or of one counter, or parked */
    uint64_t rows_passed;  /* series whose people its calls have passed (a set) */
    uint64_t rows_of_call; /* those of them that its last call added */
    struct matter matter;  /* of the present leg, since its last call */
    uint32_t arrival; /* the ordinal that it came as: its own, or that of the ticket that
                         it was a part of */
    uint32_t linked;  /* the other ticket of the same person, or TICKET_NONE */
    bool is_held;     /* waits, and the other one is at a counter */
    int64_t waited_before_ms; /* of one kept overnight: on the days before */
    bool is_carried;          /* kept overnight */
    bool is_clock_stopped;    /* its service has not opened since: it does not wait */
    uint32_t kiosk;           /* index of the kiosk that gave it, or SITE_NONE */
    bool is_suspect;          /* of a burst at one kiosk: perhaps nobody's */
    bool is_test;             /* never counted */
    uint64_t lacks;           /* documents that the reception missed: bits 1 << index */
};

/* "waiting", "called", … as used in topics, the journal and reports. */
const char *ticket_state_name(enum ticket_state state);
const char *channel_name(enum channel channel);
const char *print_state_name(enum print_state state);
const char *completeness_name(enum completeness completeness);

/* The reverse; the …_COUNT value when there is no such name. */
enum ticket_state ticket_state_find(const char *name);
enum channel channel_find(const char *name);
enum print_state print_state_find(const char *name);
enum completeness completeness_find(const char *name);

/* Whether figures, estimates and quotas count the ticket as it is now: not a test, nor a
 * suspect one that nobody has come with (queue_suspect.c). */
bool ticket_is_counted(const struct ticket *ticket);

/* Whether the state is an outcome: the ticket is not open any more. */
bool ticket_state_is_outcome(enum ticket_state state);

/* Whether a ticket in `from` may become `to` (the table of legal successors). Undo goes
 * back only where the table says so, too. */
bool ticket_may_become(enum ticket_state from, enum ticket_state to);

/* Whether a supervisor may correct the outcome `from` into `to` (its own table): what was
 * recorded of a person, not what is void or was still open at night. */
bool ticket_may_be_corrected(enum ticket_state from, enum ticket_state to);

/* The printed label, "A042": letter and number, at least three digits. `ret_label` has
 * LABEL_LENGTH_MAX + 1 bytes. */
void ticket_label(const struct service *service, uint32_t number, char *ret_label);

#endif
