/* See simulation.h. A day is counted when it is over, from the tickets of the queue. */
#include "figures/simulation.h"

#include <assert.h>
#include <stdlib.h>

#include "core/queue.h"
#include "figures/samples.h"
#include "figures/simulated_hall.h"

/* One day of a service, or of all. */
struct day_count {
    uint32_t states[TICKET_STATE_COUNT];
    uint32_t answered; /* A */
    uint32_t lost;     /* L */
    struct standard_count in_time;
    double wait_s;
    double waiting_s; /* of everybody, while the periods run */
    uint32_t delayed;
    uint32_t turned_away;
    double wait_of_all_s;
    double stay_s;
    struct samples waits;
};

struct cell_count {
    uint32_t offered;
    uint32_t served;
    uint32_t in_target;
};

/* Where one day is counted before it is added to the figures. */
struct day_book {
    struct day_count all;
    struct day_count services[SERVICES_MAX];
    struct day_count classes[CLASSES_MAX];
    struct cell_count cells[SERVICES_MAX][LOAD_PERIODS_MAX];
    double occupied_s[LOAD_GROUPS_MAX];
};

static void day_count_clear(struct day_count *count)
{
    struct samples waits = count->waits; /* keeps its memory */
    waits.count = 0;
    waits.is_sorted = false;
    *count = (struct day_count){.waits = waits};
}

static void day_book_clear(struct day_book *book, const struct load *load)
{
    day_count_clear(&book->all);
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        day_count_clear(&book->classes[i]);
    }
    for (uint32_t i = 0; i < load->service_count; i++) {
        day_count_clear(&book->services[i]);
        for (uint32_t j = 0; j < load->period_count; j++) {
            book->cells[i][j] = (struct cell_count){0};
        }
    }
    for (uint32_t i = 0; i < load->group_count; i++) {
        book->occupied_s[i] = 0.0;
    }
}

static void day_book_destroy(struct day_book *book)
{
    if (!book) {
        return;
    }
    samples_finish(&book->all.waits);
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        samples_finish(&book->classes[i].waits);
    }
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        samples_finish(&book->services[i].waits);
    }
    free(book);
}

/* One service of a visit as it is counted: also for its class and for all. */
struct counted_leg {
    struct simulated_leg leg;
    bool is_counted;  /* its period is not left out */
    double waiting_s; /* of its wait, within the periods that count */
    uint32_t target_s;
};

static enum status count_leg(struct day_count *count, const struct counted_leg *counted,
                             struct error *err)
{
    const struct simulated_leg *leg = &counted->leg;
    int64_t wait_ms = leg->wait_end_ms - leg->joined_ms;
    assert(wait_ms >= 0 && ticket_state_is_outcome(leg->state));
    count->waiting_s += counted->waiting_s;
    if (!counted->is_counted) {
        return OK;
    }
    bool is_in_time = wait_ms <= (int64_t)counted->target_s * 1000;
    count->states[leg->state]++;
    count->delayed += wait_ms > 0 || leg->counter == SITE_NONE ? 1U : 0U;
    count->wait_of_all_s += (double)wait_ms / 1000.0;
    if (tally_state_is_lost(leg->state)) {
        count->lost++;
        count->in_time.lost_in_time += is_in_time ? 1U : 0U;
        return OK;
    }
    assert(leg->state == TICKET_SERVED);
    count->answered++;
    count->in_time.answered_in_time += is_in_time ? 1U : 0U;
    count->wait_s += (double)wait_ms / 1000.0;
    count->stay_s += (double)(leg->ended_ms - leg->joined_ms) / 1000.0;
    return samples_add(&count->waits, wait_ms, err);
}

static void count_cell(struct cell_count *cell, const struct counted_leg *counted)
{
    const struct simulated_leg *leg = &counted->leg;
    cell->offered++;
    if (leg->state == TICKET_SERVED) {
        int64_t wait_ms = leg->wait_end_ms - leg->joined_ms;
        cell->served++;
        cell->in_target += wait_ms <= (int64_t)counted->target_s * 1000 ? 1U : 0U;
    }
}

static void count_turned_away(struct day_book *book, const struct simulated_hall *hall,
                              const struct load *load)
{
    for (uint32_t i = 0; i < load->service_count; i++) {
        for (uint32_t j = 0; j < load->period_count; j++) {
            if (!load->periods[j].is_left_out) {
                uint32_t count = simulated_hall_turned_away(hall, i, j);
                book->services[i].turned_away += count;
                book->all.turned_away += count;
            }
        }
    }
}

static enum status count_legs(struct day_book *book, const struct simulated_hall *hall,
                              const struct load *load, struct error *err)
{
    int64_t to_ms = simulated_hall_span(hall).to_ms;
    enum status status = OK;
    for (uint32_t i = 0; i < simulated_hall_leg_count(hall) && status == OK; i++) {
        struct counted_leg counted = {.leg = simulated_hall_leg(hall, i)};
        const struct simulated_leg *leg = &counted.leg;
        int64_t waited_to_ms = leg->wait_end_ms < to_ms ? leg->wait_end_ms : to_ms;
        counted.is_counted = !load->periods[leg->period].is_left_out;
        counted.target_s = load->services[leg->entry].target_s;
        counted.waiting_s =
            (double)simulated_hall_counted_ms(hall, leg->joined_ms, waited_to_ms) /
            1000.0;
        status = count_leg(&book->all, &counted, err);
        if (status == OK) {
            status = count_leg(&book->services[leg->entry], &counted, err);
        }
        if (status == OK) {
            status = count_leg(&book->classes[leg->class_index], &counted, err);
        }
        if (counted.is_counted) {
            count_cell(&book->cells[leg->entry][leg->period], &counted);
        }
        if (leg->counter != SITE_NONE) {
            book->occupied_s[simulated_hall_group(hall, leg->counter)] +=
                (double)simulated_hall_counted_ms(hall, leg->wait_end_ms, leg->ended_ms) /
                1000.0;
        }
    }
    count_turned_away(book, hall, load);
    return status;
}

static void add_figures(struct simulated_figures *figures, struct day_count *count,
                        double length_s)
{
    day_mean_add(&figures->offered, (double)count->answered + (double)count->lost, 1.0);
    day_mean_add(&figures->served, (double)count->states[TICKET_SERVED], 1.0);
    day_mean_add(&figures->abandoned, (double)count->states[TICKET_ABANDONED], 1.0);
    day_mean_add(&figures->no_show, (double)count->states[TICKET_NO_SHOW], 1.0);
    day_mean_add(&figures->closed_at_night, (double)count->states[TICKET_CLOSED_AT_NIGHT],
                 1.0);
    for (uint32_t i = 0; i < SHARE_FORMULA_COUNT; i++) {
        struct share share = share_of(&count->in_time, count->answered, count->lost,
                                      (enum share_formula)i);
        day_mean_add(&figures->share[i], (double)share.part, (double)share.of);
    }
    day_mean_add(&figures->wait_s, count->wait_s, (double)count->answered);
    if (count->answered > 0) {
        day_mean_add(&figures->wait_p90_s,
                     (double)samples_percentile_ms(&count->waits, 90) / 1000.0, 1.0);
    }
    day_mean_add(&figures->waiting, count->waiting_s, length_s);
    double offered = (double)count->answered + (double)count->lost;
    double turned_away = (double)count->turned_away;
    day_mean_add(&figures->turned_away, turned_away, 1.0);
    day_mean_add(&figures->turned_away_share, turned_away, offered + turned_away);
    day_mean_add(&figures->abandoned_share, (double)count->states[TICKET_ABANDONED],
                 offered);
    day_mean_add(&figures->delayed_share, (double)count->delayed, offered);
    day_mean_add(&figures->wait_of_all_s, count->wait_of_all_s, offered);
    day_mean_add(&figures->stay_s, count->stay_s, (double)count->answered);
}

static void add_day(struct simulation *simulation, struct day_book *book,
                    const struct simulated_hall *hall, const struct load *load)
{
    struct simulated_span span = simulated_hall_span(hall);
    double length_s =
        (double)simulated_hall_counted_ms(hall, span.from_ms, span.to_ms) / 1000.0;
    day_mean_add(&simulation->overtime_min,
                 (double)(span.until_ms - span.to_ms) / 60000.0, 1.0);
    add_figures(&simulation->all, &book->all, length_s);
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        add_figures(&simulation->classes[i], &book->classes[i], length_s);
    }
    for (uint32_t i = 0; i < load->service_count; i++) {
        add_figures(&simulation->services[i], &book->services[i], length_s);
        for (uint32_t j = 0; j < load->period_count; j++) {
            const struct cell_count *count = &book->cells[i][j];
            struct simulated_cell *cell = &simulation->cells[i][j];
            day_mean_add(&cell->offered, (double)count->offered, 1.0);
            day_mean_add(&cell->served, (double)count->served, 1.0);
            day_mean_add(&cell->in_target, (double)count->in_target, 1.0);
        }
    }
    for (uint32_t i = 0; i < load->group_count; i++) {
        double open_s = (double)simulated_hall_open_ms(hall, i) / 1000.0;
        struct simulated_group_figures *group = &simulation->groups[i];
        double busy_s =
            book->occupied_s[i] + (double)simulated_hall_wrap_up_ms(hall, i) / 1000.0;
        day_mean_add(&group->occupancy, busy_s, open_s);
        day_mean_add(&group->busy_h, busy_s / 3600.0, 1.0);
        day_mean_add(&group->open_h, open_s / 3600.0, 1.0);
    }
    simulation->day_count++;
    simulation->event_count = (uint64_t)queue_seq(simulated_hall_queue(hall));
}

static enum status play_days(struct simulation *simulation, struct day_book *book,
                             struct simulated_hall *hall, const struct load *load,
                             const struct simulation_plan *plan, struct error *err)
{
    for (uint32_t day = 0; day < plan->day_count; day++) {
        day_book_clear(book, load);
        enum status status = simulated_hall_play(hall, random_key(plan->seed, day), err);
        if (status == OK) {
            status = count_legs(book, hall, load, err);
        }
        if (status != OK) {
            return error_wrap(err, "day %u", (unsigned)day + 1);
        }
        add_day(simulation, book, hall, load);
    }
    return OK;
}

enum status simulation_run(const struct site *site, const struct load *load,
                           const struct simulation_plan *plan,
                           struct simulation **ret_simulation, struct error *err)
{
    assert(plan->day_count >= 1 && plan->day_count <= SIMULATION_DAYS_MAX);
    struct simulated_hall *hall = NULL;
    struct simulation *simulation = calloc(1, sizeof(*simulation));
    struct day_book *book = calloc(1, sizeof(*book));
    enum status status = ERR_LIMIT;
    if (!simulation || !book) {
        (void)error_set(err, ERR_LIMIT, "out of memory for the figures");
    } else {
        status = simulated_hall_create(site, load, &hall, err);
        if (status == OK) {
            status = play_days(simulation, book, hall, load, plan, err);
        }
    }
    day_book_destroy(book);
    simulated_hall_destroy(hall);
    if (status != OK) {
        free(simulation);
        return status;
    }
    *ret_simulation = simulation;
    return OK;
}
