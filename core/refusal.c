/* Codes of refusals; see refusal.h. */
#include "core/refusal.h"

#include <assert.h>

#include "core/names.h"

static const char *const codes[] = {
    [REFUSAL_NONE] = "none",
    [REFUSAL_DAY_NOT_OPEN] = "day-not-open",
    [REFUSAL_DAY_ALREADY_OPEN] = "day-already-open",
    [REFUSAL_SERVICE_UNKNOWN] = "service-unknown",
    [REFUSAL_SERVICE_CLOSED] = "service-closed",
    [REFUSAL_SERVICE_ALREADY] = "service-already",
    [REFUSAL_CLASS_UNKNOWN] = "class-unknown",
    [REFUSAL_COUNTER_UNKNOWN] = "counter-unknown",
    [REFUSAL_COUNTER_CLOSED] = "counter-closed",
    [REFUSAL_COUNTER_PAUSED] = "counter-paused",
    [REFUSAL_COUNTER_ALREADY] = "counter-already",
    [REFUSAL_COUNTER_OCCUPIED] = "counter-occupied",
    [REFUSAL_COUNTER_CHANGED] = "counter-changed",
    [REFUSAL_NOBODY_WAITING] = "nobody-waiting",
    [REFUSAL_NO_TICKET] = "no-ticket",
    [REFUSAL_TICKET_UNKNOWN] = "ticket-unknown",
    [REFUSAL_TICKET_STATE] = "ticket-state",
    [REFUSAL_TICKET_ELSEWHERE] = "ticket-elsewhere",
    [REFUSAL_TICKET_SERVICE] = "ticket-service",
    [REFUSAL_CHOICE_NOT_ALLOWED] = "choice-not-allowed",
    [REFUSAL_NOTHING_TO_UNDO] = "nothing-to-undo",
    [REFUSAL_UNDO_TOO_LATE] = "undo-too-late",
    [REFUSAL_TICKET_LIMIT] = "ticket-limit",
    [REFUSAL_NUMBER_LIMIT] = "number-limit",
    [REFUSAL_CONTACT_TIMES] = "contact-times",
    [REFUSAL_SITE_ORPHANS] = "site-orphans",
    [REFUSAL_QUOTA_REACHED] = "quota-reached",
    [REFUSAL_CLOSING_SOON] = "closing-soon",
    [REFUSAL_CALL_AGAIN] = "call-again",
    [REFUSAL_CALL_TOO_SOON] = "call-too-soon",
    [REFUSAL_NOT_TAKEN_BACK] = "not-taken-back",
    [REFUSAL_TOPIC_UNKNOWN] = "topic-unknown",
    [REFUSAL_TOPIC_NEEDED] = "topic-needed",
    [REFUSAL_SIGN_IN_NEEDED] = "sign-in-needed",
    [REFUSAL_AGENT_ELSEWHERE] = "agent-elsewhere",
    [REFUSAL_AGENT_UNKNOWN] = "agent-unknown",
    [REFUSAL_SIGN_IN_LOCKED] = "sign-in-locked",
    [REFUSAL_REASON_NEEDED] = "reason-needed",
    [REFUSAL_REMARK_UNKNOWN] = "remark-unknown",
    [REFUSAL_HALL_UNKNOWN] = "hall-unknown",
    [REFUSAL_NOT_EXCEPTIONAL] = "not-exceptional",
    [REFUSAL_NOT_DIVISIBLE] = "not-divisible",
    [REFUSAL_TICKET_LINKED] = "ticket-linked",
    [REFUSAL_TICKET_NOT_LINKED] = "ticket-not-linked",
    [REFUSAL_TICKET_HELD] = "ticket-held",
    [REFUSAL_BURST] = "burst",
    [REFUSAL_NOT_SUSPECT] = "not-suspect",
    [REFUSAL_LEFT_TO_OTHERS] = "left-to-others",
    [REFUSAL_DOCUMENT_UNKNOWN] = "document-unknown",
};
static_assert(sizeof(codes) / sizeof(codes[0]) == REFUSAL_COUNT,
              "every refusal has a code");

const char *refusal_code(enum refusal refusal)
{
    assert(refusal < REFUSAL_COUNT);
    return codes[refusal];
}

enum refusal refusal_find(const char *code)
{
    return (enum refusal)names_find(codes, REFUSAL_COUNT, code);
}
