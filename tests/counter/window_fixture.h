/* An agent's window of the sample prefecture, for the tests and the gallery. */
#ifndef GUICHET_TESTS_WINDOW_FIXTURE_H
#define GUICHET_TESTS_WINDOW_FIXTURE_H

#include "counter/agent.h"
#include "runtime/catalogue.h"

/* The agent of counter 3 of the sample site, in French, without a state. The caller frees
 * it. */
struct agent *window_agent(void);

/* A state of that counter at version `version` (epoch 3, tick 9), with a ticket where the
 * state has one, people waiting and a next ticket. */
struct counter_document window_state(enum counter_state state, int64_t version);

/* The compiled catalogues of the counter. */
struct catalogue *window_catalogue(void);

#endif
