/* See ticket_words.h. */
#include "counter/ticket_words.h"

static const char *service_name(const struct agent *agent, const char *id)
{
    uint32_t service = agent->has_site ? site_find_service(&agent->site, id) : SITE_NONE;
    return service == SITE_NONE
               ? id
               : agent->site.services[service].short_name.in[agent->language];
}

void ticket_words_asked(const struct agent *agent, const struct catalogue *catalogue,
                        struct text *text)
{
    const struct asked_services *asked = &agent->state.ticket.asked;
    if (asked->quantity > 1) {
        text_add(text, "\u00a0×\u00a0%u", asked->quantity);
    }
    for (uint32_t i = 0; i < asked->further_count; i++) {
        const struct asked_service *further = &asked->further[i];
        text_add(text, "%s %s",
                 i == 0 ? catalogue_text(catalogue, agent->language, tr(", then")) : ",",
                 service_name(agent, further->service));
        if (further->quantity > 1) {
            text_add(text, "\u00a0×\u00a0%u", further->quantity);
        }
    }
    text_add_string(text, "\n");
}

void ticket_words_lacks(const struct agent *agent, const struct catalogue *catalogue,
                        struct text *text)
{
    const struct lacked_documents *lacks = &agent->state.ticket.lacks;
    for (uint32_t i = 0; i < lacks->count; i++) {
        uint32_t document = agent->has_site
                                ? site_find_document(&agent->site, lacks->documents[i])
                                : SITE_NONE;
        const char *name = document == SITE_NONE
                               ? lacks->documents[i]
                               : agent->site.documents[document].name.in[agent->language];
        if (i == 0) {
            text_add(text, "\n%s ",
                     catalogue_text(catalogue, agent->language, tr("Missing:")));
        }
        text_add(text, "%s%s", i == 0 ? "" : ", ", name);
    }
}
