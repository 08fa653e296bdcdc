/* Reading UTF-8 character by character, and the few properties that layout needs. */
#ifndef GUICHET_UI_UNICODE_H
#define GUICHET_UI_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at `text[*at]` of `length` bytes (`*at` < `length`); moves `*at` behind
 * it. A byte that begins no well-formed character is read as U+FFFD, one byte at a time,
 * so that reading always ends. */
uint32_t unicode_next(const char *text, size_t length, size_t *at);

/* Controls of the bidirectional algorithm: they order text and are never drawn. */
bool unicode_is_bidi_control(uint32_t code);

/* Characters of Chinese and Japanese writing, between which a line may break. */
bool unicode_is_ideograph(uint32_t code);

/* Marks that combine with the character before them; a line never breaks before one. */
bool unicode_is_combining(uint32_t code);

/* First strong Unicode isolate and its end: put them around a ticket number inside a text
 * of unknown direction and the number keeps its order. */
#define UNICODE_ISOLATE     "\xE2\x81\xA8"
#define UNICODE_ISOLATE_END "\xE2\x81\xA9"

#endif
