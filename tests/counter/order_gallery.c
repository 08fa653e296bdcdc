/* Writes the supervisor's window as PNG files into a folder: the hall, also with 24
 * counters, and every order, in every size and language, for people to look at. Not
 * installed. Usage: order_gallery FOLDER */
#include "album.h"
#include "core/text.h"
#include "counter/hall_scene.h"
#include "order_fixture.h"

static const struct album_size sizes[] = {
    {1280, 800}, {1920, 1080}, {1024, 768}, {800, 1280}};

static const struct {
    const char *name;
    uint32_t counter_count;
    bool is_order;
    bool is_asked;
    enum order_act act;
    enum order_part at;
} pages[] = {
    {"hall", 0, false, false, ACT_OPEN, PART_ACT},
    {"hall-24", 24, false, false, ACT_OPEN, PART_ACT},
    {"counter", 0, true, false, ACT_HAND_OVER, PART_TO_COUNTER},
    {"counter-24", 24, true, false, ACT_HAND_OVER, PART_COUNTER},
    {"line", 0, true, false, ACT_ABANDON, PART_REASON},
    {"line-asked", 0, true, true, ACT_ABANDON, PART_REASON},
    {"move", 0, true, false, ACT_MOVE, PART_TO_SERVICE},
    {"hours", 0, true, false, ACT_HOURS, PART_UNTIL},
    {"quota", 0, true, false, ACT_QUOTA, PART_SERVICE},
    {"message", 0, true, false, ACT_SAY, PART_FR},
    {"exceptional", 0, true, false, ACT_BEGIN, PART_EN},
    {"correct", 0, true, false, ACT_CORRECT, PART_TICKET},
    {"outcome", 0, true, false, ACT_CORRECT, PART_OUTCOME},
    {"remark", 0, true, false, ACT_REMARK, PART_TEXT},
    {"withdraw", 0, true, false, ACT_WITHDRAW, PART_REMARK},
    {"close-day", 0, true, true, ACT_CLOSE_DAY, PART_ACT},
};

static void prepare(struct hall_agent *agent, size_t page)
{
    uint32_t kind = 0;
    while (pages[page].act < order_first_act((enum order_kind)kind) ||
           pages[page].act >= order_first_act((enum order_kind)kind) +
                                  order_act_count((enum order_kind)kind)) {
        kind++;
    }
    order_open(agent, (enum order_kind)kind, 1);
    struct order *order = &agent->order;
    order->act = pages[page].act;
    order->chosen[PART_ACT] = order->act - order_first_act(order->kind);
    order->chosen[PART_SERVICE] = 0;
    order->at = pages[page].at;
    order->is_asked = pages[page].is_asked;
    agent->dialogue = HALL_DIALOGUE_ORDER;
    static const char *const texts[ORDER_PART_COUNT] = {
        [PART_TEXT] = "Panne du réseau de la préfecture",
        [PART_FR] = "En raison d’une alerte, les guichets ferment à 16 h. Les personnes "
                    "munies d’un ticket seront reçues demain matin à partir de 8 h 30.",
        [PART_EN] = "Because of an alert the counters close at 4 p.m.",
        [PART_FROM] = "10:00",
        [PART_UNTIL] = "16:30",
        [PART_REASON] = "Évacuation du bâtiment",
    };
    for (size_t i = 0; i < ORDER_PART_COUNT; i++) {
        (void)text_copy(order->typed[i], sizeof(order->typed[i]),
                        texts[i] ? texts[i] : ""); /* short */
    }
}

static const char *page_name(size_t page)
{
    return pages[page].name;
}

static void draw_page(size_t page, enum language language,
                      const struct catalogue *catalogue, struct screen *screen)
{
    struct hall_agent *agent = order_supervisor(pages[page].counter_count);
    agent->language = language;
    if (pages[page].is_order) {
        prepare(agent, page);
    }
    hall_scene_draw(screen, agent, catalogue, ORDER_NOW_MS);
    order_supervisor_destroy(agent);
}

int main(int argc, char **argv)
{
    const struct album album = {.program = "order_gallery",
                                .sizes = sizes,
                                .size_count = sizeof(sizes) / sizeof(sizes[0]),
                                .page_count = sizeof(pages) / sizeof(pages[0]),
                                .name = page_name,
                                .draw = draw_page};
    return album_write(&album, argc, argv);
}
