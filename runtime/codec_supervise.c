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

void supervise_write(struct json_writer *writer, const struct command_document *command,
                     unsigned fields)
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
}

void supervise_read(const struct codec_reader *reader, unsigned fields,
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
}
