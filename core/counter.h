/* One counter: its state, its light, and what its one button does. */
#ifndef GUICHET_CORE_COUNTER_H
#define GUICHET_CORE_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/limits.h"
#include "core/ticket.h"

enum counter_state {
    COUNTER_CLOSED,
    COUNTER_FREE,
    COUNTER_CALLED,
    COUNTER_SERVING,
    COUNTER_WRAPPING_UP,
    COUNTER_PAUSED,
    COUNTER_STATE_COUNT
};

enum light { LIGHT_OFF, LIGHT_GREEN, LIGHT_RED, LIGHT_COUNT };

/* A ticket as it was before a press, so that undo puts facts back instead of guessing. */
struct ticket_before {
    uint32_t ticket; /* ordinal; TICKET_NONE: unused */
    enum ticket_state state;
    uint32_t counter;
    uint32_t call_count;
    bool start_is_imputed;
    bool has_leg; /* the press sent it on: service, leg, first_call_at_ms count */
    uint32_t service;
    int64_t called_at_ms;
    int64_t started_at_ms;
    struct leg leg;
    int64_t first_call_at_ms;
};

/* The last press of a counter, while it can be undone. */
struct press {
    bool can_be_undone;
    int64_t at_ms;
    enum counter_state state_before;
    uint32_t ticket_before; /* ordinal of the ticket at the counter before the press */
    uint32_t turn_before;
    struct ticket_before tickets[PRESS_TICKETS_MAX];
};

/* A pause that begins when the ticket at the counter has ended, whatever ends it; nobody
 * is called before it. Only while a ticket is at the counter. */
struct pause_wish {
    bool is_wished;
    int64_t back_at_ms;
    char reason[REASON_LENGTH_MAX + 1];
};

struct counter {
    enum counter_state state;
    uint32_t ticket;    /* ordinal of the ticket at the counter, or TICKET_NONE */
    int64_t version;    /* seq of the last event that changed the counter */
    int64_t since_ms;   /* office time of the last change of state */
    int64_t back_at_ms; /* announced return from a pause; 0: not said */
    char reason[REASON_LENGTH_MAX + 1]; /* of a pause; may be empty */
    bool asks_help;                     /* the agent needs a colleague; closing ends it */
    struct press last_press;
    struct pause_wish pause_wish;
    uint64_t agent; /* random token of the sign-in that holds; 0: none; closing ends it */
    uint32_t profile; /* 1 + index into the site's: of the agent; 0: none */
    uint32_t turn;    /* that the last call by rule ratio took; 0: none today */
};

const char *counter_state_name(enum counter_state state);
enum counter_state counter_state_find(const char *name);
const char *light_name(enum light light);

/* The light of a state (table of DESIGN 6): free is green; called, serving and wrapping
 * up are red; closed and paused are off. */
enum light counter_light(enum counter_state state);

/* Whether a counter in this state is manned: it counts as open for estimates. A short
 * pause does not count as open. */
bool counter_state_is_open(enum counter_state state);

#endif
