/* Characters of UTF-8 text; see unicode.h. */
#include "ui/unicode.h"

#include <assert.h>

#include "core/text.h"

#define REPLACEMENT 0xFFFDU

uint32_t unicode_next(const char *text, size_t length, size_t *at)
{
    assert(*at < length);
    const unsigned char *bytes = (const unsigned char *)text + *at;
    unsigned lead = bytes[0];
    size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (size == 1) {
        (*at)++;
        return lead;
    }
    if (size > length - *at || !text_is_utf8(text + *at, size)) {
        (*at)++;
        return REPLACEMENT;
    }
    uint32_t code = lead & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        code = (code << 6) | (bytes[i] & 0x3FU);
    }
    *at += size;
    return code;
}

bool unicode_is_bidi_control(uint32_t code)
{
    return code == 0x61C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool unicode_is_ideograph(uint32_t code)
{
    return (code >= 0x3041 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x20000 && code <= 0x2FFFF);
}

bool unicode_is_combining(uint32_t code)
{
    return (code >= 0x300 && code < 0x370) || (code >= 0x591 && code < 0x5C0) ||
           (code >= 0x64B && code < 0x660) || (code >= 0x20D0 && code < 0x2100) ||
           (code >= 0xFE00 && code < 0xFE10) || code == 0x200D;
}
