/* What supervisors said of the day: remarks on stretches of it, and corrections. */
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

static const char *outcome_of(const struct words *words, enum ticket_state state)
{
    static const char *const names[TICKET_STATE_COUNT] = {
        [TICKET_WAITING] = tr("waiting"),     [TICKET_SERVED] = tr("served"),
        [TICKET_NO_SHOW] = tr("no-show"),     [TICKET_CANCELLED] = tr("cancelled"),
        [TICKET_ABANDONED] = tr("abandoned"), [TICKET_VOID] = tr("void"),
    };
    return names[state] ? words_of(words, names[state]) : WORDS_NONE;
}

/* The ticket, or the line that was settled and how many people stood in it. */
static const char *subject_of(const struct day_figures *figures,
                              const struct words *words,
                              const struct correction_record *correction)
{
    if (correction->ticket != TICKET_NONE) {
        char *label = arena_take(words->arena, LABEL_LENGTH_MAX + 1);
        ticket_label(&figures->site.services[correction->series], correction->number,
                     label);
        return label;
    }
    const struct catalogue_part count = {"count",
                                         words_number(words, correction->ticket_count)};
    const struct catalogue_part service = {
        "service",
        correction->service == SITE_NONE
            ? words_of(words, tr("All services"))
            : words_name(words, &figures->site.services[correction->service].name)};
    return words_fill(words, tr("The line: {service} ({count})"), &service, &count);
}

void content_add_corrections(struct document *document, struct day_figures *figures,
                             const struct words *words)
{
    if (figures->correction_count == 0) {
        return;
    }
    document_heading(document, "corrections", words_of(words, tr("Corrections")));
    struct table *table = document_table(
        document,
        words_of(words, tr("What was corrected by hand, and why; all figures are "
                           "those after it")));
    table_column(table, words_of(words, tr("Time")), true);
    table_column(table, words_of(words, tr("Ticket")), true);
    table_column(table, words_of(words, tr("Recorded")), true);
    table_column(table, words_of(words, tr("Corrected to")), true);
    table_column(table, words_of(words, tr("Reason")), true);
    for (size_t i = 0; i < figures->correction_count; i++) {
        const struct correction_record *correction = &figures->corrections[i];
        struct row *row = table_row(document, table);
        row->cells[0].text = words_clock(words, correction->at_ms);
        row->cells[1].text = subject_of(figures, words, correction);
        row->cells[2].text = outcome_of(words, correction->from);
        row->cells[3].text = outcome_of(words, correction->to);
        row->cells[4].text = arena_format(words->arena, "%s", correction->reason);
    }
}

/* Until it was ended, its time or the end of the day, whichever came first. */
static int64_t end_of(const struct day_figures *figures,
                      const struct exceptional_record *record)
{
    int64_t end_ms = record->ended_at_ms != 0 ? record->ended_at_ms : record->until_ms;
    bool is_cut = figures->closed_at_ms != 0 && figures->closed_at_ms < end_ms;
    return is_cut ? figures->closed_at_ms : end_ms;
}

void content_add_exceptional(struct document *document, const struct day_figures *figures,
                             const struct words *words)
{
    for (size_t i = 0; i < figures->exceptional_count; i++) {
        const struct exceptional_record *record = &figures->exceptional[i];
        const struct catalogue_part times = {
            "times",
            arena_format(words->arena, "%s–%s", words_clock(words, record->begun_at_ms),
                         words_clock(words, end_of(figures, record)))};
        if (record->service == SITE_NONE) {
            document_text(
                document, BLOCK_NOTICE,
                words_fill(words, tr("Exceptional mode, {times}."), &times, NULL));
            continue;
        }
        const struct catalogue_part service = {
            "service", words_name(words, &figures->site.services[record->service].name)};
        document_text(document, BLOCK_NOTICE,
                      words_fill(words,
                                 tr("Exceptional mode, {times}: {service} went before "
                                    "all other services."),
                                 &times, &service));
    }
}
