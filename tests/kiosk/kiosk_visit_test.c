/* Pages, choices, idle time and the server's absence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk_fixture.h"

static struct visit visit;

static int start(void **state)
{
    (void)state;
    fixture_start(&visit, fixture_site(), true);
    return 0;
}

static void services_are_shown_when_the_server_is_heard(void **state)
{
    (void)state;
    struct visit_options options = {.idle_ms = 60000};
    visit_init(&visit, &options, START_MS);
    assert_int_equal(visit.page, PAGE_STARTING);
    (void)visit_set_site(&visit, fixture_site());
    assert_int_equal(visit.page, PAGE_STARTING);
    fixture_board(&visit, START_MS + 500);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void retained_board_is_no_proof_of_a_server(void **state)
{
    (void)state;
    static const struct board_document board = {.epoch = 3, .factor = 1};
    struct visit_options options = {.idle_ms = 60000};
    visit_init(&visit, &options, START_MS);
    (void)visit_set_site(&visit, fixture_site());
    (void)visit_set_board(&visit, &board, true, START_MS);
    assert_int_equal(visit.page, PAGE_STARTING);
    (void)visit_time(&visit, START_MS + VISIT_STALE_AFTER_MS);
    assert_int_equal(visit.page, PAGE_UNREACHABLE);
}

static void older_epoch_is_ignored(void **state)
{
    (void)state;
    static const struct board_document board = {.epoch = 2, .factor = 1};
    (void)visit_set_board(&visit, &board, false, START_MS + 5000);
    assert_false(visit_is_reachable(&visit, START_MS + 6001));
}

static void page_says_when_the_server_is_silent_for_six_seconds(void **state)
{
    (void)state;
    (void)visit_time(&visit, START_MS + 6000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_int_equal(visit_wake_ms(&visit, START_MS + 6000), START_MS + 6001);
    (void)visit_time(&visit, START_MS + 6001);
    assert_int_equal(visit.page, PAGE_UNREACHABLE);
    (void)visit_touch(&visit, TOUCH_SERVICE, START_MS + 6100);
    struct command_document command;
    assert_false(visit_next_command(&visit, &command));
    fixture_board(&visit, START_MS + 7000);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void closed_service_gives_no_ticket(void **state)
{
    (void)state;
    struct command_document command;
    (void)visit_touch(&visit, TOUCH_SERVICE + IDENTITY, START_MS + 10);
    assert_false(visit_next_command(&visit, &command));
    assert_int_equal(visit.page, PAGE_SERVICES);
}

/* The sums are told five minutes after the first of them, one kind after the other. */
static void people_who_get_no_ticket_are_told_as_sums(void **state)
{
    (void)state;
    struct command_document command;
    static struct reply_document reply = {.is_ok = true}; /* large */
    struct service_document full = *visit_service(&visit, LICENCE);
    full.limit = SERVICE_LIMIT_FULL;
    (void)visit_set_service(&visit, &full);
    int64_t now_ms = START_MS;
    visit_refuse(&visit, TOUCH_SERVICE + IDENTITY, now_ms);
    visit_refuse(&visit, TOUCH_SERVICE + IDENTITY, now_ms + 9000); /* the same person */
    visit_refuse(&visit, TOUCH_SERVICE + IDENTITY, now_ms + 19000);
    visit_refuse(&visit, TOUCH_SERVICE + LICENCE, now_ms + 20000);
    visit_refuse(&visit, TOUCH_PREVIOUS, now_ms + 21000); /* no service */
    fixture_run(&visit, now_ms, now_ms + VISIT_TURNED_AFTER_MS - 1);
    assert_false(visit_next_command(&visit, &command));
    now_ms += VISIT_TURNED_AFTER_MS;
    assert_true(visit_time(&visit, now_ms).has_command);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_TURNED_AWAY);
    assert_string_equal(command.service, "permis");
    assert_int_equal(command.turned, TURNED_FULL);
    assert_int_equal(command.number, 1);
    assert_true(visit_answered(&visit, &reply, now_ms + 10).has_command);
    assert_true(visit_next_command(&visit, &command));
    assert_string_equal(command.service, "identite");
    assert_int_equal(command.turned, TURNED_CLOSED);
    assert_int_equal(command.number, 2);
    (void)visit_answered(&visit, &reply, now_ms + 20);
    assert_false(visit_next_command(&visit, &command));
    assert_int_equal(visit.turned_due_ms, 0);
}

static void sums_that_are_refused_are_told_later(void **state)
{
    (void)state;
    struct command_document command;
    static struct reply_document refusal; /* large */
    visit_refuse(&visit, TOUCH_SERVICE + IDENTITY, START_MS);
    int64_t now_ms = START_MS + VISIT_TURNED_AFTER_MS;
    fixture_run(&visit, START_MS, now_ms);
    assert_true(visit_next_command(&visit, &command));
    fixture_refusal("no-day", &refusal);
    (void)visit_answered(&visit, &refusal, now_ms);
    assert_false(visit_next_command(&visit, &command));
    visit_refuse(&visit, TOUCH_SERVICE + IDENTITY, now_ms + 1000);
    fixture_run(&visit, now_ms, now_ms + VISIT_TURNED_AFTER_MS);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.number, 2);
}

static void service_that_closed_a_moment_ago_gives_no_ticket(void **state)
{
    (void)state;
    struct service_document closed = *visit_service(&visit, LICENCE);
    closed.is_open = false;
    (void)visit_set_service(&visit, &closed);
    struct command_document command;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 10);
    assert_false(visit_next_command(&visit, &command));
}

static void service_whose_tickets_are_given_or_whose_hours_end_gives_none(void **state)
{
    (void)state;
    static const struct {
        enum service_limit limit;
        bool gives;
    } rows[SERVICE_LIMIT_COUNT] = {{SERVICE_LIMIT_FULL, false},
                                   {SERVICE_LIMIT_CLOSING, false},
                                   {SERVICE_LIMIT_NONE, true},
                                   {SERVICE_LIMIT_LATE, true}};
    for (size_t i = 0; i < SERVICE_LIMIT_COUNT; i++) {
        struct service_document service = *visit_service(&visit, LICENCE);
        service.limit = rows[i].limit;
        (void)visit_set_service(&visit, &service);
        assert_int_equal(visit_is_open(&visit, LICENCE), rows[i].gives);
    }
}

static void language_goes_into_the_command_and_back_when_idle(void **state)
{
    (void)state;
    struct command_document command;
    (void)visit_touch(&visit, TOUCH_LANGUAGE + LANGUAGE_EN, START_MS + 10);
    assert_int_equal(visit.language, LANGUAGE_EN);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 20);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.language, LANGUAGE_EN);
    assert_string_equal(command.service, "permis");
    assert_string_equal(command.class_id, "none");
}

static void idle_kiosk_goes_back_to_the_first_page_and_language(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_LANGUAGE + LANGUAGE_EN, START_MS);
    (void)visit_touch(&visit, TOUCH_CONTRAST, START_MS);
    (void)visit_touch(&visit, TOUCH_PRIORITY, START_MS);
    assert_int_equal(visit.page, PAGE_PRIORITY);
    fixture_run(&visit, START_MS, START_MS + 39900);
    assert_false(visit_shows_warning(&visit, START_MS + 39900));
    assert_true(visit_shows_warning(&visit, START_MS + 40000));
    fixture_run(&visit, START_MS + 40000, START_MS + 59900);
    assert_int_equal(visit.page, PAGE_PRIORITY);
    (void)visit_time(&visit, START_MS + 60000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_int_equal(visit.language, LANGUAGE_FR);
    assert_false(visit.is_high_contrast);
}

static void question_counts_the_seconds_down(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_PRIORITY, START_MS);
    (void)visit_touch(&visit, TOUCH_CLASS + 2, START_MS);
    fixture_run(&visit, START_MS, START_MS + 39900);
    assert_int_equal(visit_warning_s(&visit, START_MS + 39999), 0);
    assert_int_equal(visit_warning_s(&visit, START_MS + 40000), 20);
    fixture_run(&visit, START_MS + 40000, START_MS + 59900);
    assert_int_equal(visit_warning_s(&visit, START_MS + 40001), 20);
    assert_int_equal(visit_warning_s(&visit, START_MS + 41000), 19);
    assert_int_equal(visit_warning_s(&visit, START_MS + 59001), 1);
    assert_true(visit_wake_ms(&visit, START_MS + 58100) <= START_MS + 59000);
    assert_int_equal(visit.class_index, 2); /* kept until the end */
    (void)visit_time(&visit, START_MS + 60000);
    assert_int_equal(visit_warning_s(&visit, START_MS + 60000), 0);
    assert_int_equal(visit.class_index, 0);
}

static void any_touch_says_that_somebody_is_there(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_LANGUAGE + LANGUAGE_EN, START_MS);
    fixture_run(&visit, START_MS, START_MS + 50000);
    struct visit_step step = visit_touch(&visit, TOUCH_NONE, START_MS + 50000);
    assert_true(step.is_changed);
    assert_false(visit_shows_warning(&visit, START_MS + 50000));
    fixture_run(&visit, START_MS + 50000, START_MS + 100000);
    assert_int_equal(visit.language, LANGUAGE_EN);
}

static void kiosk_at_rest_has_nothing_to_ask(void **state)
{
    (void)state;
    fixture_run(&visit, START_MS, START_MS + 200000);
    assert_false(visit_shows_warning(&visit, START_MS + 200000));
}

static void priority_applies_to_the_next_ticket_only(void **state)
{
    (void)state;
    struct command_document command;
    static struct reply_document reply;
    (void)visit_touch(&visit, TOUCH_PRIORITY, START_MS);
    (void)visit_touch(&visit, TOUCH_CLASS + 1, START_MS + 600);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_int_equal(visit.class_index, 1);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 1200);
    assert_true(visit_next_command(&visit, &command));
    assert_string_equal(command.class_id, "reduced-mobility");
    fixture_ticket_reply(&visit, "B101", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 1250);
    assert_int_equal(visit.class_index, 0);
}

static void priority_can_be_dropped(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_PRIORITY, START_MS);
    (void)visit_touch(&visit, TOUCH_CLASS + 2, START_MS + 600);
    (void)visit_touch(&visit, TOUCH_NO_PRIORITY, START_MS + 1200);
    assert_int_equal(visit.class_index, 0);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void pages_of_services_turn_within_their_bounds(void **state)
{
    (void)state;
    fixture_start(&visit, fixture_large_site(14), false);
    visit_set_page_size(&visit, 6);
    (void)visit_touch(&visit, TOUCH_PREVIOUS, START_MS);
    assert_int_equal(visit.first_service, 0);
    (void)visit_touch(&visit, TOUCH_NEXT, START_MS);
    (void)visit_touch(&visit, TOUCH_NEXT, START_MS);
    assert_int_equal(visit.first_service, 12);
    (void)visit_touch(&visit, TOUCH_NEXT, START_MS);
    assert_int_equal(visit.first_service, 12);
    (void)visit_touch(&visit, TOUCH_PREVIOUS, START_MS);
    assert_int_equal(visit.first_service, 6);
    fixture_run(&visit, START_MS, START_MS + 60000);
    assert_int_equal(visit.first_service, 0);
}

static void new_site_forgets_services_that_are_gone(void **state)
{
    (void)state;
    (void)visit_set_site(&visit, fixture_large_site(3));
    assert_int_equal(visit.service_count, 0);
    assert_false(visit_is_open(&visit, 0));
}

static void clock_wakes_with_the_minute(void **state)
{
    (void)state;
    assert_int_equal(visit_office_ms(&visit, START_MS + 5000) % 60000, 5000);
    fixture_board(&visit, START_MS + 58000);
    assert_true(visit_wake_ms(&visit, START_MS + 58000) <= START_MS + 60001);
    assert_true(visit_wake_ms(&visit, START_MS + 58000) >= START_MS + 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(services_are_shown_when_the_server_is_heard, start),
        cmocka_unit_test_setup(retained_board_is_no_proof_of_a_server, start),
        cmocka_unit_test_setup(older_epoch_is_ignored, start),
        cmocka_unit_test_setup(page_says_when_the_server_is_silent_for_six_seconds,
                               start),
        cmocka_unit_test_setup(closed_service_gives_no_ticket, start),
        cmocka_unit_test_setup(people_who_get_no_ticket_are_told_as_sums, start),
        cmocka_unit_test_setup(sums_that_are_refused_are_told_later, start),
        cmocka_unit_test_setup(service_that_closed_a_moment_ago_gives_no_ticket, start),
        cmocka_unit_test_setup(
            service_whose_tickets_are_given_or_whose_hours_end_gives_none, start),
        cmocka_unit_test_setup(language_goes_into_the_command_and_back_when_idle, start),
        cmocka_unit_test_setup(idle_kiosk_goes_back_to_the_first_page_and_language,
                               start),
        cmocka_unit_test_setup(question_counts_the_seconds_down, start),
        cmocka_unit_test_setup(any_touch_says_that_somebody_is_there, start),
        cmocka_unit_test_setup(kiosk_at_rest_has_nothing_to_ask, start),
        cmocka_unit_test_setup(priority_applies_to_the_next_ticket_only, start),
        cmocka_unit_test_setup(priority_can_be_dropped, start),
        cmocka_unit_test_setup(pages_of_services_turn_within_their_bounds, start),
        cmocka_unit_test_setup(new_site_forgets_services_that_are_gone, start),
        cmocka_unit_test_setup(clock_wakes_with_the_minute, start),
    };
    return cmocka_run_group_tests_name("kiosk_visit", tests, NULL, NULL);
}
