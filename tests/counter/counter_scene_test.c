/* The agent's window as a picture: complete, legible and translated at every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "counter/scene.h"
#include "window_fixture.h"

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1280, 800}, {1920, 1080}, {1024, 768}, {1080, 1920}};

struct studio {
    struct draw_list *list;
    struct target_list *targets;
    struct agent *agent;
    struct catalogue *catalogue;
    struct text_measure measure;
    struct screen screen;
};

static int setup(void **state)
{
    struct studio *studio = calloc(1, sizeof(*studio));
    assert_non_null(studio);
    studio->list = draw_list_create();
    studio->targets = calloc(1, sizeof(*studio->targets));
    studio->agent = window_agent();
    studio->catalogue = window_catalogue();
    studio->measure = text_measure_fixed();
    studio->screen = (struct screen){.list = studio->list,
                                     .targets = studio->targets,
                                     .theme = theme_get(THEME_DAY),
                                     .measure = &studio->measure,
                                     .width_px = 1280,
                                     .height_px = 800};
    *state = studio;
    return 0;
}

static int teardown(void **state)
{
    struct studio *studio = *state;
    catalogue_destroy(studio->catalogue);
    free(studio->agent);
    free(studio->targets);
    draw_list_destroy(studio->list);
    free(studio);
    return 0;
}

static void show(struct studio *studio, enum counter_state state)
{
    static int64_t version;
    struct counter_document document = window_state(state, ++version);
    agent_set_state(studio->agent, &document, false, 1000);
    scene_draw(&studio->screen, studio->agent, studio->catalogue, 1000);
}

static void no_text_is_cut_or_covered_in_any_state_size_and_language(void **state)
{
    struct studio *studio = *state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        studio->screen.width_px = sizes[i].width_px;
        studio->screen.height_px = sizes[i].height_px;
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            studio->agent->language = (enum language)language;
            for (int counter = 0; counter < COUNTER_STATE_COUNT; counter++) {
                for (int dialogue = 0; dialogue <= DIALOGUE_CLOSE; dialogue++) {
                    studio->agent->dialogue = (enum agent_dialogue)dialogue;
                    show(studio, (enum counter_state)counter);
                    struct error err = {0};
                    if (draw_list_check(studio->list, &err) != OK) {
                        fail_msg("%dx%d, language %d, state %d, dialogue %d: %s",
                                 sizes[i].width_px, sizes[i].height_px, language, counter,
                                 dialogue, err.text);
                    }
                }
            }
        }
    }
}

static void the_ticket_its_service_and_the_next_are_shown(void **state)
{
    struct studio *studio = *state;
    show(studio, COUNTER_SERVING);
    assert_non_null(draw_list_find(studio->list, "A042"));
    assert_non_null(draw_list_find(studio->list, "04:12"));
    assert_non_null(draw_list_find(studio->list, "Guichet 3"));
    assert_non_null(draw_list_find(studio->list, "84\u00a0%"));
    assert_non_null(target_list_find(studio->targets, AGENT_NEXT));
    studio->agent->language = LANGUAGE_EN;
    show(studio, COUNTER_SERVING);
    assert_non_null(draw_list_find(studio->list, "Counter 3"));
    assert_string_equal(target_list_find(studio->targets, AGENT_NEXT)->label,
                        "Finish and call the next");
}

static void a_dialogue_leaves_nothing_behind_it_to_press(void **state)
{
    struct studio *studio = *state;
    studio->agent->dialogue = DIALOGUE_CHOOSE;
    show(studio, COUNTER_FREE);
    assert_null(target_list_find(studio->targets, AGENT_NEXT));
    assert_non_null(target_list_find(studio->targets, AGENT_CONFIRM));
    assert_non_null(target_list_find(studio->targets, AGENT_DISMISS));
}

static void a_stale_window_says_so_and_disables_its_verbs(void **state)
{
    struct studio *studio = *state;
    show(studio, COUNTER_FREE);
    assert_true(target_list_find(studio->targets, AGENT_NEXT)->is_enabled);
    scene_draw(&studio->screen, studio->agent, studio->catalogue,
               1001 + AGENT_STALE_AFTER_MS);
    assert_false(target_list_find(studio->targets, AGENT_NEXT)->is_enabled);
    static char text_bytes[1 << 17];
    struct text text;
    text_init(&text, text_bytes, sizeof(text_bytes));
    draw_list_text(studio->list, &text);
    assert_non_null(strstr(text_bytes, "liaison"));
}

/* Who waits for this counter alone and who is parked take a row each. */
static void every_line_has_its_row_beside_parked_and_reserved_people(void **state)
{
    struct studio *studio = *state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        studio->screen.width_px = sizes[i].width_px;
        studio->screen.height_px = sizes[i].height_px;
        struct counter_document document = window_state(COUNTER_FREE, 1 + (int64_t)i);
        document.reserved_count = 1;
        document.parked_count = 1;
        document.parked_shown_count = 1;
        document.parked[0] =
            (struct counter_parked){.label = "A031", .service = "permis"};
        agent_set_state(studio->agent, &document, false, 1000);
        scene_draw(&studio->screen, studio->agent, studio->catalogue, 1000);
        struct error err = {0};
        assert_int_equal(draw_list_check(studio->list, &err), OK);
        assert_non_null(draw_list_find(studio->list, "Pour ce guichet seul"));
        assert_non_null(draw_list_find(studio->list, "Immatriculation"));
        assert_non_null(draw_list_find(studio->list, "Permis"));
        assert_non_null(draw_list_find(studio->list, "A031"));
        assert_null(draw_list_find(studio->list, "Autres services"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(no_text_is_cut_or_covered_in_any_state_size_and_language),
        TEST(the_ticket_its_service_and_the_next_are_shown),
        TEST(a_dialogue_leaves_nothing_behind_it_to_press),
        TEST(every_line_has_its_row_beside_parked_and_reserved_people),
        TEST(a_stale_window_says_so_and_disables_its_verbs),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
