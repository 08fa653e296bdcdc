/* The body of an event as it stands in the journal and on topic `event`: compact JSON in
 * a canonical form (one text per event: fields in a fixed order, no spaces), with
 * services, counters, classes and kiosks by their ids, so that a body is readable without
 * the site of its time. docs/journal.md lists the fields. */
#ifndef GUICHET_JOURNAL_EVENT_BODY_H
#define GUICHET_JOURNAL_EVENT_BODY_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/event.h"
#include "core/site.h"
#include "core/text.h"

/* Bytes of the longest body: the site with everything core/limits.h allows, its ids
 * repeated at every counter, and room for escapes. The others stay below 1 KiB. */
#define EVENT_BODY_BYTES_MAX (1 << 20)

/* An event as one row of the journal. Strings are borrowed. */
struct event_row {
    int64_t seq;
    int64_t at_ms;
    int64_t taken_at_ms;
    const char *kind;
    int64_t version;
    const char *body;
    size_t body_length;
};

/* When the fact itself happened: earlier than at_ms for a start that is imputed and for a
 * contact that was received before; else at_ms. */
int64_t event_taken_at_ms(const struct event *event);

/* Write the body of `event` in the version event_kind_version() into `body`, which is
 * emptied first. `site` is the site in force (not used for EVENT_SITE_CONFIGURED).
 * ERR_INVALID when a time is outside the years 1970 to 9999 or a text is not UTF-8;
 * ERR_LIMIT when the text has no room for it. */
enum status event_body_encode(const struct event *event, const struct site *site,
                              struct text *body, struct error *err);

/* Read a row back. `site` is the site in force (NULL: none yet); a site that the event
 * brings is stored in `*site_of_event`, and the event borrows it. Strict: an unknown
 * kind, version, field or id, or a value out of its range, is ERR_CORRUPT with the seq
 * and the field; `*ret_event` is then untouched. */
enum status event_body_decode(const struct event_row *row, const struct site *site,
                              struct site *site_of_event, struct event *ret_event,
                              struct error *err);

#endif
