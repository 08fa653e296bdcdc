/* What a visit asks for, in commands, replies and states of counters; see codec_parts.h.
 */
#include "runtime/codec_parts.h"

#include <assert.h>

void codec_write_asked(struct json_writer *writer, const struct asked_services *asked)
{
    assert(asked->further_count <= FURTHER_MAX);
    json_writer_integer(writer, "quantity", asked->quantity > 1 ? asked->quantity : 1);
    json_writer_open_array(writer, "further");
    for (uint32_t i = 0; i < asked->further_count; i++) {
        const struct asked_service *further = &asked->further[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "service", further->service);
        json_writer_integer(writer, "quantity",
                            further->quantity > 1 ? further->quantity : 1);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static uint32_t read_quantity(const struct codec_reader *reader)
{
    return codec_has(reader, "quantity")
               ? (uint32_t)codec_integer(reader, "quantity", 1, QUANTITY_MAX)
               : 1;
}

void codec_read_asked(const struct codec_reader *reader, struct asked_services *ret_asked)
{
    ret_asked->quantity = read_quantity(reader);
    ret_asked->further_count =
        codec_has(reader, "further") ? codec_array(reader, "further", FURTHER_MAX) : 0;
    for (uint32_t i = 0; i < ret_asked->further_count; i++) {
        struct codec_reader element = codec_element(reader, "further", i);
        codec_id(&element, "service", ret_asked->further[i].service);
        ret_asked->further[i].quantity = read_quantity(&element);
    }
}

void codec_read_split(const struct codec_reader *reader, struct command_document *command)
{
    if (codec_has(reader, "service")) {
        codec_id(reader, "service", command->service);
    }
    if (codec_has(reader, "quantity")) {
        command->asked.quantity =
            (uint32_t)codec_integer(reader, "quantity", 1, QUANTITY_MAX);
    }
}

void codec_write_split(struct json_writer *writer, const struct command_document *command)
{
    if (command->service[0] != '\0') {
        json_writer_string(writer, "service", command->service);
    }
    if (command->asked.quantity != 0) {
        json_writer_integer(writer, "quantity", command->asked.quantity);
    }
}

void codec_write_lacks(struct json_writer *writer, const struct lacked_documents *lacks)
{
    assert(lacks->count <= DOCUMENTS_OFFERED_MAX);
    json_writer_open_array(writer, "lacks");
    for (uint32_t i = 0; i < lacks->count; i++) {
        json_writer_string(writer, NULL, lacks->documents[i]);
    }
    json_writer_close_array(writer);
}

void codec_read_lacks(const struct codec_reader *reader,
                      struct lacked_documents *ret_lacks)
{
    ret_lacks->count = codec_has(reader, "lacks")
                           ? codec_array(reader, "lacks", DOCUMENTS_OFFERED_MAX)
                           : 0;
    for (uint32_t i = 0; i < ret_lacks->count; i++) {
        codec_element_string(reader, "lacks", i, ret_lacks->documents[i],
                             sizeof(ret_lacks->documents[i]));
    }
}
