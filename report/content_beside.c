/* What the figures leave out or have from another day, said at the head of the report. */
#include "report/content.h"

struct beside_counts count_beside(const struct day_figures *figures)
{
    struct beside_counts counts = {0};
    for (size_t i = 0; i < figures->counted_count; i++) {
        const struct visit_record *visit = &figures->visits[i];
        counts.kept += visit->state == TICKET_KEPT ? 1U : 0U;
        counts.carried += visit->is_carried && visit->leg == 0 ? 1U : 0U;
    }
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

/* A notice with one count, where there is any. */
static void add_notice(struct document *document, const struct words *words,
                       const char *sentence, uint32_t count)
{
    if (count > 0) {
        const struct catalogue_part part = {"count", words_number(words, count)};
        document_text(document, BLOCK_NOTICE, words_fill(words, sentence, &part, NULL));
    }
}

void content_add_beside(struct document *document, const struct day_figures *figures,
                        const struct words *words)
{
    struct beside_counts counts = count_beside(figures);
    add_notice(document, words,
               tr("Kept overnight from the day before, with what they had waited while "
                  "the service was open: {count}."),
               counts.carried);
    add_notice(document, words,
               tr("Kept for the next day, whose figures count them: {count}."),
               counts.kept);
    add_notice(document, words, tr("Test tickets, which no figure counts: {count}."),
               counts.tests);
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
