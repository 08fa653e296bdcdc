/* See sheet.h. */
#include "counter/sheet.h"

/* Up to so many services are named; more show their letters alone. */
#define NAMED_MAX    12
#define NAMED_ROW    4
#define LETTERS_ROW  16
#define LETTERS_ROWS 4

const char *sheet_say(const struct sheet *sheet, const char *source)
{
    return catalogue_text(sheet->catalogue, sheet->agent->language, source);
}

struct rect sheet_begin(const struct sheet *sheet, const char *title)
{
    return sheet_frame(sheet->screen, title);
}

struct button sheet_back(const struct sheet *sheet)
{
    return (struct button){.id = AGENT_DISMISS,
                           .label = sheet_say(sheet, tr("Back")),
                           .detail = sheet_say(sheet, tr("Esc")),
                           .kind = BUTTON_QUIET,
                           .shortcut = KEY_ESCAPE,
                           .label_px = screen_px(sheet->screen, 30)};
}

void sheet_ends(const struct sheet *sheet, struct rect *rest,
                const struct button buttons[], size_t count)
{
    struct rect at = rect_cut_bottom(rest, screen_px(sheet->screen, 100));
    struct grid grid = {(int)count, 1, screen_px(sheet->screen, 16)};
    for (size_t i = 0; i < count; i++) {
        widget_button(sheet->screen, rect_grid_cell(at, grid, (int)i), &buttons[i]);
    }
    rect_cut_bottom(rest, screen_px(sheet->screen, 14));
}

void sheet_label(const struct sheet *sheet, struct rect *rest, const char *label)
{
    sheet_line(sheet->screen, rest, label);
}

void sheet_choice(const struct sheet *sheet, struct rect at, int id, const char *label,
                  bool is_chosen)
{
    sheet_option(sheet->screen, at, id, label, is_chosen);
}

void sheet_services(const struct sheet *sheet, struct rect at, uint32_t chosen)
{
    const struct site *site = &sheet->agent->site;
    bool is_named = site->service_count <= NAMED_MAX;
    int rows =
        is_named ? (int)(site->service_count + NAMED_ROW - 1) / NAMED_ROW : LETTERS_ROWS;
    struct grid grid = {is_named ? NAMED_ROW : LETTERS_ROW, rows,
                        screen_px(sheet->screen, 10)};
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_LETTER + (int)i,
                     is_named ? service->short_name.in[sheet->agent->language]
                              : service->letter,
                     chosen == i);
    }
}
