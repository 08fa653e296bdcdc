/* The choices of sending on; see transfer.h. */
#include "counter/transfer.h"

#include <assert.h>

#include "core/text.h"
#include "runtime/catalogue.h"

static const uint32_t after_min[TRANSFER_WHEN_COUNT] = {0, 10, 20, 30, 45, 0};

uint32_t transfer_after_min(size_t when)
{
    assert(when < TRANSFER_WHEN_COUNT);
    return after_min[when];
}

const char *transfer_park_reason(size_t index)
{
    static const char *const reasons[PARK_REASON_COUNT] = {
        tr("Photo to be taken"), tr("Copy to be made"), tr("Payment"),
        tr("Document to be fetched")};
    assert(index < PARK_REASON_COUNT);
    return reasons[index];
}

bool transfer_may_go_to(const struct transfer *transfer, const struct site *site,
                        uint32_t counter, uint32_t own)
{
    assert(counter < site->counter_count);
    return counter != own &&
           (site->counters[counter].services >> transfer->service & 1U) != 0;
}

void transfer_choose_service(struct transfer *transfer, const struct site *site,
                             uint32_t service)
{
    if (service >= site->service_count) {
        return; /* a key of no service */
    }
    transfer->service = service;
    if (service != transfer->own_service && transfer->when == TRANSFER_WHEN_TOLD) {
        transfer->when = 0;
    }
    if (transfer->to_counter != TRANSFER_ANY_COUNTER &&
        (site->counters[transfer->to_counter].services >> service & 1U) == 0) {
        transfer->to_counter = TRANSFER_ANY_COUNTER;
    }
}

void transfer_choose_when(struct transfer *transfer, size_t when)
{
    assert(when < TRANSFER_WHEN_COUNT);
    transfer->when = when;
    if (when == TRANSFER_WHEN_TOLD) {
        transfer->service = transfer->own_service;
        transfer->to_counter = TRANSFER_ANY_COUNTER;
        transfer->comes_back = false;
    }
}

bool transfer_parks(const struct transfer *transfer)
{
    return transfer->service == transfer->own_service && transfer->when != 0 &&
           transfer->to_counter == TRANSFER_ANY_COUNTER;
}

bool transfer_means_something(const struct transfer *transfer)
{
    return transfer->service != transfer->own_service || transfer->when != 0 ||
           transfer->to_counter != TRANSFER_ANY_COUNTER;
}

void transfer_fill(const struct transfer *transfer, const struct site *site,
                   int64_t now_ms, struct command_document *command)
{
    assert(transfer->service < site->service_count);
    uint32_t minutes = transfer_after_min(transfer->when);
    if (transfer_parks(transfer)) {
        command->verb = VERB_PARK;
        if (transfer->reason != 0) {
            (void)text_copy(command->reason, sizeof(command->reason),
                            transfer_park_reason(transfer->reason - 1)); /* short */
        }
        command->back_at_ms = minutes == 0 ? 0 : now_ms + (int64_t)minutes * 60000;
        return;
    }
    command->verb = VERB_TRANSFER;
    command->after_s = minutes * 60;
    command->comes_back = transfer->comes_back;
    bool fits = text_copy(command->service, sizeof(command->service),
                          site->services[transfer->service].id);
    if (transfer->to_counter != TRANSFER_ANY_COUNTER) {
        fits = fits && text_copy(command->to_counter, sizeof(command->to_counter),
                                 site->counters[transfer->to_counter].id);
    }
    assert(fits); /* ids of one length */
    (void)fits;   /* asserted */
}
