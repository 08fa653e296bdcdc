/* Names and versions of the kinds of events; see event.h. */
#include "core/event.h"

#include <assert.h>

#include "core/names.h"

static const char *const kind_names[] = {
    [EVENT_EPOCH_STARTED] = "epoch-started",
    [EVENT_CLOCK_SET] = "clock-set",
    [EVENT_SITE_CONFIGURED] = "site-configured",
    [EVENT_DAY_OPENED] = "day-opened",
    [EVENT_DAY_CLOSED] = "day-closed",
    [EVENT_SERVICE_OPENED] = "service-opened",
    [EVENT_SERVICE_CLOSED] = "service-closed",
    [EVENT_COUNTER_OPENED] = "counter-opened",
    [EVENT_COUNTER_PAUSED] = "counter-paused",
    [EVENT_COUNTER_CLOSED] = "counter-closed",
    [EVENT_TICKET_TAKEN] = "ticket-taken",
    [EVENT_TICKET_CALLED] = "ticket-called",
    [EVENT_TICKET_RECALLED] = "ticket-recalled",
    [EVENT_TICKET_STARTED] = "ticket-started",
    [EVENT_TICKET_FINISHED] = "ticket-finished",
    [EVENT_TICKET_NO_SHOW] = "ticket-no-show",
    [EVENT_TICKET_CANCELLED] = "ticket-cancelled",
    [EVENT_TICKET_ABANDONED] = "ticket-abandoned",
    [EVENT_TICKET_CLOSED_AT_NIGHT] = "ticket-closed-at-night",
    [EVENT_TICKET_PRINTED] = "ticket-printed",
    [EVENT_PRESS_UNDONE] = "press-undone",
    [EVENT_CONTACT_RECORDED] = "contact-recorded",
    [EVENT_TICKET_READMITTED] = "ticket-readmitted",
    [EVENT_TICKET_TRANSFERRED] = "ticket-transferred",
    [EVENT_TICKET_RESUMED] = "ticket-resumed",
    [EVENT_TICKET_REQUALIFIED] = "ticket-requalified",
    [EVENT_COUNTER_PAUSE_WISHED] = "counter-pause-wished",
    [EVENT_COUNTER_STAYS] = "counter-stays",
    [EVENT_HELP_ASKED] = "help-asked",
    [EVENT_HELP_ENDED] = "help-ended",
    [EVENT_MATTER_NOTED] = "matter-noted",
    [EVENT_AGENT_SIGNED_IN] = "agent-signed-in",
    [EVENT_REMARK_MADE] = "remark-made",
    [EVENT_REMARK_WITHDRAWN] = "remark-withdrawn",
    [EVENT_TICKET_CORRECTED] = "ticket-corrected",
    [EVENT_LINE_SETTLED] = "line-settled",
    [EVENT_MESSAGE_SET] = "message-set",
    [EVENT_QUOTA_SET] = "quota-set",
    [EVENT_HOURS_SET] = "hours-set",
    [EVENT_EXCEPTIONAL_BEGUN] = "exceptional-begun",
    [EVENT_EXCEPTIONAL_ENDED] = "exceptional-ended",
    [EVENT_TICKET_HANDED_OVER] = "ticket-handed-over",
    [EVENT_TICKET_SPLIT] = "ticket-split",
    [EVENT_TICKETS_LINKED] = "tickets-linked",
    [EVENT_TICKETS_UNLINKED] = "tickets-unlinked",
    [EVENT_TICKET_VOIDED] = "ticket-voided",
    [EVENT_TICKET_TRUSTED] = "ticket-trusted",
    [EVENT_TURNED_AWAY] = "turned-away",
    [EVENT_DOCUMENTS_LACKED] = "documents-lacked",
    [EVENT_TICKET_KEPT] = "ticket-kept",
    [EVENT_TICKET_CARRIED] = "ticket-carried",
};
static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == EVENT_KIND_COUNT,
              "every kind has a name");

static const char *const rule_names[] = {
    [CALL_LONGEST_WAIT] = "longest-wait",
    [CALL_CHOSEN] = "chosen",
    [CALL_RECORDED] = "recorded",
    [CALL_EMERGENCY] = "emergency",
    [CALL_GUARD] = "guard",
    [CALL_FIRST] = "first",
    [CALL_CONDITION] = "condition",
    [CALL_SHARE] = "share",
    [CALL_ORDER] = "order",
    [CALL_RATIO] = "ratio",
    [CALL_RESERVED] = "reserved",
    [CALL_WALK_IN] = "walk-in",
    [CALL_EXCEPTIONAL] = "exceptional",
};
static_assert(sizeof(rule_names) / sizeof(rule_names[0]) == CALL_RULE_COUNT,
              "every rule has a name");

const char *event_kind_name(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    return kind_names[kind];
}

enum event_kind event_kind_find(const char *name)
{
    return (enum event_kind)names_find(kind_names, EVENT_KIND_COUNT, name);
}

const char *call_rule_name(enum call_rule rule)
{
    assert(rule < CALL_RULE_COUNT);
    return rule_names[rule];
}

enum call_rule call_rule_find(const char *name)
{
    return (enum call_rule)names_find(rule_names, CALL_RULE_COUNT, name);
}

uint32_t event_kind_version(enum event_kind kind)
{
    assert(kind < EVENT_KIND_COUNT);
    /* Every body still has its first form; the first change makes this a table. */
    return 1;
}
