/* Derived tables of what supervisors did; see derive_parts.h. */
#include "journal/derive_parts.h"

static enum status derive_remark(struct derive *derive, const struct event *event,
                                 const struct site *site, struct error *err)
{
    const struct event_remark *remark = &event->remark;
    const struct value date = value_integer(derive->date);
    const struct value number = value_integer(remark->remark);
    if (event->kind == EVENT_REMARK_WITHDRAWN) {
        const struct value values[] = {date, number, value_integer(event->at_ms)};
        return derive_change_one(derive, DERIVE_WITHDRAW_REMARK, values, COUNT_OF(values),
                                 err);
    }
    bool has_service = remark->service != SITE_NONE;
    const struct value values[] = {
        date,
        number,
        value_text(has_service ? site->services[remark->service].id : NULL),
        value_integer(remark->from_ms),
        value_integer(remark->until_ms),
        value_text(remark->text),
        value_integer(event->at_ms)};
    return derive_change_one(derive, DERIVE_REMARK, values, COUNT_OF(values), err);
}

static enum status derive_settled(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    const struct event_settled *settled = &event->settled;
    bool has_service = settled->service != SITE_NONE;
    const struct value none = {.type = VALUE_NULL};
    const struct value values[] = {
        value_integer(event->seq),
        value_integer(derive->date),
        none,
        value_text(has_service ? site->services[settled->service].id : NULL),
        value_text(ticket_state_name(TICKET_WAITING)),
        value_text(ticket_state_name(settled->outcome)),
        value_integer(settled->ticket_count),
        value_text(settled->reason),
        value_integer(event->at_ms)};
    return derive_change_one(derive, DERIVE_CORRECTION, values, COUNT_OF(values), err);
}

/* What is void counts nowhere: all of the visit is, not its last service alone. */
static enum status derive_outcome(struct derive *derive,
                                  const struct event_corrected *corrected,
                                  struct error *err)
{
    const struct value date = value_integer(derive->date);
    const struct value ticket = value_integer(corrected->ticket);
    const struct value values[] = {date, ticket,
                                   value_text(ticket_state_name(corrected->to)),
                                   value_time(corrected->started_at_ms)};
    if (corrected->to != TICKET_VOID) {
        return derive_change_leg(derive, DERIVE_LEG_CORRECT, DERIVE_CORRECT, values,
                                 COUNT_OF(values), err);
    }
    int changes = 0;
    enum status status =
        database_execute(derive->statements[DERIVE_LEGS_VOID], values, 2, &changes, err);
    return status == OK ? derive_change_one(derive, DERIVE_VOID, values, 2, err) : status;
}

static enum status derive_corrected(struct derive *derive, const struct event *event,
                                    struct error *err)
{
    const struct event_corrected *corrected = &event->corrected;
    const struct value none = {.type = VALUE_NULL};
    const struct value values[] = {value_integer(event->seq),
                                   value_integer(derive->date),
                                   value_integer(corrected->ticket),
                                   none,
                                   value_text(ticket_state_name(corrected->from)),
                                   value_text(ticket_state_name(corrected->to)),
                                   value_integer(1),
                                   value_text(corrected->reason),
                                   value_integer(event->at_ms)};
    enum status status = derive_outcome(derive, corrected, err);
    return status == OK ? derive_change_one(derive, DERIVE_CORRECTION, values,
                                            COUNT_OF(values), err)
                        : status;
}

/* The day closing ends it, too: the report knows when that was. */
static enum status derive_exceptional(struct derive *derive, const struct event *event,
                                      const struct site *site, struct error *err)
{
    const struct event_exceptional *exceptional = &event->exceptional;
    const struct value ended[] = {value_integer(derive->date),
                                  value_integer(event->at_ms)};
    int changes = 0;
    enum status status = database_execute(derive->statements[DERIVE_END_EXCEPTIONAL],
                                          ended, COUNT_OF(ended), &changes, err);
    if (status != OK || event->kind == EVENT_EXCEPTIONAL_ENDED) {
        return status;
    }
    bool has_service = exceptional->service != SITE_NONE;
    const struct value values[] = {
        value_integer(event->seq), value_integer(derive->date),
        value_integer(event->at_ms), value_integer(exceptional->until_ms),
        value_text(has_service ? site->services[exceptional->service].id : NULL)};
    return derive_change_one(derive, DERIVE_EXCEPTIONAL, values, COUNT_OF(values), err);
}

enum status derive_supervision(struct derive *derive, const struct event *event,
                               const struct site *site, struct error *err)
{
    if (event->kind == EVENT_TICKET_CORRECTED) {
        return derive_corrected(derive, event, err);
    }
    if (event->kind == EVENT_LINE_SETTLED) {
        return derive_settled(derive, event, site, err);
    }
    bool is_remark =
        event->kind == EVENT_REMARK_MADE || event->kind == EVENT_REMARK_WITHDRAWN;
    return is_remark ? derive_remark(derive, event, site, err)
                     : derive_exceptional(derive, event, site, err);
}
