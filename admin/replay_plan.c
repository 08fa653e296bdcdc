/* See replay_plan.h. */
#include "admin/replay_plan.h"

#include <assert.h>
#include <stdlib.h>

/* Steps of one visit: arrive, call, start, end. */
#define VISIT_STEPS_MAX 4

enum phase {
    PHASE_END,
    PHASE_CLOSE,
    PHASE_OPEN,
    PHASE_ARRIVE,
    PHASE_AT_ONCE,
    PHASE_CALL
};

struct plan {
    struct replay_step *steps;
    size_t count;
};

static void add(struct plan *plan, uint32_t date, int64_t at_ms, enum phase phase,
                enum replay_step_kind kind)
{
    plan->steps[plan->count].date = date;
    plan->steps[plan->count].at_ms = at_ms;
    plan->steps[plan->count].phase = (uint32_t)phase;
    plan->steps[plan->count].kind = kind;
    plan->count++;
}

/* When the visit is over by itself; 0: it stays open or is closed with the day. */
static int64_t end_of(const struct replay_visit *visit)
{
    if (visit->outcome == TICKET_SERVED) {
        return visit->at_ms[REPLAY_FINISHED];
    }
    bool leaves = visit->outcome == TICKET_NO_SHOW ||
                  visit->outcome == TICKET_CANCELLED ||
                  visit->outcome == TICKET_ABANDONED;
    return leaves ? visit->at_ms[REPLAY_LEFT] : 0;
}

static void add_visit(struct plan *plan, const struct replay_visit *visit, size_t index)
{
    size_t first = plan->count;
    int64_t arrived_ms = visit->at_ms[REPLAY_ARRIVED];
    int64_t called_ms = visit->at_ms[REPLAY_CALLED];
    int64_t started_ms = visit->at_ms[REPLAY_STARTED];
    int64_t end_ms = end_of(visit);
    int64_t came_ms = called_ms != 0 ? called_ms : arrived_ms;
    enum phase end_phase = came_ms < end_ms ? PHASE_END : PHASE_AT_ONCE;
    add(plan, visit->date, arrived_ms, PHASE_ARRIVE, STEP_ARRIVE);
    if (called_ms != 0) {
        add(plan, visit->date, called_ms,
            called_ms == end_ms ? PHASE_AT_ONCE : PHASE_CALL, STEP_CALL);
    }
    if (started_ms != 0) {
        /* A start at the moment of the end stands right before the end. */
        add(plan, visit->date, started_ms, started_ms == end_ms ? end_phase : PHASE_CALL,
            STEP_START);
    }
    if (end_ms != 0) {
        add(plan, visit->date, end_ms, end_phase, STEP_END);
    }
    for (size_t i = first; i < plan->count; i++) {
        plan->steps[i].index = index;
    }
}

/* Whether another stretch with the same services begins where this one ends: the counter
 * then simply stays open. The stretches are sorted by counter and time. */
static bool goes_on(const struct replay_log *log, size_t index)
{
    if (index + 1 >= log->span_count) {
        return false;
    }
    const struct replay_span *span = &log->spans[index];
    const struct replay_span *next = &log->spans[index + 1];
    return span->counter == next->counter && span->date == next->date &&
           span->closed_ms == next->opened_ms && span->services == next->services;
}

static void add_span(struct plan *plan, const struct replay_log *log, size_t index)
{
    const struct replay_span *span = &log->spans[index];
    size_t first = plan->count;
    if (index == 0 || !goes_on(log, index - 1)) {
        add(plan, span->date, span->opened_ms, PHASE_OPEN, STEP_OPEN_COUNTER);
    }
    if (span->closed_ms != 0 && !goes_on(log, index)) {
        add(plan, span->date, span->closed_ms, PHASE_CLOSE, STEP_CLOSE_COUNTER);
    }
    for (size_t i = first; i < plan->count; i++) {
        plan->steps[i].index = index;
    }
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_steps(const void *a, const void *b)
{
    const struct replay_step *left = a;
    const struct replay_step *right = b;
    int order = compare_numbers(left->date, right->date);
    if (order == 0) {
        order = compare_numbers(left->at_ms, right->at_ms);
    }
    if (order == 0) {
        order = compare_numbers(left->phase, right->phase);
    }
    if (order == 0) {
        order = compare_numbers((int64_t)left->index, (int64_t)right->index);
    }
    return order != 0 ? order : compare_numbers(left->kind, right->kind);
}

enum status replay_plan_make(const struct replay_log *log, struct replay_step **ret_steps,
                             size_t *ret_count, struct error *err)
{
    size_t capacity = VISIT_STEPS_MAX * log->visit_count + 2 * log->span_count;
    struct plan plan = {
        .steps = calloc(capacity > 0 ? capacity : 1, sizeof(*plan.steps)),
    };
    if (!plan.steps) {
        return error_set(err, ERR_LIMIT, "out of memory for %zu steps", capacity);
    }
    for (size_t i = 0; i < log->visit_count; i++) {
        assert(log->visits[i].is_valid);
        add_visit(&plan, &log->visits[i], i);
    }
    for (size_t i = 0; i < log->span_count; i++) {
        assert(log->spans[i].is_valid);
        add_span(&plan, log, i);
    }
    assert(plan.count <= capacity);
    if (plan.count > 0) {
        qsort(plan.steps, plan.count, sizeof(*plan.steps), compare_steps);
    }
    *ret_steps = plan.steps;
    *ret_count = plan.count;
    return OK;
}
