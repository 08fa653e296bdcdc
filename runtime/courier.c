/* Commands to the server and back; see courier.h. */
#include "runtime/courier.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/codec_command.h"
#include "runtime/codec_reply.h"
#include "runtime/identifier.h"
#include "runtime/log.h"
#include "runtime/outbox.h"

#define MODULE "courier"

struct courier {
    struct link *link; /* borrowed; NULL while there is none */
    struct outbox *outbox;
    struct identifier_source ids;
    struct request request;
    enum sender sender;
    bool is_secret; /* the command in flight holds a code: it is not put on the disk */
    int64_t wake_at_ms;
    char command_topic[LINK_TOPIC_MAX + 1];
    char reply_topic[LINK_TOPIC_MAX + 1];
};

/* Do what a step of the machine asks for; storing leads to a further step. */
static void step(struct courier *courier, const struct request_input *input)
{
    struct request_output output = request_step(&courier->request, input);
    struct error err = {0};
    if (output.must_store) {
        bool is_stored =
            courier->is_secret ||
            outbox_store(courier->outbox, courier->request.id, courier->request.bytes,
                         courier->request.length, &err) == OK;
        if (!is_stored) {
            log_failure(MODULE, &err);
        }
        struct request_input next = {.kind = is_stored ? REQUEST_ON_STORED
                                                       : REQUEST_ON_STORE_FAILED,
                                     .now_ms = input->now_ms};
        step(courier, &next);
        return;
    }
    if (output.must_send && courier->link) {
        struct publication publication = {.topic = courier->command_topic,
                                          .payload = courier->request.bytes,
                                          .length = courier->request.length};
        if (link_publish(courier->link, &publication, &err) != OK) {
            log_debug(MODULE, "not sent yet: %s", err.text);
        }
    }
    if (output.must_clear && outbox_clear(courier->outbox, &err) != OK) {
        log_failure(MODULE, &err);
    }
    courier->wake_at_ms = output.wake_at_ms;
}

static void write_topic(const struct courier_options *options, const char *leaf,
                        char ret_topic[LINK_TOPIC_MAX + 1])
{
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/%s/%s/%s", options->site, sender_name(options->sender),
             options->id, leaf);
    assert(!text.is_cut); /* ids are bounded */
}

/* Go on with what a former run had sent or was about to send. */
static void resume(struct courier *courier, int64_t now_ms)
{
    struct outbox_command command;
    struct error err = {0};
    enum status status = outbox_read(courier->outbox, &command, &err);
    if (status == OK) {
        struct request_input input = {.kind = REQUEST_ON_RESUME,
                                      .now_ms = now_ms,
                                      .id = command.id,
                                      .bytes = command.bytes,
                                      .length = command.length};
        step(courier, &input);
    } else if (status != ERR_NOT_FOUND) {
        log_failure(MODULE, &err);
    }
}

enum status courier_create(const struct courier_options *options, int64_t now_ms,
                           struct courier **ret_courier, struct error *err)
{
    struct courier *courier = calloc(1, sizeof(*courier));
    if (!courier) {
        return error_set(err, ERR_LIMIT, "cannot send commands: out of memory");
    }
    courier->sender = options->sender;
    courier->wake_at_ms = INT64_MAX;
    write_topic(options, "command", courier->command_topic);
    write_topic(options, "reply", courier->reply_topic);
    request_init(&courier->request);
    enum status status = outbox_open(options->folder, &courier->outbox, err);
    if (status != OK) {
        courier_destroy(courier);
        return status;
    }
    resume(courier, now_ms);
    *ret_courier = courier;
    return OK;
}

void courier_destroy(struct courier *courier)
{
    if (!courier) {
        return;
    }
    outbox_close(courier->outbox);
    free(courier);
}

enum status courier_subscribe(const struct courier *courier, struct link *link,
                              struct error *err)
{
    return link_subscribe(link, courier->reply_topic, DELIVERY_EACH, err);
}

void courier_set_link(struct courier *courier, struct link *link, bool is_connected,
                      int64_t now_ms)
{
    courier->link = link;
    struct request_input input = {.kind = is_connected ? REQUEST_ON_CONNECTED
                                                       : REQUEST_ON_DISCONNECTED,
                                  .now_ms = now_ms};
    step(courier, &input);
}

bool courier_find(const struct courier *courier, int64_t wall_ms,
                  struct command_document *ret_command, int64_t *ret_age_ms)
{
    const struct request *request = &courier->request;
    enum command_fault fault = COMMAND_FAULT_NONE;
    struct error err = {0};
    if (courier_may_begin(courier)) {
        return false;
    }
    if (command_decode(request->bytes, request->length, courier->sender, ret_command,
                       &fault, &err) != OK) {
        log_failure(MODULE, &err);
        return false;
    }
    *ret_age_ms = wall_ms - identifier_made_at_ms(request->id);
    return true;
}

bool courier_may_begin(const struct courier *courier)
{
    return request_may_begin(&courier->request);
}

enum status courier_begin(struct courier *courier, struct command_document *command,
                          int64_t now_ms, struct error *err)
{
    if (!courier_may_begin(courier)) {
        return error_set(err, ERR_REFUSED, "another command is on its way");
    }
    int64_t wall_ms = clock_sample_now().wall_ms;
    enum status status = identifier_make(&courier->ids, wall_ms, command->id, err);
    char bytes[COMMAND_BYTES_MAX];
    size_t length = 0;
    if (status == OK) {
        status =
            command_encode(command, courier->sender, bytes, sizeof(bytes), &length, err);
    }
    if (status != OK) {
        return status;
    }
    courier->is_secret = command->action == ACTION_QUEUE && command->verb == VERB_SIGN_IN;
    struct request_input input = {.kind = REQUEST_ON_BEGIN,
                                  .now_ms = now_ms,
                                  .id = command->id,
                                  .bytes = bytes,
                                  .length = length};
    step(courier, &input);
    if (courier->request.state == REQUEST_REFUSED) {
        struct request_input dismiss = {.kind = REQUEST_ON_DISMISS, .now_ms = now_ms};
        step(courier, &dismiss);
        return error_set(err, ERR_IO, "the command could not be stored on the disk");
    }
    return OK;
}

bool courier_take(struct courier *courier, const struct message *message, int64_t now_ms,
                  struct reply_document *ret_reply)
{
    if (strcmp(message->topic, courier->reply_topic) != 0) {
        return false;
    }
    struct error err = {0};
    if (reply_decode(message->payload, message->length, ret_reply, &err) != OK) {
        log_failure(MODULE, &err);
        return false;
    }
    bool is_ours = courier->request.state != REQUEST_IDLE &&
                   strcmp(ret_reply->id, courier->request.id) == 0;
    bool is_unavailable = strcmp(ret_reply->code, "unavailable") == 0;
    struct request_input input = {.kind = REQUEST_ON_REPLY,
                                  .now_ms = now_ms,
                                  .id = ret_reply->id,
                                  .outcome = ret_reply->is_ok ? OUTCOME_DONE
                                             : is_unavailable ? OUTCOME_UNAVAILABLE
                                                              : OUTCOME_REFUSED};
    step(courier, &input);
    bool is_answered = is_ours && (courier->request.state == REQUEST_ANSWERED ||
                                   courier->request.state == REQUEST_REFUSED);
    if (is_answered) {
        struct request_input dismiss = {.kind = REQUEST_ON_DISMISS, .now_ms = now_ms};
        step(courier, &dismiss);
    }
    return is_answered;
}

void courier_tick(struct courier *courier, int64_t now_ms)
{
    struct request_input input = {.kind = REQUEST_ON_TICK, .now_ms = now_ms};
    step(courier, &input);
}

int64_t courier_wake_ms(const struct courier *courier)
{
    return courier->wake_at_ms;
}

const struct request *courier_request(const struct courier *courier)
{
    return &courier->request;
}
