/* Sorting a day's records into groups; see statistics.h. */
#include "figures/statistics.h"

#include <assert.h>
#include <stdlib.h>

bool statistics_channel_has_standard(enum channel channel)
{
    return channel == CHANNEL_WALK_IN || channel == CHANNEL_APPOINTMENT ||
           channel == CHANNEL_PHONE;
}

static struct measure measure_of(const struct day_record *day, uint32_t service,
                                 enum channel channel)
{
    const struct service *standard = &day->site->services[service];
    return (struct measure){
        .has_standard = statistics_channel_has_standard(channel),
        .standard_wait_s = standard->standard_wait_s,
        .standard_share_percent = standard->standard_share_percent,
        .within = &day->within,
    };
}

static enum status wrong_visit(const struct visit_record *visit, const char *what,
                               struct error *err)
{
    return error_set(err, ERR_INVALID, "visit %u of %u %s", (unsigned)visit->ticket,
                     (unsigned)visit->date, what);
}

/* Whether the record makes sense; everything after trusts it. */
static enum status check_visit(const struct site *site, const struct visit_record *visit,
                               struct error *err)
{
    if (visit->service >= site->service_count || visit->channel >= CHANNEL_COUNT) {
        return wrong_visit(visit, "names an unknown service or channel", err);
    }
    if (visit->counter != SITE_NONE && visit->counter >= site->counter_count) {
        return wrong_visit(visit, "names an unknown counter", err);
    }
    bool is_answered = tally_state_is_answered(visit->state);
    if (is_answered && visit->called_at_ms == 0) {
        return wrong_visit(visit, "was served but never called", err);
    }
    if (visit->called_at_ms != 0 && visit->called_at_ms < visit->taken_at_ms) {
        return wrong_visit(visit, "was called before its arrival", err);
    }
    if (visit->started_at_ms != 0 && visit->started_at_ms < visit->called_at_ms) {
        return wrong_visit(visit, "was started before its call", err);
    }
    if (visit->state == TICKET_SERVED &&
        (visit->started_at_ms == 0 || visit->ended_at_ms < visit->started_at_ms)) {
        return wrong_visit(visit, "was finished before its start", err);
    }
    return OK;
}

static enum status check_contact(const struct site *site,
                                 const struct contact_record *contact, struct error *err)
{
    if (contact->service >= site->service_count || contact->channel >= CHANNEL_COUNT) {
        return error_set(err, ERR_INVALID,
                         "a contact of %u names an unknown service or channel",
                         (unsigned)contact->date);
    }
    int64_t answered_ms = contact->answered_at_ms;
    int64_t ended_ms = contact->ended_at_ms;
    if ((answered_ms != 0 && answered_ms < contact->received_at_ms) ||
        (ended_ms != 0 && ended_ms < contact->received_at_ms) ||
        (ended_ms != 0 && ended_ms < answered_ms)) {
        return error_set(err, ERR_INVALID, "a contact of %u ends before it begins",
                         (unsigned)contact->date);
    }
    return OK;
}

static int64_t floor_interval(int64_t at_ms)
{
    assert(at_ms >= 0);
    return at_ms - at_ms % INTERVAL_MS;
}

/* Make the empty intervals from the first to the last arrival or request. */
static enum status make_intervals(struct statistics *statistics,
                                  const struct day_record *day, struct error *err)
{
    if (day->visit_count == 0) {
        return OK;
    }
    int64_t first_ms = INT64_MAX;
    int64_t last_ms = 0;
    for (size_t i = 0; i < day->visit_count; i++) {
        int64_t taken_at_ms = day->visits[i].taken_at_ms;
        first_ms = taken_at_ms < first_ms ? taken_at_ms : first_ms;
        last_ms = taken_at_ms > last_ms ? taken_at_ms : last_ms;
    }
    if (first_ms < 0) {
        return error_set(err, ERR_INVALID, "a visit has no time of arrival");
    }
    first_ms = floor_interval(first_ms);
    size_t count = (size_t)((floor_interval(last_ms) - first_ms) / INTERVAL_MS) + 1;
    if (count > INTERVALS_MAX) {
        return error_set(err, ERR_INVALID, "the visits of one day span %zu quarters",
                         count);
    }
    statistics->intervals = calloc(count, sizeof(*statistics->intervals));
    if (!statistics->intervals) {
        return error_set(err, ERR_LIMIT, "out of memory for %zu intervals", count);
    }
    statistics->interval_count = count;
    for (size_t i = 0; i < count; i++) {
        struct interval *interval = &statistics->intervals[i];
        interval->from_ms = first_ms + (int64_t)i * INTERVAL_MS;
        interval->is_provisional =
            !day->is_over && interval->from_ms + INTERVAL_MS > day->until_ms;
    }
    return OK;
}

/* The interval in which a visit arrived or a further service was asked for. */
static struct interval *interval_of(struct statistics *statistics,
                                    const struct visit_record *visit)
{
    assert(statistics->intervals); /* this is one of the visits they were made from */
    struct interval *interval =
        &statistics->intervals[(visit->taken_at_ms - statistics->intervals[0].from_ms) /
                               INTERVAL_MS];
    if (!ticket_state_is_outcome(visit->state)) {
        interval->is_provisional = true;
    }
    return interval;
}

/* A further service of a visit, which is one contact all the same. */
static enum status add_further(struct statistics *statistics,
                               const struct day_record *day,
                               const struct visit_record *leg, struct error *err)
{
    assert(leg->leg > 0);
    struct tally *groups[] = {
        &statistics->further,
        &statistics->further_by_service[leg->service],
        &interval_of(statistics, leg)->further,
        leg->counter == SITE_NONE ? NULL : &statistics->by_counter[leg->counter],
        leg->counter == SITE_NONE ? NULL : &statistics->called,
    };
    struct measure measure = measure_of(day, leg->service, CHANNEL_WALK_IN);
    enum status status = OK;
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && status == OK; i++) {
        if (groups[i]) {
            status = tally_add_visit(groups[i], leg, &measure, err);
        }
    }
    return status;
}

static enum status add_visit(struct statistics *statistics, const struct day_record *day,
                             const struct visit_record *visit, struct error *err)
{
    enum status status = check_visit(day->site, visit, err);
    if (status != OK) {
        return status;
    }
    if (visit->leg > 0) {
        return add_further(statistics, day, visit, err);
    }
    struct tally *groups[] = {
        &statistics->visits,
        &statistics->all,
        &statistics->by_channel[visit->channel],
        &statistics->by_service[visit->service],
        &interval_of(statistics, visit)->tally,
        visit->counter == SITE_NONE ? NULL : &statistics->by_counter[visit->counter],
        visit->counter == SITE_NONE ? NULL : &statistics->called,
    };
    struct measure measure = measure_of(day, visit->service, CHANNEL_WALK_IN);
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && status == OK; i++) {
        if (groups[i]) {
            status = tally_add_visit(groups[i], visit, &measure, err);
        }
    }
    return status;
}

static enum status add_contact(struct statistics *statistics,
                               const struct day_record *day,
                               const struct contact_record *contact, struct error *err)
{
    enum status status = check_contact(day->site, contact, err);
    if (status != OK) {
        return status;
    }
    struct measure measure = measure_of(day, contact->service, contact->channel);
    struct tally *groups[] = {&statistics->contacts, &statistics->all,
                              &statistics->by_channel[contact->channel]};
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]) && status == OK; i++) {
        status = tally_add_contact(groups[i], contact, &measure, err);
    }
    return status;
}

/* Milliseconds that [from, to) and the interval share. */
static int64_t overlap_ms(const struct interval *interval, int64_t from_ms, int64_t to_ms)
{
    int64_t start_ms = from_ms > interval->from_ms ? from_ms : interval->from_ms;
    int64_t end_ms = interval->from_ms + INTERVAL_MS;
    end_ms = to_ms < end_ms ? to_ms : end_ms;
    return end_ms > start_ms ? end_ms - start_ms : 0;
}

static enum status add_span(struct statistics *statistics, const struct day_record *day,
                            const struct counter_span *span, struct error *err)
{
    if (span->counter >= day->site->counter_count) {
        return error_set(err, ERR_INVALID, "the record names an unknown counter");
    }
    int64_t to_ms = span->to_ms != 0 ? span->to_ms : day->until_ms;
    int64_t length_ms = to_ms > span->from_ms ? to_ms - span->from_ms : 0;
    struct counter_time *time = &statistics->times[span->counter];
    if (span->state == COUNTER_PAUSED) {
        time->paused_ms += length_ms;
        return OK;
    }
    if (!counter_state_is_open(span->state)) {
        return OK;
    }
    time->open_ms += length_ms;
    time->occupied_ms += span->state == COUNTER_FREE ? 0 : length_ms;
    for (size_t i = 0; i < statistics->interval_count; i++) {
        statistics->intervals[i].manned_ms +=
            overlap_ms(&statistics->intervals[i], span->from_ms, to_ms);
    }
    return OK;
}

enum status statistics_create(const struct day_record *day,
                              struct statistics **ret_statistics, struct error *err)
{
    struct statistics *statistics = calloc(1, sizeof(*statistics));
    if (!statistics) {
        return error_set(err, ERR_LIMIT, "out of memory for the statistics");
    }
    enum status status = make_intervals(statistics, day, err);
    for (size_t i = 0; i < day->visit_count && status == OK; i++) {
        status = add_visit(statistics, day, &day->visits[i], err);
    }
    for (size_t i = 0; i < day->contact_count && status == OK; i++) {
        status = add_contact(statistics, day, &day->contacts[i], err);
    }
    for (size_t i = 0; i < day->span_count && status == OK; i++) {
        status = add_span(statistics, day, &day->spans[i], err);
    }
    if (status != OK) {
        statistics_destroy(statistics);
        return status;
    }
    *ret_statistics = statistics;
    return OK;
}

static void finish_all(struct tally *tallies, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tally_finish(&tallies[i]);
    }
}

void statistics_destroy(struct statistics *statistics)
{
    if (!statistics) {
        return;
    }
    tally_finish(&statistics->visits);
    tally_finish(&statistics->contacts);
    tally_finish(&statistics->all);
    tally_finish(&statistics->called);
    tally_finish(&statistics->further);
    finish_all(statistics->by_channel, CHANNEL_COUNT);
    finish_all(statistics->by_service, SERVICES_MAX);
    finish_all(statistics->further_by_service, SERVICES_MAX);
    finish_all(statistics->by_counter, COUNTERS_MAX);
    for (size_t i = 0; i < statistics->interval_count; i++) {
        tally_finish(&statistics->intervals[i].tally);
        tally_finish(&statistics->intervals[i].further);
    }
    free(statistics->intervals);
    free(statistics);
}

double interval_counters(const struct interval *interval)
{
    return (double)interval->manned_ms / (double)INTERVAL_MS;
}
