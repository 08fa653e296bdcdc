/* Derived tables of tickets that become two, and of people without one; see
 * derive_parts.h. */
#include "journal/derive_parts.h"

/* The new visit is of the same person: class, language and channel are those of the
 * first, of which a part is left. */
enum status derive_split(struct derive *derive, const struct event *event,
                         const struct site *site, struct error *err)
{
    const struct event_split *split = &event->split;
    const struct value date = value_integer(derive->date);
    const struct value from = value_integer(split->from);
    const struct value values[] = {
        date,
        from,
        value_integer(split->ticket),
        value_text(site->services[split->service].id),
        value_integer(split->number),
        value_integer(split->taken_at_ms),
        value_integer(split->quantity > 1 ? split->quantity : 1)};
    enum status status =
        derive_change_one(derive, DERIVE_SPLIT, values, COUNT_OF(values), err);
    if (status != OK || split->further != 0) {
        return status; /* services to come have no row yet */
    }
    const struct value left[] = {date, from, value_integer(split->left)};
    return derive_change_leg(derive, DERIVE_LEG_QUANTITY, DERIVE_QUANTITY, left,
                             COUNT_OF(left), err);
}

enum status derive_turned_away(struct derive *derive, const struct event *event,
                               const struct site *site, struct error *err)
{
    const struct event_turned *turned = &event->turned;
    const struct value values[] = {
        value_integer(derive->date), value_text(site->services[turned->service].id),
        value_integer(event->at_ms / 900000 * 900000),
        value_text(turned_reason_name(turned->reason)), value_integer(turned->count)};
    return derive_change_one(derive, DERIVE_TURNED_AWAY, values, COUNT_OF(values), err);
}
