/* JSON into a bounded buffer; see json_writer.h. */
#include "runtime/json_writer.h"

#include <assert.h>
#include <string.h>

#include "runtime/instant.h"

void json_writer_init(struct json_writer *writer, char *buffer, size_t capacity)
{
    assert(writer && buffer);
    *writer = (struct json_writer){.bytes = buffer, .capacity = capacity};
}

static void put(struct json_writer *writer, const char *bytes, size_t length)
{
    if (length > writer->capacity - writer->length) {
        writer->is_full = true;
        return;
    }
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

static void put_byte(struct json_writer *writer, char byte)
{
    put(writer, &byte, 1);
}

/* What stands before a value: the comma and the member's name. */
static void begin_value(struct json_writer *writer, const char *key)
{
    if (writer->needs_comma) {
        put_byte(writer, ',');
    }
    if (key) {
        put_byte(writer, '"');
        put(writer, key, strlen(key));
        put(writer, "\":", 2);
    }
    writer->needs_comma = true;
}

static void open_value(struct json_writer *writer, const char *key, char bracket)
{
    begin_value(writer, key);
    put_byte(writer, bracket);
    writer->needs_comma = false;
}

static void close_value(struct json_writer *writer, char bracket)
{
    put_byte(writer, bracket);
    writer->needs_comma = true;
}

void json_writer_open_object(struct json_writer *writer, const char *key)
{
    open_value(writer, key, '{');
}

void json_writer_close_object(struct json_writer *writer)
{
    close_value(writer, '}');
}

void json_writer_open_array(struct json_writer *writer, const char *key)
{
    open_value(writer, key, '[');
}

void json_writer_close_array(struct json_writer *writer)
{
    close_value(writer, ']');
}

/* Writes one character that may not stand in a JSON string as it is. */
static void put_escaped(struct json_writer *writer, char c)
{
    static const char digits[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        char escape[2] = {'\\', c};
        put(writer, escape, sizeof(escape));
        return;
    }
    uint8_t code = (uint8_t)c;
    char escape[6] = {'\\', 'u', '0', '0', digits[code >> 4], digits[code & 0xFU]};
    put(writer, escape, sizeof(escape));
}

void json_writer_string(struct json_writer *writer, const char *key, const char *value)
{
    assert(value);
    begin_value(writer, key);
    put_byte(writer, '"');
    const char *start = value;
    const char *at = value;
    for (; *at != '\0'; at++) {
        if ((uint8_t)*at < 0x20 || *at == '"' || *at == '\\') {
            put(writer, start, (size_t)(at - start));
            put_escaped(writer, *at);
            start = at + 1;
        }
    }
    put(writer, start, (size_t)(at - start));
    put_byte(writer, '"');
}

void json_writer_string_or_null(struct json_writer *writer, const char *key,
                                const char *value)
{
    if (value[0] == '\0') {
        json_writer_null(writer, key);
    } else {
        json_writer_string(writer, key, value);
    }
}

void json_writer_integer(struct json_writer *writer, const char *key, int64_t value)
{
    char digits[20];
    size_t start = sizeof(digits);
    uint64_t rest = value < 0 ? 0U - (uint64_t)value : (uint64_t)value;
    do {
        start--;
        digits[start] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    begin_value(writer, key);
    if (value < 0) {
        put_byte(writer, '-');
    }
    put(writer, digits + start, sizeof(digits) - start);
}

void json_writer_bool(struct json_writer *writer, const char *key, bool value)
{
    json_writer_raw(writer, key, value ? "true" : "false");
}

void json_writer_null(struct json_writer *writer, const char *key)
{
    json_writer_raw(writer, key, "null");
}

void json_writer_time(struct json_writer *writer, const char *key, int64_t at_ms)
{
    char text[INSTANT_TEXT_BYTES] = "";
    if (at_ms != 0) {
        instant_text(at_ms, text);
    }
    json_writer_string_or_null(writer, key, text);
}

void json_writer_date(struct json_writer *writer, const char *key, uint32_t date)
{
    assert(date == 0 || date_is_valid(date));
    bool is_given = date != 0;
    char text[] = "0000-00-00";
    for (size_t i = sizeof(text) - 1; i > 0; i--) {
        if (text[i - 1] != '-') {
            text[i - 1] = (char)('0' + date % 10);
            date /= 10;
        }
    }
    json_writer_string_or_null(writer, key, is_given ? text : "");
}

void json_writer_raw(struct json_writer *writer, const char *key, const char *json)
{
    begin_value(writer, key);
    put(writer, json, strlen(json));
}

enum status json_writer_finish(const struct json_writer *writer, const char *what,
                               size_t *ret_length, struct error *err)
{
    if (writer->is_full) {
        return error_set(err, ERR_LIMIT, "%s does not fit %zu bytes", what,
                         writer->capacity);
    }
    *ret_length = writer->length;
    return OK;
}
