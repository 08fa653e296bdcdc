/* People who came and got no ticket, by service and hour. */
#include "report/content.h"

#define HOUR_MS INT64_C(3600000)

/* The local hour that a quarter is in, as its first instant. */
static int64_t hour_of(const struct day_figures *figures, int64_t at_ms)
{
    struct local_time local = zone_local(figures->zone, at_ms);
    return at_ms - (int64_t)(local.minute_of_day % 60) * 60000 - at_ms % 60000;
}

/* People of the same service and hour as the record at `first`, by reason; returns where
 * the next group begins: the records are sorted. */
static size_t add_group(const struct day_figures *figures, size_t first,
                        uint32_t ret_counts[TURNED_REASON_COUNT])
{
    const struct turned_record *records = figures->turned;
    int64_t hour_ms = hour_of(figures, records[first].from_ms);
    size_t i = first;
    for (; i < figures->turned_count && records[i].service == records[first].service &&
           hour_of(figures, records[i].from_ms) == hour_ms;
         i++) {
        ret_counts[records[i].reason] += records[i].count;
    }
    return i;
}

void content_add_turned(struct document *document, const struct day_figures *figures,
                        const struct words *words)
{
    if (figures->turned_count == 0) {
        return;
    }
    document_heading(document, "turned-away", words_of(words, tr("People turned away")));
    struct table *table = document_table(
        document, words_of(words, tr("How often somebody asked at a kiosk for a service "
                                     "that gave no ticket; one person may ask twice")));
    table_column(table, words_of(words, tr("Service")), true);
    table_column(table, words_of(words, tr("Time")), true);
    table_column(table, words_of(words, tr("Service closed")), false);
    table_column(table, words_of(words, tr("All tickets given")), false);
    table_column(table, words_of(words, tr("Closing soon")), false);
    for (size_t i = 0; i < figures->turned_count;) {
        const struct turned_record *record = &figures->turned[i];
        uint32_t counts[TURNED_REASON_COUNT] = {0};
        int64_t hour_ms = hour_of(figures, record->from_ms);
        i = add_group(figures, i, counts);
        struct row *row = table_row(document, table);
        row->cells[0].text =
            words_name(words, &figures->site.services[record->service].name);
        row->cells[1].text =
            arena_format(words->arena, "%s–%s", words_clock(words, hour_ms),
                         words_clock(words, hour_ms + HOUR_MS));
        row->cells[2].text = words_number(words, counts[TURNED_CLOSED]);
        row->cells[3].text = words_number(words, counts[TURNED_FULL]);
        row->cells[4].text = words_number(words, counts[TURNED_CLOSING]);
    }
}
