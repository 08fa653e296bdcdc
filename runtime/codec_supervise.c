/* See codec_supervise.h. */
#include "runtime/codec_supervise.h"

#include "runtime/codec_parts.h"

static void write_service_if_any(struct json_writer *writer,
                                 const struct command_document *command)
{
    if (command->service[0] != '\0') {
        json_writer_string(writer, "service", command->service);
    }
}

static void read_service_if_any(const struct codec_reader *reader,
                                struct command_document *command)
{
    if (codec_has(reader, "service")) {
        codec_id(reader, "service", command->service);
    }
}

static void write_words(struct json_writer *writer,
                        const struct command_document *command)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (command->words.in[i][0] != '\0') {
            json_writer_string(writer, language_tag((enum language)i),
                               command->words.in[i]);
        }
    }
    if (command->until_ms != 0) {
        json_writer_time(writer, "until", command->until_ms);
    }
}

/* The words go onto every board; that the largest fits one payload, they are bounded as
 * JSON writes them. */
static void read_words(const struct codec_reader *reader,
                       struct command_document *command)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        const char *key = language_tag((enum language)i);
        codec_string_or_null(reader, key, command->words.in[i],
                             sizeof(command->words.in[i]));
        size_t length = 0;
        for (const char *c = command->words.in[i]; *c != '\0'; c++) {
            length += *c == '"' || *c == '\\' ? 2 : 1;
        }
        if (length > DETAIL_LENGTH_MAX) {
            codec_reader_fail(reader, key,
                              "longer than %d bytes; quotes and backslashes count twice",
                              DETAIL_LENGTH_MAX);
        }
    }
    command->until_ms = codec_time_or_null(reader, "until");
}

void supervise_write(struct json_writer *writer, const struct command_document *command,
                     uint64_t fields)
{
    if ((fields & FIELD_REMARK) != 0) {
        json_writer_string(writer, "text", command->reason);
        json_writer_time(writer, "from", command->from_ms);
        json_writer_time(writer, "until", command->until_ms);
        write_service_if_any(writer, command);
    }
    if ((fields & FIELD_REMARK_NUMBER) != 0) {
        json_writer_integer(writer, "remark", command->number);
    }
    if ((fields & FIELD_LINE) != 0) {
        write_service_if_any(writer, command);
    }
    if ((fields & FIELD_OUTCOME) != 0) {
        json_writer_string(writer, "outcome", ticket_state_name(command->outcome));
        json_writer_string(writer, "reason", command->reason);
    }
    if ((fields & FIELD_TO_SERVICE) != 0) {
        json_writer_string(writer, "to", command->to_service);
    }
    if ((fields & FIELD_HALL) != 0 && command->hall[0] != '\0') {
        json_writer_string(writer, "hall", command->hall);
    }
    if ((fields & FIELD_COUNTER) != 0) {
        json_writer_string(writer, "counter", command->counter);
    }
    if ((fields & FIELD_TO_COUNTER) != 0) {
        json_writer_string(writer, "to", command->to_counter);
    }
    if ((fields & FIELD_ON) != 0) {
        json_writer_bool(writer, "on", command->is_on);
    }
    if ((fields & FIELD_TICKETS) != 0) {
        json_writer_integer(writer, "tickets", command->number);
    }
    if ((fields & FIELD_UNTIL) != 0) {
        json_writer_time(writer, "until", command->until_ms);
    }
    if ((fields & FIELD_WORDS) != 0) {
        write_words(writer, command);
    }
}

void supervise_read(const struct codec_reader *reader, uint64_t fields,
                    struct command_document *command)
{
    if ((fields & FIELD_REMARK) != 0) {
        codec_string(reader, "text", command->reason, sizeof(command->reason));
        command->from_ms = codec_time(reader, "from");
        command->until_ms = codec_time(reader, "until");
        read_service_if_any(reader, command);
    }
    if ((fields & FIELD_REMARK_NUMBER) != 0) {
        command->number =
            (uint32_t)codec_integer(reader, "remark", 1, REMARKS_PER_DAY_MAX);
    }
    if ((fields & FIELD_LINE) != 0) {
        read_service_if_any(reader, command);
    }
    if ((fields & FIELD_OUTCOME) != 0) {
        command->outcome = codec_ticket_state(reader, "outcome");
        codec_string(reader, "reason", command->reason, sizeof(command->reason));
    }
    if ((fields & FIELD_TO_SERVICE) != 0) {
        codec_id(reader, "to", command->to_service);
    }
    if ((fields & FIELD_HALL) != 0 && codec_has(reader, "hall")) {
        codec_id(reader, "hall", command->hall);
    }
    if ((fields & FIELD_COUNTER) != 0) {
        codec_id(reader, "counter", command->counter);
    }
    if ((fields & FIELD_TO_COUNTER) != 0) {
        codec_id(reader, "to", command->to_counter);
    }
    if ((fields & FIELD_ON) != 0) {
        command->is_on = codec_bool(reader, "on");
    }
    if ((fields & FIELD_TICKETS) != 0) {
        command->number =
            (uint32_t)codec_integer(reader, "tickets", 0, TICKETS_PER_DAY_MAX);
    }
    if ((fields & FIELD_UNTIL) != 0) {
        command->until_ms = codec_time(reader, "until");
    }
    if ((fields & FIELD_WORDS) != 0) {
        read_words(reader, command);
    }
}
