/* What is said of a service; see matter.h. */
#include "counter/matter.h"

#include <assert.h>

#include "core/text.h"

static bool is_for(uint64_t services, uint32_t service)
{
    return service < SERVICES_MAX && (services >> service & 1U) != 0;
}

void matter_begin(struct matter_choice *choice, const struct site *site,
                  const struct counter_ticket *ticket)
{
    *choice =
        (struct matter_choice){.service = site_find_service(site, ticket->service),
                               .document = site_find_document(site, ticket->missing) + 1,
                               .completeness = ticket->completeness};
    uint32_t topic = site_find_topic(site, ticket->topic) + 1;
    if (topic != 0) {
        matter_choose_topic(choice, site, topic);
    }
}

void matter_choose_topic(struct matter_choice *choice, const struct site *site,
                         uint32_t topic)
{
    if (topic == 0 || topic > site->topic_count) {
        return; /* a key of no topic */
    }
    uint32_t product = site->topics[topic - 1].under;
    if (product == 0) {
        choice->product = choice->product == topic ? 0 : topic;
        choice->precision = 0;
    } else {
        choice->product = product;
        choice->precision = choice->precision == topic ? 0 : topic;
    }
}

uint32_t matter_product(const struct matter_choice *choice, const struct site *site,
                        uint32_t n)
{
    for (uint32_t i = 0; i < site->topic_count; i++) {
        const struct topic *topic = &site->topics[i];
        if (topic->under == 0 && is_for(topic->services, choice->service) && n-- == 0) {
            return i + 1;
        }
    }
    return 0;
}

uint32_t matter_precision(const struct matter_choice *choice, const struct site *site,
                          uint32_t n)
{
    for (uint32_t i = 0; choice->product != 0 && i < site->topic_count; i++) {
        if (site->topics[i].under == choice->product && n-- == 0) {
            return i + 1;
        }
    }
    return 0;
}

uint32_t matter_document(const struct matter_choice *choice, const struct site *site,
                         uint32_t n)
{
    for (uint32_t i = 0; i < site->document_count; i++) {
        if (is_for(site->documents[i].services, choice->service) && n-- == 0) {
            return i + 1;
        }
    }
    return 0;
}

bool matter_is_offered(const struct site *site, const char *service)
{
    const struct matter_choice choice = {.service = site_find_service(site, service)};
    return choice.service != SITE_NONE && (matter_product(&choice, site, 0) != 0 ||
                                           matter_document(&choice, site, 0) != 0);
}

bool matter_is_needed(const struct site *site, const struct counter_ticket *ticket)
{
    const struct matter_choice choice = {.service =
                                             site_find_service(site, ticket->service)};
    return choice.service != SITE_NONE && ticket->topic[0] == '\0' &&
           site->services[choice.service].topic_rule == TOPICS_REQUIRED &&
           matter_product(&choice, site, 0) != 0;
}

void matter_fill(const struct matter_choice *choice, const struct site *site,
                 struct command_document *command)
{
    uint32_t topic = choice->precision != 0 ? choice->precision : choice->product;
    bool fits = true;
    if (topic != 0) {
        fits =
            text_copy(command->topic, sizeof(command->topic), site->topics[topic - 1].id);
    }
    if (choice->document != 0) {
        fits = fits && text_copy(command->missing, sizeof(command->missing),
                                 site->documents[choice->document - 1].id);
    }
    assert(fits); /* ids of one length */
    (void)fits;   /* asserted */
    command->completeness = choice->completeness;
}
