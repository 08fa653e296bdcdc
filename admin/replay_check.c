/* Rules between the rows of a replay; see replay_log.h. Only rows that are possible by
 * themselves take part, so that one mistake is said once. */
#include "admin/replay_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One business day of the files. */
struct day {
    uint32_t date;
    int64_t first_ms;
    int64_t last_ms; /* of a time that is written down */
    bool has_night;  /* somebody was closed at night: the day was closed */
    uint32_t night_line;
};

struct check {
    struct replay_log *log;
    const struct site *site;
    struct replay_faults *faults;
    struct replay_visit **sorted; /* the valid visits, in the order that a rule needs */
    size_t sorted_count;
    struct day *days; /* by date */
    size_t day_count;
};

static void *allocate(size_t count, size_t bytes)
{
    void *memory = calloc(count > 0 ? count : 1, bytes);
    if (!memory) {
        abort(); /* nothing was begun */
    }
    return memory;
}

static void sort_visits(struct check *check, int (*compare)(const void *, const void *))
{
    check->sorted_count = 0;
    for (size_t i = 0; i < check->log->visit_count; i++) {
        if (check->log->visits[i].is_valid) {
            check->sorted[check->sorted_count] = &check->log->visits[i];
            check->sorted_count++;
        }
    }
    if (check->sorted_count > 0) {
        /* Pointers are sorted: NOLINTNEXTLINE(bugprone-sizeof-expression) */
        qsort(check->sorted, check->sorted_count, sizeof(*check->sorted), compare);
    }
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_ids(const void *a, const void *b)
{
    const struct replay_visit *left = *(struct replay_visit *const *)a;
    const struct replay_visit *right = *(struct replay_visit *const *)b;
    int ids = strcmp(left->id, right->id);
    return ids != 0 ? ids : compare_numbers(left->line, right->line);
}

static void check_ids(struct check *check)
{
    sort_visits(check, compare_ids);
    for (size_t i = 1; i < check->sorted_count; i++) {
        const struct replay_visit *first = check->sorted[i - 1];
        struct replay_visit *second = check->sorted[i];
        if (strcmp(first->id, second->id) == 0) {
            replay_faults_add(check->faults, check->log->path, second->line,
                              "visit '%s' is on line %u already", second->id,
                              (unsigned)first->line);
            second->is_valid = false;
        }
    }
}

/* When the visit leaves its counter; open visits never do. */
static int64_t end_ms(const struct replay_visit *visit)
{
    bool has_end = visit->outcome == TICKET_SERVED || visit->outcome == TICKET_NO_SHOW ||
                   visit->outcome == TICKET_CANCELLED;
    return has_end ? replay_visit_last_ms(visit) : INT64_MAX;
}

/* By counter and time; a service of no length stands before the one that follows at the
 * same moment. */
static int compare_calls(const void *a, const void *b)
{
    const struct replay_visit *left = *(struct replay_visit *const *)a;
    const struct replay_visit *right = *(struct replay_visit *const *)b;
    int order = compare_numbers(left->counter, right->counter);
    if (order == 0) {
        order = compare_numbers(left->date, right->date);
    }
    if (order == 0) {
        order = compare_numbers(left->at_ms[REPLAY_CALLED], right->at_ms[REPLAY_CALLED]);
    }
    if (order == 0) {
        order = compare_numbers(end_ms(left) > left->at_ms[REPLAY_CALLED],
                                end_ms(right) > right->at_ms[REPLAY_CALLED]);
    }
    return order != 0 ? order : compare_numbers(left->line, right->line);
}

static void check_calls(struct check *check)
{
    sort_visits(check, compare_calls);
    const struct replay_visit *present = NULL;
    for (size_t i = 0; i < check->sorted_count; i++) {
        struct replay_visit *visit = check->sorted[i];
        if (visit->counter == SITE_NONE) {
            continue;
        }
        bool is_taken = present && present->counter == visit->counter &&
                        present->date == visit->date &&
                        end_ms(present) > visit->at_ms[REPLAY_CALLED];
        if (is_taken) {
            replay_faults_add(check->faults, check->log->path, visit->line,
                              "called '%s' while counter '%s' still has visit '%s' of "
                              "line %u",
                              visit->texts[REPLAY_CALLED],
                              check->site->counters[visit->counter].id, present->id,
                              (unsigned)present->line);
            visit->is_valid = false;
        } else {
            present = visit;
        }
    }
}

static int compare_spans(const void *a, const void *b)
{
    const struct replay_span *left = a;
    const struct replay_span *right = b;
    int order = compare_numbers(left->counter, right->counter);
    if (order == 0) {
        order = compare_numbers(left->opened_ms, right->opened_ms);
    }
    return order != 0 ? order : compare_numbers(left->line, right->line);
}

/* Sorts the stretches for good: the file's order means nothing. */
static void check_spans(struct check *check)
{
    struct replay_log *log = check->log;
    if (log->span_count > 0) {
        qsort(log->spans, log->span_count, sizeof(*log->spans), compare_spans);
    }
    const struct replay_span *before = NULL;
    for (size_t i = 0; i < log->span_count; i++) {
        struct replay_span *span = &log->spans[i];
        if (!span->is_valid) {
            continue;
        }
        bool is_same_day =
            before && before->counter == span->counter && before->date == span->date;
        if (is_same_day &&
            (before->closed_ms == 0 || before->closed_ms > span->opened_ms)) {
            replay_faults_add(check->faults, log->counters_path, span->line,
                              "counter '%s' is still open since line %u",
                              check->site->counters[span->counter].id,
                              (unsigned)before->line);
            span->is_valid = false;
        } else {
            before = span;
        }
    }
}

static bool is_inside(const struct replay_visit *visit, const struct replay_span *span)
{
    if (!span->is_valid || span->counter != visit->counter || span->date != visit->date ||
        visit->at_ms[REPLAY_CALLED] < span->opened_ms) {
        return false;
    }
    return span->closed_ms == 0 || (visit->at_ms[REPLAY_CALLED] < span->closed_ms &&
                                    end_ms(visit) <= span->closed_ms);
}

static void check_open(struct check *check)
{
    struct replay_log *log = check->log;
    if (!log->counters_path) {
        return;
    }
    for (size_t i = 0; i < log->visit_count; i++) {
        struct replay_visit *visit = &log->visits[i];
        bool is_open = !visit->is_valid || visit->counter == SITE_NONE;
        for (size_t j = 0; j < log->span_count && !is_open; j++) {
            is_open = is_inside(visit, &log->spans[j]);
        }
        if (!is_open) {
            replay_faults_add(check->faults, log->path, visit->line,
                              "counter '%s' is not open from called '%s' to the end of "
                              "the visit",
                              check->site->counters[visit->counter].id,
                              visit->texts[REPLAY_CALLED]);
            visit->is_valid = false;
        }
    }
}

static int compare_days(const void *a, const void *b)
{
    const struct day *left = a;
    const struct day *right = b;
    return compare_numbers(left->date, right->date);
}

/* Widen the day of `date` to hold both moments. */
static void add_to_day(struct check *check, uint32_t date, int64_t first_ms,
                       int64_t last_ms)
{
    struct day *day = NULL;
    for (size_t i = check->day_count; i > 0 && !day; i--) {
        day = check->days[i - 1].date == date ? &check->days[i - 1] : NULL;
    }
    if (!day) {
        day = &check->days[check->day_count];
        check->day_count++;
        *day = (struct day){.date = date, .first_ms = INT64_MAX};
    }
    day->first_ms = first_ms < day->first_ms ? first_ms : day->first_ms;
    day->last_ms = last_ms > day->last_ms ? last_ms : day->last_ms;
}

static void find_days(struct check *check)
{
    struct replay_log *log = check->log;
    check->days = allocate(log->visit_count + log->span_count, sizeof(*check->days));
    for (size_t i = 0; i < log->visit_count; i++) {
        const struct replay_visit *visit = &log->visits[i];
        if (visit->is_valid) {
            add_to_day(check, visit->date, visit->at_ms[REPLAY_ARRIVED],
                       replay_visit_last_ms(visit));
        }
    }
    for (size_t i = 0; i < log->span_count; i++) {
        const struct replay_span *span = &log->spans[i];
        if (span->is_valid) {
            add_to_day(check, span->date, span->opened_ms,
                       span->closed_ms != 0 ? span->closed_ms : span->opened_ms);
        }
    }
    if (check->day_count > 0) {
        qsort(check->days, check->day_count, sizeof(*check->days), compare_days);
    }
    for (size_t i = 0; i < log->visit_count; i++) {
        const struct replay_visit *visit = &log->visits[i];
        for (size_t j = 0; j < check->day_count && visit->is_valid; j++) {
            struct day *day = &check->days[j];
            if (day->date == visit->date && visit->outcome == TICKET_CLOSED_AT_NIGHT) {
                day->has_night = true;
                day->night_line = visit->line;
            }
        }
    }
}

/* The rules of one visit against its business day; `next` is NULL on the last day. */
static bool check_visit_day(const struct check *check, const struct replay_visit *visit,
                            const struct day *day, const struct day *next)
{
    const char *path = check->log->path;
    const char *outcome = ticket_state_name(visit->outcome);
    bool is_open = !ticket_state_is_outcome(visit->outcome);
    if (next && replay_visit_last_ms(visit) > next->first_ms) {
        replay_faults_add(check->faults, path, visit->line,
                          "visit '%s' ends after business day %u has begun", visit->id,
                          (unsigned)next->date);
        return false;
    }
    if (is_open && next) {
        replay_faults_add(check->faults, path, visit->line,
                          "outcome '%s' is impossible: business day %u follows", outcome,
                          (unsigned)next->date);
        return false;
    }
    if (is_open && day->has_night) {
        replay_faults_add(check->faults, path, visit->line,
                          "outcome '%s' is impossible: the business day was closed, see "
                          "line %u",
                          outcome, (unsigned)day->night_line);
        return false;
    }
    if (visit->outcome == TICKET_CLOSED_AT_NIGHT && visit->at_ms[REPLAY_LEFT] != 0 &&
        visit->at_ms[REPLAY_LEFT] < day->last_ms) {
        replay_faults_add(check->faults, path, visit->line,
                          "left '%s' is before the business day's last event, but the "
                          "outcome is '%s'",
                          visit->texts[REPLAY_LEFT], outcome);
        return false;
    }
    return true;
}

static void check_days(struct check *check)
{
    find_days(check);
    struct replay_log *log = check->log;
    for (size_t i = 0; i < check->day_count; i++) {
        const struct day *day = &check->days[i];
        const struct day *next = i + 1 < check->day_count ? day + 1 : NULL;
        for (size_t j = 0; j < log->visit_count; j++) {
            struct replay_visit *visit = &log->visits[j];
            if (visit->is_valid && visit->date == day->date) {
                visit->is_valid = check_visit_day(check, visit, day, next);
            }
        }
        for (size_t j = 0; j < log->span_count; j++) {
            struct replay_span *span = &log->spans[j];
            if (span->is_valid && span->date == day->date && next &&
                span->closed_ms > next->first_ms) {
                replay_faults_add(check->faults, log->counters_path, span->line,
                                  "closed '%s' is after business day %u has begun",
                                  span->closed_text, (unsigned)next->date);
                span->is_valid = false;
            }
        }
    }
}

void replay_log_check(struct replay_log *log, const struct site *site,
                      struct replay_faults *faults)
{
    assert(log && site && faults);
    struct check check = {.log = log, .site = site, .faults = faults};
    /* It holds pointers: NOLINTNEXTLINE(bugprone-sizeof-expression) */
    check.sorted = allocate(log->visit_count, sizeof(*check.sorted));
    check_ids(&check);
    check_spans(&check);
    check_open(&check);
    check_calls(&check);
    check_days(&check);
    free(check.sorted);
    free(check.days);
}
