/* A stage made of the real programs; see live_stage.h.
 *
 * Office time is stepped, and only when everything is in: the reply, the board that has
 * it, and the hall screen's word that it has drawn the call. Nothing waits for a time to
 * pass; PATIENCE_MS is only where a test gives up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "live_parts.h"
#include "runtime/clock.h"
#include "runtime/codec_reply.h"
#include "runtime/instant.h"

struct stage *stage_create(const char *path)
{
    struct stage *stage = calloc(1, sizeof(*stage));
    if (!stage) {
        return NULL;
    }
    stage->setting.path = path;
    stage->document = reply_document_create();
    stage->watch = (struct device_watch){
        .filter = "#", .take = live_hall_take, .context = &stage->hall};
    if (!stage->document) {
        stage_destroy(stage);
        return NULL;
    }
    return stage;
}

void stage_destroy(struct stage *stage)
{
    if (!stage) {
        return;
    }
    if (stage->line != 0) {
        (void)fprintf(stderr, "%s:%u: the test ended here\n", stage->setting.path,
                      (unsigned)stage->line);
    }
    for (size_t i = 0; i < stage->device_count; i++) {
        device_close(&stage->devices[i]);
    }
    if (stage->admin.handle) {
        device_close(&stage->admin);
    }
    if (stage->has_office) {
        office_abandon(&stage->office);
    }
    setting_finish(&stage->setting);
    reply_document_destroy(stage->document);
    free(stage);
}

void stage_close(struct stage *stage)
{
    if (!stage->has_office) {
        return;
    }
    office_stop(&stage->office);
    stage->has_office = false;
}

void live_begin_line(struct stage *stage, uint32_t line)
{
    stage->line = line;
}

void live_end_line(struct stage *stage)
{
    stage->line = 0;
}

const struct live_hall *live_hall_of(const struct stage *stage)
{
    return &stage->hall;
}

const struct live_reply *live_last_reply(const struct stage *stage)
{
    return &stage->reply;
}

const struct site *live_site(const struct stage *stage)
{
    return &stage->site;
}

bool live_is_open(const struct stage *stage)
{
    return stage->setting.is_running;
}

/* ---- Devices ---- */

static struct test_device *device_of(struct stage *stage, const char *kind,
                                     const char *id)
{
    char name[sizeof(stage->admin.kind_and_id)];
    struct text text;
    text_init(&text, name, sizeof(name));
    text_add(&text, "%s/%s", kind, id);
    for (size_t i = 0; i < stage->device_count; i++) {
        if (strcmp(stage->devices[i].kind_and_id, name) == 0) {
            return &stage->devices[i];
        }
    }
    assert_true(stage->device_count < DEVICES_MAX);
    struct test_device *device = &stage->devices[stage->device_count];
    device_connect(device, &stage->office, kind, id, NULL);
    stage->device_count++;
    return device;
}

/* The device of an agent, which has seen the counter's present state: the button for the
 * one button's verb, the window for all others. */
static enum status agent_of(struct stage *stage, enum verb verb, const char *counter_id,
                            struct test_device **ret_device, struct error *err)
{
    if (site_find_counter(&stage->site, counter_id) == SITE_NONE) {
        (void)error_set(err, ERR_INVALID, "there is no counter '%s'", counter_id);
        return ERR_INVALID;
    }
    char button[ID_LENGTH_MAX + 2];
    struct text text;
    text_init(&text, button, sizeof(button));
    text_add(&text, "b%s", counter_id);
    struct test_device *device = verb == VERB_PRESS
                                     ? device_of(stage, "button", button)
                                     : device_of(stage, "counter", counter_id);
    live_settle(stage);
    const struct seen_counter *counter = live_hall_counter(&stage->hall, counter_id);
    assert_non_null(counter);
    int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while (device->epoch < counter->state.epoch || device->tick < counter->state.tick ||
           device->version < counter->state.version) {
        assert_true(clock_machine_ms() < until_ms);
        device_listen(device, 20);
    }
    *ret_device = device;
    return OK;
}

/* ---- Commands ---- */

/* What the text of a reply says. */
static enum status read_reply(struct stage *stage, const char *payload, struct error *err)
{
    struct reply_document *document = stage->document;
    struct error fault;
    if (reply_decode(payload, strlen(payload), document, &fault) != OK) {
        fail_msg("%s in the reply %s", fault.text, payload);
    }
    struct live_reply *reply = &stage->reply;
    reply->is_refused = !document->is_ok;
    (void)text_copy(reply->code, sizeof(reply->code), document->code); /* same size */
    if (!document->is_ok) {
        return error_set(err, ERR_REFUSED, "%s", document->sentence);
    }
    const char *label = "";
    if (document->has_ticket) {
        label = document->ticket.label;
        reply->ahead = document->ticket.ahead;
    } else if (document->has_counter && document->counter.has_ticket) {
        label = document->counter.ticket.label;
    }
    (void)text_copy(reply->ticket, sizeof(reply->ticket), label); /* same size */
    return OK;
}

/* Keep the command and its reply, for the question whether a restart keeps them. */
static void keep_answer(struct stage *stage, struct test_device *device)
{
    stage->asker = device;
    memcpy(stage->asked, device->payload, sizeof(stage->asked));
    memcpy(stage->answer, device->reply, sizeof(stage->answer));
}

/* Ask, and wait for the reply. What becomes of the paper is on no board: nothing of it is
 * to be waited for afterwards. */
static enum status ask(struct stage *stage, struct test_device *device, enum verb verb,
                       const char *fields, struct error *err)
{
    stage->is_settled = verb == VERB_PRINTED;
    device_do(device, verb_name(verb), fields);
    keep_answer(stage, device);
    return read_reply(stage, device->reply, err);
}

static enum status take(struct stage *stage, const struct step *step, struct error *err)
{
    uint32_t service = 0;
    if (setting_find_service(&stage->site, step->service, &service, err) != OK) {
        return err->status;
    }
    if (step->is_at_kiosk && stage->site.kiosk_count == 0) {
        return error_set(err, ERR_INVALID, "the site has no kiosk");
    }
    struct test_device *device = step->is_at_kiosk
                                     ? device_of(stage, "kiosk", stage->site.kiosks[0].id)
                                     : &stage->admin;
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"service\":\"%s\",\"language\":\"%s\"",
             stage->site.services[service].id,
             language_tag(step->is_english ? LANGUAGE_EN : LANGUAGE_FR));
    if (step->word[0] != '\0') {
        text_add(&text, ",\"class\":\"%s\"", step->word);
    }
    text_add_string(&text, step->is_confirmed ? ",\"confirmed\":true" : "");
    text_add_string(&text, step->is_test ? ",\"test\":true" : "");
    if (step->lacks[0] != '\0') {
        text_add(&text, ",\"lacks\":[\"%s\"]", step->lacks);
    }
    uint32_t other = 0;
    if (step->is_basket &&
        setting_find_service(&stage->site, step->others, &other, err) != OK) {
        return err->status;
    }
    if (step->is_basket) {
        text_add(&text, ",\"quantity\":%u,\"further\":[{\"service\":\"%s\"}]",
                 (unsigned)step->number, stage->site.services[other].id);
    }
    uint32_t count = step->number == 0 || step->is_basket ? 1 : step->number;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < count; i++) {
        status = ask(stage, device, VERB_TAKE, fields, err);
    }
    return status;
}

/* The field of the service whose letter the step names. */
static enum status add_service(const struct stage *stage, const struct step *step,
                               const char *prefix, struct text *text, struct error *err)
{
    uint32_t service = 0;
    enum status status = setting_find_service(&stage->site, step->service, &service, err);
    if (status == OK) {
        text_add(text, "%s\"service\":\"%s\"", prefix, stage->site.services[service].id);
    }
    return status;
}

static enum status change_ticket(struct stage *stage, const struct step *step,
                                 struct error *err)
{
    struct test_device *device = step->verb == VERB_PRINTED
                                     ? device_of(stage, "kiosk", stage->site.kiosks[0].id)
                                     : &stage->admin;
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"ticket\":\"%s\"", step->ticket);
    if (step->verb == VERB_REQUALIFY && step->word[0] != '\0') {
        text_add(&text, ",\"class\":\"%s\"", step->word);
    } else if (step->verb == VERB_REQUALIFY &&
               add_service(stage, step, ",", &text, err) != OK) {
        return err->status;
    }
    if (step->verb == VERB_LINK) {
        text_add(&text, ",\"other\":\"%s\"", step->other_ticket);
    }
    if (step->verb == VERB_SPLIT && step->number > 0) {
        text_add(&text, ",\"quantity\":%u", (unsigned)step->number);
    } else if (step->verb == VERB_SPLIT &&
               add_service(stage, step, ",", &text, err) != OK) {
        return err->status;
    }
    if (step->verb == VERB_CORRECT) {
        text_add(&text, ",\"outcome\":\"%s\",\"reason\":\"scenario\"", step->word);
    }
    if (step->verb == VERB_PRINTED) {
        text_add(&text, ",\"result\":\"%s\",\"copy\":false",
                 print_state_name(step->print));
    }
    live_settle(stage); /* who cancels a call has seen it on the hall screen */
    return ask(stage, device, step->verb, fields, err);
}

static enum status sign_in(struct stage *stage, const struct step *step,
                           struct error *err)
{
    struct test_device *device = NULL;
    if (agent_of(stage, VERB_SIGN_IN, step->counter, &device, err) != OK) {
        return err->status;
    }
    char bytes[80];
    struct text fields;
    text_init(&fields, bytes, sizeof(bytes));
    text_add(&fields, "\"agent\":\"%u\",\"code\":\"%s\"", (unsigned)step->number,
             step->is_wrong ? "999999" : LIVE_CODE);
    stage->is_settled = false;
    device_do(device, verb_name(VERB_SIGN_IN), bytes);
    return read_reply(stage, device->reply, err); /* never stored: nothing to keep */
}

/* Both presses are with the broker before the server answers the first. */
static enum status press_twice(struct stage *stage, struct test_device *device,
                               const char *verb, const char *fields, struct error *err)
{
    office_hold(&stage->office);
    device_start_twice(device, verb, fields);
    device_wait_sent(device);
    office_release(&stage->office);
    device_wait_replies(device, 2);
    keep_answer(stage, device);
    enum status status = read_reply(stage, device->reply_before, err);
    return status == OK ? read_reply(stage, device->reply, err) : status;
}

/* What an agent's command says beside its verb. */
static enum status press_fields(const struct stage *stage, const struct step *step,
                                struct text *fields, struct error *err)
{
    if (step->verb == VERB_CALL) {
        text_add(fields, "\"ticket\":\"%s\"", step->ticket);
        if (step->word[0] != '\0') {
            text_add(fields, ",\"reason\":\"%s\"", step->word);
        }
    } else if (step->verb == VERB_WALK_IN) {
        text_add_string(fields, "\"language\":\"fr\"");
        return add_service(stage, step, ",", fields, err);
    } else if (step->verb == VERB_NOTE) {
        text_add(fields, "\"topic\":\"%s\"", step->word);
        if (step->other[0] != '\0') {
            text_add(fields, ",\"missing\":\"%s\",\"complete\":false", step->other);
        }
    } else if (step->verb == VERB_PARK) {
        text_add_string(fields, "\"reason\":\"\"");
        if (step->number > 0) {
            char back_at[INSTANT_TEXT_BYTES];
            instant_text(stage->setting.now_ms + (int64_t)step->number * 60000, back_at);
            text_add(fields, ",\"back_at\":\"%s\"", back_at);
        }
    } else if (step->verb == VERB_HAND_OVER) {
        text_add(fields, "\"to\":\"%s\"", step->other);
    } else if (step->verb == VERB_TRANSFER) {
        text_add(fields, "\"comes_back\":%s,\"after_s\":%u",
                 step->comes_back ? "true" : "false", (unsigned)step->number * 60);
        if (step->other[0] != '\0') {
            text_add(fields, ",\"to\":\"%s\"", step->other);
        }
        if (step->service[0] != '\0') {
            return add_service(stage, step, ",", fields, err);
        }
    }
    return OK;
}

static enum status press(struct stage *stage, const struct step *step, struct error *err)
{
    struct test_device *device = NULL;
    if (agent_of(stage, step->verb, step->counter, &device, err) != OK) {
        return err->status;
    }
    char bytes[160];
    struct text fields;
    text_init(&fields, bytes, sizeof(bytes));
    if (press_fields(stage, step, &fields, err) != OK) {
        return err->status;
    }
    const char *more = fields.length > 0 ? bytes : NULL;
    if (!step->is_twice) {
        return ask(stage, device, step->verb, more, err);
    }
    stage->is_settled = false;
    return press_twice(stage, device, verb_name(step->verb), more, err);
}

/* Both agents press on what they saw before either press was answered. */
static enum status call_together(struct stage *stage, const struct step *step,
                                 struct error *err)
{
    struct test_device *first = NULL;
    struct test_device *second = NULL;
    if (agent_of(stage, VERB_CALL_NEXT, step->counter, &first, err) != OK ||
        agent_of(stage, VERB_CALL_NEXT, step->other, &second, err) != OK) {
        return err->status;
    }
    const char *verb = verb_name(VERB_CALL_NEXT);
    stage->is_settled = false;
    office_hold(&stage->office);
    device_start(first, verb, NULL);
    device_wait_sent(first); /* so it is before the other */
    device_start(second, verb, NULL);
    device_wait_sent(second);
    office_release(&stage->office);
    device_wait_replies(first, 1);
    device_wait_replies(second, 1);
    keep_answer(stage, second);
    enum status status = read_reply(stage, first->reply, err);
    return status == OK ? read_reply(stage, second->reply, err) : status;
}

static enum status change_service(struct stage *stage, const struct step *step,
                                  struct error *err)
{
    uint32_t service = 0;
    if (setting_find_service(&stage->site, step->service, &service, err) != OK) {
        return err->status;
    }
    char fields[64];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"service\":\"%s\"", stage->site.services[service].id);
    return ask(stage, &stage->admin, step->verb, fields, err);
}

static enum status change_line(struct stage *stage, const struct step *step,
                               struct error *err)
{
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add_string(&text, step->verb == VERB_SETTLE ? "\"reason\":\"scenario\"" : "");
    if (step->verb == VERB_SETTLE) {
        text_add(&text, ",\"outcome\":\"%s\"", step->word);
    }
    if (step->service[0] != '\0' &&
        add_service(stage, step, text.length > 0 ? "," : "", &text, err) != OK) {
        return err->status;
    }
    if (step->to_service[0] != '\0') {
        uint32_t service = 0;
        if (setting_find_service(&stage->site, step->to_service, &service, err) != OK) {
            return err->status;
        }
        text_add(&text, ",\"to\":\"%s\"", stage->site.services[service].id);
    }
    return ask(stage, &stage->admin, step->verb, text.length > 0 ? fields : NULL, err);
}

static enum status change_today(struct stage *stage, const struct step *step,
                                struct error *err)
{
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    if (step->verb == VERB_SET_QUOTA) {
        text_add(&text, "\"tickets\":%u", (unsigned)step->number);
    } else {
        char until[INSTANT_TEXT_BYTES];
        instant_text(stage->setting.now_ms + (int64_t)step->number * 60000, until);
        text_add(&text, "\"until\":\"%s\"", until);
    }
    enum status status = add_service(stage, step, ",", &text, err);
    return status == OK ? ask(stage, &stage->admin, step->verb, fields, err) : status;
}

static enum status be_exceptional(struct stage *stage, const struct step *step,
                                  struct error *err)
{
    if (step->number == 0) {
        return ask(stage, &stage->admin, VERB_EXCEPTIONAL, "\"on\":false", err);
    }
    char fields[160];
    char until[INSTANT_TEXT_BYTES];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    instant_text(stage->setting.now_ms + (int64_t)step->number * 60000, until);
    text_add(&text, "\"on\":true,\"until\":\"%s\",\"fr\":\"%s\"", until, step->word);
    if (step->service[0] != '\0' && add_service(stage, step, ",", &text, err) != OK) {
        return err->status;
    }
    return ask(stage, &stage->admin, VERB_EXCEPTIONAL, fields, err);
}

static enum status remark(struct stage *stage, const struct step *step, struct error *err)
{
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    if (step->verb == VERB_WITHDRAW_REMARK) {
        text_add(&text, "\"remark\":%u", (unsigned)step->number);
    } else {
        char from[INSTANT_TEXT_BYTES];
        char until[INSTANT_TEXT_BYTES];
        instant_text(stage->setting.now_ms - (int64_t)step->number * 60000, from);
        instant_text(stage->setting.now_ms, until);
        text_add(&text, "\"text\":\"%s\",\"from\":\"%s\",\"until\":\"%s\"", step->word,
                 from, until);
    }
    return ask(stage, &stage->admin, step->verb, fields, err);
}

/* A supervisor's device, which names the counter. */
static enum status change_counter(struct stage *stage, const struct step *step,
                                  struct error *err)
{
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"counter\":\"%s\"", step->counter);
    if (step->other[0] != '\0') {
        text_add(&text, ",\"to\":\"%s\"", step->other);
    }
    const char *verb = step->verb == VERB_OPEN    ? "open-counter"
                       : step->verb == VERB_CLOSE ? "close-counter"
                                                  : "hand-over";
    stage->is_settled = false;
    device_do(&stage->admin, verb, fields);
    keep_answer(stage, &stage->admin);
    return read_reply(stage, stage->admin.reply, err);
}

static enum status say(struct stage *stage, const struct step *step, struct error *err)
{
    char fields[160];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"fr\":\"%s\"", step->word);
    if (step->number > 0) {
        char until[INSTANT_TEXT_BYTES];
        instant_text(stage->setting.now_ms + (int64_t)step->number * 60000, until);
        text_add(&text, ",\"until\":\"%s\"", until);
    }
    return ask(stage, &stage->admin, VERB_MESSAGE, fields, err);
}

/* The reply says that closing has begun. */
static enum status close_day(struct stage *stage, struct error *err)
{
    live_settle(stage);
    stage->is_settled = false;
    device_do(&stage->admin, verb_name(VERB_CLOSE_DAY), NULL);
    enum status status = read_reply(stage, stage->admin.reply, err);
    if (status == OK) {
        live_wait_for_no_day(stage);
    }
    return status;
}

/* ---- Steps ---- */

static const struct stage_acts acts = {
    .take = take,
    .change_ticket = change_ticket,
    .press = press,
    .call_together = call_together,
    .change_service = change_service,
    .sign_in = sign_in,
    .change_line = change_line,
    .change_today = change_today,
    .be_exceptional = be_exceptional,
    .remark = remark,
    .change_counter = change_counter,
    .say = say,
    .close_day = close_day,
    .restart = live_restart,
    .configure = live_configure,
};

enum status stage_do(struct stage *stage, const struct step *step, struct error *err)
{
    if (step->kind == STEP_DATE) {
        return setting_use_date(&stage->setting, step->date, err);
    }
    if (step->kind == STEP_SITE && !stage->setting.is_running) {
        return live_configure(stage, step->word, err);
    }
    if (!stage->setting.zone) {
        return error_set(err, ERR_INVALID, "a scenario begins with its site");
    }
    live_begin_line(stage, step->line);
    enum status status = live_move_to(stage, step, err);
    if (status == OK) {
        status = stage_do_now(&acts, stage, step, err);
    }
    live_end_line(stage);
    return status;
}
