/* How wide a text is, asked through a small interface, so that every layout is a pure
 * function: the programs ask the fonts (ui/font.h), the tests a fixed rule. */
#ifndef GUICHET_UI_MEASURE_H
#define GUICHET_UI_MEASURE_H

#include <stddef.h>

enum text_weight { TEXT_REGULAR, TEXT_BOLD, TEXT_WEIGHT_COUNT };

/* Smallest and largest size of a text, in pixels per em. */
#define TEXT_SIZE_MIN_PX 6
#define TEXT_SIZE_MAX_PX 1200

struct text_style {
    int size_px; /* height of the em, TEXT_SIZE_MIN_PX to TEXT_SIZE_MAX_PX */
    enum text_weight weight;
};

struct text_measure {
    /* Width in pixels of the first `length` bytes of the UTF-8 `text`. Never fails: what
     * has no glyph counts as the replacement box. */
    int (*width_px)(void *context, const char *text, size_t length,
                    struct text_style style);
    void *context;
};

/* Width of the whole NUL-terminated `text`. */
int text_width_px(const struct text_measure *measure, const char *text,
                  struct text_style style);

/* A rule without fonts: every character is 0.6 em wide (bold 0.65), narrow ones
 * (space, i, l, punctuation) half of that, combining marks and bidi controls nothing. The
 * same everywhere, so that golden draw lists do not depend on a font version. */
struct text_measure text_measure_fixed(void);

/* Vertical measures of Noto Sans, in pixels, for a text of `size_px`: the height of a
 * capital (714/1000 em), the reach of ascending and descending letters with accents
 * (950/1000 and 245/1000), and the distance of two baselines (5/4 em). */
int text_cap_height_px(int size_px);
int text_ascent_px(int size_px);
int text_descent_px(int size_px);
int text_line_height_px(int size_px);

/* The size at which a capital is `cap_px` high: for rules that are given as letter
 * heights. */
int text_size_for_cap_px(int cap_px);

#endif
