/* Notices and dialogues; see widget.h. */
#include <assert.h>
#include <string.h>

#include "ui/widget.h"

#define RADIUS 14
#define GAP    24

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

void widget_notice(struct screen *screen, struct rect at, const struct notice *notice)
{
    assert(notice->kind < NOTICE_KIND_COUNT);
    bool is_warning = notice->kind == NOTICE_WARNING;
    struct colour ground = screen_colour(screen, is_warning ? ROLE_NOTICE : ROLE_HEADER);
    struct colour ink =
        screen_colour(screen, is_warning ? ROLE_NOTICE_TEXT : ROLE_HEADER_TEXT);
    screen_fill(screen, at, 0, ground);
    struct rect inside = rect_inset_xy(at, screen_px(screen, 45), at.height / 6);
    struct text_look text = {.size_px = at.height * 2 / 5,
                             .floor_px = at.height / 4,
                             .colour = ink,
                             .down = ALIGN_MIDDLE};
    if (is_warning) {
        struct draw_icon icon = {ICON_WARNING, rect_cut_left(&inside, inside.height), ink,
                                 ground};
        draw_icon(screen->list, &icon);
        rect_cut_left(&inside, inside.height / 3);
    }
    if (notice->label && notice->label[0] != '\0') {
        struct text_look label = text;
        label.weight = TEXT_BOLD;
        label.across = ALIGN_MIDDLE;
        label.lines_max = 1;
        struct text_style style = {label.size_px, label.weight};
        int width_px = text_width_px(screen->measure, notice->label, style);
        if (!is_warning) {
            width_px += inside.height / 2;
        }
        int most_px = is_warning ? inside.width * 3 / 5 : inside.width / 3;
        struct rect box = rect_cut_left(&inside, smaller(width_px, most_px));
        if (!is_warning) {
            screen_fill(screen, box, screen_px(screen, 8),
                        screen_colour(screen, ROLE_NOTICE));
            label.colour = screen_colour(screen, ROLE_NOTICE_TEXT);
        }
        screen_text(screen, box, notice->label, &label);
        rect_cut_left(&inside, inside.height / 2);
    }
    screen_text(screen, inside, notice->text, &text);
}

/* The sizes of a dialogue, from its texts. */
struct dialogue_layout {
    struct text_look title;
    struct text_look text;
    int margin_px;
    int gap_px;
    int button_px; /* height */
    int title_px;  /* height */
    int text_px;   /* height */
    int bar_px;    /* height, with the gap over it; 0: none */
    int choice_px; /* height, with the gap below it; 0: none */
    struct rect box;
};

static void lay_out(const struct screen *screen, const struct dialogue *dialogue,
                    struct dialogue_layout *layout)
{
    *layout = (struct dialogue_layout){
        .title = {.size_px = screen_px(screen, 46),
                  .weight = TEXT_BOLD,
                  .colour = screen_colour(screen, ROLE_TEXT)},
        .text = {.size_px = screen_px(screen, 34),
                 .colour = screen_colour(screen, ROLE_TEXT)},
        .margin_px = screen_px(screen, 48),
        .gap_px = screen_px(screen, GAP),
        .button_px = screen_px(screen, 110),
    };
    if (layout->button_px < dialogue->button_height_px) {
        layout->button_px = dialogue->button_height_px;
    }
    int width_px =
        smaller(screen->width_px - 2 * layout->margin_px, screen_px(screen, 1050));
    int inside_px = width_px - 2 * layout->margin_px;
    if (dialogue->icon != ICON_NONE) {
        inside_px -= screen_px(screen, 110);
    }
    int height_max = screen->height_px - 4 * layout->margin_px - 5 * layout->gap_px -
                     layout->button_px * (dialogue->choice_count > 0 ? 2 : 1);
    struct text_extent extent = {inside_px, 0};
    layout->title_px =
        smaller(screen_fit(screen, extent, dialogue->title, &layout->title).height_px,
                height_max / 2);
    layout->text_px =
        smaller(screen_fit(screen, extent, dialogue->text, &layout->text).height_px,
                height_max - layout->title_px);
    layout->bar_px = dialogue->whole > 0 ? layout->gap_px * 3 / 2 : 0;
    layout->choice_px =
        dialogue->choice_count > 0 ? layout->button_px * 3 / 4 + layout->gap_px : 0;
    int words_px = layout->title_px + layout->gap_px + layout->text_px + layout->bar_px +
                   layout->choice_px;
    int height_px = words_px + layout->button_px + 2 * layout->margin_px +
                    layout->gap_px + layout->gap_px / 2;
    layout->box = rect_centre(screen_area(screen), width_px, height_px);
}

/* Buttons side by side. */
static void draw_row(struct screen *screen, struct rect at, const struct button *buttons,
                     int count)
{
    struct grid grid = {count, 1, screen_px(screen, GAP)};
    for (int i = 0; i < count; i++) {
        struct button button = buttons[i];
        if (button.label_px == 0) {
            button.label_px = screen_px(screen, 34);
        }
        widget_button(screen, rect_grid_cell(at, grid, i), &button);
    }
}

void widget_dialogue(struct screen *screen, const struct dialogue *dialogue)
{
    assert(dialogue->choice_count >= 0);
    assert(dialogue->choice_count <= DIALOGUE_CHOICES_MAX);
    assert(dialogue->button_count >= 1);
    assert(dialogue->button_count <= DIALOGUE_BUTTONS_MAX);
    struct dialogue_layout layout;
    lay_out(screen, dialogue, &layout);
    target_list_clear(screen->targets);
    screen_fill(screen, screen_area(screen), 0, screen_colour(screen, ROLE_VEIL));
    struct draw_rect box = {.at = layout.box,
                            .radius_px = screen_px(screen, RADIUS) * 3 / 2,
                            .fill = screen_colour(screen, ROLE_SURFACE),
                            .stroke = screen_colour(screen, ROLE_BORDER),
                            .stroke_px = screen_px(screen, 2)};
    draw_rect(screen->list, &box);
    struct rect inside = rect_inset(layout.box, layout.margin_px);
    struct rect buttons = rect_cut_bottom(&inside, layout.button_px);
    struct rect choices = rect_cut_bottom(&inside, layout.choice_px);
    choices.height -= layout.gap_px;
    if (dialogue->whole > 0) {
        struct rect bar = rect_cut_bottom(&inside, layout.bar_px);
        bar.height = layout.gap_px * 2 / 3;
        widget_progress(screen, bar, dialogue->part, dialogue->whole);
    }
    if (dialogue->icon != ICON_NONE) {
        struct rect place = rect_cut_left(&inside, screen_px(screen, 80));
        place.height = place.width;
        struct draw_icon icon = {dialogue->icon, place, screen_colour(screen, ROLE_TEXT),
                                 screen_colour(screen, ROLE_SURFACE)};
        draw_icon(screen->list, &icon);
        rect_cut_left(&inside, screen_px(screen, 30));
    }
    screen_text(screen, rect_cut_top(&inside, layout.title_px), dialogue->title,
                &layout.title);
    rect_cut_top(&inside, layout.gap_px);
    screen_text(screen, rect_cut_top(&inside, layout.text_px), dialogue->text,
                &layout.text);
    draw_row(screen, choices, dialogue->choices, dialogue->choice_count);
    draw_row(screen, buttons, dialogue->buttons, dialogue->button_count);
}
