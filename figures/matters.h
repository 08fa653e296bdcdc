/* What the services of a day were about, as agents said. Pure. */
#ifndef GUICHET_FIGURES_MATTERS_H
#define GUICHET_FIGURES_MATTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "core/visit.h"

struct matter_count {
    uint32_t served;
    uint32_t complete;   /* no other contact is needed */
    uint32_t incomplete; /* one is; of the rest it was not said */
    uint32_t missing;    /* a document was missing */
    uint32_t measured;   /* whose start was pressed */
    int64_t service_ms;  /* sum over those */
};

struct matters {
    struct matter_count all; /* of services that have topics or documents */
    struct matter_count by_topic[SERVICE_TOPICS_MAX]; /* a product with its precisions */
    struct matter_count unsaid;                       /* no topic was said */
    uint32_t by_document[DOCUMENTS_MAX];
};

/* What the reception saw people were without, before they waited. */
struct lacking {
    uint32_t sent_home; /* people */
    uint32_t let_in;    /* people who got a ticket all the same */
    uint32_t sent_home_by[DOCUMENTS_MAX];
    uint32_t let_in_by[DOCUMENTS_MAX];
};

/* Count the records, those of one person together (by `seq`) and in that order; indexes
 * are those of the site. */
void lacking_count(const struct lacked_record *records, size_t record_count,
                   struct lacking *ret_lacking);

/* Count the visits' legs that were served; indexes are those of `site`. */
void matters_count(const struct site *site, const struct visit_record *visits,
                   size_t visit_count, struct matters *ret_matters);

/* Whether agents can say anything at this site. */
bool matters_are_asked(const struct site *site);

#endif
