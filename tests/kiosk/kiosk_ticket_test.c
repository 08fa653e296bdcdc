/* One touch, one ticket: commands, answers in time and late, printing, cancelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk_fixture.h"

static struct visit visit;
static struct reply_document reply;
static struct command_document command;

static int start(void **state)
{
    (void)state;
    fixture_start(&visit, fixture_site(), true);
    return 0;
}

static void second_touch_gives_no_second_ticket(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 10);
    (void)visit_touch(&visit, TOUCH_SERVICE + PERMIT, START_MS + 20);
    assert_true(visit_next_command(&visit, &command));
    assert_string_equal(command.service, "permis");
    assert_false(visit_next_command(&visit, &command));
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 30);
    assert_false(visit_next_command(&visit, &command));
}

static void ticket_is_shown_and_printed_when_the_server_has_it(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_true(visit_next_command(&visit, &command));
    fixture_ticket_reply(&visit, "B101", &reply);
    struct visit_step step = visit_answered(&visit, &reply, START_MS + 40);
    assert_true(step.must_print);
    assert_int_equal(visit.page, PAGE_TICKET);
    assert_string_equal(visit.ticket.label, "B101");
    assert_int_equal(visit.paper, PAPER_PRINTING);
}

static void same_answer_twice_prints_once(void **state)
{
    (void)state;
    assert_true(fixture_take(&visit, LICENCE, "B101", START_MS).must_print);
    fixture_ticket_reply(&visit, "B101", &reply);
    assert_false(visit_answered(&visit, &reply, START_MS + 10).must_print);
}

static void kiosk_without_printer_prints_nothing(void **state)
{
    (void)state;
    fixture_start(&visit, fixture_site(), false);
    assert_false(fixture_take(&visit, LICENCE, "B101", START_MS).must_print);
    assert_int_equal(visit.paper, PAPER_NONE);
}

static void sign_shows_after_a_third_of_a_second(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_int_equal(visit_wake_ms(&visit, START_MS), START_MS + 300);
    assert_false(visit_shows_sign(&visit, START_MS + 299));
    assert_true(visit_shows_sign(&visit, START_MS + 300));
    assert_string_equal(visit_page_name(&visit, START_MS + 300), "sending");
}

static void no_answer_sends_people_to_the_reception(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    fixture_run(&visit, START_MS, START_MS + 4900);
    assert_int_equal(visit.page, PAGE_SERVICES);
    fixture_run(&visit, START_MS + 5000, START_MS + 5000);
    assert_int_equal(visit.page, PAGE_UNREACHABLE);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 6000);
    assert_false(visit_next_command(&visit, &command));
    fixture_run(&visit, START_MS + 6000, START_MS + 9000);
    assert_int_equal(visit.page, PAGE_UNREACHABLE);
}

static void late_answer_still_finds_the_person(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    fixture_run(&visit, START_MS, START_MS + 12000);
    fixture_ticket_reply(&visit, "B101", &reply);
    assert_true(visit_answered(&visit, &reply, START_MS + 12000).must_print);
    assert_int_equal(visit.page, PAGE_TICKET);
}

static void ticket_that_comes_too_late_is_cancelled(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    fixture_run(&visit, START_MS, START_MS + 15100);
    fixture_ticket_reply(&visit, "B101", &reply);
    struct visit_step step = visit_answered(&visit, &reply, START_MS + 15100);
    assert_false(step.must_print);
    assert_true(step.has_command);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_CANCEL);
    assert_string_equal(command.ticket, "B101");
}

static void refusal_is_told_and_leads_back(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    fixture_refusal("service-closed", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 50);
    assert_int_equal(visit.page, PAGE_REFUSED);
    assert_string_equal(visit.refusal, "service-closed");
    (void)visit_touch(&visit, TOUCH_BACK, START_MS + 1000);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void command_that_cannot_be_stored_is_told(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    (void)visit_not_stored(&visit, START_MS + 5);
    assert_int_equal(visit.page, PAGE_REFUSED);
    assert_false(visit.is_asking);
}

static void second_ticket_in_a_burst_is_asked_for(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_touch(&visit, TOUCH_BACK, START_MS + 1000);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 9999);
    assert_int_equal(visit.page, PAGE_ANOTHER);
    assert_false(visit_next_command(&visit, &command));
    (void)visit_touch(&visit, TOUCH_YES, START_MS + 11000);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_TAKE);
    assert_string_equal(command.service, "permis");
    assert_true(command.is_confirmed);
}

static void many_tickets_from_one_kiosk_are_asked_for(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    assert_false(command.is_confirmed);
    fixture_refusal("burst", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 50);
    assert_int_equal(visit.page, PAGE_ANOTHER);
    assert_true(visit.is_burst);
    (void)visit_touch(&visit, TOUCH_YES, START_MS + 1000);
    assert_true(visit_next_command(&visit, &command));
    assert_string_equal(command.service, "permis");
    assert_true(command.is_confirmed);
    fixture_ticket_reply(&visit, "B101", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 1050);
    assert_int_equal(visit.page, PAGE_TICKET);
    /* The next person is asked for nothing that this one has said. */
    (void)visit_touch(&visit, TOUCH_BACK, START_MS + 2000);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 20000);
    assert_true(visit_next_command(&visit, &command));
    assert_false(command.is_confirmed);
}

static void no_to_one_more_of_a_burst_takes_none(void **state)
{
    (void)state;
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS);
    assert_true(visit_next_command(&visit, &command));
    fixture_refusal("burst", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 50);
    (void)visit_touch(&visit, TOUCH_NO, START_MS + 1000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_false(visit_next_command(&visit, &command));
}

static void no_to_another_ticket_takes_none(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_touch(&visit, TOUCH_BACK, START_MS + 1000);
    (void)visit_touch(&visit, TOUCH_SERVICE + PERMIT, START_MS + 2000);
    (void)visit_touch(&visit, TOUCH_NO, START_MS + 3000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_false(visit_next_command(&visit, &command));
}

static void next_person_is_not_asked(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_touch(&visit, TOUCH_BACK, START_MS + 1000);
    fixture_run(&visit, START_MS + 1000, START_MS + 10000);
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 10000);
    assert_true(visit_next_command(&visit, &command));
}

static void ticket_is_cancelled_after_one_question(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_touch(&visit, TOUCH_CANCEL, START_MS + 1000);
    assert_int_equal(visit.page, PAGE_SURE);
    assert_false(visit_next_command(&visit, &command));
    (void)visit_touch(&visit, TOUCH_NO, START_MS + 2000);
    assert_int_equal(visit.page, PAGE_TICKET);
    (void)visit_touch(&visit, TOUCH_CANCEL, START_MS + 3000);
    (void)visit_touch(&visit, TOUCH_YES, START_MS + 4000);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_CANCEL);
    assert_string_equal(command.ticket, "B101");
    fixture_ticket_reply(&visit, "B101", &reply);
    assert_false(visit_answered(&visit, &reply, START_MS + 4100).must_print);
    assert_int_equal(visit.page, PAGE_CANCELLED);
}

static void ticket_that_was_called_cannot_be_cancelled(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_touch(&visit, TOUCH_CANCEL, START_MS + 1000);
    (void)visit_touch(&visit, TOUCH_YES, START_MS + 2000);
    assert_true(visit_next_command(&visit, &command));
    fixture_refusal("ticket-state", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 2100);
    assert_int_equal(visit.page, PAGE_REFUSED);
    assert_int_equal(visit.asked_verb, VERB_CANCEL);
}

static void printing_is_reported_and_shown(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    assert_true(visit_printed(&visit, "B101", PRINT_PRINTED).has_command);
    assert_int_equal(visit.paper, PAPER_PRINTED);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_PRINTED);
    assert_int_equal(command.print, PRINT_PRINTED);
    assert_string_equal(command.ticket, "B101");
    assert_false(visit_next_command(&visit, &command));
    fixture_ticket_reply(&visit, "B101", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 900);
    assert_int_equal(visit.errand_count, 0);
    assert_int_equal(visit.page, PAGE_TICKET);
}

static void printed_ticket_makes_room_soon_and_a_number_to_remember_later(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)visit_printed(&visit, "B101", PRINT_PRINTED);
    fixture_run(&visit, START_MS, START_MS + 20000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    (void)fixture_take(&visit, LICENCE, "B102", START_MS + 20000);
    (void)visit_printed(&visit, "B102", PRINT_FAILED);
    assert_int_equal(visit.paper, PAPER_FAILED);
    fixture_run(&visit, START_MS + 20000, START_MS + 79900);
    assert_int_equal(visit.page, PAGE_TICKET);
    fixture_run(&visit, START_MS + 80000, START_MS + 80000);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void report_of_an_earlier_slip_leaves_the_page(void **state)
{
    (void)state;
    (void)fixture_take(&visit, LICENCE, "B101", START_MS);
    (void)fixture_take(&visit, PERMIT, "C001", START_MS);
    (void)visit_printed(&visit, "B101", PRINT_FAILED);
    assert_int_equal(visit.paper, PAPER_PRINTING);
}

static void person_goes_before_reports(void **state)
{
    (void)state;
    (void)visit_printed(&visit, "B101", PRINT_PRINTED);
    (void)visit_touch(&visit, TOUCH_SERVICE + PERMIT, START_MS);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_TAKE);
    fixture_ticket_reply(&visit, "C001", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 20);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_PRINTED);
}

static void many_reports_keep_the_one_on_its_way(void **state)
{
    (void)state;
    (void)visit_printed(&visit, "A001", PRINT_PRINTED);
    assert_true(visit_next_command(&visit, &command));
    for (int i = 0; i < 2 * VISIT_ERRANDS_MAX; i++) {
        (void)visit_printed(&visit, "B001", PRINT_FAILED);
    }
    (void)visit_printed(&visit, "C001", PRINT_FAILED);
    assert_int_equal(visit.errand_count, VISIT_ERRANDS_MAX);
    assert_string_equal(visit.errands[0].ticket, "A001");
    assert_string_equal(visit.errands[VISIT_ERRANDS_MAX - 1].ticket, "C001");
}

static void young_command_of_the_last_run_is_shown(void **state)
{
    (void)state;
    struct command_document take = {.verb = VERB_TAKE, .language = LANGUAGE_EN};
    visit_resume(&visit, &take, 3000, START_MS);
    assert_false(visit_next_command(&visit, &command));
    fixture_ticket_reply(&visit, "B101", &reply);
    assert_true(visit_answered(&visit, &reply, START_MS + 1000).must_print);
    assert_int_equal(visit.page, PAGE_TICKET);
    assert_int_equal(visit.language, LANGUAGE_EN);
}

static void old_command_of_the_last_run_is_cancelled(void **state)
{
    (void)state;
    struct command_document take = {.verb = VERB_TAKE, .language = LANGUAGE_EN};
    visit_resume(&visit, &take, 60000, START_MS);
    fixture_ticket_reply(&visit, "B101", &reply);
    assert_false(visit_answered(&visit, &reply, START_MS + 100).must_print);
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_CANCEL);
    assert_int_equal(visit.language, LANGUAGE_FR);
}

static void report_of_the_last_run_is_ended_by_its_answer(void **state)
{
    (void)state;
    struct command_document printed = {
        .verb = VERB_PRINTED, .print = PRINT_PRINTED, .ticket = "B101"};
    visit_resume(&visit, &printed, 60000, START_MS);
    assert_false(visit_next_command(&visit, &command));
    fixture_ticket_reply(&visit, "B101", &reply);
    (void)visit_answered(&visit, &reply, START_MS + 100);
    assert_int_equal(visit.errand_count, 0);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(second_touch_gives_no_second_ticket, start),
        cmocka_unit_test_setup(ticket_is_shown_and_printed_when_the_server_has_it, start),
        cmocka_unit_test_setup(same_answer_twice_prints_once, start),
        cmocka_unit_test_setup(kiosk_without_printer_prints_nothing, start),
        cmocka_unit_test_setup(sign_shows_after_a_third_of_a_second, start),
        cmocka_unit_test_setup(no_answer_sends_people_to_the_reception, start),
        cmocka_unit_test_setup(late_answer_still_finds_the_person, start),
        cmocka_unit_test_setup(ticket_that_comes_too_late_is_cancelled, start),
        cmocka_unit_test_setup(refusal_is_told_and_leads_back, start),
        cmocka_unit_test_setup(command_that_cannot_be_stored_is_told, start),
        cmocka_unit_test_setup(second_ticket_in_a_burst_is_asked_for, start),
        cmocka_unit_test_setup(many_tickets_from_one_kiosk_are_asked_for, start),
        cmocka_unit_test_setup(no_to_one_more_of_a_burst_takes_none, start),
        cmocka_unit_test_setup(no_to_another_ticket_takes_none, start),
        cmocka_unit_test_setup(next_person_is_not_asked, start),
        cmocka_unit_test_setup(ticket_is_cancelled_after_one_question, start),
        cmocka_unit_test_setup(ticket_that_was_called_cannot_be_cancelled, start),
        cmocka_unit_test_setup(printing_is_reported_and_shown, start),
        cmocka_unit_test_setup(
            printed_ticket_makes_room_soon_and_a_number_to_remember_later, start),
        cmocka_unit_test_setup(report_of_an_earlier_slip_leaves_the_page, start),
        cmocka_unit_test_setup(person_goes_before_reports, start),
        cmocka_unit_test_setup(many_reports_keep_the_one_on_its_way, start),
        cmocka_unit_test_setup(young_command_of_the_last_run_is_shown, start),
        cmocka_unit_test_setup(old_command_of_the_last_run_is_cancelled, start),
        cmocka_unit_test_setup(report_of_the_last_run_is_ended_by_its_answer, start),
    };
    return cmocka_run_group_tests_name("kiosk_ticket", tests, NULL, NULL);
}
