/* Writes JSON straight into a buffer of fixed size, for payloads on the server's hot
 * path: no tree, no allocation. What does not fit is noticed once, at the end. */
#ifndef GUICHET_RUNTIME_JSON_WRITER_H
#define GUICHET_RUNTIME_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

struct json_writer {
    char *bytes;
    size_t capacity;
    size_t length;    /* bytes in use */
    bool is_full;     /* something did not fit */
    bool needs_comma; /* a value stands before in the same object or array */
};

/* Start writing into `buffer`, which the caller owns. */
void json_writer_init(struct json_writer *writer, char *buffer, size_t capacity);

/* In all of these `key` is the member's name, written as it is: a plain word. It is NULL
 * for the outermost value and for the elements of an array. */
void json_writer_open_object(struct json_writer *writer, const char *key);
void json_writer_close_object(struct json_writer *writer);
void json_writer_open_array(struct json_writer *writer, const char *key);
void json_writer_close_array(struct json_writer *writer);

/* `value` is UTF-8; quotes, backslashes and control characters are escaped. */
void json_writer_string(struct json_writer *writer, const char *key, const char *value);

/* null where the string is empty. */
void json_writer_string_or_null(struct json_writer *writer, const char *key,
                                const char *value);
void json_writer_integer(struct json_writer *writer, const char *key, int64_t value);
void json_writer_bool(struct json_writer *writer, const char *key, bool value);
void json_writer_null(struct json_writer *writer, const char *key);

/* A time of RFC 3339 in UTC; 0 is written as null. */
void json_writer_time(struct json_writer *writer, const char *key, int64_t at_ms);

/* A business day, yyyymmdd; 0 is written as null. */
void json_writer_date(struct json_writer *writer, const char *key, uint32_t date);

/* A whole value that is JSON already. */
void json_writer_raw(struct json_writer *writer, const char *key, const char *json);

/* The length of what was written, or ERR_LIMIT, naming `what` ("board 'main'"), when it
 * did not fit. */
enum status json_writer_finish(const struct json_writer *writer, const char *what,
                               size_t *ret_length, struct error *err);

#endif
