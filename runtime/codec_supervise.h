/* The fields of what supervisors ask for, apart from those of other commands. Used by
 * codec_command.c only. */
#ifndef GUICHET_RUNTIME_CODEC_SUPERVISE_H
#define GUICHET_RUNTIME_CODEC_SUPERVISE_H

#include "runtime/codec_reader.h"
#include "runtime/codec_rules.h"
#include "runtime/documents.h"
#include "runtime/json_writer.h"

/* Write or read the fields of the set; others are left alone. */
void supervise_write(struct json_writer *writer, const struct command_document *command,
                     uint64_t fields);
void supervise_read(const struct codec_reader *reader, uint64_t fields,
                    struct command_document *command);

#endif
