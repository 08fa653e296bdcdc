/* Two texts of different size, one above the other, centred as one: the pattern inside
 * buttons, cards, rows and lights. */
#ifndef GUICHET_UI_STACK_H
#define GUICHET_UI_STACK_H

#include "ui/screen.h"

struct stack {
    const char *upper;
    const char *lower;           /* NULL or "": the upper one stands alone */
    struct text_look upper_look; /* `down` has no meaning in a stack */
    struct text_look lower_look;
};

struct stack_layout {
    struct text_block upper;
    struct text_block lower;
    int width_px; /* of the wider one */
    int height_px;
};

/* Fit both into `extent`. The lower text takes at most two fifths of the height, the
 * upper one what is left. Where the upper one had to shrink below the lower, the lower is
 * made as small and the upper set again in the room that this gave it. */
struct stack_layout stack_fit(const struct screen *screen, struct text_extent extent,
                              const struct stack *stack);

/* Draw what stack_fit() laid out, in the middle of the height of `box`. */
void stack_draw_layout(struct screen *screen, struct rect box, const struct stack *stack,
                       const struct stack_layout *layout);

/* Fit into `box` and draw. */
void stack_draw(struct screen *screen, struct rect box, const struct stack *stack);

/* The wider of the two texts at their wished sizes, but at most `width_max_px`. */
int stack_width(const struct screen *screen, const struct stack *stack, int width_max_px);

#endif
