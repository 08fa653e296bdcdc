/* The agent's window; see post.h. What it has in common with the others is in frame.c. */
#include "counter/post.h"

#include <stdlib.h>
#include <string.h>

#include "counter/agent.h"
#include "counter/frame.h"
#include "counter/scene.h"
#include "runtime/clock.h"
#include "runtime/codec_board.h"
#include "runtime/codec_counter.h"
#include "runtime/log.h"

#define MODULE "counter"

struct post {
    struct frame frame;
    struct agent *agent;
    struct board_document *board;
    struct counter_document *state;
    char state_topic[LINK_TOPIC_MAX + 1];
};

static void show_sending(struct post *post, int64_t now_ms)
{
    const struct request *request = courier_request(post->frame.courier);
    enum agent_sending sending = SENDING_NOTHING;
    if (request->state == REQUEST_UNKNOWN) {
        sending = SENDING_UNKNOWN;
    } else if (request_age_ms(request, now_ms) >= REQUEST_SHOW_SENDING_MS) {
        sending = SENDING_NOW;
    }
    agent_set_sending(post->agent, !courier_may_begin(post->frame.courier), sending);
}

static void press(struct post *post, enum agent_action action, int64_t now_ms)
{
    struct command_document command;
    show_sending(post, now_ms);
    if (agent_press(post->agent, action, now_ms, &command)) {
        /* A reason is shown to everybody in the hall: in the site's first language. */
        const char *reason =
            command.reason[0] == '\0'
                ? ""
                : catalogue_text(post->frame.catalogue, LANGUAGE_FR, command.reason);
        (void)text_copy(command.reason, sizeof(command.reason), reason); /* short */
        frame_send(&post->frame, &command, now_ms);
    }
    post->frame.must_draw = true;
}

/* ---- The work of the frame ---- */

static void take_state(struct post *post, const struct message *message)
{
    struct error err = {0};
    if (counter_decode(message->payload, message->length, post->state, &err) != OK) {
        log_failure(MODULE, &err);
        return;
    }
    agent_set_state(post->agent, post->state, message->is_retained, message->arrived_ms);
}

/* Of a board only the pace of office time is wanted. */
static void take_board(struct post *post, const struct message *message)
{
    struct error err = {0};
    if (board_decode(message->payload, message->length, post->board, &err) == OK) {
        agent_set_pace(post->agent, post->board->clock, post->board->factor);
    }
}

static bool take_message(void *data, const struct message *message)
{
    struct post *post = data;
    if (strcmp(message->topic, post->state_topic) == 0) {
        take_state(post, message);
    } else if (strstr(message->topic, "/board/")) {
        take_board(post, message);
    } else {
        return false;
    }
    return true;
}

static void take_site(void *data, const struct site *site)
{
    struct post *post = data;
    agent_set_site(post->agent, site);
}

static void take_reply(void *data, const struct reply_document *reply, int64_t now_ms)
{
    struct post *post = data;
    agent_set_reply(post->agent, reply, now_ms);
    enum agent_action wanted = agent_take_wanted(post->agent);
    if (wanted != AGENT_NONE) {
        press(post, wanted, now_ms);
    }
}

static void draw(void *data, struct screen *screen, int64_t now_ms)
{
    struct post *post = data;
    show_sending(post, now_ms);
    scene_draw(screen, post->agent, post->frame.catalogue, now_ms);
}

static void describe(const void *data, struct text *head)
{
    static const char *const dialogues[] = {"",        "pause",   "choose", "cancel",
                                            "contact", "readmit", "close",  "transfer",
                                            "resume",  "matter",  "sign-in"};
    const struct post *post = data;
    const struct counter_document *state = &post->agent->state;
    text_add(head, "page counter\nstate %s\nticket %s\ndialogue %s\n",
             counter_state_name(state->state),
             state->has_ticket ? state->ticket.label : "-",
             dialogues[post->agent->dialogue]);
}

static bool take_character(void *data, uint32_t code, int64_t now_ms)
{
    struct post *post = data;
    if (post->agent->dialogue != DIALOGUE_NONE) {
        agent_type(post->agent, code);
        post->frame.input.has_activated = false; /* what follows is no bounce of it */
        return true;
    }
    enum agent_action action = agent_of_letter(code);
    if (action != AGENT_NONE) {
        press(post, action, now_ms);
    }
    return action != AGENT_NONE;
}

static void press_target(void *data, int target, int64_t now_ms)
{
    struct post *post = data;
    press(post, (enum agent_action)target, now_ms);
    /* Twice the same digit is two digits, however quickly. */
    post->frame.input.has_activated = target < (int)AGENT_ERASE;
}

static int64_t wake_ms(const void *data, int64_t now_ms)
{
    const struct post *post = data;
    int64_t at_ms = agent_wake_ms(post->agent, now_ms);
    const struct courier *courier = post->frame.courier;
    int64_t age_ms = request_age_ms(courier_request(courier), now_ms);
    if (!courier_may_begin(courier) && age_ms < REQUEST_SHOW_SENDING_MS) {
        int64_t shown_ms = now_ms + REQUEST_SHOW_SENDING_MS - age_ms;
        at_ms = shown_ms < at_ms ? shown_ms : at_ms;
    }
    return at_ms;
}

static void pass_time(void *data, int64_t now_ms)
{
    struct post *post = data;
    (void)agent_step(post->agent, now_ms); /* everything is drawn anew anyway */
    enum agent_action action = agent_auto(post->agent, now_ms, NULL);
    if (action != AGENT_NONE) {
        press(post, action, now_ms);
    }
}

static bool is_idle(const void *data)
{
    const struct post *post = data;
    return post->agent->dialogue == DIALOGUE_NONE;
}

/* ---- Life ---- */

static enum status open_post(struct post *post, struct error *err)
{
    const struct program_config *config = post->frame.config;
    char boards_topic[LINK_TOPIC_MAX + 1];
    struct text text;
    text_init(&text, boards_topic, sizeof(boards_topic));
    text_add(&text, "guichet/v1/%s/board/+", config->broker.site);
    frame_topic(config, "state", post->state_topic);
    post->agent = calloc(1, sizeof(*post->agent));
    post->state = calloc(1, sizeof(*post->state));
    post->board = board_document_create();
    if (!post->agent || !post->state || !post->board) {
        return error_set(err, ERR_LIMIT, "cannot start: out of memory");
    }
    agent_init(post->agent, config->broker.id, config->device.language);
    const char *const topics[] = {boards_topic, post->state_topic};
    return frame_open(&post->frame, topics, 2, err);
}

enum status post_run(const struct command_line *line, const struct program_config *config,
                     bool *ret_starts_again, struct error *err)
{
    static const struct frame_work work = {.take_message = take_message,
                                           .take_site = take_site,
                                           .take_reply = take_reply,
                                           .draw = draw,
                                           .describe = describe,
                                           .take_character = take_character,
                                           .press = press_target,
                                           .wake_ms = wake_ms,
                                           .pass_time = pass_time,
                                           .is_idle = is_idle};
    struct post post = {.frame = {.line = line, .config = config, .work = &work}};
    post.frame.data = &post;
    enum status status = open_post(&post, err);
    *ret_starts_again = status == OK && frame_run(&post.frame);
    frame_close(&post.frame);
    board_document_destroy(post.board);
    free(post.state);
    free(post.agent);
    return status;
}
