/* Derived table of documents that people were without; see derive_parts.h. */
#include "journal/derive_parts.h"

enum status derive_lacked(struct derive *derive, const struct event *event,
                          const struct site *site, struct error *err)
{
    const struct event_lacked *lacked = &event->lacked;
    const struct value none = {.type = VALUE_NULL};
    enum status status = OK;
    for (uint32_t i = 0; i < site->document_count && status == OK; i++) {
        if ((lacked->documents >> i & 1U) == 0) {
            continue;
        }
        const struct value values[] = {
            value_integer(event->seq), value_integer(derive->date),
            value_text(site->services[lacked->service].id),
            lacked->ticket == TICKET_NONE ? none : value_integer(lacked->ticket),
            value_text(site->documents[i].id)};
        status = derive_change_one(derive, DERIVE_LACKED, values, COUNT_OF(values), err);
    }
    return status;
}
