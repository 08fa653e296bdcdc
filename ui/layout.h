/* Sets text into boxes: breaks it into lines, makes it smaller where it must, and never
 * cuts it. Pure: widths come from a struct text_measure. */
#ifndef GUICHET_UI_LAYOUT_H
#define GUICHET_UI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/draw.h"
#include "ui/geometry.h"
#include "ui/measure.h"

/* Most lines of one block; what is longer goes on in the last line. */
#define TEXT_LINES_MAX 24

struct text_line {
    size_t start;  /* first byte in the block's string */
    size_t length; /* bytes, without the space at its end */
    int width_px;
};

struct text_block {
    struct text_style style; /* as set, perhaps smaller than wished */
    int width_px;            /* of the widest line */
    int height_px;           /* all lines, text_line_height_px() each */
    size_t line_count;       /* 0 for an empty string */
    bool is_too_wide;        /* a word is wider than the box */
    bool is_below_floor;     /* even the smallest wished size did not fit */
    struct text_line lines[TEXT_LINES_MAX];
};

/* What a text may take. */
struct text_room {
    struct text_style style; /* wished */
    int floor_px;            /* smallest wished size; 0: the wished size itself */
    int width_px;
    int height_px; /* 0: any */
    int lines_max; /* 0: as many as the height allows */
};

enum align {
    ALIGN_START, /* left or top */
    ALIGN_MIDDLE,
    ALIGN_END
};

struct text_place {
    struct rect box;
    enum align across; /* of each line in the box */
    enum align down;   /* of all lines in the box */
    struct colour colour;
};

/* Break `string` into lines of at most `width_px`. Lines break at a new-line character,
 * at a space, after a hyphen between letters and between ideographs; never at a no-break
 * space (U+00A0, U+202F) and never between a space and the French punctuation that
 * belongs to the word before it (: ; ! ? » %) or after « . A word wider than the box
 * stands on a line of its own and sets `is_too_wide`. */
void text_wrap(const struct text_measure *measure, const char *string,
               struct text_style style, int width_px, struct text_block *ret_block);

/* Set `string` as large as the room allows: wrapped at the wished size, else smaller step
 * by step down to the floor. What does not fit there either (a very long word, a very
 * small box) is made smaller still, down to two thirds of the floor, and then broken
 * inside words, because small text can be read and cut text cannot; `is_below_floor` says
 * so. Sizes end at TEXT_SIZE_MIN_PX: a box too small even for that is overrun. */
void text_fit(const struct text_measure *measure, const char *string,
              const struct text_room *room, struct text_block *ret_block);

/* Draw a block that was set from the same `string`. */
void text_block_draw(struct draw_list *list, const struct text_block *block,
                     const char *string, const struct text_place *place);

/* The baseline of a single line of `size_px` whose capitals stand in the middle of `box`;
 * lines of other sizes that use the same baseline stand on one line with it. */
int text_baseline_px(struct rect box, int size_px);

#endif
