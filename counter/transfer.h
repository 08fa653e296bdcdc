/* Where an agent sends the person on to, when, and whether the person comes back: what is
 * chosen in the dialogue becomes one command. Pure. */
#ifndef GUICHET_COUNTER_TRANSFER_H
#define GUICHET_COUNTER_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "runtime/documents.h"

/* At once, in some minutes, or when somebody says that the person is back. */
#define TRANSFER_WHEN_COUNT  6
#define TRANSFER_WHEN_TOLD   (TRANSFER_WHEN_COUNT - 1)
#define TRANSFER_ANY_COUNTER SITE_NONE

/* Why a ticket is parked. */
#define PARK_REASON_COUNT 4

struct transfer {
    uint32_t own_service; /* index in the site: of the ticket at the counter */
    uint32_t service;     /* index: the next one */
    uint32_t to_counter;  /* index, or TRANSFER_ANY_COUNTER */
    size_t when;          /* below TRANSFER_WHEN_COUNT */
    bool comes_back;
    size_t reason; /* parked: 1 + index of the reason; 0: not said */
};

/* The reason at `index`, below PARK_REASON_COUNT, to be translated. */
const char *transfer_park_reason(size_t index);

/* The delay of a choice in minutes; 0: at once, and for TRANSFER_WHEN_TOLD. */
uint32_t transfer_after_min(size_t when);

/* Whether counter (index) serves the chosen service, and is not `own`. */
bool transfer_may_go_to(const struct transfer *transfer, const struct site *site,
                        uint32_t counter, uint32_t own);

/* Choose a service: what does not go with it is chosen anew. Waiting to be told is for
 * the same service only: nobody else would know whom to tell. */
void transfer_choose_service(struct transfer *transfer, const struct site *site,
                             uint32_t service);
void transfer_choose_when(struct transfer *transfer, size_t when);

/* Whether the choice parks the ticket for this counter instead of sending it on. */
bool transfer_parks(const struct transfer *transfer);

/* Whether the choice changes anything: the same service at once, for anybody, would only
 * put the person back into the line. */
bool transfer_means_something(const struct transfer *transfer);

/* Write verb and fields into `command`. `now_ms` is office time. */
void transfer_fill(const struct transfer *transfer, const struct site *site,
                   int64_t now_ms, struct command_document *command);

#endif
