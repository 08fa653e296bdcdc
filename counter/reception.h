/* What a reception chooses in its dialogues, without a window: several services with
 * quantities for a new ticket, the part that becomes a ticket of its own, the second
 * ticket of one person, a contact of another channel. Pure; part of hall_agent. */
#ifndef GUICHET_COUNTER_RECEPTION_H
#define GUICHET_COUNTER_RECEPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "counter/contact.h"
#include "counter/reception_slip.h"

/* One service that a new ticket is for. */
struct reception_wish {
    uint32_t service; /* index in the site */
    uint32_t quantity;
};

struct reception {
    struct contact contact; /* channel and delay as chosen; the service is the agent's */
    struct reception_wish wishes[FURTHER_MAX]; /* before the service that is chosen now */
    uint32_t wish_count;
    uint32_t quantity; /* of the service that is chosen now, 1 to QUANTITY_MAX */
    uint32_t part;     /* to be split off: 0 the present service, else 1 + further */
    uint64_t lacks;    /* documents that are missing: bits 1 << index in the site */
    bool is_test;      /* the new ticket never counts */
    struct reception_slip slip;
};

struct hall_agent;

/* A dialogue opens: what was chosen before is forgotten. */
void reception_begin(struct reception *reception);

/* Whether the action, one of reception's own, means something now. The window is live. */
bool reception_can(const struct hall_agent *agent, int action);

/* Choices and dialogues that send nothing. Returns whether it was one of them. */
bool reception_choose(struct hall_agent *agent, int action);

/* The command of a dialogue's or a ticket's button; false: it is none of reception's. */
bool reception_command(const struct hall_agent *agent, int action,
                       struct command_document *ret_command);

/* The n-th document of the chosen service: its index in the site, or SITE_NONE. */
uint32_t reception_document(const struct hall_agent *agent, uint32_t n);

/* Write what the new ticket is for into `take`. */
void reception_fill_take(const struct hall_agent *agent, struct command_document *take);

#endif
