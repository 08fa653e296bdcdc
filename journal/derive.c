/* Derived tables; see derive.h and docs/journal.md. */
#include "journal/derive.h"

#include <assert.h>
#include <inttypes.h>

#include "journal/database.h"
#include "journal/derive_parts.h"

#define OF_TICKET " WHERE date = ?1 AND ticket = ?2"
#define OF_LEG    OF_TICKET " AND leg = (SELECT max(leg) FROM leg" OF_TICKET ")"
#define SET_CALL                                                                         \
    " SET state = 'called', counter = ?3, rule = ?4, call_count = call_count + 1,"       \
    " called_at = ?5, topic = NULL, missing = NULL, complete = NULL"
#define SET_RECALL " SET call_count = call_count + 1"
#define SET_START  " SET state = 'serving', started_at = ?3, start_is_imputed = ?4"
#define SET_END    " SET state = ?3, ended_at = ?4"
#define SET_UNDO                                                                         \
    " SET state = ?3, counter = ?4, call_count = ?5, start_is_imputed = ?6,"             \
    " called_at = ?7, started_at = ?8, ended_at = NULL,"                                 \
    " rule = CASE ?3 WHEN 'waiting' THEN NULL ELSE rule END,"                            \
    " topic = CASE ?3 WHEN 'waiting' THEN NULL ELSE topic END,"                          \
    " missing = CASE ?3 WHEN 'waiting' THEN NULL ELSE missing END,"                      \
    " complete = CASE ?3 WHEN 'waiting' THEN NULL ELSE complete END,"                    \
    " undone_count = undone_count + 1"
#define SET_READMIT                                                                      \
    " SET state = 'waiting', counter = NULL, rule = NULL, called_at = NULL,"             \
    " started_at = NULL, start_is_imputed = 0, ended_at = NULL"

#define SET_CORRECTED                                                                    \
    " SET state = ?3, started_at = coalesce(?4, started_at),"                            \
    " start_is_imputed = start_is_imputed OR ?4 IS NOT NULL"

#define SET_MATTER " SET topic = ?3, missing = ?4, complete = ?5"

static const char *const derive_sql[] = {
    [DERIVE_OPEN_DAY] = "INSERT INTO day (date, opened_seq, opened_at) VALUES (?, ?, ?)",
    [DERIVE_CLOSE_DAY] = "UPDATE day SET closed_seq = ?2, closed_at = ?3 WHERE date = ?1",
    [DERIVE_TAKE] =
        "INSERT INTO visit (date, ticket, service, number, class, kiosk, language,"
        " channel, taken_at, ahead, open_counters, mean_s, p50_s, p80_s, p90_s, quantity,"
        " suspect, test, state, print, start_is_imputed, call_count, undone_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', "
        "'none',"
        " 0, 0, 0)",
    [DERIVE_CALL] = "UPDATE visit" SET_CALL OF_TICKET,
    [DERIVE_RECALL] = "UPDATE visit" SET_RECALL OF_TICKET,
    [DERIVE_START] = "UPDATE visit" SET_START OF_TICKET,
    [DERIVE_END] = "UPDATE visit" SET_END OF_TICKET,
    [DERIVE_PRINT] = "UPDATE visit SET print = ?3" OF_TICKET,
    [DERIVE_UNDO] = "UPDATE visit" SET_UNDO OF_TICKET,
    [DERIVE_CONTACT] = "INSERT INTO contact (seq, date, service, channel, outcome,"
                       " received_at, answered_at, ended_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [DERIVE_READMIT] = "UPDATE visit" SET_READMIT OF_TICKET,
    /* A state that lasted no time at all is replaced. */
    [DERIVE_COUNTER] = "INSERT INTO counter_change (date, counter, at, state)"
                       " VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT DO UPDATE SET state = ?4",
    [DERIVE_LEG_BEGIN] =
        "INSERT INTO leg (date, ticket, leg, service, state, requested_at,"
        " start_is_imputed, call_count, undone_count, quantity) SELECT ?1, ?2,"
        " 1 + coalesce(max(leg), 0), ?3, ?4, ?5, 0, 0, 0, ?6 FROM leg" OF_TICKET,
    [DERIVE_LEG_FORGET] = "DELETE FROM leg" OF_TICKET " AND leg > ?3",
    [DERIVE_LEG_CALL] = "UPDATE leg" SET_CALL OF_LEG,
    [DERIVE_LEG_RECALL] = "UPDATE leg" SET_RECALL OF_LEG,
    [DERIVE_LEG_START] = "UPDATE leg" SET_START OF_LEG,
    [DERIVE_LEG_END] = "UPDATE leg" SET_END OF_LEG,
    [DERIVE_LEG_UNDO] = "UPDATE leg" SET_UNDO OF_LEG,
    [DERIVE_LEG_READMIT] = "UPDATE leg" SET_READMIT OF_LEG,
    [DERIVE_LEG_RESUME] = "UPDATE leg SET state = 'waiting', requested_at = ?3" OF_LEG,
    [DERIVE_LEG_SERVICE] = "UPDATE leg SET service = ?3" OF_LEG,
    [DERIVE_SERVICE] = "UPDATE visit SET series = coalesce(series, service),"
                       " service = ?3" OF_TICKET,
    [DERIVE_CLASS] = "UPDATE visit SET class = ?3" OF_TICKET,
    [DERIVE_MATTER] = "UPDATE visit" SET_MATTER OF_TICKET,
    [DERIVE_LEG_MATTER] = "UPDATE leg" SET_MATTER OF_LEG,
    [DERIVE_REMARK] = "INSERT INTO remark (date, remark, service, from_at, until_at,"
                      " text, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [DERIVE_WITHDRAW_REMARK] =
        "UPDATE remark SET withdrawn_at = ?3 WHERE date = ?1 AND remark = ?2",
    [DERIVE_CORRECT] = "UPDATE visit" SET_CORRECTED OF_TICKET,
    [DERIVE_LEG_CORRECT] = "UPDATE leg" SET_CORRECTED OF_LEG,
    [DERIVE_VOID] = "UPDATE visit SET state = 'void'" OF_TICKET,
    [DERIVE_LEGS_VOID] = "UPDATE leg SET state = 'void'" OF_TICKET,
    [DERIVE_EXCEPTIONAL] = "INSERT INTO exceptional (seq, date, begun_at, until_at,"
                           " service) VALUES (?, ?, ?, ?, ?)",
    [DERIVE_END_EXCEPTIONAL] =
        "UPDATE exceptional SET ended_at = ?2 WHERE date = ?1 AND ended_at IS NULL",
    [DERIVE_SPLIT] =
        "INSERT INTO visit (date, ticket, service, number, class, language, channel,"
        " taken_at, quantity, suspect, test, ahead, open_counters, state, print,"
        " start_is_imputed, call_count, undone_count) SELECT date, ?3, ?4, ?5, class,"
        " language, channel, ?6, ?7, suspect, test, 0, 0, 'waiting', 'none', 0, 0, 0"
        " FROM visit" OF_TICKET,
    [DERIVE_TRUST] = "UPDATE visit SET suspect = 0" OF_TICKET,
    [DERIVE_QUANTITY] = "UPDATE visit SET quantity = ?3" OF_TICKET,
    [DERIVE_LEG_QUANTITY] = "UPDATE leg SET quantity = ?3" OF_LEG,
    [DERIVE_TURNED_AWAY] =
        "INSERT INTO turned_away (date, service, from_at, reason, people)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET people = people + ?5",
    [DERIVE_CARRY] =
        "INSERT INTO visit (date, ticket, service, series, number, class, language,"
        " channel, taken_at, quantity, carried, carried_ms, ahead, open_counters, state,"
        " print, start_is_imputed, call_count, undone_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0, 'waiting', 'none', 0, 0, 0)",
    [DERIVE_CLOCK] =
        "UPDATE visit SET taken_at = ?3 - carried_ms, carried_ms = NULL" OF_TICKET
        " AND carried_ms IS NOT NULL",
    [DERIVE_CLOCKS] = "UPDATE visit SET taken_at = ?3 - carried_ms, carried_ms = NULL"
                      " WHERE date = ?1 AND service = ?2 AND carried_ms IS NOT NULL"
                      " AND ended_at IS NULL",
    [DERIVE_CORRECTION] =
        "INSERT INTO correction (seq, date, ticket, service, from_state,"
        " to_state, tickets, reason, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [DERIVE_LACKED] = "INSERT INTO lacked (seq, date, service, ticket, document)"
                      " VALUES (?, ?, ?, ?, ?)",
};
static_assert(sizeof(derive_sql) / sizeof(derive_sql[0]) == DERIVE_STATEMENT_COUNT,
              "every statement has its text");

enum status derive_init(struct derive *derive, sqlite3 *db, struct error *err)
{
    int64_t date = 0;
    enum status status =
        database_prepare(db, derive_sql, DERIVE_STATEMENT_COUNT, derive->statements, err);
    if (status == OK) {
        status = database_integer(db, "SELECT date FROM day WHERE closed_at IS NULL",
                                  &date, err);
    }
    derive->date = (uint32_t)date;
    return status;
}

void derive_finish(struct derive *derive)
{
    database_finish(derive->statements, DERIVE_STATEMENT_COUNT);
}

enum status derive_change_one(struct derive *derive, enum derive_statement which,
                              const struct value values[], size_t count,
                              struct error *err)
{
    int changes = 0;
    enum status status =
        database_execute(derive->statements[which], values, count, &changes, err);
    if (status == OK && changes != 1) {
        return error_set(err, ERR_INVALID, "the row that it changes is not there");
    }
    return status;
}

enum status derive_change_leg(struct derive *derive, enum derive_statement of_leg,
                              enum derive_statement of_visit, const struct value values[],
                              size_t count, struct error *err)
{
    int changes = 0;
    enum status status =
        database_execute(derive->statements[of_leg], values, count, &changes, err);
    return status == OK && changes == 0
               ? derive_change_one(derive, of_visit, values, count, err)
               : status;
}

static enum status move_counter(struct derive *derive, const char *counter,
                                enum counter_state state, int64_t at_ms,
                                struct error *err)
{
    const struct value values[] = {value_integer(derive->date), value_text(counter),
                                   value_integer(at_ms),
                                   value_text(counter_state_name(state))};
    return derive_change_one(derive, DERIVE_COUNTER, values, COUNT_OF(values), err);
}

static enum status derive_day(struct derive *derive, const struct event *event,
                              const struct site *site, struct error *err)
{
    (void)site;
    const struct value values[] = {value_integer(event->date), value_integer(event->seq),
                                   value_integer(event->at_ms)};
    bool opens = event->kind == EVENT_DAY_OPENED;
    derive->date = opens ? event->date : 0;
    return derive_change_one(derive, opens ? DERIVE_OPEN_DAY : DERIVE_CLOSE_DAY, values,
                             COUNT_OF(values), err);
}

static enum status derive_taken(struct derive *derive, const struct event *event,
                                const struct site *site, struct error *err)
{
    const struct event_taken *taken = &event->taken;
    const struct quote *quote = &taken->quote;
    const struct value none = {.type = VALUE_NULL};
    bool has_kiosk = taken->kiosk != SITE_NONE;
    const struct value values[] = {
        value_integer(derive->date),
        value_integer(taken->ticket),
        value_text(site->services[taken->service].id),
        value_integer(taken->number),
        value_text(site->classes[taken->class_index].id),
        value_text(has_kiosk ? site->kiosks[taken->kiosk].id : NULL),
        value_text(language_tag(taken->language)),
        value_text(channel_name(taken->channel)),
        value_integer(event->at_ms),
        value_integer(quote->ahead),
        value_integer(quote->open_counters),
        quote->is_given ? value_integer(quote->mean_s) : none,
        quote->is_given ? value_integer(quote->p50_s) : none,
        quote->is_given ? value_integer(quote->p80_s) : none,
        quote->is_given ? value_integer(quote->p90_s) : none,
        value_integer(taken->quantity > 1 ? taken->quantity : 1),
        value_integer(taken->is_suspect),
        value_integer(taken->is_test),
    };
    return derive_change_one(derive, DERIVE_TAKE, values, COUNT_OF(values), err);
}

static enum status derive_called(struct derive *derive, const struct event *event,
                                 const struct site *site, struct error *err)
{
    const char *counter = site->counters[event->ticket.counter].id;
    const struct value values[] = {
        value_integer(derive->date), value_integer(event->ticket.ticket),
        value_text(counter), value_text(call_rule_name(event->ticket.rule)),
        value_integer(event->at_ms)};
    enum status status = derive_clock(derive, event, err);
    if (status == OK) {
        status = derive_change_leg(derive, DERIVE_LEG_CALL, DERIVE_CALL, values,
                                   COUNT_OF(values), err);
    }
    return status == OK ? move_counter(derive, counter, COUNTER_CALLED, event->at_ms, err)
                        : status;
}

static enum status derive_started(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket),
                                   value_integer(event->ticket.started_at_ms),
                                   value_integer(event->ticket.start_is_imputed)};
    enum status status = derive_change_leg(derive, DERIVE_LEG_START, DERIVE_START, values,
                                           COUNT_OF(values), err);
    return status == OK ? move_counter(derive, site->counters[event->ticket.counter].id,
                                       COUNTER_SERVING, event->at_ms, err)
                        : status;
}

static enum status derive_ended(struct derive *derive, const struct event *event,
                                const struct site *site, struct error *err)
{
    static const enum ticket_state outcomes[EVENT_KIND_COUNT] = {
        [EVENT_TICKET_FINISHED] = TICKET_SERVED,
        [EVENT_TICKET_NO_SHOW] = TICKET_NO_SHOW,
        [EVENT_TICKET_CANCELLED] = TICKET_CANCELLED,
        [EVENT_TICKET_ABANDONED] = TICKET_ABANDONED,
        [EVENT_TICKET_CLOSED_AT_NIGHT] = TICKET_CLOSED_AT_NIGHT,
        [EVENT_TICKET_VOIDED] = TICKET_VOID,
        [EVENT_TICKET_KEPT] = TICKET_KEPT,
    };
    enum ticket_state outcome = outcomes[event->kind];
    const struct value values[] = {
        value_integer(derive->date), value_integer(event->ticket.ticket),
        value_text(ticket_state_name(outcome)), value_integer(event->at_ms)};
    enum status status = derive_change_leg(derive, DERIVE_LEG_END, DERIVE_END, values,
                                           COUNT_OF(values), err);
    if (status != OK || event->ticket.counter == SITE_NONE) {
        return status;
    }
    bool wraps_up = event->kind == EVENT_TICKET_FINISHED && event->ticket.is_wrapping_up;
    return move_counter(derive, site->counters[event->ticket.counter].id,
                        wraps_up ? COUNTER_WRAPPING_UP : COUNTER_FREE, event->at_ms, err);
}

/* As in the queue: a copy that failed says nothing of the ticket that is already held. */
static enum status derive_printed(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    (void)site;
    if (event->ticket.is_copy && event->ticket.print != PRINT_PRINTED) {
        return OK;
    }
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket),
                                   value_text(print_state_name(event->ticket.print))};
    return derive_change_one(derive, DERIVE_PRINT, values, COUNT_OF(values), err);
}

/* A transfer that is taken back: what it began is gone. */
static enum status forget_later_legs(struct derive *derive,
                                     const struct ticket_before *before,
                                     struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(before->ticket),
                                   value_integer(before->leg.index)};
    return derive_change_one(derive, DERIVE_LEG_FORGET, values, COUNT_OF(values), err);
}

static enum status derive_undone(struct derive *derive, const struct event *event,
                                 const struct site *site, struct error *err)
{
    const struct event_undone *undone = &event->undone;
    /* The last change first: who was called goes back to the line before who was finished
     * comes back to the counter. */
    for (size_t i = PRESS_TICKETS_MAX; i-- > 0;) {
        const struct ticket_before *before = &undone->tickets[i];
        if (before->ticket == TICKET_NONE) {
            continue;
        }
        bool has_counter = before->counter != SITE_NONE;
        const struct value values[] = {
            value_integer(derive->date),
            value_integer(before->ticket),
            value_text(ticket_state_name(before->state)),
            value_text(has_counter ? site->counters[before->counter].id : NULL),
            value_integer(before->call_count),
            value_integer(before->start_is_imputed),
            value_time(before->called_at_ms),
            value_time(before->started_at_ms),
        };
        enum status status =
            before->has_leg ? forget_later_legs(derive, before, err) : OK;
        if (status == OK) {
            status = derive_change_leg(derive, DERIVE_LEG_UNDO, DERIVE_UNDO, values,
                                       COUNT_OF(values), err);
        }
        if (status != OK) {
            return status;
        }
    }
    return move_counter(derive, site->counters[undone->counter].id, undone->state,
                        event->at_ms, err);
}

static enum status derive_transferred(struct derive *derive, const struct event *event,
                                      const struct site *site, struct error *err)
{
    const struct event_transfer *transfer = &event->transfer;
    const struct value date = value_integer(derive->date);
    const struct value ticket = value_integer(transfer->ticket);
    const struct value ended[] = {date, ticket,
                                  value_text(ticket_state_name(TICKET_SERVED)),
                                  value_integer(event->at_ms)};
    const struct value begun[] = {
        date,
        ticket,
        value_text(site->services[transfer->service].id),
        value_text(
            ticket_state_name(transfer->is_parked ? TICKET_PARKED : TICKET_WAITING)),
        value_integer(event->at_ms),
        value_integer(transfer->quantity > 1 ? transfer->quantity : 1)};
    enum status status = derive_change_leg(derive, DERIVE_LEG_END, DERIVE_END, ended,
                                           COUNT_OF(ended), err);
    if (status == OK) {
        status = derive_change_one(derive, DERIVE_LEG_BEGIN, begun, COUNT_OF(begun), err);
    }
    return status == OK ? move_counter(derive, site->counters[transfer->counter].id,
                                       transfer->is_wrapping_up ? COUNTER_WRAPPING_UP
                                                                : COUNTER_FREE,
                                       event->at_ms, err)
                        : status;
}

static enum status derive_requalified(struct derive *derive, const struct event *event,
                                      const struct site *site, struct error *err)
{
    const struct event_requalified *to = &event->requalified;
    const struct value date = value_integer(derive->date);
    const struct value ticket = value_integer(to->ticket);
    const struct value service[] = {date, ticket,
                                    value_text(site->services[to->service].id)};
    const struct value class_id[] = {date, ticket,
                                     value_text(site->classes[to->class_index].id)};
    enum status status = derive_change_leg(derive, DERIVE_LEG_SERVICE, DERIVE_SERVICE,
                                           service, COUNT_OF(service), err);
    return status == OK ? derive_change_one(derive, DERIVE_CLASS, class_id,
                                            COUNT_OF(class_id), err)
                        : status;
}

static enum status derive_matter(struct derive *derive, const struct event *event,
                                 const struct site *site, struct error *err)
{
    const struct matter *matter = &event->matter.matter;
    const struct value none = {.type = VALUE_NULL};
    const struct value values[] = {
        value_integer(derive->date),
        value_integer(event->matter.ticket),
        value_text(matter->topic > 0 ? site->topics[matter->topic - 1].id : NULL),
        value_text(matter->document > 0 ? site->documents[matter->document - 1].id
                                        : NULL),
        matter->completeness == COMPLETE_NOT_SAID
            ? none
            : value_integer(matter->completeness == COMPLETE_YES),
    };
    return derive_change_leg(derive, DERIVE_LEG_MATTER, DERIVE_MATTER, values,
                             COUNT_OF(values), err);
}

static enum status derive_contact(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    const struct event_contact *contact = &event->contact;
    const struct value values[] = {
        value_integer(event->seq),
        value_integer(derive->date),
        value_text(site->services[contact->service].id),
        value_text(channel_name(contact->channel)),
        value_text(ticket_state_name(contact->outcome)),
        value_integer(contact->received_at_ms),
        value_time(contact->answered_at_ms),
        value_time(contact->ended_at_ms),
    };
    return derive_change_one(derive, DERIVE_CONTACT, values, COUNT_OF(values), err);
}

static enum status derive_counter(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    enum counter_state state = event->kind == EVENT_COUNTER_OPENED   ? COUNTER_FREE
                               : event->kind == EVENT_COUNTER_PAUSED ? COUNTER_PAUSED
                                                                     : COUNTER_CLOSED;
    return move_counter(derive, site->counters[event->counter.counter].id, state,
                        event->at_ms, err);
}

/* A change of a ticket that needs no values. */
static enum status derive_ticket(struct derive *derive, const struct event *event,
                                 enum derive_statement of_leg,
                                 enum derive_statement of_visit, struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket)};
    return derive_change_leg(derive, of_leg, of_visit, values, COUNT_OF(values), err);
}

static enum status derive_resumed(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    (void)site;
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket),
                                   value_integer(event->at_ms)};
    return derive_change_one(derive, DERIVE_LEG_RESUME, values, COUNT_OF(values), err);
}

static enum status derive_recalled(struct derive *derive, const struct event *event,
                                   const struct site *site, struct error *err)
{
    (void)site;
    return derive_ticket(derive, event, DERIVE_LEG_RECALL, DERIVE_RECALL, err);
}

static enum status derive_readmitted(struct derive *derive, const struct event *event,
                                     const struct site *site, struct error *err)
{
    (void)site;
    return derive_ticket(derive, event, DERIVE_LEG_READMIT, DERIVE_READMIT, err);
}

static enum status derive_trusted(struct derive *derive, const struct event *event,
                                  const struct site *site, struct error *err)
{
    const struct value values[] = {value_integer(derive->date),
                                   value_integer(event->ticket.ticket)};
    (void)site;
    return derive_change_one(derive, DERIVE_TRUST, values, COUNT_OF(values), err);
}

/* What each kind changes; reports read the others from the events themselves. */
static enum status (*const derivers[EVENT_KIND_COUNT])(struct derive *derive,
                                                       const struct event *event,
                                                       const struct site *site,
                                                       struct error *err) = {
    [EVENT_DAY_OPENED] = derive_day,
    [EVENT_DAY_CLOSED] = derive_day,
    [EVENT_COUNTER_OPENED] = derive_counter,
    [EVENT_COUNTER_PAUSED] = derive_counter,
    [EVENT_COUNTER_CLOSED] = derive_counter,
    [EVENT_TICKET_TAKEN] = derive_taken,
    [EVENT_TICKET_CALLED] = derive_called,
    [EVENT_TICKET_RECALLED] = derive_recalled,
    [EVENT_TICKET_STARTED] = derive_started,
    [EVENT_TICKET_FINISHED] = derive_ended,
    [EVENT_TICKET_NO_SHOW] = derive_ended,
    [EVENT_TICKET_CANCELLED] = derive_ended,
    [EVENT_TICKET_ABANDONED] = derive_ended,
    [EVENT_TICKET_CLOSED_AT_NIGHT] = derive_ended,
    [EVENT_TICKET_PRINTED] = derive_printed,
    [EVENT_PRESS_UNDONE] = derive_undone,
    [EVENT_CONTACT_RECORDED] = derive_contact,
    [EVENT_TICKET_READMITTED] = derive_readmitted,
    [EVENT_TICKET_TRANSFERRED] = derive_transferred,
    [EVENT_TICKET_RESUMED] = derive_resumed,
    [EVENT_TICKET_REQUALIFIED] = derive_requalified,
    [EVENT_MATTER_NOTED] = derive_matter,
    [EVENT_REMARK_MADE] = derive_supervision,
    [EVENT_REMARK_WITHDRAWN] = derive_supervision,
    [EVENT_TICKET_CORRECTED] = derive_supervision,
    [EVENT_LINE_SETTLED] = derive_supervision,
    [EVENT_EXCEPTIONAL_BEGUN] = derive_supervision,
    [EVENT_EXCEPTIONAL_ENDED] = derive_supervision,
    [EVENT_TICKET_SPLIT] = derive_split,
    [EVENT_TICKET_VOIDED] = derive_ended,
    [EVENT_TICKET_TRUSTED] = derive_trusted,
    [EVENT_TURNED_AWAY] = derive_turned_away,
    [EVENT_DOCUMENTS_LACKED] = derive_lacked,
    [EVENT_TICKET_KEPT] = derive_ended,
    [EVENT_TICKET_CARRIED] = derive_carried,
    [EVENT_SERVICE_OPENED] = derive_clocks,
};

enum status derive_event(struct derive *derive, const struct event *event,
                         const struct site *site, struct error *err)
{
    assert(event->kind < EVENT_KIND_COUNT);
    enum status status =
        derivers[event->kind] ? derivers[event->kind](derive, event, site, err) : OK;
    if (status != OK) {
        return error_wrap(err, "event %" PRId64 " (%s) does not fit the tables",
                          event->seq, event_kind_name(event->kind));
    }
    return OK;
}
