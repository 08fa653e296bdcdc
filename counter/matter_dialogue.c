/* Choosing topic, missing document and whether all is done; see matter_dialogue.h. */
#include "counter/matter_dialogue.h"

#include <stdbool.h>

#include "core/text.h"
#include "counter/matter.h"
#include "counter/sheet.h"

#define CHOICES_A_ROW 5

/* A choice with the key that chooses it: "3  Carte grise". */
static void draw_topic(const struct sheet *sheet, struct rect at, uint32_t topic, int key)
{
    const struct agent *agent = sheet->agent;
    char label[NAME_LENGTH_MAX + 8];
    struct text text;
    text_init(&text, label, sizeof(label));
    if (key != 0) {
        text_add(&text, "%c\u00a0\u00a0", key);
    }
    text_add_string(&text, agent->site.topics[topic - 1].name.in[agent->language]);
    sheet_choice(sheet, at, AGENT_TOPIC + (int)topic - 1, label,
                 agent->matter.product == topic || agent->matter.precision == topic);
}

static struct grid rows_of(const struct sheet *sheet, uint32_t count)
{
    int rows = ((int)count + CHOICES_A_ROW - 1) / CHOICES_A_ROW;
    return (struct grid){CHOICES_A_ROW, rows > 0 ? rows : 1,
                         screen_px(sheet->screen, 10)};
}

static uint32_t product_count(const struct agent *agent)
{
    uint32_t count = 0;
    while (matter_product(&agent->matter, &agent->site, count) != 0) {
        count++;
    }
    return count;
}

static uint32_t precision_count(const struct agent *agent)
{
    uint32_t count = 0;
    while (matter_precision(&agent->matter, &agent->site, count) != 0) {
        count++;
    }
    return count;
}

static uint32_t document_count(const struct agent *agent)
{
    uint32_t count = 0;
    while (matter_document(&agent->matter, &agent->site, count) != 0) {
        count++;
    }
    return count;
}

static void draw_products(const struct sheet *sheet, struct rect at)
{
    const struct agent *agent = sheet->agent;
    uint32_t count = product_count(agent);
    struct grid grid = rows_of(sheet, count);
    for (uint32_t i = 0; i < count; i++) {
        int key = i < 10 ? '0' + (int)((i + 1) % 10) : 0; /* 1 to 9, then 0 */
        draw_topic(sheet, rect_grid_cell(at, grid, (int)i),
                   matter_product(&agent->matter, &agent->site, i), key);
    }
}

static void draw_precisions(const struct sheet *sheet, struct rect at)
{
    const struct agent *agent = sheet->agent;
    uint32_t count = precision_count(agent);
    struct grid grid = rows_of(sheet, count);
    for (uint32_t i = 0; i < count; i++) {
        draw_topic(sheet, rect_grid_cell(at, grid, (int)i),
                   matter_precision(&agent->matter, &agent->site, i), 'A' + (int)i);
    }
}

static void draw_documents(const struct sheet *sheet, struct rect at)
{
    const struct agent *agent = sheet->agent;
    uint32_t count = document_count(agent);
    struct grid grid = rows_of(sheet, count + 1);
    sheet_choice(sheet, rect_grid_cell(at, grid, 0), AGENT_DOCUMENT,
                 sheet_say(sheet, tr("None")), agent->matter.document == 0);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = matter_document(&agent->matter, &agent->site, i);
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i + 1),
                     AGENT_DOCUMENT + (int)document,
                     agent->site.documents[document - 1].name.in[agent->language],
                     agent->matter.document == document);
    }
}

static void draw_completeness(const struct sheet *sheet, struct rect at)
{
    static const char *const words[COMPLETENESS_COUNT] = {
        [COMPLETE_NOT_SAID] = tr("Not said"),
        [COMPLETE_YES] = tr("All is done"),
        [COMPLETE_NO] = tr("Another contact is needed"),
    };
    struct grid grid = {COMPLETENESS_COUNT, 1, screen_px(sheet->screen, 10)};
    for (int i = 0; i < COMPLETENESS_COUNT; i++) {
        sheet_choice(sheet, rect_grid_cell(at, grid, i), AGENT_COMPLETE + i,
                     sheet_say(sheet, words[i]),
                     sheet->agent->matter.completeness == (enum completeness)i);
    }
}

static void draw_ends(const struct sheet *sheet, struct rect *rest, int64_t now_ms)
{
    const struct agent *agent = sheet->agent;
    const char *then = tr("Record");
    if (agent->after_note == AGENT_NEXT) {
        then = tr("Record, finish and call the next");
    } else if (agent->after_note == AGENT_FINISH) {
        then = tr("Record and finish");
    }
    const struct button buttons[] = {
        {.id = AGENT_CONFIRM,
         .label = sheet_say(sheet, then),
         .detail = sheet_say(sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !agent_can(agent, AGENT_CONFIRM, now_ms)},
        sheet_back(sheet),
    };
    sheet_ends(sheet, rest, buttons, sizeof(buttons) / sizeof(buttons[0]));
}

void matter_dialogue_draw(struct screen *screen, const struct agent *agent,
                          const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    struct rect inside =
        sheet_begin(&sheet, sheet_say(&sheet, tr("What was this service about?")));
    draw_ends(&sheet, &inside, now_ms);
    const struct {
        const char *label;
        uint32_t rows; /* 0: nothing to choose here */
        void (*draw)(const struct sheet *sheet, struct rect at);
    } parts[] = {
        {tr("Topic"), (product_count(agent) + CHOICES_A_ROW - 1) / CHOICES_A_ROW,
         draw_products},
        {tr("More exactly"), (precision_count(agent) + CHOICES_A_ROW - 1) / CHOICES_A_ROW,
         draw_precisions},
        {tr("Document that was missing"),
         document_count(agent) == 0 ? 0 : document_count(agent) / CHOICES_A_ROW + 1,
         draw_documents},
        {tr("For this person"), 1, draw_completeness},
    };
    int row_count = 0;
    int part_count = 0;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        row_count += (int)parts[i].rows;
        part_count += parts[i].rows > 0 ? 1 : 0;
    }
    int row_px =
        (inside.height - part_count * screen_px(screen, SHEET_LABEL_PX)) / row_count;
    int row_px_max = screen_px(screen, 120); /* few choices need not fill the sheet */
    row_px = row_px > row_px_max ? row_px_max : row_px;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].rows > 0) {
            sheet_label(&sheet, &inside, sheet_say(&sheet, parts[i].label));
            parts[i].draw(&sheet, rect_cut_top(&inside, row_px * (int)parts[i].rows));
        }
    }
}
