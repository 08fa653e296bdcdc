/* The window of a reception or a supervisor without a window: what can be pressed, what
 * is sent, and that every picture is complete at every size in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "counter/hall_agent.h"
#include "counter/hall_scene.h"
#include "hall_fixture.h"
#include "window_fixture.h"

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1280, 800}, {1920, 1080}, {1024, 768}, {800, 1280}};

static void a_ticket_is_given_only_for_a_chosen_service(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_CONFIRM));
    assert_false(hall_press(post, HALL_ISSUE));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_ISSUE);
    assert_false(hall_press(post, HALL_CONFIRM));
    hall_agent_type(post->agent, 'A');
    hall_agent_type(post->agent, '&'); /* 1 on a French keyboard */
    assert_false(hall_press(post, HALL_SPOKEN + LANGUAGE_EN));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_TAKE);
    assert_string_equal(post->command.service, "immatriculation");
    assert_string_equal(post->command.class_id, post->agent->site.classes[1].id);
    assert_int_equal(post->command.language, LANGUAGE_EN);
    hall_answer(post, TICKET_WAITING);
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_TICKET);
    assert_true(post->agent->is_new);
}

static void
a_ticket_is_found_by_its_name_and_only_what_fits_its_state_is_offered(void **state)
{
    static const struct {
        enum ticket_state state;
        const char *offered; /* cancel, abandon, readmit, resume, requalify */
    } rows[] = {{TICKET_WAITING, "ca..q"}, {TICKET_PARKED, "ca.sq"},
                {TICKET_CALLED, "....."},  {TICKET_NO_SHOW, "..r.."},
                {TICKET_SERVED, "....."},  {TICKET_CANCELLED, "....."}};
    struct post *post = *state;
    assert_false(hall_press(post, HALL_FIND));
    hall_agent_type(post->agent, 'A');
    assert_false(hall_press(post, HALL_CONFIRM));
    hall_agent_type(post->agent, '4');
    assert_false(hall_press(post, HALL_ERASE));
    hall_agent_type(post->agent, '7');
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.action, ACTION_FIND);
    assert_string_equal(post->command.ticket, "A7");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        hall_answer(post, rows[i].state);
        for (int j = 0; j < 5; j++) {
            assert_int_equal(
                hall_agent_can(post->agent, (enum hall_action)(HALL_CANCEL + j), NOW_MS),
                rows[i].offered[j] != '.');
        }
    }
    hall_answer(post, TICKET_NO_SHOW);
    assert_true(hall_press(post, HALL_READMIT));
    assert_int_equal(post->command.verb, VERB_READMIT);
    assert_string_equal(post->command.ticket, "A042");
}

static void a_ticket_is_changed_only_where_something_changes(void **state)
{
    struct post *post = *state;
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_press(post, HALL_REQUALIFY));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_REQUALIFY);
    assert_false(hall_press(post, HALL_CONFIRM));
    assert_false(hall_press(post, HALL_CLASS + 1));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_REQUALIFY);
    assert_string_equal(post->command.ticket, "A042");
    assert_string_equal(post->command.class_id, post->agent->site.classes[1].id);
}

static void a_supervisor_closes_what_is_open_and_opens_what_is_closed(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_SERVICES));
    assert_false(hall_press(post, HALL_CONFIRM));
    assert_false(hall_press(post, HALL_SERVICE + 0));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_CLOSE_SERVICE);
    assert_false(hall_press(post, HALL_SERVICE + 1));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_OPEN_SERVICE);
    assert_string_equal(post->command.service, post->agent->site.services[1].id);
}

static void a_reception_has_no_services_to_close(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_SERVICES));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
}

static void nothing_is_sent_on_an_old_picture_or_twice(void **state)
{
    struct post *post = *state;
    int64_t later_ms = NOW_MS + HALL_STALE_AFTER_MS;
    assert_true(hall_agent_can(post->agent, HALL_ISSUE, later_ms));
    assert_false(hall_agent_can(post->agent, HALL_ISSUE, later_ms + 1));
    hall_answer(post, TICKET_WAITING);
    hall_agent_set_sending(post->agent, true, false);
    assert_false(hall_press(post, HALL_CANCEL));
    hall_agent_set_sending(post->agent, false, false);
    assert_true(hall_press(post, HALL_CANCEL));
    /* An older state of the same server, or one of another hall, changes nothing. */
    post->hall->tick = 8;
    post->hall->service_count = 0;
    hall_agent_set_state(post->agent, post->hall, false, later_ms);
    assert_int_not_equal(post->agent->state.service_count, 0);
    post->hall->tick = 10;
    (void)text_copy(post->hall->hall, sizeof(post->hall->hall), "annexe");
    hall_agent_set_state(post->agent, post->hall, false, later_ms);
    assert_int_not_equal(post->agent->state.service_count, 0);
}

static void a_refusal_closes_the_dialogue_and_is_said_for_a_while(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_FIND));
    memset(post->reply, 0, sizeof(*post->reply));
    (void)text_copy(post->reply->code, sizeof(post->reply->code), "ticket-unknown");
    hall_agent_set_reply(post->agent, post->reply, NOW_MS);
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
    assert_string_equal(post->agent->notice_code, "ticket-unknown");
    hall_agent_step(post->agent, NOW_MS + HALL_NOTICE_MS - 1);
    assert_true(post->agent->has_notice);
    hall_agent_step(post->agent, NOW_MS + HALL_NOTICE_MS);
    assert_false(post->agent->has_notice);
}

static void draw_every_dialogue(struct post *post, struct screen *screen,
                                const struct catalogue *catalogue)
{
    for (int dialogue = 0; dialogue < HALL_DIALOGUE_COUNT; dialogue++) {
        hall_answer(post, TICKET_WAITING);
        post->agent->dialogue = (enum hall_dialogue)dialogue;
        post->agent->service = 0;
        hall_scene_draw(screen, post->agent, catalogue, NOW_MS);
        struct error err = {0};
        if (draw_list_check(screen->list, &err) != OK) {
            fail_msg("%dx%d, language %d, dialogue %d: %s", screen->width_px,
                     screen->height_px, (int)post->agent->language, dialogue, err.text);
        }
    }
}

static void no_text_is_cut_or_covered_in_any_dialogue_size_and_language(void **state)
{
    struct post *post = *state;
    struct catalogue *catalogue = window_catalogue();
    struct text_measure measure = text_measure_fixed();
    struct screen screen = {.list = draw_list_create(),
                            .targets = calloc(1, sizeof(struct target_list)),
                            .theme = theme_get(THEME_DAY),
                            .measure = &measure};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        screen.width_px = sizes[i].width_px;
        screen.height_px = sizes[i].height_px;
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            post->agent->language = (enum language)language;
            draw_every_dialogue(post, &screen, catalogue);
        }
    }
    catalogue_destroy(catalogue);
    draw_list_destroy(screen.list);
    free(screen.targets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_ticket_is_given_only_for_a_chosen_service,
                                        hall_begin_reception, hall_end),
        cmocka_unit_test_setup_teardown(
            a_ticket_is_found_by_its_name_and_only_what_fits_its_state_is_offered,
            hall_begin_reception, hall_end),
        cmocka_unit_test_setup_teardown(a_ticket_is_changed_only_where_something_changes,
                                        hall_begin_reception, hall_end),
        cmocka_unit_test_setup_teardown(
            a_supervisor_closes_what_is_open_and_opens_what_is_closed,
            hall_begin_supervisor, hall_end),
        cmocka_unit_test_setup_teardown(a_reception_has_no_services_to_close,
                                        hall_begin_reception, hall_end),
        cmocka_unit_test_setup_teardown(nothing_is_sent_on_an_old_picture_or_twice,
                                        hall_begin_reception, hall_end),
        cmocka_unit_test_setup_teardown(
            a_refusal_closes_the_dialogue_and_is_said_for_a_while, hall_begin_reception,
            hall_end),
        cmocka_unit_test_setup_teardown(
            no_text_is_cut_or_covered_in_any_dialogue_size_and_language,
            hall_begin_supervisor, hall_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
