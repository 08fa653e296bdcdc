/* Prints what the codecs write, one document a line: the name of its schema in
 * docs/asyncapi.yaml, a tabulator, and the JSON. check_schemas.py reads it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/codec_board.h"
#include "runtime/codec_command.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_hall.h"
#include "runtime/codec_presence.h"
#include "runtime/codec_reply.h"
#include "samples.h"

/* Where one document is written. */
struct payload {
    char bytes[PAYLOAD_BYTES_MAX];
    size_t length;
    struct error err;
};

static void print(const char *schema, enum status status, struct payload *payload)
{
    if (status != OK) {
        (void)fprintf(stderr, "%s: %s\n", schema, payload->err.text);
        exit(1);
    }
    (void)printf("%s\t%.*s\n", schema, (int)payload->length, payload->bytes);
}

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory) {
        exit(1);
    }
    return memory;
}

static void print_boards(struct payload *payload)
{
    struct board_document *board = zeroed(sizeof(*board));
    sample_board(board);
    print("board",
          board_encode(board, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
    sample_board_largest(board);
    print("board",
          board_encode(board, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
    memset(board, 0, sizeof(*board));
    board->at_ms = 1;
    board->factor = 1;
    (void)memcpy(board->hall, "main", 5);
    print("board",
          board_encode(board, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
    free(board);
}

static void print_counters(struct payload *payload)
{
    struct counter_document counter = {0};
    void (*const fills[])(struct counter_document *) = {sample_counter,
                                                        sample_counter_largest};
    for (size_t i = 0; i < 2; i++) {
        fills[i](&counter);
        print("counterState",
              counter_encode(&counter, payload->bytes, sizeof(payload->bytes),
                             &payload->length, &payload->err),
              payload);
    }
    counter.has_ticket = false;
    counter.has_next = false;
    counter.today.has_share = false;
    counter.since_ms = 0;
    counter.back_at_ms = 0;
    counter.undo_until_ms = 0;
    print("counterState",
          counter_encode(&counter, payload->bytes, sizeof(payload->bytes),
                         &payload->length, &payload->err),
          payload);
}

static void print_halls(struct payload *payload)
{
    struct hall_document *hall = zeroed(sizeof(*hall));
    void (*const fills[])(struct hall_document *) = {sample_hall, sample_hall_largest};
    for (size_t i = 0; i < 2; i++) {
        fills[i](hall);
        print("hallState",
              hall_encode(hall, payload->bytes, sizeof(payload->bytes), &payload->length,
                          &payload->err),
              payload);
    }
    free(hall);
}

static void print_services(struct payload *payload)
{
    struct service_document service = {0};
    sample_service(&service);
    print("serviceState",
          service_encode(&service, payload->bytes, sizeof(payload->bytes),
                         &payload->length, &payload->err),
          payload);
    service.is_open = false;
    service.opens_at_ms = 1795426930000;
    service.wait.is_given = false;
    print("serviceState",
          service_encode(&service, payload->bytes, sizeof(payload->bytes),
                         &payload->length, &payload->err),
          payload);
}

static void print_configs(struct payload *payload)
{
    struct site *site = zeroed(sizeof(*site));
    sample_site(site, 3, 4);
    print("config",
          config_encode(3, site, payload->bytes, sizeof(payload->bytes), &payload->length,
                        &payload->err),
          payload);
    memset(site, 0, sizeof(*site));
    sample_site(site, 20, 60);
    print("config",
          config_encode(3, site, payload->bytes, sizeof(payload->bytes), &payload->length,
                        &payload->err),
          payload);
    free(site);
}

static void print_commands(struct payload *payload)
{
    for (uint32_t i = 0; i < VERB_COUNT + ACTION_COUNT - 1; i++) {
        enum action action =
            i < VERB_COUNT ? ACTION_QUEUE : (enum action)(i - VERB_COUNT + 1);
        enum verb verb = i < VERB_COUNT ? (enum verb)i : VERB_COUNT;
        struct command_document command = sample_command(action, verb);
        for (uint32_t j = 0; j < SENDER_COUNT; j++) {
            enum sender sender = (enum sender)j;
            if (!command_is_allowed(sender, action, verb)) {
                continue;
            }
            char schema[64];
            (void)snprintf(schema, sizeof(schema), "%sCommand", sender_name(sender));
            print(schema,
                  command_encode(&command, sender, payload->bytes, COMMAND_BYTES_MAX,
                                 &payload->length, &payload->err),
                  payload);
        }
    }
}

static void print_reply(struct payload *payload, const struct reply_document *reply)
{
    print("reply",
          reply_encode(reply, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
}

static void print_replies(struct payload *payload)
{
    struct reply_document *reply = zeroed(sizeof(*reply));
    struct server_status *status = zeroed(sizeof(*status));
    *reply = (struct reply_document){
        .id = "01930000-0000-7000-8000-000000000001",
        .is_ok = true,
        .at_ms = 1795426930000,
        .has_ticket = true,
        .ticket = {.label = "A042",
                   .service = "immatriculation",
                   .class_id = "none",
                   .taken_at_ms = 1795426930000,
                   .ahead = 12,
                   .open_counters = 3,
                   .wait = {.is_given = true, .low_min = 15, .high_min = 25}},
    };
    print_reply(payload, reply);
    reply->ticket.waited_s = 780;
    (void)memcpy(reply->ticket.counter, "3", 2);
    print_reply(payload, reply);
    reply->has_counter = true;
    sample_counter_largest(&reply->counter);
    print_reply(payload, reply);
    reply->has_ticket = false;
    reply->has_counter = false;
    print_reply(payload, reply);
    reply->remark = 3;
    print_reply(payload, reply);
    reply->remark = 0;
    sample_server_status(status);
    reply->status = status;
    print_reply(payload, reply);
    sample_server_status_largest(status);
    print_reply(payload, reply);
    *reply = (struct reply_document){
        .at_ms = 1795426930000,
        .code = "malformed",
        .sentence = "field 'id': 'x' is not a UUIDv7 in lower case",
    };
    print_reply(payload, reply);
    *reply = (struct reply_document){
        .id = "01930000-0000-7000-8000-000000000001",
        .at_ms = 1795426930000,
        .code = "ticket-state",
        .sentence = "ticket 'A042' is already served",
        .subject = {.ticket = "A042", .counter = "3", .state = "served"},
    };
    print_reply(payload, reply);
    free(status);
    free(reply);
}

static void print_presence(struct payload *payload)
{
    struct status_document statuses[] = {
        {.is_online = true,
         .birth = 7,
         .version = "0.1.0",
         .has_printer = true,
         .printer = PRINTER_COVER_OPEN,
         .paper = PAPER_UNKNOWN},
        {.is_online = true, .birth = 1, .version = "0.1.0"},
        {.is_online = false},
    };
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        print("status",
              status_encode(&statuses[i], payload->bytes, sizeof(payload->bytes),
                            &payload->length, &payload->err),
              payload);
    }
    struct shown_document shown = {.call = 1042, .epoch = 3, .is_drawn = true};
    print("shown",
          shown_encode(&shown, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
    struct event_document event = {.seq = 1042,
                                   .at_ms = 1795426930000,
                                   .kind = "ticket-called",
                                   .version = 1,
                                   .body = "{\"ticket\":42,\"counter\":2}"};
    print("event",
          event_encode(&event, payload->bytes, sizeof(payload->bytes), &payload->length,
                       &payload->err),
          payload);
    /* The message of a commit holds such events, as the server composes it. */
    char one[256];
    struct text text;
    text_init(&text, one, sizeof(one));
    text_add(&text, "%.*s", (int)payload->length, payload->bytes);
    text_init(&text, payload->bytes, sizeof(payload->bytes));
    text_add(&text, "{\"epoch\":3,\"events\":[%s,%s]}", one, one);
    payload->length = text.length;
    print("events", OK, payload);
}

int main(void)
{
    struct payload *payload = zeroed(sizeof(*payload));
    print_boards(payload);
    print_counters(payload);
    print_halls(payload);
    print_services(payload);
    print_configs(payload);
    print_commands(payload);
    print_replies(payload);
    print_presence(payload);
    free(payload);
    return 0;
}
