/* Naming a ticket by letters and digits; see keypad.h. */
#include "counter/keypad.h"

#include "core/text.h"
#include "ui/widget.h"

/* Letters of services that the dialogue has room for; others are typed on the keyboard.
 */
#define LETTERS_MAX 10

/* What is asked, and what Enter does. */
static const struct {
    const char *title;
    const char *confirm;
} asked[] = {
    [DIALOGUE_CHOOSE] = {tr("Which ticket is called?"), tr("Call this ticket")},
    [DIALOGUE_CANCEL] = {tr("Which ticket is cancelled?"), tr("Cancel this ticket")},
    [DIALOGUE_READMIT] = {tr("Which absent person came back?"), tr("Back to the line")},
    [DIALOGUE_RESUME] = {tr("Which parked ticket is back?"), tr("Back to the line")},
};

static void draw_key(struct screen *screen, struct rect at, int id, const char *label)
{
    struct button button = {.id = id,
                            .label = label,
                            .detail = "",
                            .kind = BUTTON_PLAIN,
                            .label_px = screen_px(screen, 40)};
    widget_button(screen, at, &button);
}

static void draw_letters(struct screen *screen, struct rect at, const struct agent *agent)
{
    struct grid grid = {LETTERS_MAX, 1, screen_px(screen, 10)};
    uint64_t services = agent_services(agent);
    int cell = 0;
    for (uint32_t i = 0; i < agent->site.service_count && cell < LETTERS_MAX; i++) {
        /* A counter calls its own services' tickets; the rest it may do with any. */
        bool is_offered = agent->dialogue != DIALOGUE_CHOOSE || (services >> i & 1U) != 0;
        if (is_offered) {
            draw_key(screen, rect_grid_cell(at, grid, cell), AGENT_LETTER + (int)i,
                     agent->site.services[i].letter);
            cell++;
        }
    }
}

static void draw_digits(struct screen *screen, struct rect at)
{
    static const char *const digits[10] = {"0", "1", "2", "3", "4",
                                           "5", "6", "7", "8", "9"};
    struct grid grid = {10, 1, screen_px(screen, 10)};
    for (int i = 0; i < 10; i++) {
        int digit = (i + 1) % 10; /* 0 stands behind 9, as on a keyboard */
        draw_key(screen, rect_grid_cell(at, grid, i), AGENT_DIGIT + digit, digits[digit]);
    }
}

static void draw_ends(struct screen *screen, struct rect at, const struct agent *agent,
                      const struct catalogue *catalogue, int64_t now_ms)
{
    struct grid grid = {3, 1, screen_px(screen, 16)};
    enum language language = agent->language;
    struct button confirm = {
        .id = AGENT_CONFIRM,
        .label = catalogue_text(catalogue, language, asked[agent->dialogue].confirm),
        .detail = catalogue_text(catalogue, language, tr("Enter")),
        .kind = BUTTON_ACTION,
        .shortcut = KEY_ENTER,
        .label_px = screen_px(screen, 32),
        .is_disabled = !agent_can(agent, AGENT_CONFIRM, now_ms)};
    struct button erase = {.id = AGENT_ERASE,
                           .label = catalogue_text(catalogue, language, tr("Erase")),
                           .detail = "",
                           .shortcut = KEY_BACKSPACE,
                           .label_px = screen_px(screen, 32)};
    struct button back = {.id = AGENT_DISMISS,
                          .label = catalogue_text(catalogue, language, tr("Back")),
                          .detail = catalogue_text(catalogue, language, tr("Esc")),
                          .kind = BUTTON_QUIET,
                          .shortcut = KEY_ESCAPE,
                          .label_px = screen_px(screen, 32)};
    widget_button(screen, rect_grid_cell(at, grid, 0), &confirm);
    widget_button(screen, rect_grid_cell(at, grid, 1), &erase);
    widget_button(screen, rect_grid_cell(at, grid, 2), &back);
}

void keypad_draw(struct screen *screen, const struct agent *agent,
                 const struct catalogue *catalogue, int64_t now_ms)
{
    target_list_clear(screen->targets);
    struct rect area = screen_area(screen);
    screen_fill(screen, area, 0, screen_colour(screen, ROLE_VEIL));
    int width_px = screen_px(screen, 1100);
    if (width_px > area.width - screen_px(screen, 60)) {
        width_px = area.width - screen_px(screen, 60);
    }
    struct rect inside =
        widget_card(screen, rect_centre(area, width_px, screen_px(screen, 680)), false);
    int gap_px = screen_px(screen, 16);
    struct text_look title = {.size_px = screen_px(screen, 40),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT),
                              .down = ALIGN_MIDDLE};
    (void)screen_text(
        screen, rect_cut_top(&inside, screen_px(screen, 70)),
        catalogue_text(catalogue, agent->language, asked[agent->dialogue].title),
        &title); /* the height is known */
    struct text_look typed = {.size_px = screen_px(screen, 96),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT),
                              .across = ALIGN_MIDDLE,
                              .down = ALIGN_MIDDLE,
                              .lines_max = 1};
    bool is_empty = agent->typed[0] == '\0';
    (void)screen_text(screen, rect_cut_top(&inside, screen_px(screen, 130)),
                      is_empty ? "–" : agent->typed, &typed); /* the height is known */
    draw_ends(screen, rect_cut_bottom(&inside, screen_px(screen, 110)), agent, catalogue,
              now_ms);
    rect_cut_bottom(&inside, gap_px);
    rect_cut_top(&inside, gap_px);
    struct grid rows = {1, 2, gap_px};
    draw_letters(screen, rect_grid_cell(inside, rows, 0), agent);
    draw_digits(screen, rect_grid_cell(inside, rows, 1));
}
