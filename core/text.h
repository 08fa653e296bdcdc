/* Builds text in a buffer of fixed size; a text that does not fit is cut on a whole UTF-8
 * character and says so. */
#ifndef GUICHET_CORE_TEXT_H
#define GUICHET_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes;     /* always NUL-terminated */
    size_t capacity; /* bytes of the buffer, with the final NUL; at least 1 */
    size_t length;   /* bytes in use, without the final NUL */
    bool is_cut;     /* something did not fit */
};

/* Start an empty text in `buffer` of `capacity` bytes (>= 1), which the caller owns and
 * which outlives the text. */
void text_init(struct text *text, char *buffer, size_t capacity);

/* Append printf-style. What does not fit is cut and marks the text. */
void text_add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Append the bytes of `string` as they are. */
void text_add_string(struct text *text, const char *string);

/* Copy `from` into `to` of `capacity` bytes, always terminated. Returns false when it had
 * to be cut. */
bool text_copy(char *to, size_t capacity, const char *from);

/* Whether `string` is 1 to `length_max` characters of [a-z0-9-], the form of every id. */
bool text_is_id(const char *string, size_t length_max);

/* Whether the `length` bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong
 * forms) without control characters. */
bool text_is_utf8(const char *bytes, size_t length);

#endif
