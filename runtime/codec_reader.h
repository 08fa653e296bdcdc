/* Reads the documents of the protocol with the strict getters of runtime/json.h. The
 * first fault is kept with its place; everything after it reads as zero, so that a
 * decoder asks for all its fields and looks once at the end. Used inside runtime only. */
#ifndef GUICHET_RUNTIME_CODEC_READER_H
#define GUICHET_RUNTIME_CODEC_READER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* What is shared by the readers of one payload. */
struct codec_fault {
    enum status status; /* OK until something is wrong */
    struct error *err;
};

/* One object of the payload. */
struct codec_reader {
    const json_t *object; /* borrowed from the tree; NULL reads as zero */
    struct codec_fault *fault;
    char place[48]; /* "" or "calls[3]" for the sentences */
};

/* A payload of at most PAYLOAD_BYTES_MAX bytes as json_read() does. The caller gives
 * `*ret_tree` back with json_decref(). */
enum status codec_parse(const char *bytes, size_t length, json_t **ret_tree,
                        struct error *err);

/* A reader of the whole tree; `fault` and `err` outlive it. */
struct codec_reader codec_reader_init(const json_t *tree, struct codec_fault *fault,
                                      struct error *err);

/* Keep the fault "field 'key': <why>" unless there is one already. */
void codec_reader_fail(const struct codec_reader *reader, const char *key,
                       const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Whether the object has the field with a value other than null. */
bool codec_has(const struct codec_reader *reader, const char *key);

/* Fields that must be there. */
int64_t codec_integer(const struct codec_reader *reader, const char *key, int64_t min,
                      int64_t max);
uint32_t codec_count(const struct codec_reader *reader,
                     const char *key); /* 0 to 2^32-1 */
bool codec_bool(const struct codec_reader *reader, const char *key);
/* False where the field is left out. */
bool codec_bool_if_any(const struct codec_reader *reader, const char *key);
int64_t codec_time(const struct codec_reader *reader, const char *key); /* after 1970 */

/* A text without control characters that fits `capacity` bytes with its NUL. */
void codec_string(const struct codec_reader *reader, const char *key, char *ret_text,
                  size_t capacity);

/* The same, which must be an id of [a-z0-9-]; `ret_id` has ID_LENGTH_MAX + 1 bytes. */
void codec_id(const struct codec_reader *reader, const char *key, char *ret_id);

/* Fields that may be null or left out: zero or empty then. */
int64_t codec_time_or_null(const struct codec_reader *reader, const char *key);
uint32_t codec_date_or_null(const struct codec_reader *reader, const char *key);
void codec_string_or_null(const struct codec_reader *reader, const char *key,
                          char *ret_text, size_t capacity);

/* The longest word of a fixed vocabulary, with its NUL. */
#define CODEC_WORD_BYTES 24

/* A word of a fixed vocabulary; the caller looks it up and calls
 * codec_reader_fail_word() where there is no such word. */
void codec_word(const struct codec_reader *reader, const char *key,
                char ret_word[CODEC_WORD_BYTES]);
void codec_reader_fail_word(const struct codec_reader *reader, const char *key,
                            const char *word);

/* The object of a field. */
struct codec_reader codec_object(const struct codec_reader *reader, const char *key);

/* The array of a field: its length, at most `max`, and its elements: objects or texts.
 */
uint32_t codec_array(const struct codec_reader *reader, const char *key, uint32_t max);
struct codec_reader codec_element(const struct codec_reader *reader, const char *key,
                                  uint32_t index);
void codec_element_string(const struct codec_reader *reader, const char *key,
                          uint32_t index, char *ret_text, size_t capacity);

#endif
