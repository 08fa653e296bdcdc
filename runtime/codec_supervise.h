/* The fields of what supervisors ask for, apart from those of other commands. Used by
 * codec_command.c only. */
#ifndef GUICHET_RUNTIME_CODEC_SUPERVISE_H
#define GUICHET_RUNTIME_CODEC_SUPERVISE_H

#include "runtime/codec_reader.h"
#include "runtime/documents.h"
#include "runtime/json_writer.h"

/* Bits of the same set as those in codec_command.c. */
enum supervise_field {
    FIELD_REMARK = 1U << 16,        /* text, from, until; service may be left out */
    FIELD_REMARK_NUMBER = 1U << 17, /* remark */
    FIELD_OUTCOME = 1U << 18,       /* outcome, reason */
    FIELD_LINE = 1U << 19,          /* service, may be left out */
    FIELD_TO_SERVICE = 1U << 20,    /* to: a service */
    FIELD_HALL = 1U << 21,          /* hall, may be left out */
    FIELD_TICKETS = 1U << 23,       /* tickets */
    FIELD_COUNTER = 1U << 26,       /* counter */
    FIELD_TO_COUNTER = 1U << 27,    /* to: a counter */
    FIELD_ON = 1U << 25,            /* on */
    FIELD_UNTIL = 1U << 24,         /* until */
    FIELD_WORDS = 1U << 22,         /* fr, en, until; each may be left out */
};

/* Write or read the fields of the set; others are left alone. */
void supervise_write(struct json_writer *writer, const struct command_document *command,
                     unsigned fields);
void supervise_read(const struct codec_reader *reader, unsigned fields,
                    struct command_document *command);

#endif
