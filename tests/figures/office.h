/* A small office for the tests of simulated days. */
#ifndef GUICHET_TESTS_FIGURES_OFFICE_H
#define GUICHET_TESTS_FIGURES_OFFICE_H

#include <stdint.h>

#include "../core/fixture.h"
#include "figures/simulated_hall.h"
#include "figures/simulation.h"

#define MINUTE_MS INT64_C(60000)

struct office {
    struct site site;
    struct load load;
    struct simulated_hall *hall;
};

/* `counters` counters for passports in one group, all of them on duty from 08:00 to
 * 10:00, 20 people an hour, three minutes each. */
void office_init(struct office *office, uint32_t counters);

/* Play one day; the queue afterwards, until office_finish(). */
const struct queue *office_play(struct office *office);
void office_finish(struct office *office);

/* Tickets of the day in this state. */
uint32_t office_count(const struct queue *queue, enum ticket_state state);

/* The figures of so many days, which the caller frees. */
struct simulation *office_run(const struct office *office, uint64_t seed, uint32_t days);

#endif
