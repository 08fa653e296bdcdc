/* What the files of the stage made of the queue share: its state, the way of a command
 * and the orders of supervisors. All fail as queue_decide() does. */
#ifndef GUICHET_TESTS_SCENARIO_QUEUE_PARTS_H
#define GUICHET_TESTS_SCENARIO_QUEUE_PARTS_H

#include "core/queue.h"
#include "figures/pace.h"
#include "queue_stage.h"
#include "setting.h"

struct stage {
    struct setting setting;
    struct queue *queue;
    struct pace *pace;  /* learns nothing: service times are those of the site */
    struct site *sites; /* SITES_MAX, each alive for the events that name it */
    uint32_t site_count;
    uint32_t services_due; /* bit i: service i should be open by its hours, last looked */
    uint32_t day_due;      /* the day for which services_due was looked at */
    struct stage_reply reply;
    struct event *journal; /* EVENTS_MAX */
    size_t event_count;
};

/* Decide, apply, keep: the way of every command. The reply is as a device would get it.
 */
enum status parts_do(struct stage *stage, const struct command *command,
                     struct error *err);

/* A command of nobody on nothing. */
struct command parts_command(enum verb verb);

/* Open, close or stop a service. */
enum status order_service(struct stage *stage, const struct step *step,
                          struct error *err);

/* Move or settle everybody who waits, in as many steps as it takes. */
enum status order_line(struct stage *stage, const struct step *step, struct error *err);

/* A service's quota or end of hours of today. */
enum status order_today(struct stage *stage, const struct step *step, struct error *err);

/* Begin or end the exceptional mode. */
enum status order_exceptional(struct stage *stage, const struct step *step,
                              struct error *err);

/* A remark on the last minutes, or its withdrawal. */
enum status order_remark(struct stage *stage, const struct step *step, struct error *err);

/* A message on the screens. */
enum status order_words(struct stage *stage, const struct step *step, struct error *err);

#endif
