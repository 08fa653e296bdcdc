/* The parts of screens; see widget.h. */
#include "ui/widget.h"

#include <assert.h>

#include "ui/stack.h"

/* Roundness and lines, in thousandths of the shorter side of the screen. */
#define RADIUS       14
#define RADIUS_SMALL 8
#define OUTLINE      3
#define BORDER       2
#define MARGIN       26
#define FOCUS_LINE   5
#define FOCUS_GAP    3

static bool is_empty(const char *string)
{
    return !string || string[0] == '\0';
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static bool is_pressed(const struct screen *screen, int id)
{
    return screen->input && id != TARGET_NONE && screen->input->pressed == id;
}

static void add_target(struct screen *screen, const struct target *target,
                       const char *label)
{
    target_list_add(screen->targets, target, label);
    widget_focus_ring(screen, target->at, target->id);
}

void widget_focus_ring(struct screen *screen, struct rect at, int id)
{
    const struct input *input = screen->input;
    if (!input || !input->shows_focus || id == TARGET_NONE || input->focused != id) {
        return;
    }
    int gap_px = screen_px(screen, FOCUS_GAP);
    int line_px = screen_px(screen, FOCUS_LINE);
    struct draw_rect ring = {
        .at = rect_inset(at, -(gap_px + line_px)),
        .radius_px = screen_px(screen, RADIUS) + gap_px + line_px,
        .stroke = screen_colour(screen, ROLE_FOCUS),
        .stroke_px = line_px,
    };
    draw_rect(screen->list, &ring);
}

void widget_header(struct screen *screen, struct rect at, const struct header *header)
{
    screen_fill(screen, at, 0, screen_colour(screen, ROLE_HEADER));
    struct colour ink = screen_colour(screen, ROLE_HEADER_TEXT);
    struct rect inside = rect_inset_xy(at, screen_px(screen, 45), 0);
    struct text_look clock = {.size_px = at.height / 2,
                              .weight = TEXT_BOLD,
                              .colour = ink,
                              .across = ALIGN_END,
                              .down = ALIGN_MIDDLE,
                              .lines_max = 1};
    if (!is_empty(header->clock)) {
        struct text_style style = {clock.size_px, clock.weight};
        int width_px = text_width_px(screen->measure, header->clock, style);
        screen_text(screen, rect_cut_right(&inside, width_px), header->clock, &clock);
        rect_cut_right(&inside, screen_px(screen, 45));
    }
    struct text_look title = {.size_px = at.height * 2 / 5,
                              .floor_px = at.height / 4,
                              .weight = TEXT_BOLD,
                              .colour = ink,
                              .down = ALIGN_MIDDLE,
                              .lines_max = 2};
    if (is_empty(header->detail)) {
        screen_text(screen, inside, header->title, &title);
        return;
    }
    struct text_style style = {title.size_px, title.weight};
    int width_px = text_width_px(screen->measure, header->title, style) + 1;
    struct rect title_box =
        rect_cut_left(&inside, smaller(width_px, inside.width * 3 / 5));
    screen_text(screen, title_box, header->title, &title);
    rect_cut_left(&inside, screen_px(screen, 34));
    struct text_look detail = {.size_px = at.height * 3 / 10,
                               .floor_px = at.height / 5,
                               .colour = ink,
                               .down = ALIGN_MIDDLE,
                               .lines_max = 2};
    screen_text(screen, inside, header->detail, &detail);
}

struct rect widget_card(struct screen *screen, struct rect at, bool is_quiet)
{
    struct draw_rect card = {
        .at = at,
        .radius_px = screen_px(screen, RADIUS),
        .fill = screen_colour(screen, is_quiet ? ROLE_SURFACE_QUIET : ROLE_SURFACE),
        .stroke = screen_colour(screen, ROLE_BORDER),
        .stroke_px = screen_px(screen, BORDER),
    };
    draw_rect(screen->list, &card);
    return rect_inset(at, screen_px(screen, MARGIN));
}

/* ---- buttons ---- */

struct button_colours {
    struct colour fill;
    struct colour ink;
    struct colour ink_detail;
    struct colour outline; /* alpha 0: none */
};

static struct button_colours colours_of(const struct screen *screen,
                                        const struct button *button)
{
    static const struct {
        enum role fill, ink, detail;
        bool has_outline;
    } looks[] = {
        [BUTTON_PLAIN] = {ROLE_SURFACE, ROLE_TEXT, ROLE_TEXT_MUTED, true},
        [BUTTON_PRIMARY] = {ROLE_PRIMARY, ROLE_PRIMARY_TEXT, ROLE_PRIMARY_TEXT, false},
        [BUTTON_ACTION] = {ROLE_ACTION, ROLE_ACTION_TEXT, ROLE_ACTION_TEXT, false},
        [BUTTON_QUIET] = {ROLE_BACKGROUND, ROLE_TEXT, ROLE_TEXT_MUTED, false},
    };
    static_assert(sizeof(looks) / sizeof(looks[0]) == BUTTON_KIND_COUNT,
                  "one look per kind of button");
    struct button_colours colours = {
        .fill = screen_colour(screen, looks[button->kind].fill),
        .ink = screen_colour(screen, looks[button->kind].ink),
        .ink_detail = screen_colour(screen, looks[button->kind].detail),
    };
    if (looks[button->kind].has_outline) {
        colours.outline = screen_colour(screen, ROLE_OUTLINE);
    }
    if (button->is_disabled) {
        colours = (struct button_colours){
            .fill = screen_colour(screen, ROLE_SURFACE_QUIET),
            .ink = screen_colour(screen, ROLE_TEXT_QUIET),
            .ink_detail = screen_colour(screen, ROLE_TEXT_QUIET),
            .outline = screen_colour(screen, ROLE_BORDER),
        };
    } else if (is_pressed(screen, button->id)) {
        colours.fill = colour_mix(colours.fill, colours.ink, 40);
    }
    return colours;
}

/* Icon, label and detail as one group in the middle of `box`. */
static void button_group(struct screen *screen, struct rect box,
                         const struct button *button,
                         const struct button_colours *colours)
{
    bool is_light = button->kind == BUTTON_PLAIN || button->kind == BUTTON_QUIET;
    bool has_detail = !is_empty(button->detail);
    int wished_px = box.height * (has_detail ? 9 : 11) / 25;
    struct stack words = {
        .upper = button->label,
        .lower = button->detail,
        .upper_look = {.size_px = button->label_px > 0 ? button->label_px : wished_px,
                       .weight = is_light ? TEXT_REGULAR : TEXT_BOLD,
                       .colour = colours->ink,
                       .across = ALIGN_MIDDLE},
    };
    words.upper_look.floor_px = words.upper_look.size_px / 2;
    words.lower_look = (struct text_look){
        .size_px =
            button->detail_px > 0 ? button->detail_px : words.upper_look.size_px * 7 / 10,
        .colour = colours->ink_detail,
        .across = ALIGN_MIDDLE};
    bool has_icon = button->icon != ICON_NONE;
    int icon_px = has_icon ? smaller(box.height * 3 / 5, box.width / 4) : 0;
    int gap_px = icon_px / 3;
    struct stack_layout layout = stack_fit(
        screen, (struct text_extent){box.width - icon_px - gap_px, box.height}, &words);
    struct rect group = rect_centre(box, icon_px + gap_px + layout.width_px, box.height);
    if (has_icon) {
        struct draw_icon icon = {button->icon, rect_cut_left(&group, icon_px),
                                 colours->ink, colours->fill};
        draw_icon(screen->list, &icon);
        rect_cut_left(&group, gap_px);
    }
    stack_draw_layout(screen, group, &words, &layout);
}

void widget_button(struct screen *screen, struct rect at, const struct button *button)
{
    assert(button->kind < BUTTON_KIND_COUNT);
    struct button_colours colours = colours_of(screen, button);
    struct draw_rect ground = {
        .at = at,
        .radius_px = screen_px(screen, RADIUS),
        .fill = colours.fill,
        .stroke = colours.outline,
        .stroke_px = colours.outline.alpha > 0 ? screen_px(screen, OUTLINE) : 0,
    };
    draw_rect(screen->list, &ground);
    struct rect box = rect_inset_xy(at, smaller(screen_px(screen, 16), at.width / 10),
                                    smaller(screen_px(screen, 8), at.height / 12));
    button_group(screen, box, button, &colours);
    struct target target = {.id = button->id,
                            .at = at,
                            .is_enabled = !button->is_disabled,
                            .shortcut = button->shortcut};
    add_target(screen, &target, button->label);
}

/* ---- services ---- */

static struct ground badge_ground(const struct screen *screen, const struct badge *badge)
{
    if (badge->is_quiet) {
        return (struct ground){screen_colour(screen, ROLE_OFF),
                               colour_ink_on(screen_colour(screen, ROLE_OFF))};
    }
    return theme_service(screen->theme, badge->colour);
}

static void badge_letter(struct screen *screen, struct rect at, const char *letter,
                         struct colour ink)
{
    int side_px = smaller(at.width, at.height);
    struct text_look look = {.size_px = side_px * 5 / 8,
                             .weight = TEXT_BOLD,
                             .colour = ink,
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    screen_text(screen, at, letter, &look);
}

void widget_badge(struct screen *screen, struct rect at, const struct badge *badge)
{
    struct ground ground = badge_ground(screen, badge);
    int side_px = smaller(at.width, at.height);
    struct rect square = rect_centre(at, side_px, side_px);
    screen_fill(screen, square, smaller(screen_px(screen, RADIUS_SMALL), side_px / 5),
                ground.fill);
    badge_letter(screen, square, badge->letter, ground.ink);
}

static void card_words(struct screen *screen, struct rect inside,
                       const struct service_card *card)
{
    bool is_quiet = card->is_disabled;
    struct colour strong = screen_colour(screen, is_quiet ? ROLE_TEXT_QUIET : ROLE_TEXT);
    struct colour weak =
        screen_colour(screen, is_quiet ? ROLE_TEXT_QUIET : ROLE_TEXT_MUTED);
    struct stack wait = {
        card->wait,
        card->persons,
        {.size_px = screen_px(screen, 42),
         .weight = TEXT_BOLD,
         .colour = strong,
         .across = ALIGN_END,
         .lines_max = 1},
        {.size_px = screen_px(screen, 28),
         .colour = weak,
         .across = ALIGN_END,
         .lines_max = 1},
    };
    int wait_px = stack_width(screen, &wait, inside.width * 2 / 5);
    struct rect wait_box = rect_cut_right(&inside, wait_px);
    rect_cut_right(&inside, screen_px(screen, 20));
    struct stack name = {
        card->name,
        card->detail,
        {
            .size_px = screen_px(screen, 39),
            .floor_px = screen_px(screen, 24),
            .weight = TEXT_BOLD,
            .colour = strong,
        },
        {.size_px = screen_px(screen, 28),
         .floor_px = screen_px(screen, 20),
         .colour = weak},
    };
    stack_draw(screen, inside, &name);
    stack_draw(screen, wait_box, &wait);
}

void widget_service_card(struct screen *screen, struct rect at,
                         const struct service_card *card)
{
    struct badge badge = card->badge;
    badge.is_quiet = badge.is_quiet || card->is_disabled;
    struct ground ground = badge_ground(screen, &badge);
    struct colour fill =
        screen_colour(screen, card->is_disabled ? ROLE_SURFACE_QUIET : ROLE_SURFACE);
    struct colour border = screen_colour(screen, ROLE_BORDER);
    if (!card->is_disabled && is_pressed(screen, card->id)) {
        fill = colour_mix(fill, ground.fill, 50);
        border = ground.fill;
    }
    int radius_px = screen_px(screen, RADIUS);
    int border_px = screen_px(screen, OUTLINE);
    struct draw_rect body = {.at = at,
                             .radius_px = radius_px,
                             .fill = fill,
                             .stroke = border,
                             .stroke_px = border_px};
    draw_rect(screen->list, &body);
    struct rect inside = rect_inset(at, border_px);
    struct rect block =
        rect_cut_left(&inside, smaller(at.height * 4 / 5, at.width * 4 / 25));
    struct draw_rect colour = {.at = block,
                               .radius_px = radius_px - border_px,
                               .corners = CORNERS_LEFT,
                               .fill = ground.fill};
    draw_rect(screen->list, &colour);
    badge_letter(screen, block, badge.letter, ground.ink);
    card_words(screen, rect_inset_xy(inside, screen_px(screen, 34), at.height / 20),
               card);
    struct target target = {.id = card->id, .at = at, .is_enabled = !card->is_disabled};
    add_target(screen, &target, card->name);
}

/* ---- lights, rows, bars ---- */

void widget_light(struct screen *screen, struct rect at, const struct light_sign *sign)
{
    struct light_look look = theme_light(screen->theme, sign->light);
    int side_px = smaller(at.height, at.width * 2 / 5);
    struct rect shape = rect_cut_left(&at, side_px);
    struct draw_icon icon = {look.icon, rect_centre(shape, side_px, side_px), look.body,
                             look.ink};
    draw_icon(screen->list, &icon);
    rect_cut_left(&at, side_px * 2 / 5);
    struct colour on_header = screen_colour(screen, ROLE_HEADER_TEXT);
    struct colour word = sign->is_on_header ? on_header : look.word;
    if (is_empty(sign->name)) {
        struct text_look beside = {
            .size_px = side_px * 2 / 3, .colour = word, .down = ALIGN_MIDDLE};
        screen_text(screen, at, sign->word, &beside);
        return;
    }
    bool is_dark = sign->light == LIGHT_SHAPE_OFF || sign->light == LIGHT_SHAPE_PAUSED;
    struct colour name =
        sign->is_on_header ? on_header
                           : screen_colour(screen, is_dark ? ROLE_TEXT_QUIET : ROLE_TEXT);
    struct stack words = {
        sign->name,
        sign->word,
        {.size_px = at.height / 2, .weight = TEXT_BOLD, .colour = name, .lines_max = 1},
        {.size_px = at.height * 3 / 10,
         .floor_px = at.height / 5,
         .colour = word,
         .lines_max = 2},
    };
    stack_draw(screen, at, &words);
}

void widget_row(struct screen *screen, struct rect at, const struct row *row)
{
    if (is_pressed(screen, row->id)) {
        screen_fill(screen, at, screen_px(screen, RADIUS_SMALL),
                    colour_mix(screen_colour(screen, ROLE_SURFACE),
                               screen_colour(screen, ROLE_TEXT), 30));
    }
    struct rect inside = at;
    int line_px = screen_px(screen, BORDER);
    if (row->has_line_below) {
        screen_fill(screen, rect_cut_bottom(&inside, line_px), 0,
                    screen_colour(screen, ROLE_BORDER));
    }
    inside = rect_inset_xy(inside, 0, at.height / 16);
    if (row->badge) {
        int side_px = inside.height * 7 / 10;
        widget_badge(screen, rect_cut_left(&inside, side_px), row->badge);
        rect_cut_left(&inside, side_px / 3);
    }
    struct colour value_colour =
        screen_colour(screen, row->is_late ? ROLE_TEXT_LATE : ROLE_TEXT);
    struct stack value = {
        row->value ? row->value : "",
        row->unit ? row->unit : "",
        {.size_px = row->value_px > 0 ? row->value_px : inside.height / 3,
         .weight = row->is_late || row->is_strong ? TEXT_BOLD : TEXT_REGULAR,
         .colour = value_colour,
         .across = ALIGN_END,
         .lines_max = 1},
        {.size_px = inside.height / 4,
         .colour = screen_colour(screen, ROLE_TEXT_MUTED),
         .across = ALIGN_END,
         .lines_max = 1},
    };
    int value_px = stack_width(screen, &value, inside.width / 2);
    stack_draw(screen, rect_cut_right(&inside, value_px), &value);
    rect_cut_right(&inside, inside.height / 5);
    int name_px = row->name_px > 0 ? row->name_px : inside.height * 8 / 25;
    int floor_px = smaller(name_px, inside.height / 5);
    struct stack name = {
        row->name,
        row->detail,
        {
            .size_px = name_px,
            .floor_px = floor_px,
            .colour = screen_colour(screen, ROLE_TEXT),
        },
        {.size_px = name_px * 17 / 20,
         .floor_px = floor_px,
         .colour = screen_colour(screen, ROLE_TEXT_MUTED)},
    };
    stack_draw(screen, inside, &name);
    if (row->id != TARGET_NONE) {
        struct target target = {.id = row->id, .at = at, .is_enabled = true};
        add_target(screen, &target, row->name);
    }
}

void widget_progress(struct screen *screen, struct rect at, int part, int whole)
{
    assert(whole >= 1 && part >= 0 && part <= whole);
    int radius_px = at.height / 2;
    screen_fill(screen, at, radius_px, screen_colour(screen, ROLE_TRACK));
    struct rect done = at;
    done.width = (int)((int64_t)at.width * part / whole);
    draw_clip_push(screen->list, done);
    screen_fill(screen, at, radius_px, screen_colour(screen, ROLE_ACTION));
    draw_clip_pop(screen->list);
}
