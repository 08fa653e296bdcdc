/* A stage made of the queue alone; see queue_stage.h. */
#include "queue_stage.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "figures/estimate.h"
#include "queue_parts.h"
#include "setting.h"

#define EVENTS_MAX  200000
#define SITES_MAX   8
#define ANNOUNCE_MS 60000
#define MINUTE_MS   60000

struct stage *stage_create(const char *path)
{
    struct stage *stage = calloc(1, sizeof(*stage));
    if (!stage) {
        return NULL;
    }
    stage->setting.path = path;
    stage->queue = queue_create();
    stage->pace = pace_create();
    stage->sites = calloc(SITES_MAX, sizeof(*stage->sites));
    stage->journal = calloc(EVENTS_MAX, sizeof(*stage->journal));
    if (!stage->queue || !stage->pace || !stage->sites || !stage->journal) {
        stage_destroy(stage);
        return NULL;
    }
    return stage;
}

void stage_destroy(struct stage *stage)
{
    if (stage) {
        setting_finish(&stage->setting);
        queue_destroy(stage->queue);
        pace_destroy(stage->pace);
        free(stage->sites);
        free(stage->journal);
        free(stage);
    }
}

const struct queue *stage_queue(const struct stage *stage)
{
    return stage->queue;
}

struct stage_reply stage_reply(const struct stage *stage)
{
    return stage->reply;
}

enum status parts_do(struct stage *stage, const struct command *command,
                     struct error *err)
{
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct refused refused = {REFUSAL_NONE, TICKET_NONE, SITE_NONE};
    enum status status = queue_decide(stage->queue, command, stage->setting.now_ms,
                                      events, &count, &refused, err);
    stage->reply.status = status;
    stage->reply.refusal = refused.refusal;
    for (size_t i = 0; status == OK && i < count; i++) {
        if (stage->event_count == EVENTS_MAX) {
            return error_set(err, ERR_LIMIT, "the scenario has too many events");
        }
        queue_apply(stage->queue, &events[i]);
        stage->journal[stage->event_count] = events[i];
        stage->event_count++;
    }
    return status;
}

struct command parts_command(enum verb verb)
{
    return (struct command){
        .verb = verb, .counter = SITE_NONE, .kiosk = SITE_NONE, .version = VERSION_ANY};
}

/* Whether the service gives tickets at the local minute. */
static bool is_due(const struct site *site, uint32_t service,
                   const struct local_time *local)
{
    const struct hours_range *ranges =
        site_hours_on(site, service, local->date, local->weekday);
    int64_t before = site->services[service].tickets_before_s / 60;
    for (uint32_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        if (ranges[i].from_minute < ranges[i].to_minute &&
            local->minute_of_day + before >= ranges[i].from_minute &&
            local->minute_of_day < ranges[i].to_minute) {
            return true;
        }
    }
    return false;
}

/* Open and close services where their hours begin or end, and all that are due when the
 * day opens; in between a person at the office may have decided otherwise. */
static enum status keep_services(struct stage *stage, struct error *err)
{
    const struct site *site = queue_site(stage->queue);
    struct local_time local = zone_local(stage->setting.zone, stage->setting.now_ms);
    bool is_new_day = stage->day_due != queue_day(stage->queue);
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < site->service_count; i++) {
        bool due = queue_service_is_due(stage->queue, i, is_due(site, i, &local),
                                        stage->setting.now_ms);
        bool was_due = !is_new_day && (stage->services_due >> i & 1U) != 0;
        if (due != was_due && due != queue_service_is_open(stage->queue, i)) {
            struct command command =
                parts_command(due ? VERB_OPEN_SERVICE : VERB_CLOSE_SERVICE);
            command.service = i;
            status = parts_do(stage, &command, err);
        }
        stage->services_due &= ~(1U << i);
        stage->services_due |= due ? 1U << i : 0U;
    }
    stage->day_due = queue_day(stage->queue);
    return status;
}

static enum status close_day(struct stage *stage, struct error *err)
{
    struct command command = parts_command(VERB_CLOSE_DAY);
    enum status status = OK;
    do {
        status = parts_do(stage, &command, err);
    } while (status == OK && queue_day(stage->queue) != 0);
    return status;
}

/* What the server does at every tick: the business day of the site's own clock. */
static enum status keep_day(struct stage *stage, struct error *err)
{
    uint32_t date = zone_business_date(stage->setting.zone, stage->setting.now_ms,
                                       queue_site(stage->queue)->day_change_minutes);
    enum status status = OK;
    if (queue_day(stage->queue) != 0 && queue_day(stage->queue) != date) {
        status = close_day(stage, err);
    }
    if (status == OK && queue_day(stage->queue) == 0 &&
        date > queue_last_day(stage->queue)) {
        struct command command = parts_command(VERB_OPEN_DAY);
        command.date = date;
        status = parts_do(stage, &command, err);
        command.is_more = true;
        while (status == OK && parts_do(stage, &command, err) == OK) {
            /* everybody who was kept overnight */
        }
    }
    if (status != OK || queue_day(stage->queue) == 0) {
        return status;
    }
    const struct event_exceptional *exceptional = queue_exceptional(stage->queue);
    if (exceptional && stage->setting.now_ms >= exceptional->until_ms) {
        struct command command = parts_command(VERB_EXCEPTIONAL);
        status = parts_do(stage, &command, err);
    }
    uint32_t due = queue_parked_due(stage->queue, stage->setting.now_ms);
    while (status == OK && due != TICKET_NONE) {
        struct command command = parts_command(VERB_RESUME);
        command.ticket = due;
        status = parts_do(stage, &command, err);
        due = queue_parked_due(stage->queue, stage->setting.now_ms);
    }
    return status == OK ? keep_services(stage, err) : status;
}

/* Read the site file and put it in force. */
static enum status configure(struct stage *stage, const char *name, struct error *err)
{
    if (stage->site_count == SITES_MAX) {
        return error_set(err, ERR_LIMIT, "more than %d sites in one scenario", SITES_MAX);
    }
    struct site *site = &stage->sites[stage->site_count];
    enum status status = setting_read_site(&stage->setting, name, site, err);
    if (status == OK) {
        status = setting_use_zone(&stage->setting, site, err);
    }
    if (status != OK) {
        return status;
    }
    stage->site_count++;
    struct command command = parts_command(VERB_CONFIGURE);
    command.site = site;
    return parts_do(stage, &command, err);
}

/* The first time of the scenario: the server starts. */
static enum status start_server(struct stage *stage, struct error *err)
{
    struct command command = parts_command(VERB_START_EPOCH);
    command.epoch = queue_epoch(stage->queue) + 1;
    enum status status = parts_do(stage, &command, err);
    return status == OK ? keep_day(stage, err) : status;
}

/* Go on to `to_ms`, looking at days and hours at every whole minute. */
static enum status advance(struct stage *stage, int64_t to_ms, struct error *err)
{
    if (!stage->setting.is_running) {
        stage->setting.is_running = true;
        stage->setting.now_ms = to_ms;
        return start_server(stage, err);
    }
    assert(to_ms >= stage->setting.now_ms);
    enum status status = OK;
    while (status == OK && stage->setting.now_ms < to_ms) {
        int64_t minute_ms = (stage->setting.now_ms / MINUTE_MS + 1) * MINUTE_MS;
        stage->setting.now_ms = minute_ms < to_ms ? minute_ms : to_ms;
        status = keep_day(stage, err);
    }
    return status;
}

static enum status move_to(struct stage *stage, const struct step *step,
                           struct error *err)
{
    int64_t to_ms = 0;
    enum status status = setting_moment(&stage->setting, step, &to_ms, err);
    return status == OK ? advance(stage, to_ms, err) : status;
}

/* When the hours that hold the local minute end; 0: not today, or there are none. */
static int64_t closes_at_ms(const struct stage *stage, uint32_t service)
{
    int64_t now_ms = stage->setting.now_ms;
    struct local_time local = zone_local(stage->setting.zone, now_ms);
    const struct hours_range *ranges =
        site_hours_on(queue_site(stage->queue), service, local.date, local.weekday);
    for (uint32_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
        if (local.minute_of_day >= ranges[i].from_minute &&
            local.minute_of_day < ranges[i].to_minute && ranges[i].to_minute < 1440) {
            int64_t minutes = ranges[i].to_minute - local.minute_of_day;
            return now_ms - now_ms % MINUTE_MS + minutes * MINUTE_MS;
        }
    }
    return 0;
}

static enum status take(struct stage *stage, const struct step *step, struct error *err)
{
    const struct site *site = queue_site(stage->queue);
    struct command command = parts_command(VERB_TAKE);
    enum status status = setting_find_service(queue_site(stage->queue), step->service,
                                              &command.service, err);
    if (status != OK) {
        return status;
    }
    if (step->is_at_kiosk && site->kiosk_count == 0) {
        return error_set(err, ERR_INVALID, "the site has no kiosk");
    }
    if (step->word[0] != '\0') {
        command.class_index = site_find_class(site, step->word);
    }
    command.kiosk = step->is_at_kiosk ? 0 : SITE_NONE;
    command.is_confirmed = step->is_confirmed;
    command.language = step->is_english ? LANGUAGE_EN : LANGUAGE_FR;
    command.is_test = step->is_test;
    if (step->lacks[0] != '\0') {
        uint32_t document = site_find_document(site, step->lacks);
        command.documents = UINT64_C(1) << (document < DOCUMENTS_MAX ? document : 63);
    }
    if (step->is_basket) {
        command.quantity = step->number;
        command.further_count = 1;
        command.further[0].counter = SITE_NONE;
        status =
            setting_find_service(site, step->others, &command.further[0].service, err);
    }
    uint32_t count = step->number == 0 || step->is_basket ? 1 : step->number;
    for (uint32_t i = 0; status == OK && i < count; i++) {
        if (command.class_index < site->class_count) {
            stage->reply.ahead =
                queue_people_ahead(stage->queue, command.service, command.class_index,
                                   stage->setting.now_ms);
            estimate_quote(stage->queue, stage->pace, command.service,
                           command.class_index, stage->setting.now_ms, &command.quote);
            command.closes_at_ms = queue_service_closes_at(
                stage->queue, command.service, closes_at_ms(stage, command.service));
        }
        status = parts_do(stage, &command, err);
        if (status == OK) {
            stage->reply.ticket = queue_ticket_count(stage->queue);
        }
    }
    return status;
}

static enum status find_counter(const struct stage *stage, const char *id,
                                uint32_t *ret_counter, struct error *err)
{
    uint32_t counter = site_find_counter(queue_site(stage->queue), id);
    if (counter == SITE_NONE) {
        return error_set(err, ERR_INVALID, "there is no counter '%s'", id);
    }
    *ret_counter = counter;
    return OK;
}

/* A counter's command on the version that its agent sees. */
static enum status counter_command(const struct stage *stage, enum verb verb,
                                   const char *id, struct command *ret_command,
                                   struct error *err)
{
    *ret_command = parts_command(verb);
    enum status status = find_counter(stage, id, &ret_command->counter, err);
    if (status == OK) {
        ret_command->version = queue_counter(stage->queue, ret_command->counter)->version;
    }
    return status;
}

/* What a transfer, a parking or a note says beside its verb. */
static enum status send_on(const struct stage *stage, const struct step *step,
                           struct command *command, struct error *err)
{
    command->service = SITE_NONE;
    command->to_counter = SITE_NONE;
    command->comes_back = step->comes_back;
    if (step->verb == VERB_NOTE) {
        const struct site *site = queue_site(stage->queue);
        command->matter.topic = site_find_topic(site, step->word) + 1;
        command->matter.document =
            step->other[0] == '\0' ? 0 : site_find_document(site, step->other) + 1;
        return OK;
    }
    if (step->verb == VERB_PARK && step->number > 0) {
        command->back_at_ms = stage->setting.now_ms + (int64_t)step->number * MINUTE_MS;
    }
    if (step->verb == VERB_CALL) {
        (void)text_copy(command->reason, sizeof(command->reason), step->word); /* an id */
    }
    if (step->verb == VERB_WALK_IN) {
        return setting_find_service(queue_site(stage->queue), step->service,
                                    &command->service, err);
    }
    if (step->verb == VERB_HAND_OVER) {
        return find_counter(stage, step->other, &command->to_counter, err);
    }
    if (step->verb != VERB_TRANSFER) {
        return OK;
    }
    command->after_s = step->number * 60;
    enum status status = OK;
    if (step->service[0] != '\0') {
        status = setting_find_service(queue_site(stage->queue), step->service,
                                      &command->service, err);
    }
    if (status == OK && step->other[0] != '\0') {
        status = find_counter(stage, step->other, &command->to_counter, err);
    }
    return status;
}

static enum status press(struct stage *stage, const struct step *step, struct error *err)
{
    struct command command;
    enum status status = counter_command(stage, step->verb, step->counter, &command, err);
    if (status != OK) {
        return status;
    }
    command.ticket = queue_find_ticket(stage->queue, step->ticket);
    status = send_on(stage, step, &command, err);
    status = status == OK ? parts_do(stage, &command, err) : status;
    if (status == OK && step->is_twice) {
        status = parts_do(stage, &command, err);
    }
    stage->reply.ticket = queue_counter(stage->queue, command.counter)->ticket;
    return status;
}

/* Both agents press on what they saw before either press was answered. */
static enum status call_together(struct stage *stage, const struct step *step,
                                 struct error *err)
{
    struct command first;
    struct command second;
    enum status status =
        counter_command(stage, VERB_CALL_NEXT, step->counter, &first, err);
    if (status == OK) {
        status = counter_command(stage, VERB_CALL_NEXT, step->other, &second, err);
    }
    if (status == OK) {
        status = parts_do(stage, &first, err);
    }
    return status == OK ? parts_do(stage, &second, err) : status;
}

/* The server knows the codes; the queue gets a token, which here is the number itself. */
static enum status sign_in(struct stage *stage, const struct step *step,
                           struct error *err)
{
    struct command command;
    const struct site *site = queue_site(stage->queue);
    enum status status =
        counter_command(stage, VERB_SIGN_IN, step->counter, &command, err);
    if (status != OK) {
        return status;
    }
    stage->reply.status = ERR_REFUSED;
    if (step->is_wrong) {
        stage->reply.refusal = REFUSAL_AGENT_UNKNOWN;
        return error_set(err, ERR_REFUSED, "number and code do not belong together");
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (i != command.counter &&
            queue_counter(stage->queue, i)->agent == step->number) {
            stage->reply.refusal = REFUSAL_AGENT_ELSEWHERE;
            return error_set(err, ERR_REFUSED, "the agent is signed in at counter '%s'",
                             site->counters[i].id);
        }
    }
    command.agent = step->number;
    command.profile = step->number <= site->profile_count ? step->number : 0;
    return parts_do(stage, &command, err);
}

static enum status change_ticket(struct stage *stage, const struct step *step,
                                 struct error *err)
{
    struct command command = parts_command(step->verb);
    command.ticket = queue_find_ticket(stage->queue, step->ticket);
    command.print = step->print;
    stage->reply.ticket = command.ticket;
    enum status status = OK;
    if (step->verb == VERB_CORRECT) {
        command.outcome = ticket_state_find(step->word);
        (void)text_copy(command.reason, sizeof(command.reason), "scenario"); /* fits */
    }
    if (step->verb == VERB_SPLIT || step->verb == VERB_LINK) {
        command.other = queue_find_ticket(stage->queue, step->other_ticket);
        command.quantity = step->number;
        command.service = SITE_NONE;
    }
    if (step->verb == VERB_SPLIT && step->service[0] != '\0') {
        status = setting_find_service(queue_site(stage->queue), step->service,
                                      &command.service, err);
    }
    if (step->verb == VERB_REQUALIFY) {
        const struct site *site = queue_site(stage->queue);
        command.service = SITE_NONE;
        command.class_index =
            step->word[0] != '\0' ? site_find_class(site, step->word) : SITE_NONE;
        if (step->service[0] != '\0') {
            status = setting_find_service(site, step->service, &command.service, err);
        }
    }
    status = status == OK ? parts_do(stage, &command, err) : status;
    if (status == OK && step->verb == VERB_SPLIT) {
        stage->reply.ticket = queue_ticket_count(stage->queue);
    }
    return status;
}

/* As press(), by somebody who sees no version. */
static enum status change_counter(struct stage *stage, const struct step *step,
                                  struct error *err)
{
    struct command command;
    enum status status = counter_command(stage, step->verb, step->counter, &command, err);
    command.version = VERSION_ANY;
    status = status == OK ? send_on(stage, step, &command, err) : status;
    return status == OK ? parts_do(stage, &command, err) : status;
}

int64_t stage_now_ms(const struct stage *stage)
{
    return stage->setting.now_ms;
}

/* The state is thrown away and played again from the journal: it must be the same. */
static enum status restart(struct stage *stage, struct error *err)
{
    uint64_t before = queue_state_hash(stage->queue);
    queue_reset(stage->queue, 0);
    for (size_t i = 0; i < stage->event_count; i++) {
        queue_apply(stage->queue, &stage->journal[i]);
    }
    if (queue_state_hash(stage->queue) != before) {
        return error_set(err, ERR_CORRUPT, "the replayed state is another one");
    }
    return start_server(stage, err);
}

static const struct stage_acts acts = {
    .take = take,
    .change_ticket = change_ticket,
    .press = press,
    .call_together = call_together,
    .change_service = order_service,
    .sign_in = sign_in,
    .change_line = order_line,
    .change_today = order_today,
    .be_exceptional = order_exceptional,
    .remark = order_remark,
    .change_counter = change_counter,
    .say = order_words,
    .close_day = close_day,
    .restart = restart,
    .configure = configure,
};

enum status stage_do(struct stage *stage, const struct step *step, struct error *err)
{
    assert(!step_is_expectation(step->kind));
    if (step->kind == STEP_DATE) {
        return setting_use_date(&stage->setting, step->date, err);
    }
    if (step->kind == STEP_SITE && !stage->setting.is_running) {
        return configure(stage, step->word, err);
    }
    if (!queue_has_site(stage->queue)) {
        return error_set(err, ERR_INVALID, "a scenario begins with its site");
    }
    enum status status = move_to(stage, step, err);
    return status == OK ? stage_do_now(&acts, stage, step, err) : status;
}

/* Who stands at the counter without a ticket is not called out. */
static bool is_called_out(const struct event *event)
{
    return event->kind == EVENT_TICKET_CALLED && event->ticket.rule != CALL_WALK_IN;
}

size_t stage_announcements(const struct stage *stage, size_t count_max,
                           struct announcement *ret_announcements)
{
    size_t found = 0;
    size_t first = stage->event_count;
    for (; first > 0 && found < count_max; first--) {
        const struct event *event = &stage->journal[first - 1];
        if (event->kind == EVENT_DAY_OPENED ||
            event->at_ms < stage->setting.now_ms - ANNOUNCE_MS) {
            break;
        }
        found += is_called_out(event) || event->kind == EVENT_TICKET_RECALLED ? 1U : 0U;
    }
    size_t count = 0;
    for (size_t i = first; i < stage->event_count; i++) {
        const struct event *event = &stage->journal[i];
        bool is_recall = event->kind == EVENT_TICKET_RECALLED;
        if (is_recall || is_called_out(event)) {
            ret_announcements[count] = (struct announcement){
                event->ticket.ticket, event->ticket.counter, is_recall};
            count++;
        }
    }
    assert(count == found);
    return count;
}
