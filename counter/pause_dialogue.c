/* Choosing reason and length of a pause; see pause_dialogue.h. */
#include "counter/pause_dialogue.h"

#include <stdbool.h>
#include <string.h>

#include "core/text.h"
#include "counter/sheet.h"
#include "runtime/phrase.h"

#define REASONS_A_ROW 3

/* The site's own reasons, or those of every office. */
static uint32_t reason_count(const struct agent *agent)
{
    return agent->site.reason_count > 0 ? agent->site.reason_count : AGENT_REASON_COUNT;
}

static const char *reason_in(const struct agent *agent, const struct catalogue *catalogue,
                             uint32_t index, enum language language)
{
    return agent->site.reason_count > 0
               ? agent->site.reasons[index].name.in[language]
               : catalogue_text(catalogue, language, agent_reason(index));
}

const char *pause_reason_text(const struct agent *agent,
                              const struct catalogue *catalogue)
{
    const char *reason = agent->state.reason;
    for (uint32_t i = 0; i < reason_count(agent); i++) {
        if (strcmp(reason, reason_in(agent, catalogue, i, LANGUAGE_FR)) == 0) {
            return reason_in(agent, catalogue, i, agent->language);
        }
    }
    return reason;
}

static void draw_lengths(const struct sheet *sheet, struct rect at)
{
    struct grid grid = {AGENT_BACK_COUNT, 1, screen_px(sheet->screen, 10)};
    for (size_t i = 0; i < AGENT_BACK_COUNT; i++) {
        char length[PHRASE_BYTES];
        phrase_duration(sheet->catalogue, sheet->agent->language, agent_back_min(i) * 60,
                        length);
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_BACK + (int)i,
                     agent_back_min(i) == 0 ? sheet_say(sheet, tr("Not said")) : length,
                     sheet->agent->back_index == i);
    }
}

static void draw_reasons(const struct sheet *sheet, struct rect at)
{
    uint32_t count = reason_count(sheet->agent);
    int first = sheet->agent->site.reason_count > 0 ? AGENT_SITE_REASON : AGENT_REASON;
    struct grid grid = {REASONS_A_ROW, ((int)count + REASONS_A_ROW - 1) / REASONS_A_ROW,
                        screen_px(sheet->screen, 16)};
    for (uint32_t i = 0; i < count; i++) {
        struct button button = {
            .id = first + (int)i,
            .label = reason_in(sheet->agent, sheet->catalogue, i, sheet->agent->language),
            .kind = BUTTON_PLAIN,
            .label_px = screen_px(sheet->screen, 32)};
        widget_button(sheet->screen, rect_grid_cell(at, grid, (int)i), &button);
    }
}

/* What is told above: whom nobody else would call, and what the hall sees. */
static void draw_words(const struct sheet *sheet, struct rect *rest, const char *warning)
{
    const struct agent *agent = sheet->agent;
    struct text_look look = {.size_px = screen_px(sheet->screen, 28),
                             .colour = screen_colour(sheet->screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE};
    if (warning[0] != '\0') {
        struct notice notice = {.kind = NOTICE_WARNING, .label = "", .text = warning};
        widget_notice(sheet->screen, rect_cut_top(rest, screen_px(sheet->screen, 110)),
                      &notice);
    }
    (void)screen_text(
        sheet->screen, rect_cut_top(rest, screen_px(sheet->screen, 84)),
        /* How long the ticket takes is not known: no time is offered. */
        sheet_say(sheet, agent->state.has_ticket
                             ? tr("It begins when this ticket has ended, and nobody else "
                                  "is called.")
                             : tr("The hall screens show when you are back; without a "
                                  "time, the reason.")),
        &look); /* the height is given */
}

void pause_dialogue_draw(struct screen *screen, const struct agent *agent,
                         const struct catalogue *catalogue, const char *warning)
{
    const struct sheet sheet = {screen, agent, catalogue};
    bool is_wish = agent->state.has_ticket;
    struct rect inside = sheet_begin(
        &sheet, sheet_say(&sheet, is_wish ? tr("Pause after this ticket: why?")
                                          : tr("Why this pause?")));
    const struct button back = sheet_back(&sheet);
    sheet_ends(&sheet, &inside, &back, 1);
    draw_words(&sheet, &inside, warning);
    if (!is_wish) {
        sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Back in:")));
        draw_lengths(&sheet, rect_cut_top(&inside, screen_px(screen, 96)));
    }
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Reason")));
    int rows = ((int)reason_count(agent) + REASONS_A_ROW - 1) / REASONS_A_ROW;
    int height_px = rows * screen_px(screen, 130);
    draw_reasons(
        &sheet,
        rect_cut_top(&inside, height_px < inside.height ? height_px : inside.height));
}
