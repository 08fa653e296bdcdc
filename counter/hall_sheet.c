/* See hall_sheet.h. */
#include "counter/hall_sheet.h"

#include "core/text.h"

/* Up to so many services are named; more show their letters alone. */
#define NAMED_MAX   12
#define NAMED_ROW   3
#define LETTERS_ROW 16

const char *hall_say(const struct hall_brush *brush, const char *source)
{
    return catalogue_text(brush->catalogue, brush->agent->language, source);
}

struct rect hall_sheet_begin(const struct hall_brush *brush, const char *title)
{
    return sheet_frame(brush->screen, title);
}

void hall_sheet_ends(const struct hall_brush *brush, struct rect *rest,
                     const struct button buttons[], size_t count)
{
    struct screen *screen = brush->screen;
    struct rect at = rect_cut_bottom(rest, screen_px(screen, 100));
    struct grid grid = {(int)count + 1, 1, screen_px(screen, 14)};
    for (size_t i = 0; i < count; i++) {
        struct button button = buttons[i];
        button.label_px = screen_px(screen, 29);
        button.is_disabled =
            !hall_agent_can(brush->agent, (enum hall_action)button.id, brush->now_ms);
        widget_button(screen, rect_grid_cell(at, grid, (int)i), &button);
    }
    struct button back = {.id = HALL_DISMISS,
                          .label = hall_say(brush, tr("Back")),
                          .detail = hall_say(brush, tr("Esc")),
                          .kind = BUTTON_QUIET,
                          .shortcut = KEY_ESCAPE,
                          .label_px = screen_px(screen, 29)};
    widget_button(screen, rect_grid_cell(at, grid, (int)count), &back);
    rect_cut_bottom(rest, screen_px(screen, 16));
}

void hall_sheet_label(const struct hall_brush *brush, struct rect *rest,
                      const char *label)
{
    sheet_line(brush->screen, rest, label);
}

void hall_sheet_choice(const struct hall_brush *brush, struct rect at, int id,
                       const char *label, bool is_chosen)
{
    sheet_option(brush->screen, at, id, label, is_chosen);
}

void hall_sheet_services(const struct hall_brush *brush, struct rect at)
{
    const struct site *site = &brush->agent->site;
    bool is_named = site->service_count <= NAMED_MAX;
    int row = is_named ? NAMED_ROW : LETTERS_ROW;
    struct grid grid = {row, ((int)site->service_count + row - 1) / row,
                        screen_px(brush->screen, 10)};
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        char name[LETTER_LENGTH_MAX + NAME_LENGTH_MAX + 8];
        struct text text;
        text_init(&text, name, sizeof(name));
        text_add_string(&text, service->letter);
        if (is_named) {
            text_add(&text, " · %s", service->short_name.in[brush->agent->language]);
        }
        hall_sheet_choice(brush, rect_grid_cell(at, grid, (int)i), HALL_SERVICE + (int)i,
                          name, brush->agent->service == i);
    }
}

void hall_sheet_typed(const struct hall_brush *brush, struct rect at)
{
    struct text_look look = {.size_px = screen_px(brush->screen, 96),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(brush->screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    const char *typed = brush->agent->typed;
    (void)screen_text(brush->screen, at, typed[0] == '\0' ? "–" : typed,
                      &look); /* the height is known */
}
