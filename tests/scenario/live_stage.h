/* A stage made of the real programs: a broker with its generated configuration, the
 * server with stepped office time, a hall screen, and devices that know the protocol
 * alone. What its expectations look at. */
#ifndef GUICHET_TESTS_SCENARIO_LIVE_STAGE_H
#define GUICHET_TESTS_SCENARIO_LIVE_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "../server/office_support.h"
#include "core/site.h"
#include "live_hall.h"
#include "live_visits.h"
#include "stage.h"

/* The last reply, as its device got it. */
struct live_reply {
    bool is_refused;
    char code[CODE_BYTES];
    char ticket[LABEL_LENGTH_MAX + 1]; /* that it names; empty: none */
    uint32_t ahead;                    /* of the ticket that was taken last */
};

/* End the programs, which must end well; stage_destroy() ends them anyhow. */
void stage_close(struct stage *stage);

/* Between the two the scenario is at this line: where the test ends there, the stage says
 * so when it is destroyed. */
void live_begin_line(struct stage *stage, uint32_t line);
void live_end_line(struct stage *stage);

/* Wait until everything that was answered is published and every call is drawn; later
 * calls return at once until something is done. */
void live_settle(struct stage *stage);

/* Wait until the counter's state is at least as new as what was answered last: the lines
 * in it may be a quarter of a second behind the board. */
const struct counter_document *live_newest_counter(struct stage *stage, const char *id);

/* Wait until so many people wait by the service's own topic; false when it never says so.
 */
bool live_service_comes_to(struct stage *stage, const char *id, uint32_t waiting_count);

const struct live_hall *live_hall_of(const struct stage *stage);
const struct live_reply *live_last_reply(const struct stage *stage);
const struct site *live_site(const struct stage *stage);

/* Whether the first time of the scenario has come. */
bool live_is_open(const struct stage *stage);

/* The visits of the business day after everything that was answered. */
const struct visits *live_visits(struct stage *stage);

#endif
