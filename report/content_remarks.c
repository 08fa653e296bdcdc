/* What supervisors said of the day: the remarks on stretches of it. */
#include "report/content.h"

const char *content_remarks_of(const struct day_figures *figures,
                               const struct words *words, int64_t from_ms, int64_t to_ms)
{
    const char *marks = "";
    for (size_t i = 0; i < figures->remark_count; i++) {
        const struct remark_record *remark = &figures->remarks[i];
        if (remark_is_of(remark, from_ms, to_ms)) {
            marks =
                arena_format(words->arena, "%s [%u]", marks, (unsigned)remark->remark);
        }
    }
    return marks;
}

static bool has_remarks(const struct day_figures *figures)
{
    bool has_any = false;
    for (size_t i = 0; i < figures->remark_count; i++) {
        has_any = has_any || figures->remarks[i].withdrawn_at_ms == 0;
    }
    return has_any;
}

void content_add_remarks(struct document *document, struct day_figures *figures,
                         const struct words *words)
{
    if (!has_remarks(figures)) {
        return;
    }
    document_heading(document, "remarks", words_of(words, tr("Remarks")));
    struct table *table = document_table(
        document, words_of(words, tr("What was remarked on the day; the quarters that a "
                                     "remark is of bear its number")));
    table_column(table, words_of(words, tr("No.")), true);
    table_column(table, words_of(words, tr("Time")), true);
    table_column(table, words_of(words, tr("Service")), true);
    table_column(table, words_of(words, tr("Remark")), true);
    for (size_t i = 0; i < figures->remark_count; i++) {
        const struct remark_record *remark = &figures->remarks[i];
        if (remark->withdrawn_at_ms != 0) {
            continue;
        }
        struct row *row = table_row(document, table);
        row->cells[0].text = arena_format(words->arena, "[%u]", (unsigned)remark->remark);
        row->cells[1].text =
            arena_format(words->arena, "%s–%s", words_clock(words, remark->from_ms),
                         words_clock(words, remark->until_ms));
        row->cells[2].text =
            remark->service == SITE_NONE
                ? words_of(words, tr("All services"))
                : words_name(words, &figures->site.services[remark->service].name);
        row->cells[3].text = arena_format(words->arena, "%s", remark->text);
    }
}
