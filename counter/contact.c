/* Contacts of other channels; see contact.h. */
#include "counter/contact.h"

#include <assert.h>
#include <stdbool.h>

#include "core/text.h"

static const enum channel channels[] = {CHANNEL_PHONE, CHANNEL_EMAIL, CHANNEL_LETTER,
                                        CHANNEL_WEB};
static_assert(sizeof(channels) / sizeof(channels[0]) == CONTACT_CHANNEL_COUNT,
              "every choice is a channel");

/* A caller waits minutes, what is written waits days. The first entry stands for "not
 * measured". */
static const uint32_t phone_min[] = {0, 0, 1, 2, 3, 5, 10, 15, 20, 30};
static const uint32_t written_days[] = {0, 0, 1, 2, 3, 4, 5, 7, 14, 30};
static_assert(sizeof(phone_min) == sizeof(written_days) &&
                  sizeof(phone_min) / sizeof(phone_min[0]) == CONTACT_DELAY_COUNT,
              "every choice is a delay");

enum channel contact_channel(size_t index)
{
    assert(index < CONTACT_CHANNEL_COUNT);
    return channels[index];
}

uint32_t contact_delay_s(size_t channel, size_t delay)
{
    assert(delay > 0 && delay < CONTACT_DELAY_COUNT);
    bool is_phone = contact_channel(channel) == CHANNEL_PHONE;
    return is_phone ? phone_min[delay] * 60 : written_days[delay] * 86400;
}

void contact_fill(const struct contact *contact, const struct site *site, int64_t now_ms,
                  enum ticket_state outcome, struct command_document *command)
{
    assert(contact->service < site->service_count);
    bool is_measured = contact->delay > 0;
    int64_t delay_ms =
        is_measured ? (int64_t)contact_delay_s(contact->channel, contact->delay) * 1000
                    : 0;
    (void)text_copy(command->service, sizeof(command->service),
                    site->services[contact->service].id); /* same size */
    command->channel = contact_channel(contact->channel);
    command->received_at_ms = now_ms - delay_ms;
    bool is_answered = outcome == TICKET_SERVED;
    command->answered_at_ms = is_measured && is_answered ? now_ms : 0;
    command->ended_at_ms = is_measured && !is_answered ? now_ms : 0;
    command->outcome = outcome;
}
