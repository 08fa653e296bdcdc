/* The kiosk's pictures: nothing cut, everything large enough to touch, and golden lists
 * of the two pages that everybody sees. GUICHET_UPDATE_GOLDEN=1 writes the lists anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "kiosk/scene.h"
#include "sample_pages.h"
#include "ui/description.h"

#define LIST_BYTES 100000

static struct draw_list *list;
static struct target_list targets;
static struct visit visit;
static struct text_measure measure;
static struct catalogue *catalogue;
static struct zone *zone;

static const struct {
    int width_px;
    int height_px;
    int width_mm;
} sizes[] = {
    {1080, 1920, 0},   {1080, 1920, 336}, {1920, 1080, 0},  {1920, 1080, 509},
    {1280, 800, 217},  {1280, 720, 0},    {1024, 768, 304}, {800, 1280, 0},
    {3840, 2160, 600}, {2160, 3840, 400}, {800, 480, 0},
};

static int open_all(void **state)
{
    (void)state;
    static const char *const domains[] = {"kiosk", "common"};
    char folder[1024];
    catalogue_folder("", folder, sizeof(folder));
    measure = text_measure_fixed();
    list = draw_list_create();
    return !list || catalogue_load(folder, domains, 2, &catalogue, NULL) != OK ||
           zone_load("Europe/Paris", &zone, NULL) != OK;
}

static int close_all(void **state)
{
    (void)state;
    draw_list_destroy(list);
    catalogue_destroy(catalogue);
    zone_destroy(zone);
    return 0;
}

static void draw(const struct sample_page *page, enum language language, size_t size)
{
    sample_page_start(page, language, &visit);
    struct scene scene = {.width_px = sizes[size].width_px,
                          .height_px = sizes[size].height_px,
                          .width_mm = sizes[size].width_mm,
                          .measure = &measure,
                          .catalogue = catalogue,
                          .zone = zone};
    visit_set_page_size(&visit, scene_services_per_page(&scene, &visit, page->at_ms));
    scene_draw(&scene, &visit, page->at_ms, list, &targets);
}

static const struct sample_page *find_page(const char *name)
{
    size_t count = 0;
    const struct sample_page *pages = sample_pages(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pages[i].name, name) == 0) {
            return &pages[i];
        }
    }
    fail_msg("there is no page '%s'", name);
    return NULL;
}

/* Of a target: where the picture is, for the message. */
struct place {
    const char *page;
    size_t size;
};

static void check_target(const struct place *place, const struct target *target)
{
    const struct rect *at = &target->at;
    int width_px = sizes[place->size].width_px;
    int width_mm = sizes[place->size].width_mm;
    struct rect all = {0, 0, width_px, sizes[place->size].height_px};
    if (!rect_covers(all, *at)) {
        fail_msg("%s at size %zu: target '%s' is not on the screen", place->page,
                 place->size, target->label);
    }
    int side_px = at->width < at->height ? at->width : at->height;
    if (width_mm > 0 && side_px * width_mm < 20 * width_px) {
        fail_msg("%s at size %zu: target '%s' of %d px is smaller than 20 mm",
                 place->page, place->size, target->label, side_px);
    }
}

static void check_apart(const struct place *place, const struct target *one,
                        const struct target *other)
{
    if (!rect_is_empty(rect_intersect(one->at, other->at))) {
        fail_msg("%s at size %zu: target '%s' covers '%s'", place->page, place->size,
                 one->label, other->label);
    }
}

static void check_page(const struct sample_page *page, size_t size,
                       enum language language)
{
    struct error err = {0};
    struct place place = {page->name, size};
    draw(page, language, size);
    if (draw_list_check(list, &err) != OK) {
        fail_msg("%s at size %zu in %s: %s", page->name, size, language_tag(language),
                 err.text);
    }
    for (size_t i = 0; i < targets.count; i++) {
        check_target(&place, &targets.targets[i]);
        for (size_t other = 0; other < i; other++) {
            check_apart(&place, &targets.targets[i], &targets.targets[other]);
        }
    }
}

static void no_text_is_cut_and_every_target_can_be_touched(void **state)
{
    (void)state;
    size_t count = 0;
    const struct sample_page *pages = sample_pages(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
            check_page(&pages[i], size, LANGUAGE_FR);
            check_page(&pages[i], size, LANGUAGE_EN);
        }
    }
}

/* Count the services of the page that begins with service `first`. */
static void count_services(size_t size, uint32_t first, int ret_seen[SERVICES_MAX])
{
    struct scene scene = {sizes[size].width_px,
                          sizes[size].height_px,
                          sizes[size].width_mm,
                          &measure,
                          catalogue,
                          zone,
                          NULL};
    visit.first_service = first;
    scene_draw(&scene, &visit, find_page("services")->at_ms, list, &targets);
    for (size_t i = 0; i < targets.count; i++) {
        int index = targets.targets[i].id - TOUCH_SERVICE;
        if (index >= 0 && index < SERVICES_MAX) {
            ret_seen[index]++;
        }
    }
}

static void every_service_stands_on_exactly_one_page(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
        int seen[SERVICES_MAX] = {0};
        draw(find_page("many-services"), LANGUAGE_FR, size);
        assert_in_range(visit.services_per_page, 1, SCENE_SERVICES_MAX);
        uint32_t first = 0;
        for (; first < visit.site.service_count; first += visit.services_per_page) {
            count_services(size, first, seen);
        }
        for (uint32_t i = 0; i < SERVICES_MAX; i++) {
            assert_int_equal(seen[i], 1);
        }
    }
}

static void sign_leaves_nothing_to_touch(void **state)
{
    (void)state;
    draw(find_page("sending"), LANGUAGE_FR, 0);
    assert_int_equal(targets.count, 0);
    assert_non_null(draw_list_find(list, "Un instant…"));
}

static void closed_service_says_when_it_opens(void **state)
{
    (void)state;
    draw(find_page("services"), LANGUAGE_FR, 0);
    assert_non_null(draw_list_find(list, "Ouvre à 13\u00a0h\u00a000"));
    assert_false(target_list_find(&targets, TOUCH_SERVICE + 4)->is_enabled);
    draw(find_page("services"), LANGUAGE_EN, 0);
    assert_non_null(draw_list_find(list, "Opens at 1:00\u00a0pm"));
}

static void number_is_the_largest_text(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
        draw(find_page("ticket"), LANGUAGE_FR, size);
        const struct draw_command *number = draw_list_find(list, "A042");
        assert_non_null(number);
        for (size_t i = 0; i < list->command_count; i++) {
            const struct draw_command *other = &list->commands[i];
            if (other != number && other->kind == DRAW_TEXT) {
                assert_true(number->text.style.size_px >= 3 * other->text.style.size_px);
            }
        }
    }
}

static void ticket_cannot_be_cancelled_without_a_server(void **state)
{
    (void)state;
    draw(find_page("ticket"), LANGUAGE_FR, 0);
    assert_non_null(target_list_find(&targets, TOUCH_CANCEL));
    struct scene scene = {1080, 1920, 0, &measure, catalogue, zone, NULL};
    scene_draw(&scene, &visit, visit.live_at_ms + 7000, list, &targets);
    assert_null(target_list_find(&targets, TOUCH_CANCEL));
    assert_non_null(target_list_find(&targets, TOUCH_BACK));
}

/* ---- golden lists ---- */

static void read_golden(const char *path, char *ret_bytes)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        fail_msg("'%s' cannot be read", path);
        return;
    }
    size_t length = fread(ret_bytes, 1, LIST_BYTES - 1, file);
    ret_bytes[length] = '\0';
    assert_int_equal(fclose(file), 0);
}

static void write_golden(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void compare_golden(const char *page, enum language language)
{
    static char seen[LIST_BYTES];
    static char golden[LIST_BYTES];
    char path[1024];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, GUICHET_SOURCE_DIR "/tests/kiosk/golden/%s.%s.txt", page,
             language_tag(language));
    draw(find_page(page), language, 0);
    char head[64];
    text_init(&text, head, sizeof(head));
    text_add(&text, "page %s\n", page_name(visit.page));
    struct picture picture = {head, list, &targets};
    text_init(&text, seen, sizeof(seen));
    description_write(&picture, &text);
    assert_false(text.is_cut);
    if (getenv("GUICHET_UPDATE_GOLDEN")) {
        write_golden(path, seen);
    }
    read_golden(path, golden);
    assert_string_equal(seen, golden);
}

static void question_of_the_idle_time_says_how_long_it_stands(void **state)
{
    (void)state;
    static char drawn[LIST_BYTES];
    static const char *const left[LANGUAGE_COUNT] = {
        [LANGUAGE_FR] = "19\u00a0secondes", [LANGUAGE_EN] = "19\u00a0seconds"};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        draw(find_page("warning"), (enum language)language, 0); /* after 41 of 60 s */
        struct text text;
        text_init(&text, drawn, sizeof(drawn));
        draw_list_text(list, &text);
        assert_non_null(strstr(drawn, left[language]));
    }
}

static void services_page_is_as_drawn_before(void **state)
{
    (void)state;
    compare_golden("services", LANGUAGE_FR);
    compare_golden("services", LANGUAGE_EN);
}

static void ticket_page_is_as_drawn_before(void **state)
{
    (void)state;
    compare_golden("ticket-printed", LANGUAGE_FR);
    compare_golden("ticket-printed", LANGUAGE_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_and_every_target_can_be_touched),
        cmocka_unit_test(every_service_stands_on_exactly_one_page),
        cmocka_unit_test(sign_leaves_nothing_to_touch),
        cmocka_unit_test(closed_service_says_when_it_opens),
        cmocka_unit_test(number_is_the_largest_text),
        cmocka_unit_test(ticket_cannot_be_cancelled_without_a_server),
        cmocka_unit_test(question_of_the_idle_time_says_how_long_it_stands),
        cmocka_unit_test(services_page_is_as_drawn_before),
        cmocka_unit_test(ticket_page_is_as_drawn_before),
    };
    return cmocka_run_group_tests_name("kiosk_scene", tests, open_all, close_all);
}
