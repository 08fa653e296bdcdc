/* Stacked texts; see stack.h. */
#include "ui/stack.h"

static const char *string_of(const char *string)
{
    return string ? string : "";
}

struct stack_layout stack_fit(const struct screen *screen, struct text_extent extent,
                              const struct stack *stack)
{
    struct stack_layout layout = {0};
    struct text_extent upper = extent;
    if (string_of(stack->lower)[0] != '\0') {
        struct text_extent lower = {extent.width_px, extent.height_px * 2 / 5};
        layout.lower =
            screen_fit(screen, lower, string_of(stack->lower), &stack->lower_look);
        upper.height_px -= layout.lower.height_px;
    }
    layout.upper = screen_fit(screen, upper, string_of(stack->upper), &stack->upper_look);
    if (layout.lower.style.size_px > layout.upper.style.size_px) {
        struct text_extent lower = {extent.width_px, layout.lower.height_px};
        struct text_look look = stack->lower_look;
        look.size_px = layout.upper.style.size_px;
        layout.lower = screen_fit(screen, lower, string_of(stack->lower), &look);
        upper.height_px = extent.height_px - layout.lower.height_px;
        layout.upper =
            screen_fit(screen, upper, string_of(stack->upper), &stack->upper_look);
    }
    bool is_shrunk = layout.upper.style.size_px * 5 < stack->upper_look.size_px * 4;
    if (is_shrunk && layout.lower.line_count > 1) {
        /* The name matters most: it takes the lines that its explanation can spare. */
        struct text_look look = stack->lower_look;
        look.lines_max = 1;
        struct text_block one =
            screen_fit(screen, extent, string_of(stack->lower), &look);
        if (!one.is_below_floor) {
            layout.lower = one;
            upper.height_px = extent.height_px - one.height_px;
            layout.upper =
                screen_fit(screen, upper, string_of(stack->upper), &stack->upper_look);
        }
    }
    layout.width_px = layout.upper.width_px > layout.lower.width_px
                          ? layout.upper.width_px
                          : layout.lower.width_px;
    layout.height_px = layout.upper.height_px + layout.lower.height_px;
    return layout;
}

void stack_draw_layout(struct screen *screen, struct rect box, const struct stack *stack,
                       const struct stack_layout *layout)
{
    struct rect place = rect_centre(box, box.width, layout->height_px);
    screen_block(screen, rect_cut_top(&place, layout->upper.height_px), &layout->upper,
                 string_of(stack->upper), &stack->upper_look);
    screen_block(screen, place, &layout->lower, string_of(stack->lower),
                 &stack->lower_look);
}

void stack_draw(struct screen *screen, struct rect box, const struct stack *stack)
{
    struct text_extent extent = {box.width, box.height};
    struct stack_layout layout = stack_fit(screen, extent, stack);
    stack_draw_layout(screen, box, stack, &layout);
}

int stack_width(const struct screen *screen, const struct stack *stack, int width_max_px)
{
    struct text_style upper = {stack->upper_look.size_px, stack->upper_look.weight};
    struct text_style lower = {stack->lower_look.size_px, stack->lower_look.weight};
    int upper_px = text_width_px(screen->measure, string_of(stack->upper), upper);
    int lower_px = text_width_px(screen->measure, string_of(stack->lower), lower);
    int width_px = upper_px > lower_px ? upper_px : lower_px;
    return width_px < width_max_px ? width_px : width_max_px;
}
