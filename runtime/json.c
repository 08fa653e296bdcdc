/* Strict JSON; see json.h. */
#include "runtime/json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/text.h"
#include "runtime/instant.h"

/* Bytes of a wrong value that its sentence quotes. */
#define EXCERPT_BYTES 48

/* Levels of the deepest place, counted before anything is parsed or allocated: brackets
 * outside strings. For text that is no JSON the count does not matter. */
static size_t depth_of(const char *bytes, size_t length)
{
    size_t depth = 0;
    size_t deepest = 0;
    bool is_string = false;
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (is_string) {
            if (c == '\\') {
                i++; /* what is escaped ends no string */
            }
            is_string = c != '"';
        } else if (c == '"') {
            is_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
            deepest = depth > deepest ? depth : deepest;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}

enum status json_read(const char *bytes, size_t length, size_t length_max,
                      json_t **ret_object, struct error *err)
{
    if (length > length_max) {
        return error_set(err, ERR_INVALID, "%zu bytes are too long: at most %zu", length,
                         length_max);
    }
    size_t depth = depth_of(bytes, length);
    if (depth > JSON_DEPTH_MAX) {
        return error_set(err, ERR_INVALID, "%zu levels are too deep: at most %d", depth,
                         JSON_DEPTH_MAX);
    }
    json_error_t cause;
    json_t *object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &cause);
    if (!object) {
        return error_set(err, ERR_INVALID, "not valid JSON: line %d column %d: %s",
                         cause.line, cause.column, cause.text);
    }
    if (!json_is_object(object)) {
        json_decref(object);
        return error_set(err, ERR_INVALID, "not a JSON object");
    }
    *ret_object = object;
    return OK;
}

enum status json_write(const json_t *value, char *buffer, size_t capacity,
                       size_t *ret_length, struct error *err)
{
    size_t length = json_dumpb(value, buffer, capacity, JSON_COMPACT | JSON_ENCODE_ANY);
    if (length == 0) {
        return error_set(err, ERR_IO, "cannot write JSON: a value is not UTF-8");
    }
    if (length >= capacity) {
        return error_set(err, ERR_LIMIT, "%zu bytes of JSON are too long: at most %zu",
                         length, capacity - 1);
    }
    buffer[length] = '\0';
    *ret_length = length;
    return OK;
}

/* The wrong value as the sentence quotes it: 'text', 12, {"a":1}, cut with "…". */
static void quote_value(const json_t *value, char ret_quote[EXCERPT_BYTES])
{
    struct text text;
    static const char cut_mark[] = "\xE2\x80\xA6'";
    text_init(&text, ret_quote, EXCERPT_BYTES - sizeof(cut_mark));
    bool is_string = json_is_string(value);
    char *dump = is_string ? NULL : json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    text_add(&text, "%s%s", is_string ? "'" : "",
             is_string ? json_string_value(value)
             : dump    ? dump
                       : "?");
    free(dump);
    /* Nothing in a sentence may start a line or move a terminal's cursor. */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)ret_quote[i];
        if (byte < 0x20 || byte == 0x7F) {
            ret_quote[i] = ' ';
        }
    }
    bool is_cut = text.is_cut;
    text.capacity = EXCERPT_BYTES;
    text_add_string(&text, is_cut ? "\xE2\x80\xA6" : "");
    text_add_string(&text, is_string ? "'" : "");
}

bool json_has(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return value && !json_is_null(value);
}

/* "field 'x' is missing", or "field 'x': VALUE is not WHAT". */
static enum status wrong(const json_t *object, const char *name, const char *what,
                         struct error *err)
{
    if (!json_has(object, name)) {
        return error_set(err, ERR_INVALID, "field '%s' is missing", name);
    }
    char quote[EXCERPT_BYTES];
    quote_value(json_object_get(object, name), quote);
    return error_set(err, ERR_INVALID, "field '%s': %s is not %s", name, quote, what);
}

enum status json_field_text(const json_t *object, const char *name, char *ret_text,
                            size_t capacity, struct error *err)
{
    const json_t *value = json_object_get(object, name);
    size_t length = json_string_length(value); /* 0 for what is no string */
    if (!json_is_string(value) || length >= capacity ||
        !text_is_utf8(json_string_value(value), length)) {
        char what[64];
        struct text text;
        text_init(&text, what, sizeof(what));
        text_add(&text, "a line of text of at most %zu bytes", capacity - 1);
        return wrong(object, name, what, err);
    }
    memcpy(ret_text, json_string_value(value), length + 1);
    return OK;
}

enum status json_field_id(const json_t *object, const char *name, char *ret_id,
                          struct error *err)
{
    const char *id = json_string_value(json_object_get(object, name));
    if (!id || !text_is_id(id, ID_LENGTH_MAX)) {
        return wrong(object, name, "an id of 1 to 32 characters a-z, 0-9 and -", err);
    }
    (void)text_copy(ret_id, ID_LENGTH_MAX + 1, id); /* fits: it was just measured */
    return OK;
}
_Static_assert(ID_LENGTH_MAX == 32, "the sentence says 32");

enum status json_field_integer(const json_t *object, const char *name, int64_t min,
                               int64_t max, int64_t *ret_value, struct error *err)
{
    const json_t *value = json_object_get(object, name);
    int64_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < min || number > max) {
        char what[96];
        struct text text;
        text_init(&text, what, sizeof(what));
        text_add(&text, "a whole number from %" PRId64 " to %" PRId64, min, max);
        return wrong(object, name, what, err);
    }
    *ret_value = number;
    return OK;
}

enum status json_field_uint32(const json_t *object, const char *name, uint32_t min,
                              uint32_t max, uint32_t *ret_value, struct error *err)
{
    int64_t number = 0;
    enum status status = json_field_integer(object, name, min, max, &number, err);
    if (status == OK) {
        *ret_value = (uint32_t)number;
    }
    return status;
}

enum status json_field_bool(const json_t *object, const char *name, bool *ret_value,
                            struct error *err)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_boolean(value)) {
        return wrong(object, name, "true or false", err);
    }
    *ret_value = json_is_true(value);
    return OK;
}

enum status json_field_choice(const json_t *object, const char *name,
                              const char *const names[], size_t count, size_t *ret_index,
                              struct error *err)
{
    const char *chosen = json_string_value(json_object_get(object, name));
    char what[192];
    struct text text;
    text_init(&text, what, sizeof(what));
    text_add_string(&text, "one of");
    for (size_t i = 0; i < count; i++) {
        if (!names[i]) {
            continue;
        }
        if (chosen && strcmp(chosen, names[i]) == 0) {
            *ret_index = i;
            return OK;
        }
        text_add(&text, " %s", names[i]);
    }
    return wrong(object, name, what, err);
}

enum status json_field_time(const json_t *object, const char *name, int64_t *ret_ms,
                            struct error *err)
{
    const char *value = json_string_value(json_object_get(object, name));
    if (!value || instant_parse(value, ret_ms, NULL) != OK) {
        return wrong(object, name, "a time such as '2026-11-23T09:42:10.000Z'", err);
    }
    return OK;
}

enum status json_field_object(const json_t *object, const char *name, json_t **ret_object,
                              struct error *err)
{
    json_t *value = json_object_get(object, name);
    if (!json_is_object(value)) {
        return wrong(object, name, "an object", err);
    }
    *ret_object = value;
    return OK;
}

enum status json_field_array(const json_t *object, const char *name, size_t count_max,
                             json_t **ret_array, struct error *err)
{
    json_t *value = json_object_get(object, name);
    if (!json_is_array(value)) {
        return wrong(object, name, "an array", err);
    }
    if (json_array_size(value) > count_max) {
        return error_set(err, ERR_INVALID,
                         "field '%s': %zu entries are too many: at "
                         "most %zu",
                         name, json_array_size(value), count_max);
    }
    *ret_array = value;
    return OK;
}
