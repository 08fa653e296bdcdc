/* Choosing service, counter and time of a transfer; see transfer_dialogue.h. */
#include "counter/transfer_dialogue.h"

#include <stdbool.h>

#include "counter/sheet.h"
#include "counter/transfer.h"
#include "runtime/phrase.h"

/* Counters that are offered by button; others are named by the keyboard. */
#define COUNTERS_SHOWN_MAX 15
#define COUNTERS_A_ROW     8

static void draw_counters(const struct sheet *sheet, struct rect at)
{
    const struct agent *agent = sheet->agent;
    const struct transfer *transfer = &agent->transfer;
    uint32_t others = 0;
    for (uint32_t i = 0; i < agent->site.counter_count; i++) {
        others += transfer_may_go_to(transfer, &agent->site, i, agent->counter) ? 1U : 0U;
    }
    struct grid grid = {COUNTERS_A_ROW, others < COUNTERS_A_ROW ? 1 : 2,
                        screen_px(sheet->screen, 10)};
    sheet_choice(sheet, rect_grid_cell(at, grid, 0), AGENT_TRANSFER_ANY,
                 sheet_say(sheet, tr("Any")),
                 transfer->to_counter == TRANSFER_ANY_COUNTER);
    int cell = 1;
    for (uint32_t i = 0; i < agent->site.counter_count && cell <= COUNTERS_SHOWN_MAX;
         i++) {
        if (transfer_may_go_to(transfer, &agent->site, i, agent->counter)) {
            sheet_choice(sheet, rect_grid_cell(at, grid, cell),
                         AGENT_TRANSFER_TO + (int)i, agent->site.counters[i].label,
                         transfer->to_counter == i);
            cell++;
        }
    }
}

static void draw_times(const struct sheet *sheet, struct rect at)
{
    const struct transfer *transfer = &sheet->agent->transfer;
    struct grid grid = {TRANSFER_WHEN_COUNT, 1, screen_px(sheet->screen, 10)};
    for (size_t i = 0; i < TRANSFER_WHEN_COUNT; i++) {
        char words[PHRASE_BYTES];
        const char *label = words;
        if (i == TRANSFER_WHEN_TOLD) {
            label = sheet_say(sheet, tr("When told"));
        } else if (transfer_after_min(i) == 0) {
            label = sheet_say(sheet, tr("At once"));
        } else {
            phrase_duration(sheet->catalogue, sheet->agent->language,
                            transfer_after_min(i) * 60, words);
        }
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i),
                     AGENT_TRANSFER_WHEN + (int)i, label, transfer->when == i);
    }
}

static void draw_afterwards(const struct sheet *sheet, struct rect at)
{
    const struct transfer *transfer = &sheet->agent->transfer;
    struct grid grid = {2, 1, screen_px(sheet->screen, 10)};
    sheet_choice(sheet, rect_grid_cell(at, grid, 0), AGENT_TRANSFER_ENDS,
                 sheet_say(sheet, tr("The visit is over")), !transfer->comes_back);
    sheet_choice(sheet, rect_grid_cell(at, grid, 1), AGENT_TRANSFER_BACK,
                 sheet_say(sheet, tr("Comes back to me")), transfer->comes_back);
}

static void draw_park_reasons(const struct sheet *sheet, struct rect at)
{
    struct grid grid = {PARK_REASON_COUNT, 1, screen_px(sheet->screen, 10)};
    for (size_t i = 0; i < PARK_REASON_COUNT; i++) {
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_PARK_REASON + (int)i,
                     sheet_say(sheet, transfer_park_reason(i)),
                     sheet->agent->transfer.reason == i + 1);
    }
}

static void draw_ends(const struct sheet *sheet, struct rect *rest, int64_t now_ms)
{
    const struct agent *agent = sheet->agent;
    bool parks = transfer_parks(&agent->transfer);
    const struct button buttons[] = {
        {.id = AGENT_CONFIRM,
         .label =
             sheet_say(sheet, parks ? tr("Park: back here afterwards") : tr("Send on")),
         .detail = sheet_say(sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !agent_can(agent, AGENT_CONFIRM, now_ms)},
        sheet_back(sheet),
    };
    sheet_ends(sheet, rest, buttons, sizeof(buttons) / sizeof(buttons[0]));
}

void transfer_dialogue_draw(struct screen *screen, const struct agent *agent,
                            const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    struct rect inside = sheet_begin(
        &sheet, sheet_say(&sheet, tr("Send the person on, or park the ticket")));
    draw_ends(&sheet, &inside, now_ms);
    int shared_px = inside.height - 4 * screen_px(screen, SHEET_LABEL_PX);
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Next service")));
    sheet_services(&sheet, rect_cut_top(&inside, shared_px * 40 / 100),
                   agent->transfer.service);
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("At counter")));
    draw_counters(&sheet, rect_cut_top(&inside, shared_px * 24 / 100));
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("When")));
    draw_times(&sheet, rect_cut_top(&inside, shared_px * 18 / 100));
    if (transfer_parks(&agent->transfer)) { /* it comes back here in any case */
        sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Parked for")));
        draw_park_reasons(&sheet, inside);
    } else {
        sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Afterwards")));
        draw_afterwards(&sheet, inside);
    }
}
