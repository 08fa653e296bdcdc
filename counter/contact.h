/* A contact of another channel that an agent records: a phone call, an e-mail, a letter,
 * a request on the web. What the agent chooses becomes the times of the record. Pure. */
#ifndef GUICHET_COUNTER_CONTACT_H
#define GUICHET_COUNTER_CONTACT_H

#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "core/ticket.h"
#include "runtime/documents.h"

#define CONTACT_CHANNEL_COUNT 4
#define CONTACT_DELAY_COUNT   10

struct contact {
    size_t channel;   /* below CONTACT_CHANNEL_COUNT */
    size_t delay;     /* below CONTACT_DELAY_COUNT; 0: not measured */
    uint32_t service; /* index in the site */
};

/* The channel of a choice: phone, e-mail, letter, web. */
enum channel contact_channel(size_t index);

/* How long before now the contact was received, in seconds: minutes for a phone call,
 * whole days else. `delay` from 1; 0 s is "at once" or "today". */
uint32_t contact_delay_s(size_t channel, size_t delay);

/* Write service, channel, times and outcome into `command`. `now_ms` is an office time
 * that the server has published. A delay that was not measured leaves the answer's time
 * out, so that no wait is counted. */
void contact_fill(const struct contact *contact, const struct site *site, int64_t now_ms,
                  enum ticket_state outcome, struct command_document *command);

#endif
