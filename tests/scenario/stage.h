/* Where a scenario is played. Two programs have this interface: scenario_test with
 * queue_stage.c and queue_expect.c, which are made of the queue alone, and
 * scenario_live_test with live_stage.c and live_expect.c, which are made of the real
 * programs and a real broker. */
#ifndef GUICHET_TESTS_SCENARIO_STAGE_H
#define GUICHET_TESTS_SCENARIO_STAGE_H

#include <stdbool.h>

#include "core/error.h"
#include "core/text.h"
#include "script.h"

struct stage;

/* A stage for the scenario at `path` (borrowed), whose site files are in `sites` beside
 * it. NULL when there is no memory. */
struct stage *stage_create(const char *path);

/* Ends whatever the stage started. Accepts NULL. */
void stage_destroy(struct stage *stage);

/* Do the step, which is no expectation. ERR_REFUSED: it was refused, and why is in `err`
 * and in the stage's last reply. Any other error is one of the scenario itself. */
enum status stage_do(struct stage *stage, const struct step *step, struct error *err);

/* Look whether the expectation is true; what is there instead goes to `got`. */
bool stage_expect(struct stage *stage, const struct step *step, struct text *got);

/* What the steps are on this stage. */
struct stage_acts {
    enum status (*take)(struct stage *stage, const struct step *step, struct error *err);
    enum status (*change_ticket)(struct stage *stage, const struct step *step,
                                 struct error *err);
    enum status (*press)(struct stage *stage, const struct step *step, struct error *err);
    enum status (*call_together)(struct stage *stage, const struct step *step,
                                 struct error *err);
    enum status (*change_service)(struct stage *stage, const struct step *step,
                                  struct error *err);
    enum status (*sign_in)(struct stage *stage, const struct step *step,
                           struct error *err);
    enum status (*change_line)(struct stage *stage, const struct step *step,
                               struct error *err);
    enum status (*change_today)(struct stage *stage, const struct step *step,
                                struct error *err);
    enum status (*be_exceptional)(struct stage *stage, const struct step *step,
                                  struct error *err);
    enum status (*remark)(struct stage *stage, const struct step *step,
                          struct error *err);
    enum status (*change_counter)(struct stage *stage, const struct step *step,
                                  struct error *err);
    enum status (*say)(struct stage *stage, const struct step *step, struct error *err);
    enum status (*close_day)(struct stage *stage, struct error *err);
    enum status (*restart)(struct stage *stage, struct error *err);
    enum status (*configure)(struct stage *stage, const char *site, struct error *err);
};

/* Do what the step says, now that its time has come (play.c). */
enum status stage_do_now(const struct stage_acts *acts, struct stage *stage,
                         const struct step *step, struct error *err);

#endif
