/* Splits a line of text into runs that a shaper can draw: one direction, one script, one
 * font, in the order they stand on the screen from left to right.
 *
 * SDL_ttf shapes letters but knows nothing of direction, scripts or fonts that lack a
 * letter: given a whole Arabic sentence it would draw ticket A042 as 240. Here FriBidi
 * finds the levels (Unicode Standard Annex 9), HarfBuzz the scripts, and the caller's
 * fonts say what they cover. */
#ifndef GUICHET_UI_TEXT_RUN_H
#define GUICHET_UI_TEXT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest line in characters and most runs of it: far more than fits a screen. What is
 * beyond is left out. */
#define TEXT_CHARACTERS_MAX 1024
#define TEXT_RUNS_MAX       64

struct text_run {
    size_t start;  /* first byte in the text */
    size_t length; /* bytes, in reading order; bidi controls are in no run */
    bool is_right_to_left;
    char script[5]; /* ISO 15924, e.g. "Latn", "Arab" */
    int font;       /* as the coverage says */
};

/* Which font draws which character. */
struct font_coverage {
    /* Whether font `font` has a glyph for `code`. */
    bool (*has_glyph)(void *context, int font, uint32_t code);
    void *context;
    int font_count; /* fonts are asked in order, 0 first; 0 also draws what none has */
};

/* Split the first `length` bytes of the UTF-8 `text`, one line without new-line
 * characters. Its main direction is that of its first strong letter, left to right
 * without any. Returns the number of runs written to `ret_runs`. */
size_t text_run_split(const char *text, size_t length,
                      const struct font_coverage *coverage,
                      struct text_run ret_runs[TEXT_RUNS_MAX]);

#endif
