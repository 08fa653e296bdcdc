/* What the files that write and read the bodies of events share. Used by
 * journal/event_body*.c only. */
#ifndef GUICHET_JOURNAL_EVENT_BODY_PARTS_H
#define GUICHET_JOURNAL_EVENT_BODY_PARTS_H

#include "core/event.h"
#include "core/text.h"
#include "journal/event_body.h"
#include "journal/fields.h"

/* "true" or "false". */
const char *event_truth(bool value);

const char *event_service_id(const struct site *site, uint32_t service);
const char *event_counter_id(const struct site *site, uint32_t counter);

/* ,"KEY":"MOMENT" */
void event_put_moment(struct text *body, const char *key, int64_t at_ms);

/* The field of that name; a fault is kept in `fields`. `site` may be NULL before the
 * first configuration: then nothing is found. */
uint32_t event_read_service(struct fields *fields, const struct site *site);
uint32_t event_read_counter(struct fields *fields, const struct site *site);
uint32_t event_read_class(struct fields *fields, const struct site *site);
/* SITE_NONE where the field is left out. */
uint32_t event_read_counter_if_any(struct fields *fields, const char *name,
                                   const struct site *site);
int64_t event_read_moment_if_any(struct fields *fields, const char *name);
uint32_t event_read_ticket(struct fields *fields);
enum channel event_read_channel(struct fields *fields);
enum ticket_state event_read_ticket_state(struct fields *fields, const char *name);

/* What happens to tickets (event_body_ticket.c). */
bool event_is_of_ticket(enum event_kind kind);
void event_encode_taken(const struct event_taken *taken, const struct site *site,
                        struct text *body);
void event_encode_ticket(const struct event *event, const struct site *site,
                         struct text *body);
void event_encode_undone(const struct event_undone *undone, const struct site *site,
                         struct text *body);
void event_decode_taken(struct fields *fields, const struct site *site,
                        struct event_taken *ret_taken);
void event_decode_ticket(struct fields *fields, enum event_kind kind,
                         const struct site *site, struct event_ticket *ret_ticket);
void event_decode_undone(struct fields *fields, const struct site *site,
                         struct event_undone *ret_undone);
void event_encode_transfer(const struct event_transfer *transfer, const struct site *site,
                           struct text *body);
void event_decode_transfer(struct fields *fields, const struct site *site,
                           struct event_transfer *ret_transfer);
void event_encode_requalified(const struct event_requalified *to, const struct site *site,
                              struct text *body);
void event_decode_requalified(struct fields *fields, const struct site *site,
                              struct event_requalified *ret_to);

/* Documents that somebody was without (event_body_documents.c). */
void event_encode_lacked(const struct event_lacked *lacked, const struct site *site,
                         struct text *body);
void event_decode_lacked(struct fields *fields, const struct site *site,
                         struct event_lacked *ret_lacked);

/* Tickets that become two, two of one person, and people without one
 * (event_body_pair.c). */
bool event_is_of_pair(enum event_kind kind);
void event_encode_pair(const struct event *event, const struct site *site,
                       struct text *body);
void event_decode_pair(struct fields *fields, const struct site *site,
                       struct event *ret_event);

/* How often a service is asked for, and what comes after it; left out where it is once,
 * and where nothing does (event_body_ticket.c). */
void event_put_quantity(uint32_t quantity, struct text *body);
void event_put_further(uint32_t count, const struct further_service further[FURTHER_MAX],
                       const struct site *site, struct text *body);
uint32_t event_read_quantity(struct fields *fields);
uint32_t event_read_further(struct fields *fields, const struct site *site,
                            struct further_service ret_further[FURTHER_MAX]);

/* One that was kept overnight (event_body_keep.c). */
void event_encode_carried(const struct event_carried *carried, const struct site *site,
                          struct text *body);
void event_decode_carried(struct fields *fields, const struct site *site,
                          struct event_carried *ret_carried);

/* Sign-ins (event_body_agent.c). */
void event_encode_sign_in(const struct event_sign_in *event, const struct site *site,
                          struct text *body);
void event_decode_sign_in(struct fields *fields, const struct site *site,
                          struct event_sign_in *ret_event);

/* What an agent says of a service (event_body_matter.c). */
void event_encode_matter(const struct event_matter *event, const struct site *site,
                         struct text *body);
void event_decode_matter(struct fields *fields, const struct site *site,
                         struct event_matter *ret_event);

/* What supervisors decide (event_body_supervise.c); the times are those that the body
 * has, 0 where there is none. */
bool event_is_of_supervisor(enum event_kind kind);
void event_supervisor_times(const struct event *event, int64_t ret_times[2]);
void event_encode_supervisor(const struct event *event, const struct site *site,
                             struct text *body);
void event_decode_supervisor(struct fields *fields, const struct site *site,
                             struct event *ret_event);

#endif
