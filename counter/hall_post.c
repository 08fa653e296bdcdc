/* The window of a reception or a supervisor; see hall_post.h. What it has in common with
 * the others is in frame.c. */
#include "counter/hall_post.h"

#include <stdlib.h>
#include <string.h>

#include "counter/frame.h"
#include "counter/hall_agent.h"
#include "counter/hall_scene.h"
#include "counter/reception_printer.h"
#include "runtime/clock.h"
#include "runtime/codec_hall.h"
#include "runtime/log.h"

#define MODULE "counter"

struct hall_post {
    struct frame frame;
    struct hall_agent *agent;
    struct reception_printer *printer;
    struct hall_document *hall;
    struct zone *zone; /* of the site; NULL: not known */
};

static void show_sending(struct hall_post *post)
{
    const struct courier *courier = post->frame.courier;
    hall_agent_set_sending(post->agent, !courier_may_begin(courier),
                           courier_request(courier)->state == REQUEST_UNKNOWN);
}

/* ---- The work of the frame ---- */

static bool take_message(void *data, const struct message *message)
{
    struct hall_post *post = data;
    if (!strstr(message->topic, "/hall/") || strstr(message->topic, "/reply")) {
        return false;
    }
    struct error err = {0};
    if (hall_decode(message->payload, message->length, post->hall, &err) != OK) {
        log_failure(MODULE, &err);
        return true;
    }
    hall_agent_set_state(post->agent, post->hall, message->is_retained,
                         message->arrived_ms);
    return true;
}

static void take_site(void *data, const struct site *site)
{
    struct hall_post *post = data;
    hall_agent_set_site(post->agent, site);
    reception_printer_set_site(post->printer, site);
    struct error err = {0};
    struct zone *zone = NULL;
    if (zone_load(site->time_zone, &zone, &err) != OK) {
        log_failure(MODULE, &err); /* no time can be typed, all else goes on */
    }
    zone_destroy(post->zone);
    post->zone = zone;
    post->agent->zone = zone;
}

static void take_reply(void *data, const struct reply_document *reply, int64_t now_ms)
{
    struct hall_post *post = data;
    hall_agent_set_reply(post->agent, reply, now_ms);
}

static void draw(void *data, struct screen *screen, int64_t now_ms)
{
    struct hall_post *post = data;
    show_sending(post);
    hall_scene_draw(screen, post->agent, post->frame.catalogue, now_ms);
}

static void describe(const void *data, struct text *head)
{
    static const char *const dialogues[HALL_DIALOGUE_COUNT] = {
        "",        "issue",   "find",  "ticket", "requalify",
        "service", "contact", "split", "link",   "order"};
    const struct hall_post *post = data;
    const struct hall_agent *agent = post->agent;
    text_add(head, "page %s\nticket %s\ndialogue %s\n",
             agent->is_supervisor ? "supervisor" : "reception",
             agent->dialogue == HALL_DIALOGUE_TICKET ? agent->ticket.label : "-",
             agent->dialogue == HALL_DIALOGUE_ORDER ? order_kind_name(agent->order.kind)
                                                    : dialogues[agent->dialogue]);
}

static bool take_input(void *data, const struct input_event *event, int64_t now_ms)
{
    struct hall_post *post = data;
    (void)now_ms;
    show_sending(post);
    bool is_taken = hall_agent_take_input(post->agent, event);
    if (is_taken) {
        post->frame.input.has_activated = false; /* what follows is no bounce of it */
    }
    return is_taken;
}

static bool take_character(void *data, uint32_t code, int64_t now_ms)
{
    struct hall_post *post = data;
    (void)now_ms;
    if (post->agent->dialogue == HALL_DIALOGUE_NONE) {
        return false;
    }
    hall_agent_type(post->agent, code);
    post->frame.input.has_activated = false; /* what follows is no bounce of it */
    return true;
}

static void press(void *data, int target, int64_t now_ms)
{
    struct hall_post *post = data;
    struct command_document command;
    show_sending(post);
    if (hall_agent_press(post->agent, (enum hall_action)target, now_ms, &command)) {
        frame_send(&post->frame, &command, now_ms);
    }
}

static int64_t wake_ms(const void *data, int64_t now_ms)
{
    const struct hall_post *post = data;
    return hall_agent_wake_ms(post->agent, now_ms);
}

static void pass_time(void *data, int64_t now_ms)
{
    struct hall_post *post = data;
    hall_agent_step(post->agent, now_ms);
}

static bool is_idle(const void *data)
{
    const struct hall_post *post = data;
    return post->agent->dialogue == HALL_DIALOGUE_NONE &&
           reception_slip_is_idle(&post->agent->reception.slip);
}

static void add_status(const void *data, struct status_document *status)
{
    const struct hall_post *post = data;
    status->has_printer = true;
    status->printer = post->agent->reception.slip.health;
    status->paper = post->agent->reception.slip.paper;
}

/* Print what is to be printed; tell the server what came of earlier slips as soon as no
 * command is on its way. */
static bool follow(void *data)
{
    struct hall_post *post = data;
    const struct courier *courier = post->frame.courier;
    struct reception_slip *slip = &post->agent->reception.slip;
    bool was_failed = slip->state == RECEPTION_SLIP_FAILED;
    bool is_changed = reception_printer_dispatch(post->printer);
    reception_printer_step(post->printer, &post->agent->site);
    is_changed |= !was_failed && slip->state == RECEPTION_SLIP_FAILED;
    struct command_document command;
    bool is_free =
        courier_may_begin(courier) && courier_request(courier)->state != REQUEST_UNKNOWN;
    if (is_free && reception_slip_next(slip, &command)) {
        struct error err = {0};
        slip->is_reporting =
            courier_begin(post->frame.courier, &command, clock_machine_ms(), &err) == OK;
        if (!slip->is_reporting) {
            log_failure(MODULE, &err);
        }
    }
    return is_changed;
}

/* ---- Life ---- */

/* Take up what a former run left without an answer. */
static void resume(struct hall_post *post)
{
    struct command_document command;
    int64_t age_ms = 0;
    if (courier_find(post->frame.courier, clock_sample_now().wall_ms, &command,
                     &age_ms)) {
        log_notice(MODULE, "a command of the last run has no answer yet: sent again");
        hall_agent_resume(post->agent, &command, age_ms);
    }
}

static enum status start_printer(struct hall_post *post, struct error *err)
{
    const struct printer_config *config = &post->frame.config->printer;
    const struct reception_printer_options options = {.config = config,
                                                      .catalogue = post->frame.catalogue,
                                                      .slip =
                                                          &post->agent->reception.slip,
                                                      .wake = frame_wake,
                                                      .wake_data = &post->frame};
    reception_slip_init(&post->agent->reception.slip, config->queue[0] != '\0');
    post->printer = reception_printer_create(&options);
    return post->printer ? OK : error_set(err, ERR_LIMIT, "cannot start: out of memory");
}

static enum status open_post(struct hall_post *post, struct error *err)
{
    const struct program_config *config = post->frame.config;
    char halls_topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, halls_topic, sizeof(halls_topic));
    text_add(&text, "guichet/v1/%s/hall/+/state", config->broker.site);
    post->agent = calloc(1, sizeof(*post->agent));
    post->hall = calloc(1, sizeof(*post->hall));
    if (!post->agent || !post->hall) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    hall_agent_init(post->agent, config->broker.id,
                    strcmp(config->broker.kind, "supervisor") == 0,
                    config->device.language);
    const char *const topics[] = {halls_topic};
    if (frame_open(&post->frame, topics, 1, err) != OK) {
        return err->status;
    }
    if (start_printer(post, err) != OK) {
        return err->status;
    }
    resume(post);
    return OK;
}

enum status hall_post_run(const struct command_line *line,
                          const struct program_config *config, bool *ret_starts_again,
                          struct error *err)
{
    static const struct frame_work work = {.take_message = take_message,
                                           .take_site = take_site,
                                           .take_reply = take_reply,
                                           .draw = draw,
                                           .describe = describe,
                                           .take_character = take_character,
                                           .take_input = take_input,
                                           .press = press,
                                           .wake_ms = wake_ms,
                                           .pass_time = pass_time,
                                           .is_idle = is_idle,
                                           .add_status = add_status,
                                           .follow = follow};
    struct hall_post post = {.frame = {.line = line, .config = config, .work = &work}};
    post.frame.data = &post;
    enum status status = open_post(&post, err);
    *ret_starts_again = status == OK && frame_run(&post.frame);
    reception_printer_destroy(post.printer);
    frame_close(&post.frame);
    zone_destroy(post.zone);
    free(post.hall);
    free(post.agent);
    return status;
}
