/* See gather.h. All reading is of one moment of the journal. */
#include "report/gather.h"

#include <stdlib.h>

#include "journal/journal.h"

void day_figures_destroy(struct day_figures *figures)
{
    if (!figures) {
        return;
    }
    statistics_destroy(figures->statistics);
    zone_destroy(figures->zone);
    free(figures->visits);
    free(figures->contacts);
    free(figures->lacked);
    free(figures->spans);
    free(figures->remarks);
    free(figures->corrections);
    free(figures->exceptional);
    free(figures->turned);
    free(figures);
}

static enum status find_day(struct journal *journal, const struct gather_options *options,
                            struct day_figures *figures, struct error *err)
{
    struct journal_day *days = NULL;
    size_t count = 0;
    enum status status = journal_read_days(journal, &days, &count, err);
    if (status != OK) {
        return status;
    }
    const struct journal_day *day = NULL;
    for (size_t i = 0; i < count; i++) {
        if (options->date == 0 || days[i].date == options->date) {
            day = &days[i];
        }
    }
    if (!day) {
        status = error_set(err, ERR_NOT_FOUND,
                           count == 0 ? "the journal has no business day yet"
                                      : "the journal has no such business day");
    } else if (day->closed_at_ms == 0 && !options->is_live) {
        status = error_set(err, ERR_REFUSED,
                           "the business day is still open: '--live' makes a provisional "
                           "report of it");
    } else {
        figures->date = day->date;
        figures->opened_at_ms = day->opened_at_ms;
        figures->closed_at_ms = day->closed_at_ms;
    }
    free(days);
    return status;
}

static enum status read_day(struct journal *journal, struct day_figures *figures,
                            struct error *err)
{
    uint32_t date = figures->date;
    enum status status = journal_read_site(journal, date, &figures->site, err);
    if (status == OK) {
        status = journal_read_visits(journal, date, &figures->site, &figures->visits,
                                     &figures->visit_count, err);
    }
    if (status == OK) {
        status = journal_read_contacts(journal, date, &figures->site, &figures->contacts,
                                       &figures->contact_count, err);
    }
    if (status == OK) {
        status = journal_read_spans(journal, date, &figures->site, &figures->spans,
                                    &figures->span_count, err);
    }
    if (status == OK) {
        status = journal_read_remarks(journal, date, &figures->site, &figures->remarks,
                                      &figures->remark_count, err);
    }
    if (status == OK) {
        status =
            journal_read_corrections(journal, date, &figures->site, &figures->corrections,
                                     &figures->correction_count, err);
    }
    if (status == OK) {
        status = journal_read_lacked(journal, date, &figures->site, &figures->lacked,
                                     &figures->lacked_count, err);
    }
    if (status == OK) {
        status =
            journal_read_exceptional(journal, date, &figures->site, &figures->exceptional,
                                     &figures->exceptional_count, err);
    }
    if (status == OK) {
        status = journal_read_turned_away(journal, date, &figures->site, &figures->turned,
                                          &figures->turned_count, err);
    }
    if (status == OK) {
        status = journal_read_clock_modes(journal, date, figures->clocks, err);
    }
    return status;
}

bool remark_is_of(const struct remark_record *remark, int64_t from_ms, int64_t to_ms)
{
    return remark->withdrawn_at_ms == 0 && remark->from_ms < to_ms &&
           remark->until_ms > from_ms;
}

static void note_moment(struct day_figures *figures, int64_t at_ms)
{
    figures->until_ms = at_ms > figures->until_ms ? at_ms : figures->until_ms;
}

/* The last moment that the day's records name. */
static void find_until(struct day_figures *figures)
{
    figures->until_ms = figures->opened_at_ms;
    note_moment(figures, figures->closed_at_ms);
    for (size_t i = 0; i < figures->visit_count; i++) {
        const struct visit_record *visit = &figures->visits[i];
        note_moment(figures, visit->taken_at_ms);
        note_moment(figures, visit->called_at_ms);
        note_moment(figures, visit->started_at_ms);
        note_moment(figures, visit->ended_at_ms);
    }
    for (size_t i = 0; i < figures->span_count; i++) {
        note_moment(figures, figures->spans[i].from_ms);
        note_moment(figures, figures->spans[i].to_ms);
    }
}

static enum status gather(struct journal *journal, const struct gather_options *options,
                          struct day_figures *figures, struct error *err)
{
    enum status status = journal_begin_reading(journal, err);
    if (status != OK) {
        return status;
    }
    status = find_day(journal, options, figures, err);
    if (status == OK) {
        status = read_day(journal, figures, err);
    }
    journal_end_reading(journal);
    if (status == OK) {
        status = zone_load(figures->site.time_zone, &figures->zone, err);
    }
    if (status != OK) {
        return status;
    }
    while (figures->counted_count < figures->visit_count &&
           !figures->visits[figures->counted_count].is_beside) {
        figures->counted_count++;
    }
    find_until(figures);
    figures->within = options->within;
    const struct day_record day = {
        .site = &figures->site,
        .visits = figures->visits,
        .visit_count = figures->counted_count,
        .contacts = figures->contacts,
        .contact_count = figures->contact_count,
        .spans = figures->spans,
        .span_count = figures->span_count,
        .until_ms = figures->until_ms,
        .is_over = figures->closed_at_ms != 0,
        .within = options->within,
    };
    return statistics_create(&day, &figures->statistics, err);
}

enum status day_figures_gather(const struct gather_options *options,
                               struct day_figures **ret_figures, struct error *err)
{
    struct journal *journal = NULL;
    enum status status = journal_open_reader(options->journal, &journal, err);
    if (status != OK) {
        return status;
    }
    struct day_figures *figures = calloc(1, sizeof(*figures));
    if (!figures) {
        status = error_set(err, ERR_LIMIT, "out of memory for the figures");
    } else {
        status = gather(journal, options, figures, err);
    }
    journal_close(journal);
    if (status != OK) {
        day_figures_destroy(figures);
        return status;
    }
    *ret_figures = figures;
    return OK;
}
