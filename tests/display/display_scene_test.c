/* The hall screen's pictures: golden draw lists of the main states, and rules that hold
 * for every size, language and load.
 *
 * Golden texts stand in golden/; after a change that is meant, run this program with
 * GUICHET_WRITE_GOLDEN=1, and look at what changed with the gallery and git diff. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "display/legibility.h"
#include "display/scene.h"
#include "runtime/phrase.h"
#include "sample_hall.h"

#define NOW_MS     1000000
#define TEXT_BYTES 262144

struct fixture {
    struct catalogue *catalogue;
    struct zone *zone;
    struct draw_list *list;
    struct target_list targets;
    struct site site;
    struct board_document board;
    struct hall_state hall;
    struct scene_sizes sizes;
    char text[TEXT_BYTES];
    char golden[TEXT_BYTES];
};

static int setup(void **state)
{
    static const char *const domains[] = {"display", "common"};
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    *state = fixture;
    char folder[512];
    catalogue_folder("", folder, sizeof(folder));
    if (!fixture || !(fixture->list = draw_list_create()) ||
        catalogue_load(folder, domains, 2, &fixture->catalogue, NULL) != OK ||
        zone_load("Europe/Paris", &fixture->zone, NULL) != OK) {
        return 1;
    }
    sample_site(&fixture->site);
    sample_board(&fixture->site, &fixture->board);
    hall_init(&fixture->hall, 0, 1600);
    hall_set_site(&fixture->hall, &fixture->site);
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    zone_destroy(fixture->zone);
    catalogue_destroy(fixture->catalogue);
    draw_list_destroy(fixture->list);
    free(fixture);
    return 0;
}

static void live(struct fixture *fixture)
{
    assert_true(hall_set_board(&fixture->hall, &fixture->board, false, NOW_MS));
}

struct frame {
    int width_px;
    int height_px;
    enum language language;
    enum scene_layout layout;
    int64_t now_ms;
};

static const struct frame usual = {1920, 1080, LANGUAGE_FR, SCENE_FULL, NOW_MS};

static void draw(struct fixture *fixture, const struct frame *frame)
{
    struct text_measure measure = text_measure_fixed();
    struct screen screen = {.list = fixture->list,
                            .targets = &fixture->targets,
                            .theme = theme_get(THEME_HALL),
                            .measure = &measure,
                            .width_px = frame->width_px,
                            .height_px = frame->height_px};
    struct scene scene = {.hall = &fixture->hall,
                          .catalogue = fixture->catalogue,
                          .zone = fixture->zone,
                          .display = "hall1",
                          .language = frame->language,
                          .layout = frame->layout,
                          .now_ms = frame->now_ms};
    scene_draw(&screen, &scene, &fixture->sizes);
    struct error err = {0};
    if (draw_list_check(fixture->list, &err) != OK) {
        fail_msg("%dx%d: %s", frame->width_px, frame->height_px, err.text);
    }
}

static bool shows(const struct fixture *fixture, const char *string)
{
    return draw_list_find(fixture->list, string) != NULL;
}

/* ---- golden ---- */

static void assert_golden(struct fixture *fixture, const char *name)
{
    char path[512];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/tests/display/golden/%s.txt", GUICHET_SOURCE_DIR, name);
    text_init(&text, fixture->text, sizeof(fixture->text));
    draw_list_text(fixture->list, &text);
    assert_false(text.is_cut);
    if (getenv("GUICHET_WRITE_GOLDEN")) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(fixture->text, 1, text.length, out), text.length);
        assert_int_equal(fclose(out), 0);
    }
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    size_t length = fread(fixture->golden, 1, sizeof(fixture->golden) - 1, in);
    assert_int_equal(fclose(in), 0);
    fixture->golden[length] = '\0';
    assert_string_equal(fixture->text, fixture->golden);
}

static void usual_board_is_golden_in_both_languages(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = usual;
    sample_calls(&fixture->board, 1200);
    live(fixture);
    draw(fixture, &frame);
    assert_golden(fixture, "board-fr");
    frame.language = LANGUAGE_EN;
    draw(fixture, &frame);
    assert_golden(fixture, "board-en");
    frame = (struct frame){1080, 1920, LANGUAGE_FR, SCENE_FULL, NOW_MS};
    draw(fixture, &frame);
    assert_golden(fixture, "portrait-fr");
}

static void old_and_missing_pictures_are_golden(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = usual;
    draw(fixture, &frame);
    assert_golden(fixture, "nothing-fr");
    sample_calls(&fixture->board, 1200);
    assert_true(hall_set_board(&fixture->hall, &fixture->board, true, NOW_MS));
    draw(fixture, &frame);
    assert_golden(fixture, "retained-fr");
    live(fixture);
    frame.now_ms = NOW_MS + HALL_STALE_AFTER_MS + 1;
    draw(fixture, &frame);
    assert_golden(fixture, "stale-fr");
}

/* ---- rules ---- */

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1920, 1080}, {1080, 1920}, {1280, 800}, {1280, 720},
             {3840, 2160}, {2160, 3840}, {1366, 768}, {800, 1280}};
#define SIZE_COUNT (sizeof(sizes) / sizeof(sizes[0]))

/* Draw in every size, language and layout; each picture is checked for cut texts. */
static void draw_all(struct fixture *fixture, int64_t now_ms)
{
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        for (int j = 0; j < LANGUAGE_COUNT * SCENE_LAYOUT_COUNT; j++) {
            struct frame frame = {sizes[i].width_px, sizes[i].height_px,
                                  (enum language)(j % LANGUAGE_COUNT),
                                  (enum scene_layout)(j / LANGUAGE_COUNT), now_ms};
            draw(fixture, &frame);
        }
    }
}

static void nothing_is_cut_in_any_size_language_or_state(void **state)
{
    struct fixture *fixture = *state;
    draw_all(fixture, NOW_MS);
    sample_calls(&fixture->board, 1200);
    assert_true(hall_set_board(&fixture->hall, &fixture->board, true, NOW_MS));
    draw_all(fixture, NOW_MS);
    live(fixture);
    draw_all(fixture, NOW_MS);
    draw_all(fixture, NOW_MS + 20000);
    fixture->board.day = 0;
    fixture->board.call_count = 0;
    live(fixture);
    draw_all(fixture, NOW_MS);
}

/* Names at the limits of core/limits.h, in words of usual length. */
static void lengthen(char *name, size_t capacity)
{
    struct text text;
    text_init(&text, name, capacity);
    while (!text.is_cut) {
        text_add_string(&text, "Bureau des préfectures ");
    }
}

static void nothing_is_cut_of_the_longest_names(void **state)
{
    struct fixture *fixture = *state;
    struct site *site = &fixture->site;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        lengthen(site->name.in[i], sizeof(site->name.in[i]));
        lengthen(site->halls[0].name.in[i], sizeof(site->halls[0].name.in[i]));
        lengthen(site->notice.in[i], sizeof(site->notice.in[i]));
        lengthen(site->counters[2].name.in[i], sizeof(site->counters[2].name.in[i]));
        lengthen(site->services[0].name.in[i], sizeof(site->services[0].name.in[i]));
    }
    hall_set_site(&fixture->hall, site);
    lengthen(fixture->board.counters[6].reason,
             sizeof(fixture->board.counters[6].reason));
    sample_calls(&fixture->board, 1200);
    live(fixture);
    draw_all(fixture, NOW_MS);
    draw_all(fixture, NOW_MS + 20000);
}

/* In place of the office's own line, with a sign and a word, in the language shown. */
static void a_message_replaces_the_notice(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        lengthen(fixture->board.message.words.in[i],
                 sizeof(fixture->board.message.words.in[i]));
    }
    sample_calls(&fixture->board, 1200);
    live(fixture);
    draw_all(fixture, NOW_MS); /* nothing of the longest is cut */
    memcpy(fixture->board.message.words.in[LANGUAGE_FR], "Évacuez", sizeof("Évacuez"));
    fixture->board.seq++;
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, "Évacuez"));
    assert_true(shows(fixture, "Important"));
    assert_false(shows(fixture, "Info"));
    fixture->board.message = (struct board_message){0};
    fixture->board.seq++;
    live(fixture);
    draw(fixture, &usual);
    assert_false(shows(fixture, "Évacuez"));
    assert_true(shows(fixture, "Info"));
}

static void large_offices_fit(void **state)
{
    struct fixture *fixture = *state;
    static const uint32_t counts[][2] = {{1, 1},   {6, 10},  {8, 16},  {12, 24},
                                         {16, 36}, {17, 64}, {33, 65}, {64, 128}};
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        sample_site(&fixture->site);
        if (counts[i][0] == 1) {
            fixture->site.service_count = 1;
            fixture->site.counter_count = 1;
        }
        sample_site_grow(&fixture->site, counts[i][0], counts[i][1]);
        sample_board(&fixture->site, &fixture->board);
        sample_calls(&fixture->board, 1200);
        fixture->board.seq += (int64_t)i * 100;
        hall_set_site(&fixture->hall, &fixture->site);
        live(fixture);
        draw_all(fixture, NOW_MS);
    }
}

static void no_fresh_call_is_ever_missing(void **state)
{
    struct fixture *fixture = *state;
    sample_site_grow(&fixture->site, 5, COUNTERS_MAX);
    hall_set_site(&fixture->hall, &fixture->site);
    for (int count = 1; count <= BOARD_CALLS_MAX; count++) {
        sample_board(&fixture->site, &fixture->board);
        fixture->board.seq += (int64_t)count * BOARD_CALLS_MAX;
        sample_burst(&fixture->site, &fixture->board, count);
        live(fixture);
        for (size_t i = 0; i < 2; i++) {
            struct frame frame = {sizes[i].width_px, sizes[i].height_px, LANGUAGE_FR,
                                  (enum scene_layout)(count % 2), NOW_MS};
            draw(fixture, &frame);
            for (int j = 0; j < count; j++) {
                assert_true(shows(fixture, fixture->board.calls[j].ticket));
            }
        }
    }
}

static void newest_call_is_shown_when_there_are_more_than_rows(void **state)
{
    struct fixture *fixture = *state;
    sample_burst(&fixture->site, &fixture->board, 20);
    for (uint32_t i = 0; i < fixture->board.call_count; i++) {
        fixture->board.calls[i].age_ms += 60000;
    }
    fixture->board.counter_count = 0; /* so that tickets stand in the calls alone */
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, fixture->board.calls[19].ticket));
    assert_true(shows(fixture, fixture->board.calls[16].ticket));
    assert_false(shows(fixture, fixture->board.calls[15].ticket));
    const struct draw_command *newest =
        draw_list_find(fixture->list, fixture->board.calls[19].ticket);
    const struct draw_command *second =
        draw_list_find(fixture->list, fixture->board.calls[18].ticket);
    assert_true(newest->text.style.size_px > second->text.style.size_px);
    assert_true(newest->text.baseline_px < second->text.baseline_px);
}

static void undone_call_vanishes(void **state)
{
    struct fixture *fixture = *state;
    fixture->board.counter_count = 0;
    sample_calls(&fixture->board, 1200);
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, "A042"));
    fixture->board.calls[3].state = TICKET_WAITING;
    live(fixture);
    draw(fixture, &usual);
    assert_false(shows(fixture, "A042"));
    assert_true(shows(fixture, "B107"));
}

static void every_light_has_its_shape_and_word(void **state)
{
    struct fixture *fixture = *state;
    sample_calls(&fixture->board, 1200);
    fixture->board.calls[3].state = TICKET_VOID; /* A042 stands at its counter alone */
    live(fixture);
    draw(fixture, &usual);
    unsigned counts[ICON_COUNT] = {0};
    for (size_t i = 0; i < fixture->list->command_count; i++) {
        const struct draw_command *command = &fixture->list->commands[i];
        if (command->kind == DRAW_ICON) {
            counts[command->icon.icon]++;
        }
    }
    assert_int_equal(counts[ICON_BUSY], 4);
    assert_int_equal(counts[ICON_FREE], 2);
    assert_int_equal(counts[ICON_OFF], 1);
    assert_int_equal(counts[ICON_PAUSED], 1);
    assert_true(shows(fixture, "Libre"));
    assert_true(shows(fixture, "Fermé"));
    assert_true(shows(fixture, "A042"));
    assert_true(shows(fixture, "retour"));
    assert_true(shows(fixture, "à 11:00"));
}

static void pause_without_an_end_says_why_it_is(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t i = 0; i < fixture->board.counter_count; i++) {
        fixture->board.counters[i].back_at_ms = 0;
    }
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, "Pause"));
    assert_false(shows(fixture, "retour"));
}

static void hall_without_open_counter_says_so(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t i = 0; i < fixture->board.counter_count; i++) {
        fixture->board.counters[i].light = LIGHT_OFF;
        fixture->board.counters[i].state = COUNTER_CLOSED;
    }
    for (uint32_t i = 0; i < fixture->board.service_count; i++) {
        fixture->board.services[i].wait = (struct wait_range){0};
    }
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, "Aucun guichet n’est ouvert"));
    assert_false(shows(fixture, "Les appels s’affichent ici"));
    assert_true(shows(fixture, "–")); /* nobody can say how long it takes */
}

static void name_too_long_to_read_is_the_short_one(void **state)
{
    struct fixture *fixture = *state;
    (void)text_copy(
        fixture->site.services[0].name.in[LANGUAGE_FR], NAME_LENGTH_MAX + 1,
        "Certificat d’immatriculation des véhicules et changement"); /* fits */
    hall_set_site(&fixture->hall, &fixture->site);
    live(fixture);
    draw(fixture, &usual);
    assert_true(shows(fixture, "Immatriculation"));
    assert_true(shows(fixture, "Permis de conduire"));
}

static void legibility_follows_the_rules(void **state)
{
    (void)state;
    /* 1000 px on 1000 mm: capitals of 71, 50 and 14 mm. */
    struct scene_sizes texts = {.newest_px = 100, .row_px = 70, .smallest_px = 20};
    struct legibility legibility = legibility_of(&texts, 1000, 1000);
    assert_int_equal(legibility.number_mm, text_cap_height_px(100) * 100 / 3);
    assert_int_equal(legibility.rows_mm, text_cap_height_px(70) * 82);
    assert_int_equal(legibility.text_mm, text_cap_height_px(20) * 250);
    struct legibility half = legibility_of(&texts, 1000, 500);
    assert_int_equal(half.rows_mm, legibility.rows_mm / 2);
}

static void large_layout_reaches_farther(void **state)
{
    struct fixture *fixture = *state;
    struct frame frame = usual;
    sample_calls(&fixture->board, 1200);
    live(fixture);
    draw(fixture, &frame);
    struct legibility full = legibility_of(&fixture->sizes, frame.height_px, 685);
    frame.layout = SCENE_LARGE;
    draw(fixture, &frame);
    struct legibility large = legibility_of(&fixture->sizes, frame.height_px, 685);
    assert_true(large.rows_mm * 2 > full.rows_mm * 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(usual_board_is_golden_in_both_languages),
        TEST(old_and_missing_pictures_are_golden),
        TEST(nothing_is_cut_in_any_size_language_or_state),
        TEST(nothing_is_cut_of_the_longest_names),
        TEST(a_message_replaces_the_notice),
        TEST(large_offices_fit),
        TEST(no_fresh_call_is_ever_missing),
        TEST(newest_call_is_shown_when_there_are_more_than_rows),
        TEST(undone_call_vanishes),
        TEST(every_light_has_its_shape_and_word),
        TEST(pause_without_an_end_says_why_it_is),
        TEST(hall_without_open_counter_says_so),
        TEST(name_too_long_to_read_is_the_short_one),
        TEST(legibility_follows_the_rules),
        TEST(large_layout_reaches_farther),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
