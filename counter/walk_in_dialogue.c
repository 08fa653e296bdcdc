/* Which service, and why; see walk_in_dialogue.h. */
#include "counter/walk_in_dialogue.h"

#include "core/text.h"
#include "counter/sheet.h"

#define SERVICES_A_ROW 4

static void draw_services(const struct sheet *sheet, struct rect at)
{
    const struct agent *agent = sheet->agent;
    uint64_t services = agent_services(agent);
    int count = 0;
    for (uint32_t i = 0; i < agent->site.service_count; i++) {
        count += (services >> i & 1U) != 0 ? 1 : 0;
    }
    int rows = count > 0 ? (count + SERVICES_A_ROW - 1) / SERVICES_A_ROW : 1;
    int row_px = screen_px(sheet->screen, 130);
    row_px = row_px * rows > at.height ? at.height / rows : row_px;
    struct grid grid = {SERVICES_A_ROW, rows, screen_px(sheet->screen, 12)};
    at = rect_cut_top(&at, row_px * rows);
    int cell = 0;
    for (uint32_t i = 0; i < agent->site.service_count; i++) {
        if ((services >> i & 1U) == 0) {
            continue;
        }
        char label[NAME_LENGTH_MAX + LETTER_LENGTH_MAX + 8];
        struct text text;
        text_init(&text, label, sizeof(label));
        text_add(&text, "%s\u00a0\u00a0%s", agent->site.services[i].letter,
                 agent->site.services[i].short_name.in[agent->language]);
        sheet_choice(sheet, rect_grid_cell(at, grid, cell), AGENT_LETTER + (int)i, label,
                     agent->walk_in_service == i);
        cell++;
    }
}

void walk_in_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    struct rect inside =
        sheet_begin(&sheet, sheet_say(&sheet, tr("Somebody without a ticket")));
    const struct button buttons[] = {
        {.id = AGENT_CONFIRM,
         .label = sheet_say(&sheet, tr("Serve now")),
         .detail = sheet_say(&sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(screen, 30),
         .is_disabled = !agent_can(agent, AGENT_CONFIRM, now_ms)},
        sheet_back(&sheet),
    };
    sheet_ends(&sheet, &inside, buttons, sizeof(buttons) / sizeof(buttons[0]));
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Service")));
    draw_services(&sheet, inside);
}

void choice_reason_dialogue_draw(struct screen *screen, const struct agent *agent,
                                 const struct catalogue *catalogue)
{
    const struct sheet sheet = {screen, agent, catalogue};
    char title[128];
    const struct catalogue_part part = {"ticket", agent->typed};
    (void)catalogue_fill(sheet_say(&sheet, tr("Why is {ticket} called out of turn?")),
                         &part, 1, title, sizeof(title)); /* short */
    struct rect inside = sheet_begin(&sheet, title);
    const struct button back = sheet_back(&sheet);
    sheet_ends(&sheet, &inside, &back, 1);
    struct grid grid = {2, AGENT_CHOICE_REASON_COUNT / 2, screen_px(screen, 16)};
    int height_px = 2 * screen_px(screen, 150);
    struct rect at =
        rect_cut_top(&inside, height_px < inside.height ? height_px : inside.height);
    for (int i = 0; i < AGENT_CHOICE_REASON_COUNT; i++) {
        sheet_choice(&sheet, rect_grid_cell(at, grid, i), AGENT_CHOICE_REASON + i,
                     sheet_say(&sheet, agent_choice_reason((size_t)i)), false);
    }
}
