/* What supervisors decided, in the state: preconditions of their events and what they
 * change. */
#include "core/queue_state.h"

#include <assert.h>
#include <string.h>

static enum status misfit(struct error *err, const char *what)
{
    assert(what);
    return error_set(err, ERR_CORRUPT, "%s", what);
}

bool queue_is_supervision(enum event_kind kind)
{
    return kind == EVENT_REMARK_MADE || kind == EVENT_REMARK_WITHDRAWN;
}

uint32_t queue_remark_count(const struct queue *queue)
{
    return queue->supervision.remark_count;
}

static enum status check_remark(const struct queue *queue, const struct event *event,
                                struct error *err)
{
    const struct event_remark *remark = &event->remark;
    const struct supervision *supervision = &queue->supervision;
    if (event->kind == EVENT_REMARK_WITHDRAWN) {
        bool stands = remark->remark >= 1 &&
                      remark->remark <= supervision->remark_count &&
                      (supervision->remarks_withdrawn >> (remark->remark - 1) & 1U) == 0;
        return stands ? OK : misfit(err, "no such remark stands");
    }
    if (remark->remark != supervision->remark_count + 1 ||
        remark->remark > REMARKS_PER_DAY_MAX) {
        return misfit(err, "the remark is not the next of the day");
    }
    if (remark->service != SITE_NONE && remark->service >= queue->site.service_count) {
        return misfit(err, "there is no such service");
    }
    if (!memchr(remark->text, '\0', sizeof(remark->text))) {
        return misfit(err, "the text has no end");
    }
    return remark->from_ms < remark->until_ms ? OK
                                              : misfit(err, "it ends before it begins");
}

enum status queue_check_supervision(const struct queue *queue, const struct event *event,
                                    struct error *err)
{
    assert(queue_is_supervision(event->kind));
    return check_remark(queue, event, err);
}

void queue_apply_supervision(struct queue *queue, const struct event *event)
{
    struct supervision *supervision = &queue->supervision;
    if (event->kind == EVENT_REMARK_MADE) {
        supervision->remark_count = event->remark.remark;
    } else {
        assert(event->kind == EVENT_REMARK_WITHDRAWN);
        supervision->remarks_withdrawn |= UINT64_C(1) << (event->remark.remark - 1);
    }
}
