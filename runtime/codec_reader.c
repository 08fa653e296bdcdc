/* Strict fields of the protocol's documents; see codec_reader.h. */
#include "runtime/codec_reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "core/text.h"
#include "runtime/instant.h"
#include "runtime/json.h"

enum status codec_parse(const char *bytes, size_t length, json_t **ret_tree,
                        struct error *err)
{
    return json_read(bytes, length, PAYLOAD_BYTES_MAX, ret_tree, err);
}

struct codec_reader codec_reader_init(const json_t *tree, struct codec_fault *fault,
                                      struct error *err)
{
    *fault = (struct codec_fault){.status = OK, .err = err};
    return (struct codec_reader){.object = tree, .fault = fault};
}

/* Whether fields can be read at all: no fault yet. */
static bool is_sound(const struct codec_reader *reader)
{
    return reader->fault->status == OK && reader->object;
}

/* Keep the result of a getter, with the place of its object in front of the sentence. */
static void note(const struct codec_reader *reader, enum status status)
{
    if (status == OK) {
        return;
    }
    reader->fault->status = status;
    if (reader->place[0] != '\0') {
        error_wrap(reader->fault->err, "'%s'", reader->place);
    }
}

void codec_reader_fail(const struct codec_reader *reader, const char *key,
                       const char *format, ...)
{
    if (!is_sound(reader)) {
        return;
    }
    char why[ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(why, sizeof(why), format, args); /* cut is what we want */
    va_end(args);
    note(reader, error_set(reader->fault->err, ERR_INVALID, "field '%s': %s", key, why));
}

bool codec_has(const struct codec_reader *reader, const char *key)
{
    return is_sound(reader) && json_has(reader->object, key);
}

int64_t codec_integer(const struct codec_reader *reader, const char *key, int64_t min,
                      int64_t max)
{
    int64_t value = 0;
    if (is_sound(reader)) {
        note(reader, json_field_integer(reader->object, key, min, max, &value,
                                        reader->fault->err));
    }
    return value;
}

uint32_t codec_count(const struct codec_reader *reader, const char *key)
{
    return (uint32_t)codec_integer(reader, key, 0, UINT32_MAX);
}

bool codec_bool(const struct codec_reader *reader, const char *key)
{
    bool value = false;
    if (is_sound(reader)) {
        note(reader, json_field_bool(reader->object, key, &value, reader->fault->err));
    }
    return value;
}

bool codec_bool_if_any(const struct codec_reader *reader, const char *key)
{
    return codec_has(reader, key) && codec_bool(reader, key);
}

void codec_string(const struct codec_reader *reader, const char *key, char *ret_text,
                  size_t capacity)
{
    ret_text[0] = '\0';
    if (is_sound(reader)) {
        note(reader, json_field_text(reader->object, key, ret_text, capacity,
                                     reader->fault->err));
    }
}

void codec_string_or_null(const struct codec_reader *reader, const char *key,
                          char *ret_text, size_t capacity)
{
    ret_text[0] = '\0';
    if (codec_has(reader, key)) {
        codec_string(reader, key, ret_text, capacity);
    }
}

void codec_id(const struct codec_reader *reader, const char *key, char *ret_id)
{
    ret_id[0] = '\0';
    if (is_sound(reader)) {
        note(reader, json_field_id(reader->object, key, ret_id, reader->fault->err));
    }
}

int64_t codec_time(const struct codec_reader *reader, const char *key)
{
    int64_t at_ms = 0;
    if (is_sound(reader)) {
        note(reader, json_field_time(reader->object, key, &at_ms, reader->fault->err));
    }
    if (at_ms <= 0) {
        codec_reader_fail(reader, key, "the time is before 1970");
        return 0;
    }
    return at_ms;
}

int64_t codec_time_or_null(const struct codec_reader *reader, const char *key)
{
    return codec_has(reader, key) ? codec_time(reader, key) : 0;
}

/* The digits of "2026-11-23" as 20261123; 0 for what has another form. */
static uint32_t date_digits(const char *text)
{
    static const char form[] = "0000-00-00";
    uint32_t date = 0;
    for (size_t i = 0; i < sizeof(form) - 1; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !is_digit : text[i] != form[i]) {
            return 0;
        }
        date = is_digit ? date * 10 + (uint32_t)(text[i] - '0') : date;
    }
    return text[sizeof(form) - 1] == '\0' ? date : 0;
}

uint32_t codec_date_or_null(const struct codec_reader *reader, const char *key)
{
    if (!codec_has(reader, key)) {
        return 0;
    }
    char text[12];
    codec_string(reader, key, text, sizeof(text));
    uint32_t date = date_digits(text);
    if (!date_is_valid(date)) {
        codec_reader_fail(reader, key, "'%s' is not a date like 2026-11-23", text);
        return 0;
    }
    return date;
}

void codec_word(const struct codec_reader *reader, const char *key,
                char ret_word[CODEC_WORD_BYTES])
{
    codec_string(reader, key, ret_word, CODEC_WORD_BYTES);
}

void codec_reader_fail_word(const struct codec_reader *reader, const char *key,
                            const char *word)
{
    codec_reader_fail(reader, key, "there is no such value as '%s'", word);
}

/* A reader for what stands at `name` of this one, or at its element `index`. */
static struct codec_reader inner_reader(const struct codec_reader *reader,
                                        const json_t *object, const char *name)
{
    struct codec_reader inner = {.object = object, .fault = reader->fault};
    struct text text;
    text_init(&text, inner.place, sizeof(inner.place));
    text_add(&text, "%s%s%s", reader->place, reader->place[0] != '\0' ? "." : "", name);
    return inner;
}

struct codec_reader codec_object(const struct codec_reader *reader, const char *key)
{
    json_t *object = NULL;
    if (is_sound(reader)) {
        note(reader, json_field_object(reader->object, key, &object, reader->fault->err));
    }
    return inner_reader(reader, object, key);
}

/* The array of a field, at most `max` long; NULL with the fault kept. */
static json_t *find_array(const struct codec_reader *reader, const char *key,
                          uint32_t max)
{
    json_t *array = NULL;
    if (is_sound(reader)) {
        note(reader,
             json_field_array(reader->object, key, max, &array, reader->fault->err));
    }
    return array;
}

uint32_t codec_array(const struct codec_reader *reader, const char *key, uint32_t max)
{
    return (uint32_t)json_array_size(find_array(reader, key, max));
}

struct codec_reader codec_element(const struct codec_reader *reader, const char *key,
                                  uint32_t index)
{
    const json_t *value = json_array_get(find_array(reader, key, UINT32_MAX), index);
    char name[CODEC_WORD_BYTES];
    struct text text;
    text_init(&text, name, sizeof(name));
    text_add(&text, "%s[%u]", key, (unsigned)index);
    if (!json_is_object(value)) {
        codec_reader_fail(reader, key, "element %u is not an object", (unsigned)index);
        value = NULL;
    }
    return inner_reader(reader, value, name);
}

void codec_element_string(const struct codec_reader *reader, const char *key,
                          uint32_t index, char *ret_text, size_t capacity)
{
    const json_t *value = json_array_get(find_array(reader, key, UINT32_MAX), index);
    ret_text[0] = '\0';
    if (!json_is_string(value) || json_string_length(value) >= capacity ||
        !text_is_utf8(json_string_value(value), json_string_length(value))) {
        codec_reader_fail(reader, key, "element %u is not a text of at most %zu bytes",
                          (unsigned)index, capacity - 1);
        return;
    }
    memcpy(ret_text, json_string_value(value), json_string_length(value) + 1);
}
