/* See simulated_hall.h. Staff and breaks are in simulated_duty.c. */
#include "figures/simulated_hall.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "figures/simulated_hall_state.h"

#define DAY_MS INT64_C(86400000)

/* 2000-01-01 00:00 UTC, where the days of a simulation begin. */
#define FIRST_DAY_MS INT64_C(946684800000)

enum status hall_run(struct simulated_hall *hall, const struct command *command)
{
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct refused refused = {.refusal = REFUSAL_NONE};
    enum status status = queue_decide(hall->queue, command, hall->now_ms, events, &count,
                                      &refused, hall->err);
    hall->refusal = status == OK ? REFUSAL_NONE : refused.refusal;
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

enum status hall_plan(struct simulated_hall *hall, int64_t at_ms,
                      enum simulated_moment kind, uint32_t index)
{
    struct moment moment = {.at_ms = at_ms, .kind = kind, .index = index};
    return agenda_add(&hall->agenda, &moment, hall->err);
}

struct random *hall_stream(struct simulated_hall *hall, uint32_t entry,
                           enum purpose purpose)
{
    assert(purpose >= PURPOSE_ARRIVAL && purpose < PURPOSE_PRESENT);
    return &hall->streams[entry][purpose - PURPOSE_ARRIVAL];
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
        for (uint32_t j = PURPOSE_ARRIVAL; j < PURPOSE_PRESENT; j++) {
            uint64_t purpose_key = random_key(key, j);
            hall->streams[i][j - PURPOSE_ARRIVAL] =
                random_stream(random_key(purpose_key, load->services[i].service));
        }
    }
}

/* How many are there of each group's staff. */
static void draw_present(struct simulated_hall *hall, uint64_t key)
{
    for (uint32_t i = 0; i < hall->load->group_count; i++) {
        const struct law *law = &hall->load->groups[i].present;
        struct random random =
            random_stream(random_key(random_key(key, PURPOSE_PRESENT), i));
        hall->staff_max[i] = COUNTERS_MAX;
        if (law->kind != LAW_NONE) {
            double present = fmax(law_draw_s(law, &random) + 0.5, 0.0);
            hall->staff_max[i] = (uint32_t)fmin(present, (double)COUNTERS_MAX);
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
        status =
            hall_plan(hall, hall->midnight_ms + (int64_t)minute * 60000, MOMENT_DUTY, 0);
    }
    uint32_t from_minute = load->periods[0].from_minute;
    for (uint32_t i = 0; i < 2 * load->break_count && status == OK; i++) {
        const struct load_break *pause = &load->breaks[i / 2];
        uint32_t minute = i % 2 == 0 ? pause->from_minute : pause->to_minute;
        if (minute > from_minute) {
            status = hall_plan(hall, hall->midnight_ms + (int64_t)minute * 60000,
                               MOMENT_DUTY, 0);
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
        hall->wrap_up_ms[i] = 0;
        hall->open_count[i] = 0;
    }
    hall->present_count = 0;
    hall->leg_count = 0;
    hall->is_sending_away = false;
    return status;
}

static enum status close_day(struct simulated_hall *hall)
{
    for (uint32_t i = 0; i < hall->site->counter_count; i++) {
        if (counter_state_is_open(queue_counter(hall->queue, i)->state)) {
            hall->open_ms[hall->group_of[i]] +=
                simulated_hall_counted_ms(hall, hall->opened_at_ms[i], hall->now_ms);
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
        return hall_arrive(hall, moment->index);
    case MOMENT_LEAVING:
        return hall_leave(hall, moment->index);
    case MOMENT_START:
        return hall_start(hall, moment->index);
    case MOMENT_FINISH:
        return hall_end(hall, VERB_FINISH, moment->index);
    case MOMENT_NO_SHOW:
        return hall_give_up(hall, moment->index);
    case MOMENT_WRAPPED_UP:
        return hall_end_wrap_up(hall, moment->index);
    case MOMENT_EXPECTED:
        return hall_arrive_expected(hall, moment->index);
    case MOMENT_COME_BACK:
        return hall_come_back(hall, moment->index);
    case MOMENT_OFFERED:
        return hall_offer(hall, moment->index);
    case MOMENT_COUNT:
        break;
    }
    assert(false);
    return OK;
}

/* Nobody is left: neither people nor, where those who wait are sent away, staff. */
static bool is_over(const struct simulated_hall *hall)
{
    if (hall->now_ms < hall->span.to_ms || hall->wrapping_count > 0) {
        return false;
    }
    uint32_t open_count = 0;
    for (uint32_t i = 0; i < hall->load->group_count; i++) {
        open_count += hall->open_count[i];
    }
    return hall->present_count == 0 || (hall->is_sending_away && open_count == 0);
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
    draw_present(hall, key);
    enum status status = open_day(hall);
    if (status == OK) {
        status = plan_duties(hall);
    }
    if (status == OK) {
        status = hall_begin_arrivals(hall);
    }
    struct moment moment;
    while (status == OK && !is_over(hall) && agenda_take(&hall->agenda, &moment)) {
        hall->now_ms = moment.at_ms;
        status = handle(hall, &moment);
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
    struct site *own_site = malloc(sizeof(*own_site));
    struct queue *queue = queue_create();
    if (!hall || !own_site || !queue) {
        free(hall);
        free(own_site);
        queue_destroy(queue);
        return error_set(err, ERR_LIMIT, "out of memory for the simulation");
    }
    *own_site = *site;
    for (uint32_t i = 0; i < site->service_count; i++) {
        own_site->services[i].keep_overnight = false; /* days are independent */
    }
    hall->site = own_site;
    hall->load = load;
    hall->queue = queue;
    hall->now_ms = FIRST_DAY_MS - DAY_MS;
    hall->err = err;
    map_groups(hall);
    for (uint32_t i = 0; i < load->period_count; i++) {
        hall->has_left_out |= load->periods[i].is_left_out;
    }
    struct command command = hall_command(VERB_CONFIGURE);
    command.site = own_site;
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
    free(hall->legs);
    free(hall->site);
    free(hall);
}

const struct queue *simulated_hall_queue(const struct simulated_hall *hall)
{
    assert(hall->queue);
    return hall->queue;
}

uint32_t simulated_hall_leg_count(const struct simulated_hall *hall)
{
    return (uint32_t)hall->leg_count + queue_ticket_count(hall->queue);
}

struct simulated_leg simulated_hall_leg(const struct simulated_hall *hall, uint32_t index)
{
    if (index < hall->leg_count) {
        return hall->legs[index];
    }
    uint32_t ordinal = index - (uint32_t)hall->leg_count + 1;
    assert(ordinal <= queue_ticket_count(hall->queue));
    const struct ticket *ticket = queue_ticket(hall->queue, ordinal);
    const struct simulated_visit *visit = &hall->visits[ordinal];
    struct simulated_leg leg = {.entry = visit->entry,
                                .period = visit->period,
                                .class_index = visit->class_index,
                                .counter = SITE_NONE,
                                .state = ticket->state,
                                .joined_ms = visit->joined_ms,
                                .wait_end_ms = ticket->ended_at_ms,
                                .ended_ms = ticket->ended_at_ms};
    if (ticket->called_at_ms != 0) {
        leg.counter = ticket->counter;
        leg.wait_end_ms = ticket->called_at_ms;
    } else if (hall->is_sending_away && leg.wait_end_ms > hall->span.to_ms) {
        /* Sent away at the end; the queue was told when the last counter closed. */
        leg.wait_end_ms =
            leg.joined_ms > hall->span.to_ms ? leg.joined_ms : hall->span.to_ms;
    }
    return leg;
}

uint32_t simulated_hall_turned_away(const struct simulated_hall *hall, uint32_t entry,
                                    uint32_t period)
{
    assert(entry < hall->load->service_count && period < hall->load->period_count);
    return hall->turned_away[entry][period];
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

int64_t simulated_hall_wrap_up_ms(const struct simulated_hall *hall, uint32_t group)
{
    assert(group < hall->load->group_count);
    return hall->wrap_up_ms[group];
}

int64_t simulated_hall_counted_ms(const struct simulated_hall *hall, int64_t from_ms,
                                  int64_t to_ms)
{
    int64_t counted_ms = to_ms > from_ms ? to_ms - from_ms : 0;
    const struct load *load = hall->load;
    for (uint32_t i = 0; i < load->period_count && hall->has_left_out; i++) {
        const struct load_period *period = &load->periods[i];
        int64_t begin_ms = hall->midnight_ms + (int64_t)period->from_minute * 60000;
        int64_t end_ms = hall->midnight_ms + (int64_t)period->to_minute * 60000;
        begin_ms = begin_ms > from_ms ? begin_ms : from_ms;
        end_ms = end_ms < to_ms && i + 1 < load->period_count ? end_ms : to_ms;
        if (period->is_left_out && end_ms > begin_ms) {
            counted_ms -= end_ms - begin_ms;
        }
    }
    return counted_ms;
}

struct simulated_span simulated_hall_span(const struct simulated_hall *hall)
{
    assert(hall->span.until_ms >= hall->span.from_ms);
    return hall->span;
}
