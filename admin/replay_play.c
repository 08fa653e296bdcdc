/* See replay_play.h. */
#include "admin/replay_play.h"

#include <assert.h>
#include <stdlib.h>

#include "admin/replay_plan.h"
#include "core/queue.h"
#include "figures/estimate.h"
#include "figures/pace.h"
#include "journal/journal.h"

/* Events of one transaction: a few commits for a whole day. */
#define GROUP_EVENTS 2048

struct play {
    struct replay_log *log;
    struct site site; /* as it is in force; stretches may change what a counter serves */
    const struct site *site_given;
    struct queue *queue;
    struct pace *pace;
    struct journal *journal;
    size_t group_count; /* events since journal_begin() */
    struct replay_faults *faults;
    struct error *err;
};

static enum status begin_group(struct play *play)
{
    return journal_begin(play->journal, play->err);
}

static enum status append(struct play *play, const struct event *event)
{
    queue_apply(play->queue, event);
    const struct site *site =
        queue_has_site(play->queue) ? queue_site(play->queue) : NULL;
    enum status status = journal_append(play->journal, event, site, play->err);
    if (status != OK) {
        return status;
    }
    play->group_count++;
    return OK;
}

/* Decide, apply and record one command; a refusal is told in play->err. */
static enum status run(struct play *play, const struct command *command, int64_t at_ms)
{
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    enum status status =
        queue_decide(play->queue, command, at_ms, events, &count, NULL, play->err);
    for (size_t i = 0; i < count && status == OK; i++) {
        status = append(play, &events[i]);
    }
    if (status == OK && play->group_count >= GROUP_EVENTS) {
        play->group_count = 0;
        status = journal_commit(play->journal, play->err);
        if (status == OK) {
            status = begin_group(play);
        }
    }
    return status;
}

static struct command command_of(enum verb verb)
{
    return (struct command){.verb = verb,
                            .counter = SITE_NONE,
                            .version = VERSION_ANY,
                            .ticket = TICKET_NONE,
                            .kiosk = SITE_NONE,
                            .is_recorded = true};
}

static enum status run_counter(struct play *play, enum verb verb, uint32_t counter,
                               int64_t at_ms)
{
    struct command command = command_of(verb);
    command.counter = counter;
    return run(play, &command, at_ms);
}

static enum status run_ticket(struct play *play, enum verb verb,
                              const struct replay_visit *visit, int64_t at_ms)
{
    struct command command = command_of(verb);
    command.ticket = visit->ticket;
    command.counter = visit->counter;
    return run(play, &command, at_ms);
}

static enum status arrive(struct play *play, struct replay_visit *visit, int64_t at_ms)
{
    estimate_quote(play->queue, play->pace, visit->service, visit->class_index, at_ms,
                   &visit->quote);
    struct command command = command_of(VERB_TAKE);
    command.service = visit->service;
    command.class_index = visit->class_index;
    command.channel = CHANNEL_WALK_IN;
    command.quote = visit->quote;
    enum status status = run(play, &command, at_ms);
    visit->ticket = queue_ticket_count(play->queue);
    return status;
}

/* Without COUNTERS.csv a counter opens for each visit and closes behind it. */
static enum status call(struct play *play, const struct replay_visit *visit,
                        int64_t at_ms)
{
    if (!play->log->counters_path) {
        enum status status = run_counter(play, VERB_OPEN, visit->counter, at_ms);
        if (status != OK) {
            return status;
        }
    }
    return run_ticket(play, VERB_CALL, visit, at_ms);
}

static enum status end(struct play *play, const struct replay_visit *visit, int64_t at_ms)
{
    static const enum verb verbs[TICKET_STATE_COUNT] = {
        [TICKET_SERVED] = VERB_FINISH,
        [TICKET_NO_SHOW] = VERB_NO_SHOW,
        [TICKET_CANCELLED] = VERB_CANCEL,
        [TICKET_ABANDONED] = VERB_ABANDON,
    };
    enum status status = run_ticket(play, verbs[visit->outcome], visit, at_ms);
    if (status != OK) {
        return status;
    }
    const struct ticket *ticket = queue_ticket(play->queue, visit->ticket);
    if (visit->outcome == TICKET_SERVED && !ticket->start_is_imputed) {
        pace_add(play->pace, visit->service, ticket->ended_at_ms - ticket->started_at_ms);
    }
    if (!play->log->counters_path && visit->counter != SITE_NONE) {
        return run_counter(play, VERB_CLOSE, visit->counter, at_ms);
    }
    return OK;
}

/* The counter opens; where it serves other services than before, the site changes. */
static enum status open_counter(struct play *play, const struct replay_span *span)
{
    struct counter_place *place = &play->site.counters[span->counter];
    uint64_t services = span->services != 0
                            ? span->services
                            : play->site_given->counters[span->counter].services;
    if (place->services != services) {
        place->services = services;
        struct command command = command_of(VERB_CONFIGURE);
        command.site = &play->site;
        enum status status = run(play, &command, span->opened_ms);
        if (status != OK) {
            return status;
        }
    }
    return run_counter(play, VERB_OPEN, span->counter, span->opened_ms);
}

static enum status run_step(struct play *play, const struct replay_step *step)
{
    switch (step->kind) {
    case STEP_CLOSE_COUNTER:
        return run_counter(play, VERB_CLOSE, play->log->spans[step->index].counter,
                           step->at_ms);
    case STEP_OPEN_COUNTER:
        return open_counter(play, &play->log->spans[step->index]);
    case STEP_ARRIVE:
        return arrive(play, &play->log->visits[step->index], step->at_ms);
    case STEP_CALL:
        return call(play, &play->log->visits[step->index], step->at_ms);
    case STEP_START:
        return run_ticket(play, VERB_START, &play->log->visits[step->index], step->at_ms);
    case STEP_END:
        return end(play, &play->log->visits[step->index], step->at_ms);
    case STEP_KIND_COUNT:
        break;
    }
    assert(false);
    return OK;
}

static enum status open_day(struct play *play, uint32_t date, int64_t at_ms)
{
    struct command command = command_of(VERB_OPEN_DAY);
    command.date = date;
    enum status status = run(play, &command, at_ms);
    for (uint32_t i = 0; i < play->site.service_count && status == OK; i++) {
        command = command_of(VERB_OPEN_SERVICE);
        command.service = i;
        status = run(play, &command, at_ms);
    }
    return status;
}

static enum status close_day(struct play *play)
{
    struct command command = command_of(VERB_CLOSE_DAY);
    enum status status = OK;
    while (status == OK && queue_day(play->queue) != 0) {
        status = run(play, &command, queue_last_at_ms(play->queue));
    }
    return status;
}

/* The last business day stays open while the log leaves somebody in it. */
static bool is_left_open(const struct replay_log *log)
{
    for (size_t i = 0; i < log->visit_count; i++) {
        if (!ticket_state_is_outcome(log->visits[i].outcome)) {
            return true;
        }
    }
    return false;
}

/* Epoch, clock and site stand before everything else. */
static enum status start(struct play *play, int64_t at_ms)
{
    struct command command = command_of(VERB_START_EPOCH);
    command.epoch = 1;
    enum status status = run(play, &command, at_ms);
    if (status == OK) {
        command = command_of(VERB_SET_CLOCK);
        command.clock_mode = CLOCK_REPLAY;
        status = run(play, &command, at_ms);
    }
    if (status == OK) {
        command = command_of(VERB_CONFIGURE);
        command.site = &play->site;
        status = run(play, &command, at_ms);
    }
    return status;
}

/* Lead a refusal of the queue back to the row that caused it. */
static void blame(struct play *play, const struct replay_step *step)
{
    bool is_span = step->kind == STEP_OPEN_COUNTER || step->kind == STEP_CLOSE_COUNTER;
    const char *file = is_span ? play->log->counters_path : play->log->path;
    uint32_t line = is_span ? play->log->spans[step->index].line
                            : play->log->visits[step->index].line;
    replay_faults_add(play->faults, file, line, "is refused by the queue: %s",
                      play->err->text);
}

static enum status play_steps(struct play *play, const struct replay_step *steps,
                              size_t count, struct replay_summary *summary)
{
    enum status status = start(play, steps[0].at_ms);
    for (size_t i = 0; i < count && status == OK; i++) {
        const struct replay_step *step = &steps[i];
        if (queue_day(play->queue) != step->date) {
            if (queue_day(play->queue) != 0) {
                status = close_day(play);
            }
            if (status == OK) {
                status = open_day(play, step->date, step->at_ms);
            }
            summary->day_count++;
        }
        if (status == OK) {
            status = run_step(play, step);
        }
        if (status == ERR_REFUSED) {
            blame(play, step);
        }
    }
    if (status == OK && !is_left_open(play->log)) {
        status = close_day(play);
    }
    summary->first_date = steps[0].date;
    summary->last_date = steps[count - 1].date;
    summary->event_count = queue_seq(play->queue);
    return status;
}

static enum status play_all(struct play *play, const char *journal_path,
                            struct replay_summary *summary)
{
    struct replay_step *steps = NULL;
    size_t count = 0;
    enum status status = replay_plan_make(play->log, &steps, &count, play->err);
    if (status == OK) {
        assert(count > 0);
        status = journal_open(journal_path, 0, &play->journal, play->err);
    }
    if (status == OK) {
        status = begin_group(play);
    }
    if (status == OK) {
        status = play_steps(play, steps, count, summary);
    }
    if (status == OK) {
        status = journal_commit(play->journal, play->err);
    }
    free(steps);
    journal_close(play->journal);
    return status;
}

enum status replay_play(struct replay_log *log, const struct site *site,
                        const char *journal_path, struct replay_faults *faults,
                        struct replay_summary *ret_summary, struct error *err)
{
    struct play *play = calloc(1, sizeof(*play));
    if (!play) {
        return error_set(err, ERR_LIMIT, "out of memory for the replay");
    }
    play->log = log;
    play->site = *site;
    play->site.wrap_up = false; /* a log does not say when an agent was ready again */
    play->site_given = site;
    play->faults = faults;
    play->err = err;
    play->queue = queue_create();
    play->pace = pace_create();
    struct replay_summary summary = {0};
    enum status status = play->queue && play->pace
                             ? play_all(play, journal_path, &summary)
                             : error_set(err, ERR_LIMIT, "out of memory for the replay");
    pace_destroy(play->pace);
    queue_destroy(play->queue);
    free(play);
    if (status == OK) {
        *ret_summary = summary;
    }
    return status;
}
