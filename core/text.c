/* Bounded text; see text.h. */
#include "core/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void text_init(struct text *text, char *buffer, size_t capacity)
{
    assert(buffer);
    assert(capacity >= 1);
    *text = (struct text){.bytes = buffer, .capacity = capacity};
    buffer[0] = '\0';
}

/* Largest length <= `length` at which no UTF-8 character is split. */
static size_t whole_characters(const char *bytes, size_t length)
{
    while (length > 0 && ((uint8_t)bytes[length] & 0xC0U) == 0x80U) {
        length--;
    }
    return length;
}

void text_add(struct text *text, const char *format, ...)
{
    size_t room = text->capacity - text->length;
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(text->bytes + text->length, room, format, args);
    va_end(args);
    assert(wanted >= 0);
    if ((size_t)wanted < room) {
        text->length += (size_t)wanted;
        return;
    }
    text->is_cut = true;
    /* vsnprintf() wrote room - 1 bytes; a split last character is taken off again. */
    size_t end = text->capacity - 1;
    size_t start = end;
    while (start > text->length && ((uint8_t)text->bytes[start - 1] & 0xC0U) == 0x80U) {
        start--;
    }
    if (start > text->length && ((uint8_t)text->bytes[start - 1] & 0x80U) != 0) {
        uint8_t lead = (uint8_t)text->bytes[start - 1];
        size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
        if (start - 1 + size > end) {
            end = start - 1;
        }
    }
    text->bytes[end] = '\0';
    text->length = end;
}

void text_add_string(struct text *text, const char *string)
{
    text_add(text, "%s", string);
}

bool text_copy(char *to, size_t capacity, const char *from)
{
    assert(capacity >= 1);
    size_t length = strlen(from);
    bool fits = length < capacity;
    if (!fits) {
        length = whole_characters(from, capacity - 1);
    }
    memmove(to, from, length);
    to[length] = '\0';
    return fits;
}

bool text_is_id(const char *string, size_t length_max)
{
    size_t length = 0;
    for (; string[length] != '\0'; length++) {
        char c = string[length];
        bool is_allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (!is_allowed || length == length_max) {
            return false;
        }
    }
    return length > 0;
}

/* Bytes of the well-formed character at `bytes`, or 0. */
static size_t utf8_character_bytes(const uint8_t *bytes, size_t length)
{
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t lead = bytes[0];
    if (lead < 0x80) {
        return lead >= 0x20 && lead != 0x7F ? 1 : 0;
    }
    size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (size == 0 || size > length || lead > 0xF4) {
        return 0;
    }
    uint32_t code = lead & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0U) != 0x80U) {
            return 0;
        }
        code = (code << 6) | (bytes[i] & 0x3FU);
    }
    bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    bool is_control = code >= 0x80 && code < 0xA0;
    return code < smallest[size] || code > 0x10FFFF || is_surrogate || is_control ? 0
                                                                                  : size;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const uint8_t *at = (const uint8_t *)bytes;
    while (length > 0) {
        size_t size = utf8_character_bytes(at, length);
        if (size == 0) {
            return false;
        }
        at += size;
        length -= size;
    }
    return true;
}
