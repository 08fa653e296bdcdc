/* Bodies of what supervisors decide; see event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "journal/site_body.h"

bool event_is_of_supervisor(enum event_kind kind)
{
    return kind == EVENT_REMARK_MADE || kind == EVENT_REMARK_WITHDRAWN;
}

void event_supervisor_times(const struct event *event, int64_t ret_times[2])
{
    ret_times[0] = event->kind == EVENT_REMARK_MADE ? event->remark.from_ms : 0;
    ret_times[1] = event->kind == EVENT_REMARK_MADE ? event->remark.until_ms : 0;
}

static void encode_remark(const struct event *event, const struct site *site,
                          struct text *body)
{
    const struct event_remark *remark = &event->remark;
    text_add(body, "{\"remark\":%" PRIu32, remark->remark);
    if (event->kind == EVENT_REMARK_MADE) {
        if (remark->service != SITE_NONE) {
            text_add(body, ",\"service\":\"%s\"",
                     event_service_id(site, remark->service));
        }
        event_put_moment(body, "from", remark->from_ms);
        event_put_moment(body, "until", remark->until_ms);
        text_add_string(body, ",\"text\":");
        json_put_string(body, remark->text);
    }
    text_add_string(body, "}");
}

static void decode_remark(struct fields *fields, enum event_kind kind,
                          const struct site *site, struct event_remark *ret_remark)
{
    *ret_remark = (struct event_remark){.service = SITE_NONE};
    ret_remark->remark =
        (uint32_t)fields_integer(fields, "remark", 1, REMARKS_PER_DAY_MAX);
    if (kind == EVENT_REMARK_MADE) {
        if (fields_has(fields, "service")) {
            ret_remark->service = event_read_service(fields, site);
        }
        ret_remark->from_ms = fields_moment(fields, "from");
        ret_remark->until_ms = fields_moment(fields, "until");
        fields_copy(fields, "text", ret_remark->text, sizeof(ret_remark->text));
    }
}

void event_encode_supervisor(const struct event *event, const struct site *site,
                             struct text *body)
{
    assert(event_is_of_supervisor(event->kind));
    encode_remark(event, site, body);
}

void event_decode_supervisor(struct fields *fields, const struct site *site,
                             struct event *ret_event)
{
    assert(event_is_of_supervisor(ret_event->kind));
    decode_remark(fields, ret_event->kind, site, &ret_event->remark);
}
