/* See sheet_parts.h. */
#include "counter/sheet_parts.h"

struct rect sheet_frame(struct screen *screen, const char *title)
{
    target_list_clear(screen->targets);
    struct rect area = screen_area(screen);
    screen_fill(screen, area, 0, screen_colour(screen, ROLE_VEIL));
    int margin_px = screen_px(screen, 40);
    int width_px = screen_px(screen, 1150);
    int height_px = screen_px(screen, 960);
    width_px = width_px > area.width - margin_px ? area.width - margin_px : width_px;
    height_px = height_px > area.height - margin_px ? area.height - margin_px : height_px;
    struct rect inside =
        widget_card(screen, rect_centre(area, width_px, height_px), false);
    struct text_look look = {.size_px = screen_px(screen, 40),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE};
    (void)screen_text(screen, rect_cut_top(&inside, screen_px(screen, 60)), title,
                      &look); /* the height is known */
    return inside;
}

void sheet_line(struct screen *screen, struct rect *rest, const char *line)
{
    struct text_look look = {.size_px = screen_px(screen, 25),
                             .colour = screen_colour(screen, ROLE_TEXT_MUTED),
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    (void)screen_text(screen, rect_cut_top(rest, screen_px(screen, SHEET_LABEL_PX)), line,
                      &look); /* the height is known */
}

void sheet_option(struct screen *screen, struct rect at, int id, const char *label,
                  bool is_chosen)
{
    struct button button = {.id = id,
                            .label = label,
                            .kind = is_chosen ? BUTTON_PRIMARY : BUTTON_PLAIN,
                            .label_px = screen_px(screen, 27)};
    widget_button(screen, at, &button);
}
