/* What the figures leave out, said at the head of the report: tests, and tickets of a
 * burst at one kiosk that nobody came with. */
#include "report/content.h"

struct beside_counts count_beside(const struct day_figures *figures)
{
    struct beside_counts counts = {0};
    for (size_t i = figures->counted_count; i < figures->visit_count; i++) {
        const struct visit_record *visit = &figures->visits[i];
        if (visit->leg > 0) {
            continue; /* of a ticket that has been counted */
        }
        counts.tests += visit->is_test ? 1U : 0U;
        bool is_suspect = !visit->is_test && visit->is_suspect;
        counts.suspect += is_suspect ? 1U : 0U;
        counts.swept += is_suspect && visit->state == TICKET_VOID ? 1U : 0U;
    }
    return counts;
}

void content_add_beside(struct document *document, const struct day_figures *figures,
                        const struct words *words)
{
    struct beside_counts counts = count_beside(figures);
    if (counts.tests > 0) {
        const struct catalogue_part count = {"count", words_number(words, counts.tests)};
        document_text(document, BLOCK_NOTICE,
                      words_fill(words,
                                 tr("Test tickets, which no figure counts: {count}."),
                                 &count, NULL));
    }
    if (counts.suspect > 0) {
        const struct catalogue_part count = {"count",
                                             words_number(words, counts.suspect)};
        const struct catalogue_part swept = {"swept", words_number(words, counts.swept)};
        document_text(document, BLOCK_NOTICE,
                      words_fill(words,
                                 tr("Tickets of a burst at one kiosk that nobody came "
                                    "with, which no figure counts: {count}, of which "
                                    "swept by hand: {swept}."),
                                 &count, &swept));
    }
}
