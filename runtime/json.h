/* Strict reading of JSON payloads over jansson: what comes from outside is capped in size
 * and depth before it is parsed, and each field is read with its type, range and a
 * sentence that names it:
 *
 *   field 'service': 'Préfecture' is not an id of 1 to 32 characters a-z, 0-9 and -
 *   field 'seconds': 0 is not a whole number from 1 to 86400
 *   field 'verb' is missing
 *
 * Fields that nobody asks for are ignored. A field whose value is null counts as missing.
 * Callers that read nested objects wrap: error_wrap(err, "field 'ticket'"). */
#ifndef GUICHET_RUNTIME_JSON_H
#define GUICHET_RUNTIME_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Objects and arrays inside each other. */
#define JSON_DEPTH_MAX 8

/* Parse `length` bytes, at most `length_max`, as one JSON object: UTF-8, no duplicate
 * keys, at most JSON_DEPTH_MAX levels. The caller releases it with json_decref(). The
 * sentence of ERR_INVALID says the line and column, or the limit. */
enum status json_read(const char *bytes, size_t length, size_t length_max,
                      json_t **ret_object, struct error *err);

/* Write `value` without spaces, keys in the order of their making, to `buffer`, always
 * terminated. Gives the length without the NUL. ERR_LIMIT when it does not fit. */
enum status json_write(const json_t *value, char *buffer, size_t capacity,
                       size_t *ret_length, struct error *err);

/* Whether the field exists and is not null. */
bool json_has(const json_t *object, const char *name);

/* All below: ERR_INVALID with a sentence when the field is missing or has another value;
 * the result is untouched then. */

/* A string without control characters of at most `capacity` - 1 bytes, copied. */
enum status json_field_text(const json_t *object, const char *name, char *ret_text,
                            size_t capacity, struct error *err);

/* A string of 1 to ID_LENGTH_MAX characters a-z, 0-9 and -. `ret_id` has
 * ID_LENGTH_MAX + 1 bytes. */
enum status json_field_id(const json_t *object, const char *name, char *ret_id,
                          struct error *err);

/* A whole number from `min` to `max`. */
enum status json_field_integer(const json_t *object, const char *name, int64_t min,
                               int64_t max, int64_t *ret_value, struct error *err);

/* The same for what is kept in 32 bits. */
enum status json_field_uint32(const json_t *object, const char *name, uint32_t min,
                              uint32_t max, uint32_t *ret_value, struct error *err);

enum status json_field_bool(const json_t *object, const char *name, bool *ret_value,
                            struct error *err);

/* A string that is one of `names`: `count` entries, of which some may be NULL. Gives the
 * index. The sentence lists the names. */
enum status json_field_choice(const json_t *object, const char *name,
                              const char *const names[], size_t count, size_t *ret_index,
                              struct error *err);

/* An RFC 3339 time; gives milliseconds of the Unix epoch. */
enum status json_field_time(const json_t *object, const char *name, int64_t *ret_ms,
                            struct error *err);

/* An object or an array, borrowed from `object`. */
enum status json_field_object(const json_t *object, const char *name, json_t **ret_object,
                              struct error *err);
enum status json_field_array(const json_t *object, const char *name, size_t count_max,
                             json_t **ret_array, struct error *err);

#endif
