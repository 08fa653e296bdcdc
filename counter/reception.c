/* See reception.h. */
#include "counter/reception.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "counter/hall_agent.h"

void reception_begin(struct reception *reception)
{
    reception->wish_count = 0;
    reception->quantity = 1;
    reception->part = 0;
    reception->lacks = 0;
    reception->is_test = false;
    reception->contact.delay = 0;
}

/* How much of the present service may become a ticket of its own: some of it must stay,
 * or another service. */
static uint32_t divisible(const struct reply_ticket *ticket)
{
    uint32_t kept = ticket->asked.further_count > 0 ? 0 : 1;
    return ticket->asked.quantity > kept ? ticket->asked.quantity - kept : 0;
}

static uint32_t quantity_max(const struct hall_agent *agent)
{
    if (agent->dialogue != HALL_DIALOGUE_SPLIT) {
        return QUANTITY_MAX;
    }
    return agent->reception.part == 0 ? divisible(&agent->ticket) : 1;
}

static bool has_service(const struct hall_agent *agent)
{
    return agent->service < agent->site.service_count;
}

uint32_t reception_document(const struct hall_agent *agent, uint32_t n)
{
    const struct site *site = &agent->site;
    for (uint32_t i = 0; i < site->document_count && has_service(agent); i++) {
        bool is_for = (site->documents[i].services >> agent->service & 1U) != 0;
        if (is_for && n-- == 0) {
            return i;
        }
    }
    return SITE_NONE;
}

/* Those of the missing documents that a service asks for. */
static uint64_t lacks_of(const struct hall_agent *agent, uint32_t service)
{
    uint64_t documents = 0;
    for (uint32_t i = 0; i < agent->site.document_count; i++) {
        bool is_for = (agent->site.documents[i].services >> service & 1U) != 0;
        documents |= is_for ? UINT64_C(1) << i : 0;
    }
    return documents & agent->reception.lacks;
}

static void fill_lacks(const struct hall_agent *agent, uint32_t service,
                       struct lacked_documents *ret_lacks)
{
    uint64_t documents = lacks_of(agent, service);
    for (uint32_t i = 0;
         i < agent->site.document_count && ret_lacks->count < DOCUMENTS_OFFERED_MAX;
         i++) {
        if ((documents >> i & 1U) != 0) {
            (void)text_copy(ret_lacks->documents[ret_lacks->count], ID_LENGTH_MAX + 1,
                            agent->site.documents[i].id); /* an id fits */
            ret_lacks->count++;
        }
    }
}

static bool may_split(const struct hall_agent *agent)
{
    unsigned states = 1U << TICKET_WAITING | 1U << TICKET_CALLED | 1U << TICKET_SERVING;
    return (states >> agent->ticket.state & 1U) != 0 &&
           (divisible(&agent->ticket) > 0 || agent->ticket.asked.further_count > 0);
}

/* A visit that is over is linked to nothing. */
static bool may_link(const struct hall_agent *agent)
{
    unsigned states = 1U << TICKET_WAITING | 1U << TICKET_CALLED | 1U << TICKET_SERVING |
                      1U << TICKET_PARKED;
    return (states >> agent->ticket.state & 1U) != 0;
}

bool reception_can(const struct hall_agent *agent, int action)
{
    const struct reception *reception = &agent->reception;
    bool shows_ticket = agent->dialogue == HALL_DIALOGUE_TICKET;
    bool counts =
        agent->dialogue == HALL_DIALOGUE_ISSUE || agent->dialogue == HALL_DIALOGUE_SPLIT;
    if (action == HALL_FEWER) {
        return counts && reception->quantity > 1;
    }
    if (action == HALL_MORE) {
        return counts && reception->quantity < quantity_max(agent);
    }
    if (action == HALL_ANOTHER) {
        return agent->dialogue == HALL_DIALOGUE_ISSUE && has_service(agent) &&
               reception->wish_count < FURTHER_MAX;
    }
    if (action == HALL_SPLIT) {
        return shows_ticket && may_split(agent);
    }
    if (action == HALL_LINK) {
        return shows_ticket && may_link(agent);
    }
    if (action == HALL_TEST) {
        return agent->dialogue == HALL_DIALOGUE_ISSUE;
    }
    if (action == HALL_SWEEP) {
        return agent->dialogue == HALL_DIALOGUE_NONE && agent->state.suspect_count > 0;
    }
    if (action == HALL_TRUST) {
        return shows_ticket && agent->ticket.is_suspect;
    }
    if (action >= HALL_LACK && action < HALL_SEND_HOME) {
        return agent->dialogue == HALL_DIALOGUE_ISSUE &&
               reception_document(agent, (uint32_t)(action - HALL_LACK)) != SITE_NONE;
    }
    if (action == HALL_SEND_HOME) {
        return agent->dialogue == HALL_DIALOGUE_ISSUE && has_service(agent) &&
               lacks_of(agent, agent->service) != 0;
    }
    if (action >= HALL_RECORD && action < HALL_RECORD + 2) {
        return agent->dialogue == HALL_DIALOGUE_CONTACT && has_service(agent);
    }
    return true;
}

/* The chosen service joins those before it; the same one again counts there. */
static void add_wish(struct hall_agent *agent)
{
    struct reception *reception = &agent->reception;
    uint32_t place = 0;
    while (place < reception->wish_count &&
           reception->wishes[place].service != agent->service) {
        place++;
    }
    if (place == reception->wish_count) {
        reception->wishes[place] = (struct reception_wish){.service = agent->service};
        reception->wish_count++;
    }
    uint32_t quantity = reception->wishes[place].quantity + reception->quantity;
    reception->wishes[place].quantity = quantity < QUANTITY_MAX ? quantity : QUANTITY_MAX;
    reception->quantity = 1;
    agent->service = SITE_NONE;
}

static void open_dialogue(struct hall_agent *agent, enum hall_dialogue dialogue)
{
    agent->dialogue = dialogue;
    agent->typed[0] = '\0';
    reception_begin(&agent->reception);
}

bool reception_choose(struct hall_agent *agent, int action)
{
    struct reception *reception = &agent->reception;
    if (action == HALL_CONTACT) {
        open_dialogue(agent, HALL_DIALOGUE_CONTACT);
        agent->service = SITE_NONE;
    } else if (action == HALL_SPLIT) {
        open_dialogue(agent, HALL_DIALOGUE_SPLIT);
        reception->part = divisible(&agent->ticket) > 0 ? 0 : 1;
    } else if (action == HALL_LINK && agent->ticket.linked[0] == '\0') {
        open_dialogue(agent, HALL_DIALOGUE_LINK);
    } else if (action == HALL_FEWER) {
        reception->quantity--;
    } else if (action == HALL_MORE) {
        reception->quantity++;
    } else if (action == HALL_TEST) {
        reception->is_test = !reception->is_test;
    } else if (action == HALL_ANOTHER) {
        add_wish(agent);
    } else if (action >= HALL_LACK && action < HALL_SEND_HOME) {
        reception->lacks ^= UINT64_C(1)
                            << reception_document(agent, (uint32_t)(action - HALL_LACK));
    } else if (action >= HALL_CHANNEL && action < HALL_DELAY) {
        reception->contact.channel = (size_t)(action - HALL_CHANNEL);
        reception->contact.delay = 0; /* minutes and days are not the same choice */
    } else if (action >= HALL_DELAY && action < HALL_RECORD) {
        reception->contact.delay = (size_t)(action - HALL_DELAY);
    } else if (action >= HALL_PART && action < HALL_PART + 1 + FURTHER_MAX) {
        uint32_t part = (uint32_t)(action - HALL_PART);
        bool is_there = part == 0 ? divisible(&agent->ticket) > 0
                                  : part <= agent->ticket.asked.further_count;
        reception->part = is_there ? part : reception->part;
        reception->quantity = 1;
    } else {
        return false;
    }
    return true;
}

static void copy_label(char to[LABEL_LENGTH_MAX + 1], const char *from)
{
    (void)text_copy(to, LABEL_LENGTH_MAX + 1, from); /* a label fits */
}

static void fill_split(const struct hall_agent *agent, struct command_document *command)
{
    const struct reception *reception = &agent->reception;
    command->verb = VERB_SPLIT;
    copy_label(command->ticket, agent->ticket.label);
    if (reception->part == 0) {
        command->asked.quantity = reception->quantity;
    } else {
        (void)text_copy(
            command->service, sizeof(command->service),
            agent->ticket.asked.further[reception->part - 1].service); /* the same size */
    }
}

bool reception_command(const struct hall_agent *agent, int action,
                       struct command_document *ret_command)
{
    if (action == HALL_CONFIRM && agent->dialogue == HALL_DIALOGUE_SPLIT) {
        fill_split(agent, ret_command);
    } else if (action == HALL_CONFIRM && agent->dialogue == HALL_DIALOGUE_LINK) {
        ret_command->verb = VERB_LINK;
        copy_label(ret_command->ticket, agent->ticket.label);
        copy_label(ret_command->other_ticket, agent->typed);
    } else if (action == HALL_SWEEP) {
        ret_command->verb = VERB_SWEEP;
    } else if (action == HALL_TRUST) {
        ret_command->verb = VERB_TRUST;
        copy_label(ret_command->ticket, agent->ticket.label);
    } else if (action == HALL_SEND_HOME) {
        ret_command->verb = VERB_SEND_HOME;
        (void)text_copy(ret_command->service, sizeof(ret_command->service),
                        agent->site.services[agent->service].id); /* an id fits */
        fill_lacks(agent, agent->service, &ret_command->lacks);
    } else if (action == HALL_LINK) {
        ret_command->verb = VERB_UNLINK;
        copy_label(ret_command->ticket, agent->ticket.label);
    } else if (action >= HALL_RECORD && action < HALL_RECORD + 2) {
        struct contact contact = agent->reception.contact;
        contact.service = agent->service;
        ret_command->verb = VERB_CONTACT;
        contact_fill(&contact, &agent->site, agent->state.at_ms,
                     action == HALL_RECORD ? TICKET_SERVED : TICKET_ABANDONED,
                     ret_command);
    } else {
        return false;
    }
    return true;
}

void reception_fill_take(const struct hall_agent *agent, struct command_document *take)
{
    const struct reception *reception = &agent->reception;
    const struct site *site = &agent->site;
    struct reception_wish wishes[FURTHER_MAX + 1];
    uint32_t count = reception->wish_count;
    memcpy(wishes, reception->wishes, sizeof(reception->wishes));
    uint32_t same = 0;
    while (same < count && wishes[same].service != agent->service) {
        same++;
    }
    if (has_service(agent)) {
        uint32_t before = same < count ? wishes[same].quantity : 0;
        uint32_t quantity = before + reception->quantity;
        wishes[same] = (struct reception_wish){
            agent->service, quantity < QUANTITY_MAX ? quantity : QUANTITY_MAX};
        count += same == count ? 1 : 0;
    }
    assert(count > 0);
    (void)text_copy(take->service, sizeof(take->service),
                    site->services[wishes[0].service].id); /* an id fits */
    take->asked.quantity = wishes[0].quantity;
    for (uint32_t i = 1; i < count; i++) {
        struct asked_service *further = &take->asked.further[i - 1];
        (void)text_copy(further->service, sizeof(further->service),
                        site->services[wishes[i].service].id); /* an id fits */
        further->quantity = wishes[i].quantity;
    }
    take->asked.further_count = count - 1;
    take->is_test = reception->is_test;
    fill_lacks(agent, wishes[0].service, &take->lacks);
}
