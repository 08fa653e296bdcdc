/* Choosing channel, service and delay; see contact_dialogue.h. */
#include "counter/contact_dialogue.h"

#include <assert.h>
#include <stdbool.h>

#include "counter/contact.h"
#include "counter/sheet.h"
#include "runtime/phrase.h"

const char *contact_channel_word(size_t channel)
{
    static const char *const names[CONTACT_CHANNEL_COUNT] = {tr("Phone"), tr("E-mail"),
                                                             tr("Letter"), tr("Web")};
    assert(channel < CONTACT_CHANNEL_COUNT);
    return names[channel];
}

static void draw_channels(const struct sheet *sheet, struct rect at)
{
    struct grid grid = {CONTACT_CHANNEL_COUNT, 1, screen_px(sheet->screen, 10)};
    for (int i = 0; i < CONTACT_CHANNEL_COUNT; i++) {
        sheet_choice(sheet, rect_grid_cell(at, grid, i), AGENT_CHANNEL + i,
                     sheet_say(sheet, contact_channel_word((size_t)i)),
                     sheet->agent->contact.channel == (size_t)i);
    }
}

const char *contact_delay_words(const struct catalogue *catalogue, enum language language,
                                const struct contact *contact, char words[PHRASE_BYTES])
{
    static const struct phrase_counted days = {
        tr_plural("{count}\u00a0day", "{count}\u00a0days")};
    bool is_phone = contact_channel(contact->channel) == CHANNEL_PHONE;
    if (contact->delay == 0) {
        return catalogue_text(catalogue, language, tr("Not measured"));
    }
    uint32_t delay_s = contact_delay_s(contact->channel, contact->delay);
    if (delay_s == 0) {
        return catalogue_text(catalogue, language,
                              is_phone ? tr("At once") : tr("Today"));
    }
    if (is_phone) {
        phrase_duration(catalogue, language, delay_s, words);
    } else {
        phrase_count(catalogue, language, days, delay_s / 86400, words);
    }
    return words;
}

static void draw_delays(const struct sheet *sheet, struct rect at)
{
    struct grid grid = {CONTACT_DELAY_COUNT / 2, 2, screen_px(sheet->screen, 10)};
    for (size_t i = 0; i < CONTACT_DELAY_COUNT; i++) {
        char words[PHRASE_BYTES];
        struct contact contact = sheet->agent->contact;
        contact.delay = i;
        const char *label = contact_delay_words(sheet->catalogue, sheet->agent->language,
                                                &contact, words);
        sheet_choice(sheet, rect_grid_cell(at, grid, (int)i), AGENT_DELAY + (int)i, label,
                     sheet->agent->contact.delay == i);
    }
}

static void draw_ends(const struct sheet *sheet, struct rect *rest, bool can_record)
{
    const struct button buttons[] = {
        {.id = AGENT_RECORD,
         .label = sheet_say(sheet, tr("Record: handled")),
         .detail = sheet_say(sheet, tr("Enter")),
         .kind = BUTTON_ACTION,
         .shortcut = KEY_ENTER,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !can_record},
        {.id = AGENT_RECORD + 1,
         .label = sheet_say(sheet, tr("Record: given up")),
         .detail = sheet_say(sheet, tr("the person or we left it")),
         .kind = BUTTON_PLAIN,
         .label_px = screen_px(sheet->screen, 30),
         .is_disabled = !can_record},
        sheet_back(sheet),
    };
    sheet_ends(sheet, rest, buttons, sizeof(buttons) / sizeof(buttons[0]));
}

void contact_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms)
{
    const struct sheet sheet = {screen, agent, catalogue};
    struct rect inside =
        sheet_begin(&sheet, sheet_say(&sheet, tr("Record a contact of another channel")));
    draw_ends(&sheet, &inside, agent_can(agent, AGENT_RECORD, now_ms));
    int shared_px = inside.height - 3 * screen_px(screen, SHEET_LABEL_PX);
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Channel")));
    draw_channels(&sheet, rect_cut_top(&inside, shared_px * 18 / 100));
    sheet_label(&sheet, &inside, sheet_say(&sheet, tr("Service")));
    sheet_services(&sheet, rect_cut_top(&inside, shared_px * 44 / 100),
                   agent->contact.service);
    bool is_phone = contact_channel(agent->contact.channel) == CHANNEL_PHONE;
    sheet_label(&sheet, &inside,
                sheet_say(&sheet, is_phone ? tr("Wait before the answer")
                                           : tr("Received how long ago")));
    draw_delays(&sheet, inside);
}
