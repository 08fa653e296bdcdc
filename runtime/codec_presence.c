/* What devices say of themselves, and events, as JSON; see codec_presence.h. */
#include "runtime/codec_presence.h"

#include <assert.h>

#include "runtime/codec_reader.h"
#include "runtime/json_writer.h"

enum status status_encode(const struct status_document *status, char *buffer,
                          size_t capacity, size_t *ret_length, struct error *err)
{
    assert(status && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_bool(&writer, "online", status->is_online);
    if (status->is_online) {
        json_writer_integer(&writer, "birth", status->birth);
        json_writer_string(&writer, "version", status->version);
    }
    if (status->is_online && status->has_printer) {
        json_writer_string(&writer, "printer", printer_health_name(status->printer));
        json_writer_string(&writer, "paper", paper_level_name(status->paper));
    }
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the device's status", ret_length, err);
}

static void read_printer(const struct codec_reader *reader,
                         struct status_document *status)
{
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "printer", word);
    status->printer = printer_health_find(word);
    if (status->printer == PRINTER_HEALTH_COUNT) {
        codec_reader_fail_word(reader, "printer", word);
    }
    codec_word(reader, "paper", word);
    status->paper = paper_level_find(word);
    if (status->paper == PAPER_LEVEL_COUNT) {
        codec_reader_fail_word(reader, "paper", word);
    }
}

enum status status_decode(const char *bytes, size_t length,
                          struct status_document *ret_status, struct error *err)
{
    assert(bytes && ret_status);
    json_t *tree = NULL;
    enum status parsed = codec_parse(bytes, length, &tree, err);
    if (parsed != OK) {
        return parsed;
    }
    struct status_document status = {0};
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    status.is_online = codec_bool(&reader, "online");
    if (status.is_online) {
        status.birth = codec_count(&reader, "birth");
        codec_string(&reader, "version", status.version, sizeof(status.version));
        status.has_printer = codec_has(&reader, "printer");
        if (status.has_printer) {
            read_printer(&reader, &status);
        }
    }
    if (fault.status == OK) {
        *ret_status = status;
    }
    json_decref(tree);
    return fault.status;
}

enum status shown_encode(const struct shown_document *shown, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err)
{
    assert(shown && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "call", shown->call);
    json_writer_integer(&writer, "epoch", shown->epoch);
    json_writer_bool(&writer, "drawn", shown->is_drawn);
    json_writer_bool(&writer, "sounded", shown->is_sounded);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "what was shown", ret_length, err);
}

enum status shown_decode(const char *bytes, size_t length,
                         struct shown_document *ret_shown, struct error *err)
{
    assert(bytes && ret_shown);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    struct shown_document shown = {
        .call = codec_integer(&reader, "call", 1, INT64_MAX),
        .epoch = codec_integer(&reader, "epoch", 0, INT64_MAX),
        .is_drawn = codec_bool(&reader, "drawn"),
        .is_sounded = codec_bool(&reader, "sounded"),
    };
    if (fault.status == OK) {
        *ret_shown = shown;
    }
    json_decref(tree);
    return fault.status;
}

enum status event_encode(const struct event_document *event, char *buffer,
                         size_t capacity, size_t *ret_length, struct error *err)
{
    assert(event && event->kind && event->body && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "seq", event->seq);
    json_writer_time(&writer, "at", event->at_ms);
    json_writer_string(&writer, "kind", event->kind);
    json_writer_integer(&writer, "version", event->version);
    json_writer_raw(&writer, "body", event->body);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the event", ret_length, err);
}
