/* Strict reading of JSON objects; see fields.h. */
#include "journal/fields.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "journal/moment.h"

void fields_init(struct fields *fields, json_t *object, struct error *err)
{
    *fields = (struct fields){.object = object, .err = err};
    if (!json_is_object(object)) {
        fields_fail(fields, "not a JSON object");
    }
}

void fields_fail(struct fields *fields, const char *format, ...)
{
    if (fields->has_failed) {
        return;
    }
    fields->has_failed = true;
    char sentence[ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    (void)error_set(fields->err, ERR_CORRUPT, "%s", length < 0 ? "unreadable" : sentence);
}

bool fields_has(const struct fields *fields, const char *name)
{
    return json_object_get(fields->object, name) != NULL;
}

json_t *fields_value(struct fields *fields, const char *name)
{
    if (fields->has_failed) {
        return NULL;
    }
    json_t *value = json_object_get(fields->object, name);
    if (!value) {
        fields_fail(fields, "'%s' is missing", name);
        return NULL;
    }
    assert(fields->count < FIELDS_MAX);
    fields->names[fields->count++] = name;
    return value;
}

int64_t fields_integer(struct fields *fields, const char *name, int64_t min, int64_t max)
{
    json_t *value = fields_value(fields, name);
    if (!value) {
        return min;
    }
    int64_t integer = json_integer_value(value);
    if (!json_is_integer(value) || integer < min || integer > max) {
        fields_fail(fields, "'%s' is not a whole number of %" PRId64 " to %" PRId64, name,
                    min, max);
        return min;
    }
    return integer;
}

uint32_t fields_count(struct fields *fields, const char *name, uint32_t max)
{
    return (uint32_t)fields_integer(fields, name, 0, max);
}

uint32_t fields_count_if_any(struct fields *fields, const char *name, uint32_t max)
{
    return fields_has(fields, name) ? fields_count(fields, name, max) : 0;
}

bool fields_bool(struct fields *fields, const char *name)
{
    json_t *value = fields_value(fields, name);
    if (value && !json_is_boolean(value)) {
        fields_fail(fields, "'%s' is neither true nor false", name);
    }
    return json_is_true(value);
}

const char *fields_text(struct fields *fields, const char *name)
{
    json_t *value = fields_value(fields, name);
    const char *text = json_string_value(value);
    if (value && !text) {
        fields_fail(fields, "'%s' is not a text", name);
    }
    return text ? text : "";
}

void fields_copy(struct fields *fields, const char *name, char *ret_text, size_t capacity)
{
    const char *text = fields_text(fields, name);
    if (!text_is_utf8(text, strlen(text))) {
        fields_fail(fields, "'%s' has control characters", name);
        text = "";
    }
    if (!text_copy(ret_text, capacity, text)) {
        fields_fail(fields, "'%s' is longer than %zu bytes", name, capacity - 1);
    }
}

int64_t fields_moment(struct fields *fields, const char *name)
{
    const char *text = fields_text(fields, name);
    int64_t at_ms = 0;
    if (!fields->has_failed && !moment_parse(text, &at_ms)) {
        fields_fail(fields, "'%s' is not a time like 2026-11-23T09:42:10.000Z", name);
    }
    return at_ms;
}

uint32_t fields_named(struct fields *fields, const char *name, uint32_t found,
                      uint32_t count)
{
    if (found < count) {
        return found;
    }
    fields_fail(fields, "'%s' has an unknown value", name);
    return 0;
}

enum status fields_end(struct fields *fields)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(fields->object, name, value)
    {
        bool is_known = false;
        for (size_t i = 0; i < fields->count && !is_known; i++) {
            is_known = strcmp(fields->names[i], name) == 0;
        }
        if (!is_known) {
            fields_fail(fields, "'%s' is not a field of it", name);
        }
    }
    return fields->has_failed ? ERR_CORRUPT : OK;
}
