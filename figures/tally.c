/* Counting one group; see tally.h. */
#include "figures/tally.h"

#include <assert.h>
#include <math.h>

bool tally_state_is_lost(enum ticket_state state)
{
    return state == TICKET_ABANDONED || state == TICKET_NO_SHOW ||
           state == TICKET_CLOSED_AT_NIGHT;
}

bool tally_state_is_answered(enum ticket_state state)
{
    return state == TICKET_SERVED || state == TICKET_SERVING;
}

void tally_finish(struct tally *tally)
{
    samples_finish(&tally->waits);
    samples_finish(&tally->walks);
    samples_finish(&tally->services);
}

/* Which count an outcome or a state belongs to; NULL: none. */
static uint32_t *count_of(struct tally *tally, enum ticket_state state)
{
    switch (state) {
    case TICKET_WAITING:
    case TICKET_PARKED:
        return &tally->waiting;
    case TICKET_CALLED:
    case TICKET_SERVING:
        return &tally->at_counter;
    case TICKET_SERVED:
        return &tally->served;
    case TICKET_NO_SHOW:
        return &tally->no_show;
    case TICKET_CANCELLED:
        return &tally->cancelled;
    case TICKET_ABANDONED:
        return &tally->abandoned;
    case TICKET_CLOSED_AT_NIGHT:
        return &tally->closed_at_night;
    case TICKET_VOID:
    case TICKET_KEPT: /* it is counted on the day that takes it up */
    case TICKET_STATE_COUNT:
        break;
    }
    return NULL;
}

static void count_in_time(struct standard_count *count, bool is_answered, int64_t wait_ms,
                          uint32_t within_s)
{
    if (wait_ms > (int64_t)within_s * 1000) {
        return;
    }
    if (is_answered) {
        count->answered_in_time++;
    } else {
        count->lost_in_time++;
    }
}

/* The service level of one contact whose wait ended after `wait_ms`. */
static void count_level(struct tally *tally, bool is_answered, int64_t wait_ms,
                        const struct measure *measure)
{
    if (!measure->has_standard) {
        return;
    }
    tally->answered += is_answered ? 1U : 0U;
    tally->lost += is_answered ? 0U : 1U;
    tally->target_percent_sum += measure->standard_share_percent;
    count_in_time(&tally->standard, is_answered, wait_ms, measure->standard_wait_s);
    assert(measure->within->count <= WITHIN_MAX);
    for (uint32_t i = 0; i < measure->within->count; i++) {
        count_in_time(&tally->within[i], is_answered, wait_ms,
                      measure->within->seconds[i]);
    }
}

static void count_quote(struct quoted_count *quoted, const struct quote *quote,
                        int64_t wait_ms)
{
    if (!quote->is_given) {
        quoted->not_given++;
        return;
    }
    double error_s = (double)quote->mean_s - (double)wait_ms / 1000.0;
    quoted->count++;
    quoted->error_sum_s += error_s;
    quoted->absolute_sum_s += fabs(error_s);
    quoted->square_sum_s2 += error_s * error_s;
    quoted->within_p50 += wait_ms <= (int64_t)quote->p50_s * 1000 ? 1U : 0U;
    quoted->within_p80 += wait_ms <= (int64_t)quote->p80_s * 1000 ? 1U : 0U;
    quoted->within_p90 += wait_ms <= (int64_t)quote->p90_s * 1000 ? 1U : 0U;
}

/* How long a lost visit had waited: until its call for a no-show, whose leaving nobody
 * saw, else until its end. */
static int64_t lost_wait_ms(const struct visit_record *visit)
{
    int64_t until_ms = visit->state == TICKET_NO_SHOW && visit->called_at_ms != 0
                           ? visit->called_at_ms
                           : visit->ended_at_ms;
    return until_ms > visit->taken_at_ms ? until_ms - visit->taken_at_ms : 0;
}

/* The lengths of an answered visit. */
static enum status add_lengths(struct tally *tally, const struct visit_record *visit,
                               struct error *err)
{
    int64_t wait_ms = visit->called_at_ms - visit->taken_at_ms;
    assert(wait_ms >= 0);
    count_quote(&tally->quoted, &visit->quote, wait_ms);
    enum status status = samples_add(&tally->waits, wait_ms, err);
    if (status != OK || visit->start_is_imputed || visit->started_at_ms == 0) {
        return status;
    }
    status = samples_add(&tally->walks, visit->started_at_ms - visit->called_at_ms, err);
    if (status != OK || visit->state != TICKET_SERVED) {
        return status;
    }
    return samples_add(&tally->services, visit->ended_at_ms - visit->started_at_ms, err);
}

enum status tally_add_visit(struct tally *tally, const struct visit_record *visit,
                            const struct measure *measure, struct error *err)
{
    uint32_t *count = count_of(tally, visit->state);
    if (!count) {
        return OK;
    }
    (*count)++;
    if (visit->state == TICKET_CANCELLED) {
        return OK;
    }
    tally->offered++;
    if (tally_state_is_lost(visit->state)) {
        count_level(tally, false, lost_wait_ms(visit), measure);
    } else if (tally_state_is_answered(visit->state)) {
        count_level(tally, true, visit->called_at_ms - visit->taken_at_ms, measure);
        return add_lengths(tally, visit, err);
    }
    return OK;
}

enum status tally_add_contact(struct tally *tally, const struct contact_record *contact,
                              const struct measure *measure, struct error *err)
{
    uint32_t *count = count_of(tally, contact->outcome);
    if (!count) {
        return OK;
    }
    (*count)++;
    if (contact->outcome == TICKET_CANCELLED) {
        return OK;
    }
    tally->offered++;
    int64_t answered_ms = contact->answered_at_ms;
    int64_t ended_ms = contact->ended_at_ms;
    if (contact->outcome != TICKET_SERVED) {
        int64_t until_ms = ended_ms != 0 ? ended_ms : contact->received_at_ms;
        count_level(tally, false, until_ms - contact->received_at_ms, measure);
        return OK;
    }
    if (answered_ms == 0) {
        return OK;
    }
    int64_t wait_ms = answered_ms - contact->received_at_ms;
    count_level(tally, true, wait_ms, measure);
    enum status status = samples_add(&tally->waits, wait_ms, err);
    if (status != OK || ended_ms == 0) {
        return status;
    }
    return samples_add(&tally->services, ended_ms - answered_ms, err);
}

static void merge_standard(struct standard_count *to, const struct standard_count *from)
{
    to->answered_in_time += from->answered_in_time;
    to->lost_in_time += from->lost_in_time;
}

static void merge_quoted(struct quoted_count *to, const struct quoted_count *from)
{
    to->count += from->count;
    to->not_given += from->not_given;
    to->within_p50 += from->within_p50;
    to->within_p80 += from->within_p80;
    to->within_p90 += from->within_p90;
    to->error_sum_s += from->error_sum_s;
    to->absolute_sum_s += from->absolute_sum_s;
    to->square_sum_s2 += from->square_sum_s2;
}

enum status tally_merge(struct tally *tally, const struct tally *from, struct error *err)
{
    enum status status = samples_merge(&tally->waits, &from->waits, err);
    if (status == OK) {
        status = samples_merge(&tally->walks, &from->walks, err);
    }
    if (status == OK) {
        status = samples_merge(&tally->services, &from->services, err);
    }
    if (status != OK) {
        return status;
    }
    tally->offered += from->offered;
    tally->served += from->served;
    tally->at_counter += from->at_counter;
    tally->waiting += from->waiting;
    tally->abandoned += from->abandoned;
    tally->no_show += from->no_show;
    tally->closed_at_night += from->closed_at_night;
    tally->cancelled += from->cancelled;
    tally->answered += from->answered;
    tally->lost += from->lost;
    tally->target_percent_sum += from->target_percent_sum;
    merge_standard(&tally->standard, &from->standard);
    for (uint32_t i = 0; i < WITHIN_MAX; i++) {
        merge_standard(&tally->within[i], &from->within[i]);
    }
    merge_quoted(&tally->quoted, &from->quoted);
    return OK;
}

const char *share_formula_name(enum share_formula formula)
{
    static const char *const names[] = {
        [SHARE_F1] = "F1", [SHARE_F2] = "F2", [SHARE_F3] = "F3", [SHARE_F4] = "F4"};
    static_assert(sizeof(names) / sizeof(names[0]) == SHARE_FORMULA_COUNT,
                  "every formula has a name");
    assert(formula < SHARE_FORMULA_COUNT);
    return names[formula];
}

struct share share_of(const struct standard_count *in_time, uint32_t answered,
                      uint32_t lost, enum share_formula formula)
{
    uint32_t all = answered + lost;
    assert(in_time->answered_in_time <= answered && in_time->lost_in_time <= lost);
    switch (formula) {
    case SHARE_F1:
        return (struct share){in_time->answered_in_time + in_time->lost_in_time, all};
    case SHARE_F2:
        return (struct share){in_time->answered_in_time, answered};
    case SHARE_F4:
        return (struct share){in_time->answered_in_time, all - in_time->lost_in_time};
    case SHARE_F3:
    case SHARE_FORMULA_COUNT:
        break;
    }
    return (struct share){in_time->answered_in_time, all};
}

struct share tally_standard_share(const struct tally *tally, enum share_formula formula)
{
    return share_of(&tally->standard, tally->answered, tally->lost, formula);
}

struct share tally_within_share(const struct tally *tally, uint32_t index,
                                enum share_formula formula)
{
    assert(index < WITHIN_MAX);
    return share_of(&tally->within[index], tally->answered, tally->lost, formula);
}

double share_percent(struct share share)
{
    return share.of == 0 ? 0.0 : 100.0 * (double)share.part / (double)share.of;
}
