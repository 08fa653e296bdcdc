/* Why the queue refuses a command: a code for programs and one sentence for people. */
#ifndef GUICHET_CORE_REFUSAL_H
#define GUICHET_CORE_REFUSAL_H

enum refusal {
    REFUSAL_NONE,
    REFUSAL_DAY_NOT_OPEN,
    REFUSAL_DAY_ALREADY_OPEN,
    REFUSAL_SERVICE_UNKNOWN,
    REFUSAL_SERVICE_CLOSED,
    REFUSAL_SERVICE_ALREADY, /* open or closed already */
    REFUSAL_CLASS_UNKNOWN,
    REFUSAL_DOCUMENT_UNKNOWN, /* the service asks for no such document */
    REFUSAL_COUNTER_UNKNOWN,
    REFUSAL_COUNTER_CLOSED,
    REFUSAL_COUNTER_PAUSED,
    REFUSAL_COUNTER_ALREADY,  /* open, paused or closed already */
    REFUSAL_COUNTER_OCCUPIED, /* a ticket is at the counter: finish it first */
    REFUSAL_COUNTER_CHANGED,  /* pressed on an older version of the counter */
    REFUSAL_NOBODY_WAITING,
    REFUSAL_NO_TICKET, /* no ticket is at this counter */
    REFUSAL_TICKET_UNKNOWN,
    REFUSAL_TICKET_STATE,     /* the ticket's state does not allow it */
    REFUSAL_TICKET_ELSEWHERE, /* the ticket is at another counter */
    REFUSAL_TICKET_SERVICE,   /* the counter does not serve the ticket's service */
    REFUSAL_CHOICE_NOT_ALLOWED,
    REFUSAL_NOTHING_TO_UNDO,
    REFUSAL_UNDO_TOO_LATE,
    REFUSAL_TICKET_LIMIT,
    REFUSAL_NUMBER_LIMIT,
    REFUSAL_CONTACT_TIMES,   /* answered before it was received, or in the future */
    REFUSAL_SITE_ORPHANS,    /* the new configuration would orphan people or counters */
    REFUSAL_QUOTA_REACHED,   /* the service has given its tickets of the day */
    REFUSAL_CLOSING_SOON,    /* the people who wait fill the time until it closes */
    REFUSAL_CALL_AGAIN,      /* not called often enough to be given up */
    REFUSAL_CALL_TOO_SOON,   /* the last call is too recent */
    REFUSAL_NOT_TAKEN_BACK,  /* a no-show's time to come back is over, or there is none */
    REFUSAL_TOPIC_UNKNOWN,   /* no such topic or document for the ticket's service */
    REFUSAL_TOPIC_NEEDED,    /* what the service was about must be said first */
    REFUSAL_SIGN_IN_NEEDED,  /* the counter opens for an agent who has signed in */
    REFUSAL_AGENT_ELSEWHERE, /* the agent is signed in at another counter */
    REFUSAL_AGENT_UNKNOWN,   /* no such agent, or another code: which is not said */
    REFUSAL_SIGN_IN_LOCKED,  /* too many wrong codes at this counter: wait a moment */
    REFUSAL_REASON_NEEDED,   /* why a given ticket is called must be said */
    REFUSAL_REMARK_UNKNOWN,  /* there is none of this number today, or no more */
    REFUSAL_HALL_UNKNOWN,
    REFUSAL_NOT_EXCEPTIONAL, /* no exceptional mode to end */
    REFUSAL_NOT_DIVISIBLE,   /* the ticket has no part for a second one */
    REFUSAL_TICKET_LINKED,   /* to another one already */
    REFUSAL_TICKET_NOT_LINKED,
    REFUSAL_TICKET_HELD, /* the other ticket of the same person is at a counter */
    REFUSAL_BURST, /* many tickets from one kiosk at once: confirm that one is wanted */
    REFUSAL_NOT_SUSPECT,
    REFUSAL_LEFT_TO_OTHERS, /* who waits is left to counters that are better at it */
    REFUSAL_COUNT
};

/* "service-closed", … as sent in field `code` of a reply. */
const char *refusal_code(enum refusal refusal);
enum refusal refusal_find(const char *code);

#endif
