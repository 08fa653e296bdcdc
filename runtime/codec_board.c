/* Boards as JSON; see codec_board.h. */
#include "runtime/codec_board.h"

#include <assert.h>
#include <string.h>

#include "runtime/codec_parts.h"

/* By is_recall and is_seated. */
static const char *const call_kinds[2][2] = {{"call", "seated"},
                                             {"recall", "recall-seated"}};

static void write_call(struct json_writer *writer, const struct board_call *call)
{
    json_writer_open_object(writer, NULL);
    json_writer_integer(writer, "call", call->call);
    json_writer_string(writer, "kind", call_kinds[call->is_recall][call->is_seated]);
    json_writer_string(writer, "ticket", call->ticket);
    json_writer_string(writer, "service", call->service);
    json_writer_string(writer, "counter", call->counter);
    json_writer_integer(writer, "age_ms", call->age_ms);
    json_writer_string(writer, "state", ticket_state_name(call->state));
    json_writer_bool(writer, "test", call->is_test);
    json_writer_close_object(writer);
}

static void write_counter(struct json_writer *writer, const struct board_counter *counter)
{
    json_writer_open_object(writer, NULL);
    json_writer_string(writer, "id", counter->id);
    json_writer_string(writer, "state", counter_state_name(counter->state));
    json_writer_string(writer, "light", light_name(counter->light));
    json_writer_string_or_null(writer, "ticket", counter->ticket);
    json_writer_string(writer, "reason", counter->reason);
    json_writer_time(writer, "back_at", counter->back_at_ms);
    json_writer_bool(writer, "test", counter->is_test);
    json_writer_close_object(writer);
}

static void write_service(struct json_writer *writer, const struct board_service *service)
{
    json_writer_open_object(writer, NULL);
    json_writer_string(writer, "id", service->id);
    json_writer_bool(writer, "open", service->is_open);
    json_writer_integer(writer, "waiting", service->waiting_count);
    codec_write_wait(writer, &service->wait);
    json_writer_close_object(writer);
}

enum status board_encode(const struct board_document *board, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err)
{
    assert(board && buffer && ret_length);
    assert(board->call_count <= BOARD_CALLS_MAX && board->counter_count <= COUNTERS_MAX &&
           board->service_count <= SERVICES_MAX);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "epoch", board->epoch);
    json_writer_integer(&writer, "seq", board->seq);
    json_writer_integer(&writer, "tick", board->tick);
    json_writer_time(&writer, "at", board->at_ms);
    json_writer_string(&writer, "clock", clock_mode_name(board->clock));
    json_writer_integer(&writer, "factor", board->factor);
    json_writer_date(&writer, "day", board->day);
    json_writer_string(&writer, "hall", board->hall);
    codec_write_message(&writer, &board->message);
    json_writer_open_array(&writer, "calls");
    for (uint32_t i = 0; i < board->call_count; i++) {
        write_call(&writer, &board->calls[i]);
    }
    json_writer_close_array(&writer);
    json_writer_open_array(&writer, "counters");
    for (uint32_t i = 0; i < board->counter_count; i++) {
        write_counter(&writer, &board->counters[i]);
    }
    json_writer_close_array(&writer);
    json_writer_open_array(&writer, "services");
    for (uint32_t i = 0; i < board->service_count; i++) {
        write_service(&writer, &board->services[i]);
    }
    json_writer_close_array(&writer);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the board", ret_length, err);
}

static void read_call(const struct codec_reader *reader, struct board_call *call)
{
    char kind[CODEC_WORD_BYTES];
    call->call = codec_integer(reader, "call", 1, INT64_MAX);
    codec_word(reader, "kind", kind);
    bool is_known = false;
    for (int i = 0; i < 4 && !is_known; i++) {
        call->is_recall = i / 2 == 1;
        call->is_seated = i % 2 == 1;
        is_known = strcmp(kind, call_kinds[i / 2][i % 2]) == 0;
    }
    if (!is_known) {
        codec_reader_fail_word(reader, "kind", kind);
    }
    codec_string(reader, "ticket", call->ticket, sizeof(call->ticket));
    codec_id(reader, "service", call->service);
    codec_id(reader, "counter", call->counter);
    call->age_ms = codec_integer(reader, "age_ms", 0, INT64_MAX);
    call->state = codec_ticket_state(reader, "state");
    call->is_test = codec_bool_if_any(reader, "test");
}

static void read_counter(const struct codec_reader *reader, struct board_counter *counter)
{
    codec_id(reader, "id", counter->id);
    counter->state = codec_counter_state(reader, "state");
    counter->light = codec_light(reader, "light");
    codec_string_or_null(reader, "ticket", counter->ticket, sizeof(counter->ticket));
    codec_string(reader, "reason", counter->reason, sizeof(counter->reason));
    counter->back_at_ms = codec_time_or_null(reader, "back_at");
    counter->is_test = codec_bool_if_any(reader, "test");
}

static void read_service(const struct codec_reader *reader, struct board_service *service)
{
    codec_id(reader, "id", service->id);
    service->is_open = codec_bool(reader, "open");
    service->waiting_count = codec_count(reader, "waiting");
    service->wait = codec_read_wait(reader);
}

static void read_board(const struct codec_reader *reader, struct board_document *board)
{
    board->epoch = codec_integer(reader, "epoch", 0, INT64_MAX);
    board->seq = codec_integer(reader, "seq", 0, INT64_MAX);
    board->tick = codec_integer(reader, "tick", 0, INT64_MAX);
    board->at_ms = codec_time(reader, "at");
    board->clock = codec_clock_mode(reader, "clock");
    board->factor = (uint32_t)codec_integer(reader, "factor", 1, 86400);
    board->day = codec_date_or_null(reader, "day");
    codec_id(reader, "hall", board->hall);
    codec_read_message(reader, &board->message);
    board->call_count = codec_array(reader, "calls", BOARD_CALLS_MAX);
    for (uint32_t i = 0; i < board->call_count; i++) {
        struct codec_reader call = codec_element(reader, "calls", i);
        read_call(&call, &board->calls[i]);
    }
    board->counter_count = codec_array(reader, "counters", COUNTERS_MAX);
    for (uint32_t i = 0; i < board->counter_count; i++) {
        struct codec_reader counter = codec_element(reader, "counters", i);
        read_counter(&counter, &board->counters[i]);
    }
    board->service_count = codec_array(reader, "services", SERVICES_MAX);
    for (uint32_t i = 0; i < board->service_count; i++) {
        struct codec_reader service = codec_element(reader, "services", i);
        read_service(&service, &board->services[i]);
    }
}

enum status board_decode(const char *bytes, size_t length,
                         struct board_document *ret_board, struct error *err)
{
    assert(bytes && ret_board);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct board_document *board = board_document_create();
    if (!board) {
        json_decref(tree);
        return error_set(err, ERR_FULL, "there is no memory for a board");
    }
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    read_board(&reader, board);
    if (fault.status == OK) {
        *ret_board = *board;
    }
    board_document_destroy(board);
    json_decref(tree);
    return fault.status;
}
