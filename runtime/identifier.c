/* UUIDv7; see identifier.h.
 *
 *   48 bits milliseconds | 4 bits version 7 | 12 bits count | 2 bits variant | 62 bits
 *
 * The count starts at random in its lower half at each new millisecond and rises within
 * it (RFC 9562 6.2, method 1); when it is used up the millisecond is taken as passed. */
#include "runtime/identifier.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define TIME_MAX_MS    0xFFFFFFFFFFFFLL
#define COUNT_MAX      0xFFFU
#define COUNT_START    0x7FFU /* bits of a random start */
#define VERSION_BITS   0x70U
#define VARIANT_BITS   0x80U
#define RANDOM_AT      8 /* first byte after the count */
#define RANDOM_BYTES   8
#define HYPHEN_OFFSETS ((1U << 8) | (1U << 13) | (1U << 18) | (1U << 23))

static bool is_hyphen_offset(size_t offset)
{
    return offset < 24 && ((HYPHEN_OFFSETS >> offset) & 1U) != 0;
}

void identifier_next(struct identifier_source *source, int64_t now_ms,
                     const uint8_t random[IDENTIFIER_RANDOM_BYTES],
                     char ret_text[IDENTIFIER_TEXT_BYTES])
{
    assert(now_ms >= 0 && now_ms <= TIME_MAX_MS);
    if (now_ms > source->last_ms) {
        source->last_ms = now_ms;
        source->last_count = ((uint32_t)random[8] << 8 | random[9]) & COUNT_START;
    } else if (source->last_count < COUNT_MAX) {
        source->last_count++;
    } else {
        source->last_ms++;
        source->last_count = 0;
    }
    uint8_t bytes[IDENTIFIER_BYTES];
    for (unsigned i = 0; i < 6; i++) {
        bytes[i] = (uint8_t)(source->last_ms >> (40 - 8 * i));
    }
    bytes[6] = (uint8_t)(VERSION_BITS | source->last_count >> 8);
    bytes[7] = (uint8_t)source->last_count;
    memcpy(bytes + RANDOM_AT, random, RANDOM_BYTES);
    bytes[RANDOM_AT] = (uint8_t)(VARIANT_BITS | (bytes[RANDOM_AT] & 0x3FU));

    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < IDENTIFIER_BYTES; i++) {
        if (is_hyphen_offset(at)) {
            ret_text[at++] = '-';
        }
        ret_text[at++] = digits[bytes[i] >> 4];
        ret_text[at++] = digits[bytes[i] & 0x0FU];
    }
    ret_text[at] = '\0';
    assert(at == IDENTIFIER_TEXT_BYTES - 1);
}

enum status random_bytes(uint8_t *ret_bytes, size_t length, struct error *err)
{
    size_t done = 0;
    while (done < length) {
        ssize_t count = getrandom(ret_bytes + done, length - done, 0);
        if (count < 0 && errno != EINTR) {
            return error_set(err, ERR_IO, "the kernel gives no random bytes: %s",
                             strerror(errno));
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return OK;
}

enum status identifier_make(struct identifier_source *source, int64_t now_ms,
                            char ret_text[IDENTIFIER_TEXT_BYTES], struct error *err)
{
    uint8_t random[IDENTIFIER_RANDOM_BYTES];
    enum status status = random_bytes(random, sizeof(random), err);
    if (status == OK) {
        identifier_next(source, now_ms, random, ret_text);
    }
    return status;
}

/* Value of a lower-case hexadecimal digit, or -1. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool identifier_parse(const char *text, uint8_t ret_bytes[IDENTIFIER_BYTES])
{
    uint8_t bytes[IDENTIFIER_BYTES] = {0};
    size_t digit_count = 0;
    for (size_t at = 0; at < IDENTIFIER_TEXT_BYTES - 1; at++) {
        if (is_hyphen_offset(at)) {
            if (text[at] != '-') {
                return false;
            }
            continue;
        }
        int value = digit_value(text[at]); /* -1 at the end of a short text */
        if (value < 0) {
            return false;
        }
        uint8_t *byte = &bytes[digit_count++ / 2];
        *byte = (uint8_t)((unsigned)*byte << 4 | (unsigned)value);
    }
    bool is_version_7 = (bytes[6] & 0xF0U) == VERSION_BITS;
    bool is_variant = (bytes[RANDOM_AT] & 0xC0U) == VARIANT_BITS;
    if (text[IDENTIFIER_TEXT_BYTES - 1] != '\0' || !is_version_7 || !is_variant) {
        return false;
    }
    if (ret_bytes) {
        memcpy(ret_bytes, bytes, sizeof(bytes));
    }
    return true;
}

int64_t identifier_made_at_ms(const char *text)
{
    uint8_t bytes[IDENTIFIER_BYTES];
    int64_t ms = 0;
    if (!identifier_parse(text, bytes)) {
        return INT64_MAX;
    }
    for (int i = 0; i < 6; i++) {
        ms = ms * 256 + bytes[i];
    }
    return ms;
}
