/* Writes the supervisor's window as PNG files into a folder: the hall, also with 24
 * counters, and every order, in every size and language, for people to look at. Not
 * installed. Usage: order_gallery FOLDER */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "counter/hall_scene.h"
#include "order_fixture.h"
#include "ui/font.h"
#include "ui/painter.h"
#include "window_fixture.h"

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1280, 800}, {1920, 1080}, {1024, 768}, {800, 1280}};

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
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

struct gallery {
    struct painter *painter;
    struct catalogue *catalogue;
    struct draw_list *list;
    struct target_list targets;
    const char *folder;
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

static enum status write_picture(struct gallery *gallery, size_t page, size_t size,
                                 enum language language, struct error *err)
{
    struct hall_agent *agent = order_supervisor(pages[page].counter_count);
    agent->language = language;
    if (pages[page].is_order) {
        prepare(agent, page);
    }
    struct text_measure measure = painter_measure(gallery->painter);
    struct screen screen = {.list = gallery->list,
                            .targets = &gallery->targets,
                            .theme = theme_get(THEME_DAY),
                            .measure = &measure,
                            .width_px = sizes[size].width_px,
                            .height_px = sizes[size].height_px};
    hall_scene_draw(&screen, agent, gallery->catalogue, ORDER_NOW_MS);
    order_supervisor_destroy(agent);
    char bytes[PATH_MAX];
    struct text path;
    text_init(&path, bytes, sizeof(bytes));
    text_add(&path, "%s/%s-%d-%s.png", gallery->folder, pages[page].name,
             sizes[size].width_px, language_tag(language));
    enum status status = painter_save(gallery->painter, gallery->list, bytes, err);
    return status == OK ? draw_list_check(gallery->list, err) : status;
}

static int write_pictures(struct gallery *gallery)
{
    int failed_count = 0;
    for (size_t page = 0; page < PAGE_COUNT; page++) {
        for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
            for (int language = 0; language < LANGUAGE_COUNT; language++) {
                struct error err = {0};
                if (write_picture(gallery, page, size, (enum language)language, &err) !=
                    OK) {
                    (void)printf("%s %d: %s\n", pages[page].name, sizes[size].width_px,
                                 err.text); /* the exit code tells, too */
                    failed_count++;
                }
            }
        }
    }
    return failed_count;
}

int main(int argc, char **argv)
{
    struct gallery *gallery = calloc(1, sizeof(*gallery));
    struct error err = {0};
    int failed_count = 1;
    if (argc != 2 || !gallery) {
        (void)fprintf(stderr, "usage: order_gallery FOLDER\n"); /* exit code tells */
    } else if (!(gallery->list = draw_list_create()) ||
               painter_create(FONT_DIRECTORY, &gallery->painter, &err) != OK) {
        (void)fprintf(stderr, "cannot begin: %s\n", err.text); /* as above */
    } else {
        gallery->catalogue = window_catalogue();
        gallery->folder = argv[1];
        failed_count = write_pictures(gallery);
    }
    if (gallery) {
        catalogue_destroy(gallery->catalogue);
        painter_destroy(gallery->painter);
        draw_list_destroy(gallery->list);
    }
    free(gallery);
    return failed_count == 0 ? 0 : 1;
}
