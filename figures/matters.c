/* See matters.h. */
#include "figures/matters.h"

#include <assert.h>
#include <string.h>

bool matters_are_asked(const struct site *site)
{
    return site->topic_count > 0 || site->document_count > 0;
}

static void add(struct matter_count *count, const struct visit_record *visit)
{
    count->served++;
    count->complete += visit->matter.completeness == COMPLETE_YES;
    count->incomplete += visit->matter.completeness == COMPLETE_NO;
    count->missing += visit->matter.document != 0;
    if (!visit->start_is_imputed) {
        count->measured++;
        count->service_ms += visit->ended_at_ms - visit->started_at_ms;
    }
}

void matters_count(const struct site *site, const struct visit_record *visits,
                   size_t visit_count, struct matters *ret_matters)
{
    memset(ret_matters, 0, sizeof(*ret_matters));
    uint64_t asked = 0;
    for (uint32_t i = 0; i < site->topic_count; i++) {
        asked |= site->topics[i].services;
    }
    for (uint32_t i = 0; i < site->document_count; i++) {
        asked |= site->documents[i].services;
    }
    for (size_t i = 0; i < visit_count; i++) {
        const struct visit_record *visit = &visits[i];
        const struct matter *matter = &visit->matter;
        if (visit->state != TICKET_SERVED || (asked >> visit->service & 1U) == 0) {
            continue;
        }
        assert(matter->topic <= site->topic_count);
        assert(matter->document <= site->document_count);
        add(&ret_matters->all, visit);
        add(matter->topic == 0 ? &ret_matters->unsaid
                               : &ret_matters->by_topic[matter->topic - 1],
            visit);
        uint32_t under = matter->topic == 0 ? 0 : site->topics[matter->topic - 1].under;
        if (under != 0) {
            add(&ret_matters->by_topic[under - 1], visit);
        }
        if (matter->document != 0) {
            ret_matters->by_document[matter->document - 1]++;
        }
    }
}

void lacking_count(const struct lacked_record *records, size_t record_count,
                   struct lacking *ret_lacking)
{
    memset(ret_lacking, 0, sizeof(*ret_lacking));
    for (size_t i = 0; i < record_count; i++) {
        const struct lacked_record *record = &records[i];
        bool is_away = record->ticket == TICKET_NONE;
        bool is_other = i == 0 || records[i - 1].seq != record->seq;
        assert(record->document < DOCUMENTS_MAX);
        *(is_away ? &ret_lacking->sent_home : &ret_lacking->let_in) += is_other;
        (is_away ? ret_lacking->sent_home_by
                 : ret_lacking->let_in_by)[record->document]++;
    }
}
