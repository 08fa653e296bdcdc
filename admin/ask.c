/* One question to the server; see ask.h. The same bytes are sent again every second until
 * the reply has come, and the server does what they say once: a server that is just
 * starting is waited for. Nothing needs the disk. */
#include "admin/ask.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/codec_command.h"
#include "runtime/codec_reply.h"
#include "runtime/identifier.h"
#include "runtime/link.h"
#include "runtime/log.h"
#include "runtime/loop.h"

#define PATIENCE_MS  5000
#define ASK_AGAIN_MS 1000
#define SECRET_BYTES 256
#define UNAVAILABLE  "unavailable"

struct question {
    const struct broker_config *broker;
    const struct command_document *asked;
    struct loop *loop;
    struct loop_timer *timer;
    struct link *link;
    int64_t until_ms;
    bool was_connected;
    bool has_reply;
    struct reply_document *reply;
    struct server_reply *bytes;
    struct error *failure; /* why it ends without a reply */
    char id[IDENTIFIER_TEXT_BYTES];
    char command_topic[LINK_TOPIC_MAX + 1];
    char reply_topic[LINK_TOPIC_MAX + 1];
    char command[COMMAND_BYTES_MAX];
    size_t command_length;
};

static void give_up(struct question *question, enum status status, const char *sentence)
{
    (void)error_set(question->failure, status, "%s", sentence);
    loop_stop(question->loop);
}

static void send_command(struct question *question)
{
    struct publication publication = {.topic = question->command_topic,
                                      .payload = question->command,
                                      .length = question->command_length};
    struct error err;
    if (link_publish(question->link, &publication, &err) != OK &&
        err.status != ERR_UNAVAILABLE) { /* unavailable: the next second will do */
        give_up(question, err.status, err.text);
    }
}

static void handle_connected(void *data)
{
    struct question *question = data;
    question->was_connected = true;
    send_command(question);
}

static void handle_disconnected(void *data, const char *why)
{
    struct question *question = data;
    if (!question->was_connected) {
        give_up(question, ERR_UNAVAILABLE, why);
    }
}

static void handle_refused(void *data, const char *sentence)
{
    give_up(data, ERR_REFUSED, sentence);
}

static void handle_message(void *data, const struct message *message)
{
    struct question *question = data;
    struct error err;
    if (strcmp(message->topic, question->reply_topic) != 0 ||
        message->length > PAYLOAD_BYTES_MAX) {
        return;
    }
    if (reply_decode(message->payload, message->length, question->reply, &err) != OK) {
        (void)error_wrap(&err, "the server's reply cannot be read");
        give_up(question, ERR_INVALID, err.text);
        return;
    }
    /* A reply to somebody else's question: two people may share the identity in turn. */
    if (strcmp(question->reply->id, question->id) != 0) {
        return;
    }
    if (question->reply->is_ok) {
        memcpy(question->bytes->bytes, message->payload, message->length);
        question->bytes->bytes[message->length] = '\0';
        question->bytes->length = message->length;
        question->has_reply = true;
        loop_stop(question->loop);
    } else if (strcmp(question->reply->code, UNAVAILABLE) != 0) {
        give_up(question, ERR_REFUSED, question->reply->sentence);
    }
}

static void handle_second(void *data, int64_t now_ms)
{
    struct question *question = data;
    if (now_ms < question->until_ms) {
        if (question->was_connected) {
            send_command(question);
        }
        int64_t next_ms = now_ms + ASK_AGAIN_MS;
        loop_set_timer(question->loop, question->timer,
                       next_ms < question->until_ms ? next_ms : question->until_ms);
        return;
    }
    char sentence[ERROR_TEXT_BYTES];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    if (question->was_connected) {
        text_add(&text,
                 "the broker at '%s' port %u answers, but the server of site '%s' does "
                 "not: no reply within %d s",
                 question->broker->host, (unsigned)question->broker->port,
                 question->broker->site, PATIENCE_MS / 1000);
    } else {
        text_add(&text, "the broker at '%s' port %u does not answer within %d s",
                 question->broker->host, (unsigned)question->broker->port,
                 PATIENCE_MS / 1000);
    }
    give_up(question, ERR_UNAVAILABLE, sentence);
}

static void write_topic(const struct broker_config *broker, const char *leaf,
                        char ret_topic[LINK_TOPIC_MAX + 1])
{
    struct text text;
    text_init(&text, ret_topic, LINK_TOPIC_MAX + 1);
    text_add(&text, "guichet/v1/%s/admin/%s/%s", broker->site, broker->id, leaf);
    assert(!text.is_cut); /* ids are bounded */
}

static enum status write_command(struct question *question, struct error *err)
{
    struct identifier_source ids = {0};
    struct command_document command = *question->asked;
    if (identifier_make(&ids, clock_sample_now().wall_ms, question->id, err) != OK) {
        return err->status;
    }
    bool fits = text_copy(command.id, sizeof(command.id), question->id);
    assert(fits); /* both are as long as an identifier */
    (void)fits;   /* asserted */
    return command_encode(&command, SENDER_ADMIN, question->command,
                          sizeof(question->command), &question->command_length, err);
}

static const char *or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static enum status make_link(struct question *question, struct error *err)
{
    const struct broker_config *broker = question->broker;
    char secret[SECRET_BYTES] = "";
    if (broker->secret_file[0] != '\0' &&
        program_config_read_secret(broker->secret_file, secret, sizeof(secret), err) !=
            OK) {
        return err->status;
    }
    struct link_options options = {.host = broker->host,
                                   .port = (uint16_t)broker->port,
                                   .identity = broker->identity,
                                   .secret = or_null(secret),
                                   .ca_file = or_null(broker->ca_file),
                                   .certificate_file = or_null(broker->certificate_file),
                                   .key_file = or_null(broker->key_file),
                                   .loop = question->loop};
    struct link_handlers handlers = {.on_connected = handle_connected,
                                     .on_disconnected = handle_disconnected,
                                     .on_message = handle_message,
                                     .on_refused = handle_refused,
                                     .data = question};
    if (link_create(&options, &handlers, &question->link, err) != OK ||
        link_subscribe(question->link, question->reply_topic, DELIVERY_EACH, err) != OK) {
        return err->status;
    }
    return link_start(question->link, err);
}

static enum status ask(struct question *question, struct error *err)
{
    if (write_command(question, err) != OK || loop_create(&question->loop, err) != OK ||
        loop_add_timer(question->loop, "ask", &question->timer, err, handle_second,
                       question) != OK) {
        return err->status;
    }
    int64_t now_ms = clock_machine_ms();
    question->until_ms = now_ms + PATIENCE_MS;
    loop_set_timer(question->loop, question->timer, now_ms + ASK_AGAIN_MS);
    if (make_link(question, err) != OK) {
        return err->status;
    }
    if (loop_run(question->loop, err) != OK) {
        return err->status;
    }
    return question->has_reply ? OK : err->status;
}

static bool load_config(const char *path, struct program_config *ret_config)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    bool is_taken = program_config_load(PROGRAM_ADMIN, path, ret_config, errors) == OK;
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return is_taken;
}

static enum status ask_server(const struct broker_config *broker,
                              const struct command_document *command,
                              struct server_reply *ret_reply, struct error *err)
{
    struct question question = {
        .broker = broker, .asked = command, .bytes = ret_reply, .failure = err};
    question.reply = reply_document_create();
    if (!question.reply) {
        return error_set(err, ERR_LIMIT, "out of memory");
    }
    write_topic(broker, "command", question.command_topic);
    write_topic(broker, "reply", question.reply_topic);
    enum status status = ask(&question, err);
    link_destroy(question.link);
    if (question.timer) {
        loop_remove_timer(question.loop, question.timer);
    }
    (void)loop_finish(question.loop); /* nothing is left in it */
    reply_document_destroy(question.reply);
    return status;
}

int server_ask_and_show(const struct server_question *question)
{
    struct program_config config = {0};
    if (!load_config(question->config_path, &config)) {
        return 2;
    }
    log_start(LOG_LEVEL_ERROR); /* one sentence is enough */
    struct server_reply *reply = calloc(1, sizeof(*reply));
    struct error err = {0};
    enum status status = OK;
    if (!reply) {
        status = error_set(&err, ERR_LIMIT, "out of memory");
    } else {
        status = ask_server(&config.broker, &question->command, reply, &err);
        status = status == OK ? question->show(reply, question->context, &err) : status;
    }
    free(reply);
    if (status == OK && (fflush(stdout) != 0 || ferror(stdout))) {
        status = error_set(&err, ERR_IO, "cannot write the answer");
    }
    if (status != OK) {
        (void)fprintf(stderr, "guichet %s: %s\n", question->verb, err.text);
    }
    return status == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
