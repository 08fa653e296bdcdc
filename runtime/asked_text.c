/* See asked_text.h. */
#include "runtime/asked_text.h"

#include "core/text.h"

static void add_service(const struct site *site, const char *id, uint32_t quantity,
                        enum language language, struct text *text)
{
    uint32_t service = site_find_service(site, id);
    if (service == SITE_NONE) {
        return;
    }
    text_add(text, "%s%s", text->length > 0 ? " + " : "",
             site->services[service].name.in[language]);
    if (quantity > 1) {
        text_add(text, "\u00a0×\u00a0%u", (unsigned)quantity);
    }
}

void asked_text(const struct site *site, const struct reply_ticket *ticket,
                enum language language, char ret_text[ASKED_TEXT_BYTES])
{
    struct text text;
    text_init(&text, ret_text, ASKED_TEXT_BYTES);
    add_service(site, ticket->service, ticket->asked.quantity, language, &text);
    for (uint32_t i = 0; i < ticket->asked.further_count; i++) {
        add_service(site, ticket->asked.further[i].service,
                    ticket->asked.further[i].quantity, language, &text);
    }
}
