/* What has happened: facts only. An event says everything that applying it needs (the
 * number given, the ticket called, by which rule, the seconds quoted), so that an old
 * journal replays under any newer version. Every kind has a version; old versions stay
 * readable. */
#ifndef GUICHET_CORE_EVENT_H
#define GUICHET_CORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/command.h"
#include "core/counter.h"
#include "core/limits.h"
#include "core/site.h"
#include "core/ticket.h"

enum event_kind {
    EVENT_EPOCH_STARTED,
    EVENT_CLOCK_SET,
    EVENT_SITE_CONFIGURED,
    EVENT_DAY_OPENED,
    EVENT_DAY_CLOSED,
    EVENT_SERVICE_OPENED,
    EVENT_SERVICE_CLOSED,
    EVENT_COUNTER_OPENED,
    EVENT_COUNTER_PAUSED,
    EVENT_COUNTER_CLOSED, /* who waited for this counter alone now waits for any */
    EVENT_TICKET_TAKEN,
    EVENT_TICKET_CALLED,
    EVENT_TICKET_RECALLED,
    EVENT_TICKET_STARTED,
    EVENT_TICKET_FINISHED,
    EVENT_TICKET_NO_SHOW,
    EVENT_TICKET_CANCELLED,
    EVENT_TICKET_ABANDONED,
    EVENT_TICKET_CLOSED_AT_NIGHT,
    EVENT_TICKET_PRINTED,
    EVENT_PRESS_UNDONE,
    EVENT_CONTACT_RECORDED,
    EVENT_TICKET_READMITTED,  /* a no-show waits again, where its arrival puts it */
    EVENT_TICKET_TRANSFERRED, /* its service here is over, its visit is not */
    EVENT_TICKET_RESUMED,     /* a parked one waits again, for `counter` alone if named */
    EVENT_TICKET_REQUALIFIED, /* it waits for another service or in another class */
    EVENT_COUNTER_PAUSE_WISHED, /* as soon as the ticket at the counter has ended */
    EVENT_COUNTER_STAYS,        /* that wish is taken back */
    EVENT_HELP_ASKED,           /* the agent of a counter needs a colleague */
    EVENT_HELP_ENDED,
    EVENT_MATTER_NOTED,       /* what the service at the counter is about */
    EVENT_AGENT_SIGNED_IN,    /* at a counter, instead of who was there before */
    EVENT_REMARK_MADE,        /* what a report must say of a stretch of the day */
    EVENT_REMARK_WITHDRAWN,   /* it stays in the record */
    EVENT_TICKET_CORRECTED,   /* its visit ended otherwise than was recorded */
    EVENT_LINE_SETTLED,       /* why the people of a line end here, before their events */
    EVENT_MESSAGE_SET,        /* what the screens of a hall say; no words: no more */
    EVENT_QUOTA_SET,          /* tickets that a service gives today */
    EVENT_HOURS_SET,          /* when the hours of a service end today */
    EVENT_EXCEPTIONAL_BEGUN,  /* civil emergency: longer hours, one service first */
    EVENT_EXCEPTIONAL_ENDED,  /* the day is as usual again */
    EVENT_TICKET_HANDED_OVER, /* what it was to do at one counter it does at another */
    EVENT_TICKET_SPLIT,       /* a part of it gets a ticket of its own */
    EVENT_TICKETS_LINKED,     /* two of one person: never at counters together */
    EVENT_TICKETS_UNLINKED,
    EVENT_TICKET_VOIDED,    /* a suspect one that waited was swept: it counts nowhere */
    EVENT_TICKET_TRUSTED,   /* it is suspect no more */
    EVENT_TURNED_AWAY,      /* people got no ticket at a kiosk */
    EVENT_DOCUMENTS_LACKED, /* the reception saw that somebody was without them */
    EVENT_TICKET_KEPT,      /* it waits on when the next business day opens */
    EVENT_TICKET_CARRIED,   /* at its opening: one that was kept overnight waits on */
    EVENT_KIND_COUNT
};

/* By which rule a ticket was called. */
enum call_rule {
    CALL_LONGEST_WAIT, /* the longest wait, head starts counted */
    CALL_CHOSEN,       /* a given ticket, by the agent */
    CALL_RECORDED,     /* as a log states */
    CALL_EMERGENCY,    /* a class that is an emergency */
    CALL_GUARD,        /* was overtaken as often as anybody may be */
    CALL_FIRST,        /* a class whose head start is a whole day */
    CALL_CONDITION,    /* a service that had waited beyond a condition's time */
    CALL_SHARE,        /* the largest share of the standard used up */
    CALL_ORDER,        /* the first service of the policy's order */
    CALL_RATIO,        /* the service whose turn it was */
    CALL_RESERVED,     /* waited for this counter alone */
    CALL_WALK_IN,      /* came to the counter without a ticket: nobody is called out */
    CALL_EXCEPTIONAL,  /* the service that goes first in exceptional mode */
    CALL_RULE_COUNT
};

struct event_taken {
    uint32_t ticket; /* the ordinal it gets: one more than the highest of the day */
    uint32_t service;
    uint32_t number;
    uint32_t class_index;
    uint32_t kiosk; /* or SITE_NONE */
    enum language language;
    enum channel channel;
    struct quote quote;
    uint32_t quantity; /* 0 and 1: once */
    uint32_t further_count;
    struct further_service further[FURTHER_MAX];
    bool is_suspect;
    bool is_test;
};

/* Events of one ticket, most of them at one counter (SITE_NONE where there is none). */
struct event_ticket {
    uint32_t ticket;
    uint32_t counter;
    enum call_rule rule; /* called */
    uint32_t overtaken; /* called: people who waited longer for this counter's services */
    uint32_t turn;      /* called by ratio: the turn it took, see core/policy.h */
    int64_t started_at_ms;  /* started: when the service began */
    bool start_is_imputed;  /* started: nobody pressed start */
    bool is_wrapping_up;    /* finished: the counter is not free yet */
    enum print_state print; /* printed */
    bool is_copy;           /* printed */
    bool is_first_of_press; /* the first event of a new press of the counter */
    int64_t order_at_ms;    /* readmitted: its new place in its line; 0: as it was */
    char
        reason[REASON_LENGTH_MAX + 1]; /* called: why this one was chosen; may be empty */
};

struct event_counter {
    uint32_t counter;
    char reason[REASON_LENGTH_MAX + 1]; /* paused, pause wished */
    int64_t back_at_ms;                 /* the same; 0: not said */
    bool is_of_press; /* paused: by the press that ended the ticket; undone with it */
};

/* The counter and the tickets of its last press as they are put back. */
struct event_undone {
    uint32_t counter;
    enum counter_state state;
    uint32_t ticket; /* the ticket at the counter again, or TICKET_NONE */
    uint32_t turn;   /* the counter's turn again */
    struct ticket_before tickets[PRESS_TICKETS_MAX];
};

/* The end of one leg of a visit and what the next one is. */
struct event_transfer {
    uint32_t ticket;
    uint32_t counter;     /* where it was */
    uint32_t service;     /* the next one */
    uint32_t quantity;    /* of the next one; 0 and 1: once */
    uint32_t for_counter; /* the one counter it waits for, or SITE_NONE */
    bool is_parked;       /* it does not wait yet */
    int64_t due_at_ms;    /* parked: when it comes back by itself; 0: when told */
    char reason[REASON_LENGTH_MAX + 1]; /* parked: why; may be empty */
    uint32_t further_count;             /* what comes after the next one */
    struct further_service further[FURTHER_MAX];
    bool is_wrapping_up; /* the counter is not free yet */
    bool is_first_of_press;
};

struct event_requalified {
    uint32_t ticket;
    uint32_t service;
    uint32_t class_index;
};

struct event_matter {
    uint32_t ticket;
    uint32_t counter;
    struct matter matter;
};

struct event_sign_in {
    uint32_t counter;
    uint64_t agent;   /* a random token */
    uint32_t profile; /* 1 + index; 0: none */
};

struct event_contact {
    uint32_t service;
    enum channel channel;
    int64_t received_at_ms;
    int64_t answered_at_ms;
    int64_t ended_at_ms;
    enum ticket_state outcome;
};

/* What somebody remarks on [from_ms, until_ms); withdrawn: its number alone. */
struct event_remark {
    uint32_t remark;  /* its number of the day, from 1 */
    uint32_t service; /* or SITE_NONE: on all of them */
    int64_t from_ms;
    int64_t until_ms;
    char text[REASON_LENGTH_MAX + 1];
};

struct event_corrected {
    uint32_t ticket;
    enum ticket_state from; /* outcomes */
    enum ticket_state to;
    int64_t started_at_ms; /* imputed, where it was served after all; 0: as it was */
    char reason[REASON_LENGTH_MAX + 1];
};

struct event_settled {
    uint32_t service; /* or SITE_NONE: all of them */
    enum ticket_state outcome;
    uint32_t ticket_count;
    char reason[REASON_LENGTH_MAX + 1];
};

struct event_message {
    uint32_t hall;            /* or SITE_NONE: all of them */
    int64_t until_ms;         /* 0: until it is cleared or the day closes */
    struct site_detail words; /* in every language, or in none: cleared */
};

struct event_today {
    uint32_t service;
    uint32_t quota;   /* quota set; 0: no limit */
    int64_t until_ms; /* hours set */
};

struct event_exceptional {
    uint32_t service; /* the one that goes first, or SITE_NONE */
    int64_t until_ms;
    struct site_detail words; /* on every screen; in every language, or in none */
};

struct event_handed {
    uint32_t ticket;
    uint32_t counter; /* that it was for */
    uint32_t to;
};

/* The new ticket has the place and the class of the first, and waits for any counter. */
struct event_split {
    uint32_t ticket; /* the ordinal it gets: one more than the highest of the day */
    uint32_t from;   /* the one that it was a part of */
    uint32_t service;
    uint32_t number;
    int64_t taken_at_ms; /* since when it waits: the request of what it takes over */
    uint32_t quantity;   /* of the new one; 0 and 1: once */
    uint32_t further;    /* 1 + index of the further service it takes; 0: the present */
    uint32_t left;       /* how often the first still asks for that; 0: no more */
};

struct event_pair {
    uint32_t ticket;
    uint32_t other;
};

struct event_turned {
    uint32_t service;
    enum turned_reason reason;
    uint32_t count;
};

struct event_lacked {
    uint32_t service;
    uint32_t ticket;    /* TICKET_NONE: the person was turned away */
    uint64_t documents; /* bits 1 << index in the site, at least one */
};

/* Everything that counts of a ticket that was kept. */
struct event_carried {
    uint32_t ticket;  /* the ordinal it gets on the new day */
    uint32_t kept_on; /* not of the record: the day that kept it */
    uint32_t service;
    uint32_t series; /* the service whose letter it bears */
    uint32_t number;
    uint32_t class_index;
    enum language language;
    enum channel channel;
    int64_t order_at_ms; /* its first arrival */
    int64_t waited_ms;   /* while its service was open */
    uint32_t quantity;
    uint32_t further_count;
    struct further_service further[FURTHER_MAX]; /* for any counter */
};

struct event {
    enum event_kind kind;
    int64_t seq;   /* position in the journal, from 1, without gaps */
    int64_t at_ms; /* office time, never less than the event before */
    union {
        int64_t epoch;
        struct {
            enum clock_mode mode;
            uint32_t factor;
        } clock;
        const struct site *site; /* borrowed; queue_apply() copies */
        uint32_t date;           /* day opened, closed: yyyymmdd */
        uint32_t service;        /* service opened, closed */
        struct event_counter counter;
        struct event_taken taken;
        struct event_ticket ticket;
        struct event_undone undone;
        struct event_contact contact;
        struct event_transfer transfer;
        struct event_requalified requalified;
        struct event_matter matter;
        struct event_sign_in sign_in;
        struct event_remark remark;
        struct event_corrected corrected;
        struct event_settled settled;
        struct event_message message;
        struct event_today today;
        struct event_exceptional exceptional;
        struct event_handed handed;
        struct event_split split;
        struct event_pair pair;
        struct event_turned turned;
        struct event_lacked lacked;
        struct event_carried carried;
    };
};

/* "ticket-taken", … as in the journal and on topic `event`. */
const char *event_kind_name(enum event_kind kind);
enum event_kind event_kind_find(const char *name);
const char *call_rule_name(enum call_rule rule);
enum call_rule call_rule_find(const char *name);

/* The version of the kind's body that this program writes, from 1. */
uint32_t event_kind_version(enum event_kind kind);

#endif
