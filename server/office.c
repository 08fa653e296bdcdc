/* Queue and record in step; see office.h. */
#include "server/office.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/codec_presence.h"

/* Days whose service times tell the pace when the server starts. */
#define PACE_DAYS 20

/* During a replay machine time is not known: a call is as old as it is in office time. */
static void note_replayed(const struct event *event, const struct queue *queue,
                          void *context)
{
    struct office *office = context;
    announcements_note(&office->announcements, queue, event, event->at_ms);
}

/* Turn the office times that the replay left in the rings into machine times. */
static void date_announcements(struct announcements *announcements, int64_t offset_ms)
{
    for (size_t hall = 0; hall < HALLS_MAX; hall++) {
        struct hall_calls *calls = &announcements->halls[hall];
        for (size_t i = 0; i < ANNOUNCEMENTS_MAX; i++) {
            calls->ring[i].machine_ms += offset_ms;
        }
    }
}

static enum status replay(struct office *office, int64_t machine_ms, struct error *err)
{
    announcements_clear(&office->announcements);
    enum status status =
        journal_replay(office->journal, office->queue, note_replayed, office, err);
    if (status != OK) {
        return error_wrap(err, "cannot replay the journal");
    }
    date_announcements(&office->announcements,
                       machine_ms - queue_last_at_ms(office->queue));
    memset(office->counters_changed, true, sizeof(office->counters_changed));
    memset(office->lines_changed, true, sizeof(office->lines_changed));
    office->site_changed = true;
    return OK;
}

enum status office_learn_pace(struct office *office, struct error *err)
{
    pace_reset(office->pace);
    if (!queue_has_site(office->queue)) {
        return OK;
    }
    struct service_time *times = NULL;
    size_t count = 0;
    enum status status = journal_read_service_times(
        office->journal, PACE_DAYS, queue_site(office->queue), &times, &count, err);
    if (status != OK) {
        return error_wrap(err, "cannot learn the pace of service");
    }
    for (size_t i = 0; i < count; i++) {
        pace_add(office->pace, times[i].service, times[i].length_ms);
    }
    free(times);
    return OK;
}

enum status office_create(const char *path, size_t reserve_bytes, int64_t machine_ms,
                          struct office **ret_office, struct error *err)
{
    struct office *office = calloc(1, sizeof(*office));
    if (!office) {
        return error_set(err, ERR_LIMIT, "cannot open the office: out of memory");
    }
    office->queue = queue_create();
    office->pace = pace_create();
    if (!office->queue || !office->pace) {
        (void)error_set(err, ERR_LIMIT,
                        "cannot open the office: out of memory"); /* below */
        goto fail;
    }
    if (journal_open(path, reserve_bytes, &office->journal, err) != OK) {
        goto fail;
    }
    if (replay(office, machine_ms, err) != OK || office_learn_pace(office, err) != OK) {
        goto fail;
    }
    *ret_office = office;
    return OK;

fail:
    office_destroy(office);
    return err ? err->status : ERR_IO;
}

void office_destroy(struct office *office)
{
    if (!office) {
        return;
    }
    journal_close(office->journal);
    pace_destroy(office->pace);
    queue_destroy(office->queue);
    free(office);
}

bool office_group_is_full(const struct office *office)
{
    return office->event_count + STEP_EVENTS_MAX > GROUP_EVENTS_MAX ||
           office->text_length + STEP_TEXT_BYTES > EVENTS_TEXT_BYTES;
}

static enum status begin(struct office *office, struct error *err)
{
    if (office->has_transaction) {
        return OK;
    }
    office_forget_events(office);
    enum status status = journal_begin(office->journal, err);
    office->has_transaction = status == OK;
    return status;
}

/* Append the event to the group's message for integrations. A body that does not fit (the
 * whole site) is left out: integrations read it from topic `config`. */
static void note_text(struct office *office, const struct event *event)
{
    bool is_left_out =
        event->kind == EVENT_SITE_CONFIGURED || event->kind == EVENT_AGENT_SIGNED_IN;
    struct event_document document = {
        .seq = event->seq,
        .at_ms = event->at_ms,
        .kind = event_kind_name(event->kind),
        .version = event_kind_version(event->kind),
        .body = is_left_out ? "{}" : journal_last_body(office->journal)};
    struct error err = {0};
    if (office->text_length > 0) {
        office->text[office->text_length] = ',';
        office->text_length++;
    }
    size_t length = 0;
    enum status status =
        event_encode(&document, office->text + office->text_length,
                     sizeof(office->text) - 1 - office->text_length, &length, &err);
    assert(status == OK); /* office_group_is_full() keeps room */
    (void)status;         /* asserted */
    office->text_length += length;
    office->text[office->text_length] = '\0';
}

/* Before the first configuration there is no site. A record that refuses what the queue
 * decided contradicts it: that is never the sender's fault. */
static enum status append(struct office *office, const struct event *event,
                          struct error *err)
{
    const struct site *site =
        queue_has_site(office->queue) ? queue_site(office->queue) : NULL;
    enum status status = journal_append(office->journal, event, site, err);
    if (status == ERR_INVALID || status == ERR_LIMIT) {
        err->status = ERR_CORRUPT;
        return error_wrap(err, "the record contradicts the queue");
    }
    return status;
}

enum status office_execute(struct office *office, const struct command *command,
                           int64_t now_ms, struct refused *ret_refused, struct error *err)
{
    assert(err);
    assert(!office_group_is_full(office) || !office->has_transaction);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    enum status status =
        queue_decide(office->queue, command, now_ms, events, &count, ret_refused, err);
    if (status != OK) {
        return status;
    }
    status = begin(office, err);
    for (size_t i = 0; i < count && status == OK; i++) {
        queue_apply(office->queue, &events[i]);
        status = append(office, &events[i], err);
        if (status == OK) {
            note_text(office, &events[i]);
            office->events[office->event_count] = events[i];
            office->event_count++;
        }
    }
    return status;
}

enum status office_continue(struct office *office, const struct command *command,
                            int64_t now_ms, struct error *err)
{
    if (command->verb != VERB_SETTLE && command->verb != VERB_MOVE &&
        command->verb != VERB_HAND_OVER && command->verb != VERB_SWEEP &&
        command->verb != VERB_OPEN_DAY) {
        return OK;
    }
    if (!command->is_more) {
        office->more = *command;
        office->more.is_more = true;
        office->more.number = queue_ticket_count(office->queue);
    }
    enum status status = OK;
    while (status == OK && !office_group_is_full(office)) {
        struct refused refused;
        status = office_execute(office, &office->more, now_ms, &refused, err);
    }
    office->has_more = status == OK;
    return status == ERR_REFUSED ? OK : status; /* nobody is left */
}

enum status office_find_answer(struct office *office,
                               const struct journal_command *command,
                               enum journal_answer *ret_answer, const char **ret_reply,
                               struct error *err)
{
    enum status status = begin(office, err);
    if (status != OK) {
        return status;
    }
    return journal_find_answer(office->journal, command, ret_answer, ret_reply, err);
}

enum status office_keep_answer(struct office *office,
                               const struct journal_command *command, const char *reply,
                               int64_t at_ms, struct error *err)
{
    enum status status = begin(office, err);
    if (status != OK) {
        return status;
    }
    return journal_store_answer(office->journal, command, reply, at_ms, err);
}

enum status office_keep_sign_in(struct office *office, uint64_t token, const char *agent,
                                int64_t at_ms, struct error *err)
{
    enum status status =
        journal_forget_sign_ins(office->journal, at_ms - JOURNAL_SIGN_INS_KEPT_MS, err);
    return status == OK ? journal_keep_sign_in(office->journal, token, agent, at_ms, err)
                        : status;
}

/* What a committed event of a ticket changes on the screens, and what it teaches. */
static void note_ticket(struct office *office, const struct event_ticket *event,
                        enum event_kind kind)
{
    const struct ticket *ticket = queue_ticket(office->queue, event->ticket);
    office->lines_changed[ticket->service] = true;
    if (event->counter != SITE_NONE) {
        office->counters_changed[event->counter] = true;
    }
    bool was_measured = kind == EVENT_TICKET_FINISHED && !ticket->is_test &&
                        !ticket->start_is_imputed && ticket->started_at_ms > 0 &&
                        ticket->ended_at_ms > 0;
    if (was_measured) {
        pace_add(office->pace, ticket->service,
                 ticket->ended_at_ms - ticket->started_at_ms);
    }
}

static void note_undone(struct office *office, const struct event_undone *undone)
{
    office->counters_changed[undone->counter] = true;
    for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        if (undone->tickets[i].ticket != TICKET_NONE) {
            const struct ticket *ticket =
                queue_ticket(office->queue, undone->tickets[i].ticket);
            office->lines_changed[ticket->service] = true;
        }
    }
}

/* The service that ended is not in the ticket any more, but in what undoing the press
 * would put back. */
static void learn_from_transfer(struct office *office, const struct event *event)
{
    const struct event_transfer *transfer = &event->transfer;
    const struct press *press =
        &queue_counter(office->queue, transfer->counter)->last_press;
    for (size_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &press->tickets[i];
        if (before->ticket == transfer->ticket && before->state == TICKET_SERVING &&
            !before->start_is_imputed &&
            !queue_ticket(office->queue, before->ticket)->is_test) {
            pace_add(office->pace, before->service, event->at_ms - before->started_at_ms);
        }
    }
}

static void note_committed(struct office *office, const struct event *event)
{
    enum event_kind kind = event->kind;
    if (kind == EVENT_TICKET_TAKEN) {
        office->lines_changed[event->taken.service] = true;
    } else if (kind >= EVENT_TICKET_CALLED && kind <= EVENT_TICKET_PRINTED) {
        note_ticket(office, &event->ticket, kind);
    } else if (kind == EVENT_PRESS_UNDONE) {
        note_undone(office, &event->undone);
    } else if ((kind >= EVENT_COUNTER_OPENED && kind <= EVENT_COUNTER_CLOSED) ||
               kind == EVENT_AGENT_SIGNED_IN) {
        /* One that closes asks for no help any more: every window shows who does. An
         * agent may give other services than the one before. */
        memset(office->counters_changed, true, sizeof(office->counters_changed));
        memset(office->lines_changed, true, sizeof(office->lines_changed));
    } else if (kind >= EVENT_TICKET_READMITTED && kind <= EVENT_TICKET_REQUALIFIED) {
        /* Which line it left is not in the event; these are rare. */
        memset(office->lines_changed, true, sizeof(office->lines_changed));
        memset(office->counters_changed, true, sizeof(office->counters_changed));
        if (kind == EVENT_TICKET_TRANSFERRED) {
            learn_from_transfer(office, event);
        }
    } else if (kind == EVENT_COUNTER_PAUSE_WISHED || kind == EVENT_COUNTER_STAYS) {
        office->counters_changed[event->counter.counter] = true;
    } else if (kind == EVENT_MATTER_NOTED) {
        office->counters_changed[event->matter.counter] = true;
    } else if (kind == EVENT_HELP_ASKED || kind == EVENT_HELP_ENDED ||
               kind == EVENT_TICKET_CORRECTED || kind == EVENT_TICKET_HANDED_OVER ||
               kind == EVENT_TICKET_SPLIT || kind == EVENT_TICKETS_LINKED ||
               kind == EVENT_TICKETS_UNLINKED || kind == EVENT_TICKET_VOIDED ||
               kind == EVENT_TICKET_TRUSTED) {
        memset(office->lines_changed, true, sizeof(office->lines_changed));
        memset(office->counters_changed, true, sizeof(office->counters_changed));
    } else if (kind == EVENT_QUOTA_SET || kind == EVENT_HOURS_SET) {
        office->lines_changed[event->today.service] = true;
    } else if (kind == EVENT_SERVICE_OPENED || kind == EVENT_SERVICE_CLOSED) {
        office->lines_changed[event->service] = true;
    } else if (kind == EVENT_REMARK_MADE || kind == EVENT_REMARK_WITHDRAWN) {
        memset(office->lines_changed, true, sizeof(office->lines_changed)); /* halls */
    } else if (kind != EVENT_TURNED_AWAY && kind != EVENT_CONTACT_RECORDED &&
               kind != EVENT_LINE_SETTLED && kind != EVENT_DOCUMENTS_LACKED) {
        office->site_changed = true;
    }
}

enum status office_commit(struct office *office, int64_t machine_ms, struct error *err)
{
    if (!office->has_transaction) {
        return OK;
    }
    enum status status = journal_commit(office->journal, err);
    if (status != OK) {
        return status;
    }
    office->has_transaction = false;
    for (size_t i = 0; i < office->event_count; i++) {
        announcements_note(&office->announcements, office->queue, &office->events[i],
                           machine_ms);
        note_committed(office, &office->events[i]);
    }
    return OK;
}

bool office_can_recover(enum status status)
{
    return status == ERR_FULL || status == ERR_UNAVAILABLE;
}

void office_forget_events(struct office *office)
{
    office->event_count = 0;
    office->text_length = 0;
}

enum status office_recover(struct office *office, int64_t machine_ms, struct error *err)
{
    office_forget_events(office);
    office->has_more = false;
    if (office->has_transaction) {
        office->has_transaction = false;
        enum status status = journal_rollback(office->journal, err);
        if (status != OK) {
            return error_wrap(err, "cannot roll back");
        }
    }
    return replay(office, machine_ms, err);
}
