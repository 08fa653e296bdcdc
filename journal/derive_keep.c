/* Derived tables of tickets that were kept overnight; see derive_parts.h. */
#include "journal/derive_parts.h"

enum status derive_carried(struct derive *derive, const struct event *event,
                           const struct site *site, struct error *err)
{
    const struct event_carried *carried = &event->carried;
    bool has_series = carried->series != carried->service;
    const struct value values[] = {
        value_integer(derive->date),
        value_integer(carried->ticket),
        value_text(site->services[carried->service].id),
        value_text(has_series ? site->services[carried->series].id : NULL),
        value_integer(carried->number),
        value_text(site->classes[carried->class_index].id),
        value_text(language_tag(carried->language)),
        value_text(channel_name(carried->channel)),
        value_integer(event->at_ms - carried->waited_ms),
        value_integer(carried->quantity > 1 ? carried->quantity : 1),
        value_integer(carried->waited_ms)};
    return derive_change_one(derive, DERIVE_CARRY, values, COUNT_OF(values), err);
}

/* Mostly of nobody. */
enum status derive_clocks(struct derive *derive, const struct event *event,
                          const struct site *site, struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_text(site->services[event->service].id),
                                   value_integer(event->at_ms)};
    int changes = 0;
    return database_execute(derive->statements[DERIVE_CLOCKS], values, COUNT_OF(values),
                            &changes, err);
}

enum status derive_clock(struct derive *derive, const struct event *event,
                         struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket),
                                   value_integer(event->at_ms)};
    int changes = 0;
    return database_execute(derive->statements[DERIVE_CLOCK], values, COUNT_OF(values),
                            &changes, err);
}
