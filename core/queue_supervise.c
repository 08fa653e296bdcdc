/* Deciding what supervisors ask for: facts about the day beside the visits themselves. */
#include "core/queue_state.h"

#include <assert.h>

#include "core/text.h"

#define DAY_MS INT64_C(86400000)

static enum status invalid(struct decision *decision, const char *sentence)
{
    assert(decision->refused.refusal == REFUSAL_NONE);
    return error_set(decision->err, ERR_INVALID, "%s", sentence);
}

/* A remark is for the report of the open day: of that day, or of a plan for it. */
static enum status decide_remark(struct decision *decision)
{
    const struct command *command = decision->command;
    uint32_t number = decision->queue->supervision.remark_count + 1;
    if (command->service != SITE_NONE && decision_check_service(decision) != OK) {
        return ERR_REFUSED;
    }
    if (command->reason[0] == '\0') {
        return invalid(decision, "a remark without a text says nothing");
    }
    if (command->from_ms < decision->now_ms - DAY_MS ||
        command->from_ms >= command->until_ms ||
        command->until_ms > decision->now_ms + DAY_MS) {
        return invalid(decision,
                       "a remark ends after it begins, both within a day of now");
    }
    if (number > REMARKS_PER_DAY_MAX) {
        return error_set(decision->err, ERR_LIMIT, "there are %d remarks today already",
                         REMARKS_PER_DAY_MAX);
    }
    struct event_remark *remark = &decision_add(decision, EVENT_REMARK_MADE)->remark;
    *remark = (struct event_remark){.remark = number,
                                    .service = command->service,
                                    .from_ms = command->from_ms,
                                    .until_ms = command->until_ms};
    (void)text_copy(remark->text, sizeof(remark->text), command->reason); /* same size */
    return OK;
}

static enum status decide_withdraw_remark(struct decision *decision)
{
    uint32_t number = decision->command->number;
    const struct supervision *supervision = &decision->queue->supervision;
    bool stands = number >= 1 && number <= supervision->remark_count &&
                  (supervision->remarks_withdrawn >> (number - 1) & 1U) == 0;
    if (!stands) {
        decision->refused.refusal = REFUSAL_REMARK_UNKNOWN;
        return error_set(decision->err, ERR_REFUSED, "no remark %u stands today",
                         (unsigned)number);
    }
    decision_add(decision, EVENT_REMARK_WITHDRAWN)->remark =
        (struct event_remark){.remark = number, .service = SITE_NONE};
    return OK;
}

enum status queue_decide_supervisor(struct decision *decision)
{
    if (decision->command->verb == VERB_REMARK) {
        return decide_remark(decision);
    }
    assert(decision->command->verb == VERB_WITHDRAW_REMARK);
    return decide_withdraw_remark(decision);
}
