/* Identifiers of commands: UUIDv7 (RFC 9562), which sort by the time they were made. Time
 * and randomness are parameters of identifier_next(); only identifier_make() and
 * random_bytes() ask the kernel. */
#ifndef GUICHET_RUNTIME_IDENTIFIER_H
#define GUICHET_RUNTIME_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* "01930000-0000-7000-8000-000000000001" with the final NUL, and its bytes. */
#define IDENTIFIER_TEXT_BYTES 37
#define IDENTIFIER_BYTES      16

/* Random bytes that one identifier uses. */
#define IDENTIFIER_RANDOM_BYTES 10

/* What must be kept between two identifiers of one device so that they rise; zeroed at
 * the start. */
struct identifier_source {
    int64_t last_ms;
    uint32_t last_count; /* 12 bits that order identifiers of one millisecond */
};

/* The next identifier at `now_ms` (Unix epoch, 0 to 2^48 - 1) with these random bytes.
 * Rises even when `now_ms` stands still or goes back. Lower case. */
void identifier_next(struct identifier_source *source, int64_t now_ms,
                     const uint8_t random[IDENTIFIER_RANDOM_BYTES],
                     char ret_text[IDENTIFIER_TEXT_BYTES]);

/* As identifier_next() with the kernel's randomness; ERR_IO when it gives none. */
enum status identifier_make(struct identifier_source *source, int64_t now_ms,
                            char ret_text[IDENTIFIER_TEXT_BYTES], struct error *err);

/* Read the strict text form: 36 characters, lower case, version 7, variant 10. False for
 * anything else; `ret_bytes` may be NULL. */
bool identifier_parse(const char *text, uint8_t ret_bytes[IDENTIFIER_BYTES]);

/* When the identifier `text` was made (Unix epoch, milliseconds); INT64_MAX when it is
 * none. */
int64_t identifier_made_at_ms(const char *text);

/* Fill `ret_bytes` from the kernel (getrandom). ERR_IO when it gives none. */
enum status random_bytes(uint8_t *ret_bytes, size_t length, struct error *err);

#endif
