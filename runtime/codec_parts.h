/* Parts that several documents of the protocol share. Used inside runtime only. */
#ifndef GUICHET_RUNTIME_CODEC_PARTS_H
#define GUICHET_RUNTIME_CODEC_PARTS_H

#include "runtime/codec_reader.h"
#include "runtime/documents.h"
#include "runtime/json_writer.h"

/* "wait": {"low_min": 15, "high_min": 25}, or null. */
void codec_write_wait(struct json_writer *writer, const struct wait_range *wait);
struct wait_range codec_read_wait(const struct codec_reader *reader);

/* Words of the queue; a word that is none is kept as the reader's fault. */
enum ticket_state codec_ticket_state(const struct codec_reader *reader, const char *key);
enum counter_state codec_counter_state(const struct codec_reader *reader,
                                       const char *key);
enum light codec_light(const struct codec_reader *reader, const char *key);
enum language codec_language(const struct codec_reader *reader, const char *key);
enum clock_mode codec_clock_mode(const struct codec_reader *reader, const char *key);

/* A counter's state as member `key` of a reply, or as the whole payload where NULL. */
void codec_write_counter(struct json_writer *writer, const char *key,
                         const struct counter_document *counter);
void codec_read_counter(const struct codec_reader *reader,
                        struct counter_document *ret_counter);

/* "message": what a supervisor tells the people of a hall, or null. */
void codec_write_message(struct json_writer *writer, const struct board_message *message);
void codec_read_message(const struct codec_reader *reader, struct board_message *message);

/* What a visit asks for: fields `quantity` and `further`, which a reader may miss
 * (codec_asked.c). */
void codec_write_asked(struct json_writer *writer, const struct asked_services *asked);
void codec_read_asked(const struct codec_reader *reader,
                      struct asked_services *ret_asked);

/* What a part of a ticket takes over: service and quantity, both of which may be left
 * out (codec_asked.c). */
void codec_write_split(struct json_writer *writer,
                       const struct command_document *command);
void codec_read_split(const struct codec_reader *reader,
                      struct command_document *command);

/* Documents that a person lacks, as `lacks`; when reading it may be left out
 * (codec_asked.c). */
void codec_write_lacks(struct json_writer *writer, const struct lacked_documents *lacks);
void codec_read_lacks(const struct codec_reader *reader,
                      struct lacked_documents *ret_lacks);

#endif
