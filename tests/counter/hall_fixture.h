/* The window of a reception or a supervisor of the sample prefecture, for the tests and
 * the gallery. */
#ifndef GUICHET_TESTS_HALL_FIXTURE_H
#define GUICHET_TESTS_HALL_FIXTURE_H

#include "counter/hall_agent.h"

/* Machine time of everything that happens. */
#define NOW_MS 100000

struct post {
    struct hall_agent *agent;
    struct hall_document *hall;
    struct reply_document *reply;
    struct command_document command;
};

/* Every line of the site, one of them closed, and every counter in some state. */
void hall_fill(struct hall_document *hall, const struct site *site);

/* For setup and teardown: `state` becomes a struct post whose window is live. */
int hall_begin_reception(void **state);
int hall_begin_supervisor(void **state);
int hall_end(void **state);

/* Press now; post->command is what is sent when it returns true. */
bool hall_press(struct post *post, enum hall_action action);

/* The server's answer: ticket A042 in this state. */
void hall_answer(struct post *post, enum ticket_state state);

#endif
