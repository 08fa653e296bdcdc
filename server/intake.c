/* The group of commands; see intake.h. */
#include "server/intake.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum status intake_init(struct intake *intake, struct error *err)
{
    *intake =
        (struct intake){.scratch = reply_document_create(),
                        .pending = calloc(INTAKE_COMMANDS_MAX, sizeof(*intake->pending)),
                        .replies = malloc(INTAKE_REPLIES_BYTES)};
    if (intake->scratch && intake->pending && intake->replies) {
        return OK;
    }
    intake_finish(intake);
    return error_set(err, ERR_LIMIT, "cannot take commands: out of memory");
}

void intake_finish(struct intake *intake)
{
    reply_document_destroy(intake->scratch);
    free(intake->pending);
    free(intake->replies);
    *intake = (struct intake){0};
}

bool intake_is_full(const struct intake *intake, const struct office *office)
{
    return intake->count == INTAKE_COMMANDS_MAX ||
           INTAKE_REPLIES_BYTES - intake->used_bytes < PAYLOAD_BYTES_MAX ||
           office_group_is_full(office);
}

/* Split "guichet/v1/<site>/<kind>/<id>/command" into kind and id. */
static bool read_topic(const char *topic, char *ret_kind, size_t kind_capacity,
                       char *ret_id, size_t id_capacity)
{
    const char *at = topic;
    for (int level = 0; level < 3; level++) {
        at = strchr(at, '/');
        if (!at) {
            return false;
        }
        at++;
    }
    const char *kind_end = strchr(at, '/');
    const char *id_end = kind_end ? strchr(kind_end + 1, '/') : NULL;
    if (!id_end) {
        return false;
    }
    size_t kind_length = (size_t)(kind_end - at);
    size_t id_length = (size_t)(id_end - kind_end - 1);
    if (kind_length >= kind_capacity || id_length >= id_capacity) {
        return false;
    }
    memcpy(ret_kind, at, kind_length);
    ret_kind[kind_length] = '\0';
    memcpy(ret_id, kind_end + 1, id_length);
    ret_id[id_length] = '\0';
    return true;
}

/* The reply topic of the command topic: its last level replaced. */
static void write_reply_topic(const char *command_topic, char *ret_topic, size_t capacity)
{
    size_t stem = strlen(command_topic) - strlen("command");
    struct text text;
    text_init(&text, ret_topic, capacity);
    text_add(&text, "%.*sreply", (int)stem, command_topic);
    assert(!text.is_cut);
}

static void note_pending(struct intake_reply *pending, const struct message *message)
{
    write_reply_topic(message->topic, pending->topic, sizeof(pending->topic));
    pending->correlation_length = message->correlation_length;
    if (message->correlation_length > sizeof(pending->correlation)) {
        pending->correlation_length = 0; /* the link refuses longer ones already */
    }
    if (pending->correlation_length > 0) {
        memcpy(pending->correlation, message->correlation, pending->correlation_length);
    }
    pending->command_length =
        message->length < sizeof(pending->command) ? message->length : 0;
    memcpy(pending->command, message->payload, pending->command_length);
}

enum status intake_take(struct intake *intake, struct office *office,
                        const struct moment *moment, const struct message *message,
                        const struct intake_aside *aside, struct error *err)
{
    assert(!intake_is_full(intake, office));
    struct intake_reply *pending = &intake->pending[intake->count];
    char kind[16];
    if (!read_topic(message->topic, kind, sizeof(kind), pending->id,
                    sizeof(pending->id))) {
        return OK;
    }
    pending->sender = sender_find(kind);
    if (pending->sender == SENDER_COUNT) {
        return OK;
    }
    note_pending(pending, message);
    char identity[sizeof(kind) + sizeof(pending->id)];
    struct text text;
    text_init(&text, identity, sizeof(identity));
    text_add(&text, "%s-%s", kind, pending->id);
    bool has_foreign_topic =
        message->response_topic && strcmp(message->response_topic, pending->topic) != 0;
    struct incoming incoming = {.sender = pending->sender,
                                .id = pending->id,
                                .identity = identity,
                                .bytes = message->payload,
                                .length = message->length,
                                .has_foreign_response_topic = has_foreign_topic};
    struct reply_space space = {.scratch = intake->scratch,
                                .bytes = intake->replies + intake->used_bytes,
                                .capacity = INTAKE_REPLIES_BYTES - intake->used_bytes};
    struct dispatched dispatched;
    /* The command counts as pending from here on, so that a failure answers it as well.
     */
    pending->offset = intake->used_bytes;
    pending->length = 0;
    intake->count++;
    enum status status =
        dispatch_command(office, moment, &incoming, &space, &dispatched, err);
    if (status != OK) {
        return status;
    }
    if (dispatched.aside != ASIDE_NONE) {
        dispatched.reply_length = aside->answer(
            aside->context, &dispatched, space.scratch, space.bytes, space.capacity);
    }
    pending->length = dispatched.reply_length;
    intake->used_bytes += dispatched.reply_length;
    return OK;
}

void intake_answer(struct intake *intake, bool is_lost, int64_t now_ms,
                   void (*send)(void *context, const struct intake_reply *reply,
                                const char *payload),
                   void *context)
{
    for (size_t i = 0; i < intake->count; i++) {
        struct intake_reply *pending = &intake->pending[i];
        const char *payload = intake->replies + pending->offset;
        if (is_lost) {
            struct incoming incoming = {.sender = pending->sender,
                                        .bytes = pending->command,
                                        .length = pending->command_length};
            struct reply_space space = {.scratch = intake->scratch,
                                        .bytes = intake->replies,
                                        .capacity = PAYLOAD_BYTES_MAX};
            pending->length = dispatch_unavailable(&incoming, now_ms, &space);
            payload = intake->replies;
        }
        send(context, pending, payload);
    }
    intake->count = 0;
    intake->used_bytes = 0;
}
