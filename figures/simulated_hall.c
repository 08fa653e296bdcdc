/* See simulated_hall.h. Staff and breaks are in simulated_duty.c. */
#include "figures/simulated_hall.h"

#include <assert.h>
#include <stdlib.h>

#include "figures/simulated_hall_state.h"

#define DAY_MS INT64_C(86400000)

/* 2000-01-01 00:00 UTC, where the days of a simulation begin. */
#define FIRST_DAY_MS INT64_C(946684800000)

/* What random numbers are for; each purpose and service has a stream of its own. */
enum purpose {
    PURPOSE_DAY_FACTOR,
    PURPOSE_ARRIVAL,
    PURPOSE_CLASS,
    PURPOSE_SERVICE,
    PURPOSE_PATIENCE,
    PURPOSE_NO_SHOW,
    PURPOSE_COUNT
};
static_assert(PURPOSE_COUNT - PURPOSE_ARRIVAL == SIMULATED_STREAMS,
              "the streams of one service");

enum status hall_run(struct simulated_hall *hall, const struct command *command)
{
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    enum status status =
        queue_decide(hall->queue, command, hall->now_ms, events, &count, NULL, hall->err);
    for (size_t i = 0; i < count && status == OK; i++) {
        queue_apply(hall->queue, &events[i]);
    }
    return status;
}

struct command hall_command(enum verb verb)
{
    return (struct command){.verb = verb,
                            .counter = SITE_NONE,
                            .version = VERSION_ANY,
                            .ticket = TICKET_NONE,
                            .kiosk = SITE_NONE};
}

enum status hall_press(struct simulated_hall *hall, enum verb verb, uint32_t counter)
{
    struct command command = hall_command(verb);
    command.counter = counter;
    return hall_run(hall, &command);
}

static enum status plan(struct simulated_hall *hall, int64_t at_ms,
                        enum simulated_moment kind, uint32_t index)
{
    struct moment moment = {.at_ms = at_ms, .kind = kind, .index = index};
    return agenda_add(&hall->agenda, &moment, hall->err);
}

static struct random *stream_of(struct simulated_hall *hall, uint32_t entry,
                                enum purpose purpose)
{
    assert(purpose >= PURPOSE_ARRIVAL && purpose < PURPOSE_COUNT);
    return &hall->streams[entry][purpose - PURPOSE_ARRIVAL];
}

/* ---- People come ---- */

/* Plan the next arrival of the service: the process of the whole day is one of rate 1 on
 * a clock that runs as fast as people come, so that other rates stretch the same day. */
static enum status plan_arrival(struct simulated_hall *hall, uint32_t entry)
{
    const struct load *load = hall->load;
    struct arrivals *arrivals = &hall->arrivals[entry];
    double left = random_exponential(stream_of(hall, entry, PURPOSE_ARRIVAL));
    while (arrivals->period < load->period_count) {
        const struct load_period *period = &load->periods[arrivals->period];
        double per_minute = hall->day_factor *
                            load->services[entry].arrivals_per_hour[arrivals->period] /
                            60.0;
        double to_come = ((double)period->to_minute - arrivals->minute) * per_minute;
        if (left < to_come) {
            arrivals->minute += left / per_minute;
            int64_t at_ms = hall->midnight_ms + (int64_t)(arrivals->minute * 60000.0);
            int64_t end_ms = hall->midnight_ms + (int64_t)period->to_minute * 60000;
            return plan(hall, at_ms < end_ms ? at_ms : end_ms - 1, MOMENT_ARRIVAL, entry);
        }
        left -= to_come;
        arrivals->minute = (double)period->to_minute;
        arrivals->period++;
    }
    return OK;
}

static uint32_t draw_class(struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    double percent = 100.0 * random_uniform(stream_of(hall, entry, PURPOSE_CLASS));
    for (uint32_t i = 1; i < hall->site->class_count; i++) {
        if (percent < service->class_percent[i]) {
            return i;
        }
        percent -= service->class_percent[i];
    }
    return 0;
}

/* One number of each stream makes a visit, however many its laws need. */
static struct simulated_visit draw_visit(struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    struct simulated_visit visit = {
        .entry = entry,
        .period = hall->arrivals[entry].period,
        .service_key = random_bits(stream_of(hall, entry, PURPOSE_SERVICE)),
        .patience_ms = INT64_MAX,
    };
    double no_show = random_uniform(stream_of(hall, entry, PURPOSE_NO_SHOW));
    visit.comes = 100.0 * no_show >= service->no_show_percent;
    struct random patience =
        random_stream(random_bits(stream_of(hall, entry, PURPOSE_PATIENCE)));
    if (100.0 * random_uniform(&patience) < service->leave_at_once_percent) {
        visit.patience_ms = 0;
        return visit;
    }
    const struct law *law = &service->patience_in_period[visit.period];
    law = law->kind == LAW_NONE ? &service->patience : law;
    if (law->kind != LAW_NONE) {
        visit.patience_ms = law_draw_ms(law, &patience);
    }
    return visit;
}

/* The free counter that calls a person who has just come: of the first group in the
 * service's order that has one, the one that has been free for longest. */
static uint32_t free_counter(const struct simulated_hall *hall, uint32_t entry)
{
    const struct load_service *service = &hall->load->services[entry];
    for (uint32_t i = 0; i < service->group_count; i++) {
        const struct load_group *group = &hall->load->groups[service->group_order[i]];
        uint32_t best = SITE_NONE;
        for (uint32_t j = 0; j < group->counter_count; j++) {
            uint32_t counter = group->counters[j];
            uint64_t services = hall->site->counters[counter].services;
            if (queue_counter(hall->queue, counter)->state != COUNTER_FREE ||
                (services >> service->service & 1U) == 0) {
                continue;
            }
            if (best == SITE_NONE || queue_counter(hall->queue, counter)->since_ms <
                                         queue_counter(hall->queue, best)->since_ms) {
                best = counter;
            }
        }
        if (best != SITE_NONE) {
            return best;
        }
    }
    return SITE_NONE;
}

static enum status arrive(struct simulated_hall *hall, uint32_t entry)
{
    struct simulated_visit visit = draw_visit(hall, entry);
    struct command command = hall_command(VERB_TAKE);
    command.service = hall->load->services[entry].service;
    command.class_index = draw_class(hall, entry);
    enum status status = hall_run(hall, &command);
    if (status != OK) {
        return status;
    }
    uint32_t ordinal = queue_ticket_count(hall->queue);
    assert(ordinal <= TICKETS_PER_DAY_MAX);
    hall->visits[ordinal] = visit;
    hall->present_count++;
    uint32_t counter = free_counter(hall, entry);
    if (counter != SITE_NONE) {
        status = hall_call_next(hall, counter);
    }
    bool will_leave = hall->load->leavers_are_seen && visit.patience_ms != INT64_MAX &&
                      queue_ticket(hall->queue, ordinal)->state == TICKET_WAITING;
    if (status == OK && will_leave) {
        status = plan(hall, hall->now_ms + visit.patience_ms, MOMENT_LEAVING, ordinal);
    }
    return status == OK ? plan_arrival(hall, entry) : status;
}

static enum status leave(struct simulated_hall *hall, uint32_t ordinal)
{
    if (queue_ticket(hall->queue, ordinal)->state != TICKET_WAITING) {
        return OK; /* was called before the patience ended */
    }
    struct command command = hall_command(VERB_ABANDON);
    command.ticket = ordinal;
    assert(hall->present_count > 0);
    hall->present_count--;
    return hall_run(hall, &command);
}

/* ---- Counters call and serve ---- */

static bool somebody_waits(const struct simulated_hall *hall, uint32_t counter)
{
    uint64_t services = hall->site->counters[counter].services;
    for (uint32_t i = 0; i < hall->site->service_count; i++) {
        if ((services >> i & 1U) != 0 && queue_waiting_count(hall->queue, i) > 0) {
            return true;
        }
    }
    return false;
}

static enum status start(struct simulated_hall *hall, uint32_t counter)
{
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    const struct simulated_visit *visit = &hall->visits[ordinal];
    const struct load_service *service = &hall->load->services[visit->entry];
    const struct law *law = &service->service_in_group[hall->group_of[counter]];
    law = law->kind == LAW_NONE ? &service->service_in_period[visit->period] : law;
    law = law->kind == LAW_NONE ? &service->service_time : law;
    struct random random = random_stream(visit->service_key);
    int64_t length_ms = law_draw_ms(law, &random);
    enum status status = hall_press(hall, VERB_START, counter);
    return status == OK ? plan(hall, hall->now_ms + length_ms, MOMENT_FINISH, counter)
                        : status;
}

/* A person who left unseen, or does not come, costs the counter its time. */
enum status hall_call_next(struct simulated_hall *hall, uint32_t counter)
{
    bool is_wrapping_up =
        queue_counter(hall->queue, counter)->state == COUNTER_WRAPPING_UP;
    if (!is_wrapping_up && !somebody_waits(hall, counter)) {
        return OK;
    }
    enum status status = hall_press(hall, VERB_CALL_NEXT, counter);
    uint32_t ordinal = queue_counter(hall->queue, counter)->ticket;
    if (status != OK || ordinal == TICKET_NONE) {
        return status;
    }
    const struct simulated_visit *visit = &hall->visits[ordinal];
    const struct load_service *service = &hall->load->services[visit->entry];
    int64_t wait_ms = hall->now_ms - queue_ticket(hall->queue, ordinal)->taken_at_ms;
    if (!visit->comes || wait_ms > visit->patience_ms) {
        return plan(hall, hall->now_ms + (int64_t)service->no_show_s * 1000,
                    MOMENT_NO_SHOW, counter);
    }
    if (service->walk_s > 0) {
        return plan(hall, hall->now_ms + (int64_t)service->walk_s * 1000, MOMENT_START,
                    counter);
    }
    return start(hall, counter);
}

static enum status end(struct simulated_hall *hall, enum verb verb, uint32_t counter)
{
    assert(hall->present_count > 0);
    hall->present_count--;
    enum status status = hall_press(hall, verb, counter);
    if (status != OK) {
        return status;
    }
    return hall_is_surplus(hall, counter) ? hall_leave_duty(hall, counter)
                                          : hall_call_next(hall, counter);
}

/* ---- The day ---- */

/* yyyymmdd of a day in UTC (Fliegel and van Flandern, Communications of the ACM 11,
 * 1968, with days counted from 1 March 0). */
static uint32_t date_of(int64_t midnight_ms)
{
    int64_t days = midnight_ms / DAY_MS + 719468;
    int64_t era = days / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return (uint32_t)(year * 10000 + month * 100 + day);
}

static void begin_streams(struct simulated_hall *hall, uint64_t key)
{
    const struct load *load = hall->load;
    struct random factor = random_stream(random_key(key, PURPOSE_DAY_FACTOR));
    hall->day_factor =
        load->day_factor_shape > 0.0
            ? random_gamma(&factor, load->day_factor_shape) / load->day_factor_shape
            : 1.0;
    for (uint32_t i = 0; i < load->service_count; i++) {
        hall->arrivals[i] = (struct arrivals){
            .period = 0, .minute = (double)load->periods[0].from_minute};
        /* By the service of the site: leaving one out of the load shifts no other. */
        for (uint32_t j = PURPOSE_ARRIVAL; j < PURPOSE_COUNT; j++) {
            uint64_t purpose_key = random_key(key, j);
            hall->streams[i][j - PURPOSE_ARRIVAL] =
                random_stream(random_key(purpose_key, load->services[i].service));
        }
    }
}

static enum status plan_duties(struct simulated_hall *hall)
{
    const struct load *load = hall->load;
    enum status status = OK;
    for (uint32_t i = 0; i <= load->period_count && status == OK; i++) {
        uint32_t minute = i < load->period_count ? load->periods[i].from_minute
                                                 : load->periods[i - 1].to_minute;
        status = plan(hall, hall->midnight_ms + (int64_t)minute * 60000, MOMENT_DUTY, 0);
    }
    uint32_t from_minute = load->periods[0].from_minute;
    for (uint32_t i = 0; i < 2 * load->break_count && status == OK; i++) {
        const struct load_break *pause = &load->breaks[i / 2];
        uint32_t minute = i % 2 == 0 ? pause->from_minute : pause->to_minute;
        if (minute > from_minute) {
            status =
                plan(hall, hall->midnight_ms + (int64_t)minute * 60000, MOMENT_DUTY, 0);
        }
    }
    return status;
}

static enum status open_day(struct simulated_hall *hall)
{
    struct command command = hall_command(VERB_OPEN_DAY);
    command.date = date_of(hall->midnight_ms);
    enum status status = hall_run(hall, &command);
    for (uint32_t i = 0; i < hall->load->service_count && status == OK; i++) {
        command = hall_command(VERB_OPEN_SERVICE);
        command.service = hall->load->services[i].service;
        status = hall_run(hall, &command);
    }
    for (uint32_t i = 0; i < hall->load->group_count; i++) {
        hall->open_ms[i] = 0;
        hall->open_count[i] = 0;
    }
    hall->present_count = 0;
    return status;
}

static enum status close_day(struct simulated_hall *hall)
{
    for (uint32_t i = 0; i < hall->site->counter_count; i++) {
        if (counter_state_is_open(queue_counter(hall->queue, i)->state)) {
            hall->open_ms[hall->group_of[i]] += hall->now_ms - hall->opened_at_ms[i];
        }
    }
    struct command command = hall_command(VERB_CLOSE_DAY);
    enum status status = OK;
    while (status == OK && queue_day(hall->queue) != 0) {
        status = hall_run(hall, &command);
    }
    return status;
}

static enum status handle(struct simulated_hall *hall, const struct moment *moment)
{
    switch ((enum simulated_moment)moment->kind) {
    case MOMENT_DUTY:
        return hall_settle_duty(hall);
    case MOMENT_ARRIVAL:
        return arrive(hall, moment->index);
    case MOMENT_LEAVING:
        return leave(hall, moment->index);
    case MOMENT_START:
        return start(hall, moment->index);
    case MOMENT_FINISH:
        return end(hall, VERB_FINISH, moment->index);
    case MOMENT_NO_SHOW:
        return end(hall, VERB_NO_SHOW, moment->index);
    case MOMENT_COUNT:
        break;
    }
    assert(false);
    return OK;
}

enum status simulated_hall_play(struct simulated_hall *hall, uint64_t key,
                                struct error *err)
{
    const struct load *load = hall->load;
    hall->err = err;
    /* The midnight after everything that was: a long day ends in the next one. */
    int64_t last_ms = queue_last_at_ms(hall->queue);
    hall->midnight_ms = last_ms - last_ms % DAY_MS + DAY_MS;
    hall->span = (struct simulated_span){
        .from_ms = hall->midnight_ms + (int64_t)load->periods[0].from_minute * 60000,
        .to_ms = hall->midnight_ms +
                 (int64_t)load->periods[load->period_count - 1].to_minute * 60000,
    };
    hall->now_ms = hall->span.from_ms;
    agenda_clear(&hall->agenda);
    begin_streams(hall, key);
    enum status status = open_day(hall);
    if (status == OK) {
        status = plan_duties(hall);
    }
    for (uint32_t i = 0; i < load->service_count && status == OK; i++) {
        status = plan_arrival(hall, i);
    }
    struct moment moment;
    bool is_over = false;
    while (status == OK && !is_over && agenda_take(&hall->agenda, &moment)) {
        hall->now_ms = moment.at_ms;
        status = handle(hall, &moment);
        is_over = hall->now_ms >= hall->span.to_ms && hall->present_count == 0;
    }
    hall->span.until_ms = hall->now_ms;
    return status == OK ? close_day(hall) : status;
}

static void map_groups(struct simulated_hall *hall)
{
    for (uint32_t i = 0; i < COUNTERS_MAX; i++) {
        hall->group_of[i] = SITE_NONE;
    }
    for (uint32_t i = 0; i < hall->load->group_count; i++) {
        const struct load_group *group = &hall->load->groups[i];
        for (uint32_t j = 0; j < group->counter_count; j++) {
            hall->group_of[group->counters[j]] = i;
        }
    }
}

enum status simulated_hall_create(const struct site *site, const struct load *load,
                                  struct simulated_hall **ret_hall, struct error *err)
{
    assert(load->period_count > 0 && load->service_count > 0 && load->group_count > 0);
    struct simulated_hall *hall = calloc(1, sizeof(*hall));
    struct queue *queue = queue_create();
    if (!hall || !queue) {
        free(hall);
        queue_destroy(queue);
        return error_set(err, ERR_LIMIT, "out of memory for the simulation");
    }
    hall->site = site;
    hall->load = load;
    hall->queue = queue;
    hall->now_ms = FIRST_DAY_MS - DAY_MS;
    hall->err = err;
    map_groups(hall);
    struct command command = hall_command(VERB_CONFIGURE);
    command.site = site;
    enum status status = hall_run(hall, &command);
    if (status != OK) {
        simulated_hall_destroy(hall);
        return status;
    }
    *ret_hall = hall;
    return OK;
}

void simulated_hall_destroy(struct simulated_hall *hall)
{
    if (!hall) {
        return;
    }
    queue_destroy(hall->queue);
    agenda_finish(&hall->agenda);
    free(hall);
}

const struct queue *simulated_hall_queue(const struct simulated_hall *hall)
{
    assert(hall->queue);
    return hall->queue;
}

const struct simulated_visit *simulated_hall_visit(const struct simulated_hall *hall,
                                                   uint32_t ordinal)
{
    assert(ordinal >= 1 && ordinal <= queue_ticket_count(hall->queue));
    return &hall->visits[ordinal];
}

uint32_t simulated_hall_group(const struct simulated_hall *hall, uint32_t counter)
{
    assert(counter < COUNTERS_MAX && hall->group_of[counter] != SITE_NONE);
    return hall->group_of[counter];
}

int64_t simulated_hall_open_ms(const struct simulated_hall *hall, uint32_t group)
{
    assert(group < hall->load->group_count);
    return hall->open_ms[group];
}

struct simulated_span simulated_hall_span(const struct simulated_hall *hall)
{
    assert(hall->span.until_ms >= hall->span.from_ms);
    return hall->span;
}
