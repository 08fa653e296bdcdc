/* See codec_supervise.h. */
#include "runtime/codec_supervise.h"

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
}
