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
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        samples_finish(&book->services[i].waits);
    }
    free(book);
}

/* A wait ends with the call, or with the day's last moment of a ticket never called. */
static int64_t wait_end_ms(const struct ticket *ticket)
{
    return ticket->called_at_ms != 0 ? ticket->called_at_ms : ticket->ended_at_ms;
}

static enum status count_ticket(struct day_count *count, const struct ticket *ticket,
                                const struct load_service *service, int64_t to_ms,
                                struct error *err)
{
    int64_t end_ms = wait_end_ms(ticket);
    int64_t wait_ms = end_ms - ticket->taken_at_ms;
    assert(wait_ms >= 0 && ticket_state_is_outcome(ticket->state));
    bool is_in_time = wait_ms <= (int64_t)service->target_s * 1000;
    int64_t counted_ms = (end_ms < to_ms ? end_ms : to_ms) - ticket->taken_at_ms;
    count->waiting_s += (double)counted_ms / 1000.0;
    count->states[ticket->state]++;
    if (tally_state_is_lost(ticket->state)) {
        count->lost++;
        count->in_time.lost_in_time += is_in_time ? 1U : 0U;
        return OK;
    }
    assert(ticket->state == TICKET_SERVED);
    count->answered++;
    count->in_time.answered_in_time += is_in_time ? 1U : 0U;
    count->wait_s += (double)wait_ms / 1000.0;
    return samples_add(&count->waits, wait_ms, err);
}

static enum status count_tickets(struct day_book *book, const struct simulated_hall *hall,
                                 const struct load *load, struct error *err)
{
    const struct queue *queue = simulated_hall_queue(hall);
    int64_t to_ms = simulated_hall_span(hall).to_ms;
    enum status status = OK;
    for (uint32_t i = 1; i <= queue_ticket_count(queue) && status == OK; i++) {
        const struct ticket *ticket = queue_ticket(queue, i);
        const struct simulated_visit *visit = simulated_hall_visit(hall, i);
        const struct load_service *service = &load->services[visit->entry];
        status = count_ticket(&book->all, ticket, service, to_ms, err);
        if (status == OK) {
            status =
                count_ticket(&book->services[visit->entry], ticket, service, to_ms, err);
        }
        struct cell_count *cell = &book->cells[visit->entry][visit->period];
        cell->offered++;
        if (ticket->state == TICKET_SERVED) {
            int64_t wait_ms = ticket->called_at_ms - ticket->taken_at_ms;
            cell->served++;
            cell->in_target += wait_ms <= (int64_t)service->target_s * 1000 ? 1U : 0U;
        }
        if (ticket->called_at_ms != 0) {
            book->occupied_s[simulated_hall_group(hall, ticket->counter)] +=
                (double)(ticket->ended_at_ms - ticket->called_at_ms) / 1000.0;
        }
    }
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
}

static void add_day(struct simulation *simulation, struct day_book *book,
                    const struct simulated_hall *hall, const struct load *load)
{
    struct simulated_span span = simulated_hall_span(hall);
    double length_s = (double)(span.to_ms - span.from_ms) / 1000.0;
    day_mean_add(&simulation->overtime_min,
                 (double)(span.until_ms - span.to_ms) / 60000.0, 1.0);
    add_figures(&simulation->all, &book->all, length_s);
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
        day_mean_add(&group->occupancy, book->occupied_s[i], open_s);
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
            status = count_tickets(book, hall, load, err);
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
