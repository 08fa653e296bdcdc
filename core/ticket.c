/* The life of a ticket as tables; see ticket.h.
 *
 *            take                     call-next, call                start
 *     (none) ────▶ waiting ──────────────────────────▶ called ──────────────▶ serving
 *                   │   ▲            undo              │   ▲        undo       │   ▲
 *      cancel,      │   └──────────────────────────────┤   └──────────────────┤   │ undo
 *      abandon,     │                                  │ no-show,             │   │
 *      night        ▼                                  ▼ cancel, night        ▼   │
 *               outcome                             outcome              served, night
 *
 * A transfer leads from serving back to waiting, or to parked, from where it is resumed;
 * undoing it leads back. */
#include "core/ticket.h"

#include <assert.h>
#include <stdio.h>

#include "core/names.h"

#define MAY(state) (1U << (TICKET_##state))

static const uint32_t successors[] = {
    /* To serving only by undoing a transfer. */
    [TICKET_WAITING] = MAY(CALLED) | MAY(SERVING) | MAY(CANCELLED) | MAY(ABANDONED) |
                       MAY(CLOSED_AT_NIGHT) | MAY(VOID) | MAY(KEPT),
    /* Back to waiting only by undoing the call. */
    [TICKET_CALLED] = MAY(SERVING) | MAY(WAITING) | MAY(NO_SHOW) | MAY(CANCELLED) |
                      MAY(CLOSED_AT_NIGHT) | MAY(VOID),
    /* Back to called only by undoing the start. */
    [TICKET_SERVING] = MAY(SERVED) | MAY(CALLED) | MAY(WAITING) | MAY(PARKED) |
                       MAY(CLOSED_AT_NIGHT) | MAY(VOID),
    /* Reopened by undoing the finish: to called where nobody had pressed start. */
    [TICKET_SERVED] = MAY(SERVING) | MAY(CALLED),
    /* Back to called only by undoing, to waiting only by re-admission. */
    [TICKET_NO_SHOW] = MAY(CALLED) | MAY(WAITING),
    [TICKET_CANCELLED] = 0,
    [TICKET_ABANDONED] = 0,
    [TICKET_CLOSED_AT_NIGHT] = 0,
    [TICKET_VOID] = 0,
    /* To called and serving only by undoing the transfer. */
    [TICKET_PARKED] = MAY(WAITING) | MAY(CALLED) | MAY(SERVING) | MAY(CANCELLED) |
                      MAY(ABANDONED) | MAY(CLOSED_AT_NIGHT) | MAY(VOID),
    [TICKET_KEPT] = 0,
};
static_assert(sizeof(successors) / sizeof(successors[0]) == TICKET_STATE_COUNT,
              "every state has its successors");

/* What a person may have done instead; void is for good, so that a number that does not
 * count never comes to count. */
#define OTHERWISE MAY(SERVED) | MAY(NO_SHOW) | MAY(CANCELLED) | MAY(ABANDONED) | MAY(VOID)

static const uint32_t corrections[TICKET_STATE_COUNT] = {
    [TICKET_SERVED] = OTHERWISE,
    [TICKET_NO_SHOW] = OTHERWISE,
    [TICKET_CANCELLED] = OTHERWISE,
    [TICKET_ABANDONED] = OTHERWISE,
};

static const char *const state_names[] = {
    [TICKET_WAITING] = "waiting",     [TICKET_CALLED] = "called",
    [TICKET_SERVING] = "serving",     [TICKET_SERVED] = "served",
    [TICKET_NO_SHOW] = "no-show",     [TICKET_CANCELLED] = "cancelled",
    [TICKET_ABANDONED] = "abandoned", [TICKET_CLOSED_AT_NIGHT] = "closed-at-night",
    [TICKET_VOID] = "void",           [TICKET_PARKED] = "parked",
    [TICKET_KEPT] = "kept",
};
static_assert(sizeof(state_names) / sizeof(state_names[0]) == TICKET_STATE_COUNT,
              "every state has a name");

static const char *const channel_names[] = {
    [CHANNEL_WALK_IN] = "walk-in", [CHANNEL_APPOINTMENT] = "appointment",
    [CHANNEL_PHONE] = "phone",     [CHANNEL_EMAIL] = "email",
    [CHANNEL_LETTER] = "letter",   [CHANNEL_WEB] = "web",
};
static_assert(sizeof(channel_names) / sizeof(channel_names[0]) == CHANNEL_COUNT,
              "every channel has a name");

static const char *const completeness_names[] = {
    [COMPLETE_NOT_SAID] = "not-said",
    [COMPLETE_YES] = "yes",
    [COMPLETE_NO] = "no",
};
static_assert(sizeof(completeness_names) / sizeof(completeness_names[0]) ==
                  COMPLETENESS_COUNT,
              "every answer has a name");

const char *completeness_name(enum completeness completeness)
{
    assert(completeness < COMPLETENESS_COUNT);
    return completeness_names[completeness];
}

enum completeness completeness_find(const char *name)
{
    return (enum completeness)names_find(completeness_names, COMPLETENESS_COUNT, name);
}

static const char *const print_names[] = {
    [PRINT_NONE] = "none",
    [PRINT_PRINTED] = "printed",
    [PRINT_FAILED] = "failed",
    [PRINT_UNKNOWN] = "unknown",
};
static_assert(sizeof(print_names) / sizeof(print_names[0]) == PRINT_STATE_COUNT,
              "every print state has a name");

const char *ticket_state_name(enum ticket_state state)
{
    assert(state < TICKET_STATE_COUNT);
    return state_names[state];
}

const char *channel_name(enum channel channel)
{
    assert(channel < CHANNEL_COUNT);
    return channel_names[channel];
}

const char *print_state_name(enum print_state state)
{
    assert(state < PRINT_STATE_COUNT);
    return print_names[state];
}

enum ticket_state ticket_state_find(const char *name)
{
    return (enum ticket_state)names_find(state_names, TICKET_STATE_COUNT, name);
}

enum channel channel_find(const char *name)
{
    return (enum channel)names_find(channel_names, CHANNEL_COUNT, name);
}

enum print_state print_state_find(const char *name)
{
    return (enum print_state)names_find(print_names, PRINT_STATE_COUNT, name);
}

bool ticket_state_is_outcome(enum ticket_state state)
{
    assert(state < TICKET_STATE_COUNT);
    return state >= TICKET_SERVED && state != TICKET_PARKED;
}

bool ticket_may_become(enum ticket_state from, enum ticket_state to)
{
    assert(from < TICKET_STATE_COUNT);
    assert(to < TICKET_STATE_COUNT);
    return (successors[from] & (1U << to)) != 0;
}

bool ticket_may_be_corrected(enum ticket_state from, enum ticket_state to)
{
    assert(from < TICKET_STATE_COUNT);
    assert(to < TICKET_STATE_COUNT);
    return from != to && (corrections[from] & (1U << to)) != 0;
}

void ticket_label(const struct service *service, uint32_t number, char *ret_label)
{
    assert(service && ret_label);
    assert(number >= 1 && number <= TICKET_NUMBER_MAX);
    int length = snprintf(ret_label, LABEL_LENGTH_MAX + 1, "%s%03u", service->letter,
                          (unsigned)number);
    assert(length > 0 && length <= LABEL_LENGTH_MAX);
}
