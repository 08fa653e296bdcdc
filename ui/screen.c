/* Drawing with the theme and units of a screen; see screen.h. */
#include "ui/screen.h"

#include <assert.h>

void screen_begin(struct screen *screen)
{
    draw_list_begin(screen->list, screen->width_px, screen->height_px);
    target_list_clear(screen->targets);
    screen_fill(screen, screen_area(screen), 0, screen_colour(screen, ROLE_BACKGROUND));
}

void screen_end(struct screen *screen)
{
    draw_list_end(screen->list);
}

struct rect screen_area(const struct screen *screen)
{
    return (struct rect){0, 0, screen->width_px, screen->height_px};
}

int screen_px(const struct screen *screen, int thousandths)
{
    int side =
        screen->width_px < screen->height_px ? screen->width_px : screen->height_px;
    int px = (side * thousandths + 500) / 1000;
    return px < 1 && thousandths > 0 ? 1 : px;
}

struct colour screen_colour(const struct screen *screen, enum role role)
{
    return theme_colour(screen->theme, role);
}

/* A window may be made so small or large that a size leaves what fonts can do. */
static int possible_size(int size_px)
{
    if (size_px < TEXT_SIZE_MIN_PX) {
        return TEXT_SIZE_MIN_PX;
    }
    return size_px > TEXT_SIZE_MAX_PX ? TEXT_SIZE_MAX_PX : size_px;
}

struct text_block screen_fit(const struct screen *screen, struct text_extent extent,
                             const char *string, const struct text_look *look)
{
    int floor_px = look->floor_px > 0 ? look->floor_px : look->size_px * 3 / 4;
    struct text_room room = {
        .style = {possible_size(look->size_px), look->weight},
        .floor_px = floor_px,
        .width_px = extent.width_px,
        .height_px = extent.height_px,
        .lines_max = look->lines_max,
    };
    struct text_block block;
    text_fit(screen->measure, string, &room, &block);
    return block;
}

void screen_block(struct screen *screen, struct rect box, const struct text_block *block,
                  const char *string, const struct text_look *look)
{
    struct text_place place = {box, look->across, look->down, look->colour};
    text_block_draw(screen->list, block, string, &place);
}

int screen_text(struct screen *screen, struct rect box, const char *string,
                const struct text_look *look)
{
    if (rect_is_empty(box)) {
        return 0;
    }
    struct text_extent extent = {box.width, box.height};
    struct text_block block = screen_fit(screen, extent, string, look);
    screen_block(screen, box, &block, string, look);
    return block.height_px;
}

int screen_line(struct screen *screen, int x_px, int baseline_px, const char *string,
                const struct text_look *look)
{
    struct text_style style = {possible_size(look->size_px), look->weight};
    int width_px = text_width_px(screen->measure, string, style);
    int left_px = x_px;
    if (look->across == ALIGN_MIDDLE) {
        left_px -= width_px / 2;
    } else if (look->across == ALIGN_END) {
        left_px -= width_px;
    }
    struct draw_text text = {left_px, baseline_px, width_px, style, look->colour};
    draw_text(screen->list, &text, string);
    return width_px;
}

void screen_fill(struct screen *screen, struct rect at, int radius_px,
                 struct colour colour)
{
    struct draw_rect rect = {.at = at, .radius_px = radius_px, .fill = colour};
    draw_rect(screen->list, &rect);
}
