/* Number and code; see sign_in_dialogue.h. */
#include "counter/sign_in_dialogue.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"
#include "counter/sheet.h"

/* What is typed of a field; the one that is typed now has a frame. */
static void draw_field(const struct sheet *sheet, struct rect at, const char *typed,
                       bool is_typed_now)
{
    struct rect inside = widget_card(sheet->screen, at, !is_typed_now);
    struct text_look look = {.size_px = screen_px(sheet->screen, 52),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(sheet->screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    (void)screen_text(sheet->screen, inside, typed[0] == '\0' ? "–" : typed,
                      &look); /* the height is given */
}

static void draw_digits(const struct sheet *sheet, struct rect at)
{
    static const char *const digits[10] = {"0", "1", "2", "3", "4",
                                           "5", "6", "7", "8", "9"};
    struct grid grid = {5, 2, screen_px(sheet->screen, 10)};
    for (int i = 0; i < 10; i++) {
        int digit = (i + 1) % 10; /* 0 stands behind 9, as on a keyboard */
        sheet_choice(sheet, rect_grid_cell(at, grid, i), AGENT_DIGIT + digit,
                     digits[digit], false);
    }
}

static void draw_ends(const struct sheet *sheet, struct rect *rest, int64_t now_ms)
{
    const struct agent *agent = sheet->agent;
    const struct button buttons[] = {
        {.id = AGENT_CONFIRM,
         .label = sheet_say(sheet, agent->types_code ? tr("Sign in") : tr("Continue")),
         .detail = sheet_say(sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !agent_can(agent, AGENT_CONFIRM, now_ms)},
        {.id = AGENT_ERASE,
         .label = sheet_say(sheet, tr("Erase")),
         .detail = "",
         .shortcut = KEY_BACKSPACE,
         .label_px = screen_px(sheet->screen, 30)},
        sheet_back(sheet),
    };
    sheet_ends(sheet, rest, buttons, sizeof(buttons) / sizeof(buttons[0]));
}

void sign_in_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    bool is_relief = agent->state.state != COUNTER_CLOSED;
    struct rect inside =
        sheet_begin(&sheet, sheet_say(&sheet, is_relief ? tr("Take this counter over")
                                                        : tr("Sign in at this counter")));
    draw_ends(&sheet, &inside, now_ms);
    char dots[SECRET_CODE_MAX * 4 + 1];
    struct text text;
    text_init(&text, dots, sizeof(dots));
    for (size_t i = 0; i < strlen(agent->code); i++) {
        text_add_string(&text, "•");
    }
    int field_px = screen_px(screen, 110);
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Agent number")));
    draw_field(&sheet, rect_cut_top(&inside, field_px), agent->number,
               !agent->types_code);
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Code")));
    draw_field(&sheet, rect_cut_top(&inside, field_px), dots, agent->types_code);
    rect_cut_top(&inside, screen_px(screen, 20));
    int digits_px = screen_px(screen, 260);
    draw_digits(&sheet, rect_cut_top(&inside, digits_px < inside.height ? digits_px
                                                                        : inside.height));
}
