/* What the files that write and read events share; see event_body_parts.h. */
#include "journal/event_body_parts.h"

#include <assert.h>

#include "journal/moment.h"

const char *event_truth(bool value)
{
    return value ? "true" : "false";
}

const char *event_service_id(const struct site *site, uint32_t service)
{
    assert(site && service < site->service_count);
    return site->services[service].id;
}

const char *event_counter_id(const struct site *site, uint32_t counter)
{
    assert(site && counter < site->counter_count);
    return site->counters[counter].id;
}

void event_put_moment(struct text *body, const char *key, int64_t at_ms)
{
    char moment[MOMENT_BYTES];
    moment_format(at_ms, moment);
    text_add(body, ",\"%s\":\"%s\"", key, moment);
}

/* The index of the thing of the site that the field names. */
static uint32_t read_index(struct fields *fields, const char *name, const char *what,
                           uint32_t (*find)(const struct site *, const char *),
                           const struct site *site)
{
    const char *id = fields_text(fields, name);
    uint32_t index = site ? find(site, id) : SITE_NONE;
    if (index == SITE_NONE) {
        fields_fail(fields, "the site has no %s '%s'", what, id);
    }
    return index;
}

uint32_t event_read_service(struct fields *fields, const struct site *site)
{
    return read_index(fields, "service", "service", site_find_service, site);
}

uint32_t event_read_class(struct fields *fields, const struct site *site)
{
    return read_index(fields, "class", "priority class", site_find_class, site);
}

uint32_t event_read_counter(struct fields *fields, const struct site *site)
{
    return read_index(fields, "counter", "counter", site_find_counter, site);
}

uint32_t event_read_counter_if_any(struct fields *fields, const char *name,
                                   const struct site *site)
{
    return fields_has(fields, name)
               ? read_index(fields, name, "counter", site_find_counter, site)
               : SITE_NONE;
}

int64_t event_read_moment_if_any(struct fields *fields, const char *name)
{
    return fields_has(fields, name) ? fields_moment(fields, name) : 0;
}

uint32_t event_read_ticket(struct fields *fields)
{
    return (uint32_t)fields_integer(fields, "ticket", 1, TICKETS_PER_DAY_MAX);
}

enum channel event_read_channel(struct fields *fields)
{
    uint32_t found = channel_find(fields_text(fields, "channel"));
    return (enum channel)fields_named(fields, "channel", found, CHANNEL_COUNT);
}

enum ticket_state event_read_ticket_state(struct fields *fields, const char *name)
{
    uint32_t found = ticket_state_find(fields_text(fields, name));
    return (enum ticket_state)fields_named(fields, name, found, TICKET_STATE_COUNT);
}
