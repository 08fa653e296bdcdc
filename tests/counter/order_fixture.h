/* A supervisor's window in the middle of a day, for tests and pictures. */
#ifndef GUICHET_TESTS_COUNTER_ORDER_FIXTURE_H
#define GUICHET_TESTS_COUNTER_ORDER_FIXTURE_H

#include "counter/hall_agent.h"

/* Machine time at which its state came; the office's is 10:42:10 in Paris. */
#define ORDER_NOW_MS    100000
#define ORDER_OFFICE_MS INT64_C(1795426930000)

/* The sample site with so many counters (at least its own), some of them in every state;
 * two remarks stand. The caller ends it with order_supervisor_destroy(). */
struct hall_agent *order_supervisor(uint32_t counter_count);
void order_supervisor_destroy(struct hall_agent *agent);

#endif
