/* What somebody asks of the queue: one verb with its fields. */
#ifndef GUICHET_CORE_COMMAND_H
#define GUICHET_CORE_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "core/limits.h"
#include "core/site.h"
#include "core/ticket.h"

enum verb {
    /* Citizens and reception */
    VERB_TAKE,   /* service, class_index, language, channel, kiosk, quote, closes_at_ms */
    VERB_CANCEL, /* ticket */
    VERB_ABANDON, /* ticket: it is known that the person left */
    VERB_PRINTED, /* ticket, print, is_copy */
    /* Agents: counter, version */
    VERB_CALL_NEXT,
    VERB_PRESS, /* the one button: see counter_press in DESIGN 6 */
    VERB_CALL,  /* ticket: a given one */
    VERB_RECALL,
    VERB_START,
    VERB_FINISH,
    VERB_NO_SHOW,
    VERB_UNDO,
    VERB_OPEN,  /* with a ticket: takes the wish of a pause back */
    VERB_PAUSE, /* reason, back_at_ms; with a ticket: wished for after it */
    VERB_CLOSE,
    /* Other channels */
    VERB_CONTACT, /* service, channel, received_at_ms, answered_at_ms, ended_at_ms,
                     outcome */
    /* The server itself */
    VERB_START_EPOCH,   /* epoch */
    VERB_SET_CLOCK,     /* clock_mode, clock_factor */
    VERB_CONFIGURE,     /* site */
    VERB_OPEN_DAY,      /* date */
    VERB_CLOSE_DAY,     /* repeated until the day is closed, see queue_decide() */
    VERB_OPEN_SERVICE,  /* service */
    VERB_CLOSE_SERVICE, /* service */
    VERB_READMIT, /* ticket: a no-show came after all, within the time of its service */
    /* Agents: counter, version, for the ticket in front of the counter */
    VERB_TRANSFER, /* service (SITE_NONE: the same), to_counter, after_s, comes_back */
    VERB_PARK,     /* reason, back_at_ms: it comes back to this counter then */
    /* Agents and reception */
    VERB_RESUME,    /* ticket: a parked one waits again */
    VERB_REQUALIFY, /* ticket, service, class_index: one that waits or is parked */
    VERB_ASK_HELP,  /* counter, version */
    VERB_END_HELP,  /* the same */
    VERB_NOTE,      /* counter, version; matter: of the ticket at the counter */
    VERB_WALK_IN,   /* counter, version; service, class_index, language: somebody without
                       a ticket is served here, at once */
    VERB_SIGN_IN,   /* counter, version; agent (a token), profile: 1 + index, or 0 */
    /* Supervisors */
    VERB_REMARK,          /* reason (the text), from_ms, until_ms, service (or none) */
    VERB_WITHDRAW_REMARK, /* number: of the remark */
    VERB_CORRECT,         /* ticket whose visit has ended, outcome, reason */
    VERB_SETTLE,          /* service (or none: all), outcome, reason; see is_more */
    VERB_MOVE,            /* service, to_service; see is_more */
    VERB_MESSAGE,         /* hall (or none: all), words (none: clear), until_ms or 0 */
    VERB_SET_QUOTA,       /* service, number: of tickets today; 0: no limit */
    VERB_HOURS_TODAY,     /* service, until_ms: when its hours end today */
    VERB_EXCEPTIONAL,     /* is_on; until_ms, service (or none), words */
    VERB_HAND_OVER,       /* counter, to_counter: who waits for it alone; see is_more */
    /* Counters, reception and supervisors */
    VERB_SPLIT,  /* ticket, service (SITE_NONE: the present), quantity (0: 1, or all) */
    VERB_LINK,   /* ticket, other: of one person */
    VERB_UNLINK, /* ticket */
    VERB_SWEEP,  /* every suspect ticket that waits ends void; see is_more */
    VERB_TRUST,  /* ticket: it is suspect no more */
    VERB_TURNED_AWAY, /* service, turned, number: people who got no ticket at a kiosk */
    VERB_SEND_HOME, /* service, documents: somebody without them goes without a ticket */
    VERB_COUNT
};

enum clock_mode {
    CLOCK_REAL,
    CLOCK_SCALED,
    CLOCK_STEPPED,
    CLOCK_REPLAY, /* the times of a recorded day */
    CLOCK_MODE_COUNT
};

/* Why somebody got no ticket. */
enum turned_reason {
    TURNED_CLOSED,  /* the service was closed */
    TURNED_FULL,    /* it had given its tickets of the day */
    TURNED_CLOSING, /* the people who waited filled the time that was left */
    TURNED_REASON_COUNT
};

/* Value of `version` for "do not compare": used by the server itself and by replay. */
#define VERSION_ANY (-1)

struct command {
    enum verb verb;
    uint32_t
        counter;     /* index of the counter it is for; SITE_NONE for verbs without one */
    int64_t version; /* the counter's version the agent saw, or VERSION_ANY */
    uint32_t ticket; /* ordinal */
    uint32_t service;     /* index */
    uint32_t class_index; /* priority class */
    uint32_t kiosk;       /* index of the kiosk that took it, or SITE_NONE */
    enum language language;
    enum channel channel;
    enum print_state print;
    bool is_copy;
    bool is_recorded; /* a call that a log states as it was: no permission, no policy */
    struct quote quote;
    int64_t closes_at_ms; /* when the hours of the service end; 0: not today */
    char reason[REASON_LENGTH_MAX + 1];
    int64_t back_at_ms;
    int64_t received_at_ms;
    int64_t answered_at_ms; /* 0: not measured */
    int64_t ended_at_ms;    /* 0: not measured */
    enum ticket_state outcome;
    uint32_t to_counter; /* the one counter that a transfer is for; SITE_NONE: any */
    uint32_t after_s;    /* delay of a transfer */
    bool comes_back;     /* a transfer: to this counter afterwards */
    int64_t epoch;
    enum clock_mode clock_mode;
    uint32_t clock_factor;   /* office seconds per second, for CLOCK_SCALED */
    uint32_t date;           /* business day as yyyymmdd */
    const struct site *site; /* borrowed for the duration of the call */
    struct matter matter;
    uint32_t quantity;      /* take: how often the service is asked for; 0 and 1: once */
    uint32_t further_count; /* take: services after it */
    struct further_service further[FURTHER_MAX];
    uint64_t agent; /* random, never 0: what stands for the agent in the record */
    uint32_t profile;
    int64_t from_ms;
    int64_t until_ms;
    uint32_t number;
    uint32_t to_service;
    uint32_t hall;            /* index, or SITE_NONE */
    struct site_detail words; /* for the screens */
    bool is_on;
    uint32_t other;    /* ordinal of a second ticket */
    bool is_confirmed; /* take: although it is one of a burst */
    bool is_test;      /* take: a ticket that never counts */
    enum turned_reason turned;
    uint64_t documents; /* bits 1 << index: that the person lacks; take, send-home */
    bool is_more; /* a further step of a verb that is repeated, see queue_decide() */
};

/* "take", "call-next", … as in topics; VERB_COUNT when there is no such verb. */
const char *verb_name(enum verb verb);
enum verb verb_find(const char *name);
/* "closed", "full", "closing"; TURNED_REASON_COUNT for another word (queue_turned.c). */
const char *turned_reason_name(enum turned_reason reason);
enum turned_reason turned_reason_find(const char *name);
const char *clock_mode_name(enum clock_mode mode);
enum clock_mode clock_mode_find(const char *name);

#endif
