/* What a reception does beyond the hall's window: slips and copies, without a printer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "hall_fixture.h"

static void give_a_ticket(struct post *post)
{
    assert_false(hall_press(post, HALL_ISSUE));
    assert_false(hall_press(post, HALL_SERVICE + 0));
    assert_true(hall_press(post, HALL_CONFIRM));
    hall_answer(post, TICKET_WAITING);
}

static struct reception_report report_of(enum print_state print, bool is_copy)
{
    return (struct reception_report){
        .ticket = "A042", .print = print, .is_copy = is_copy};
}

static void a_ticket_that_is_given_is_printed_once(void **state)
{
    struct post *post = *state;
    bool is_copy = true;
    reception_slip_init(&post->agent->reception.slip, true);
    give_a_ticket(post);
    assert_true(reception_slip_take(&post->agent->reception.slip, &is_copy));
    assert_false(is_copy);
    assert_string_equal(post->agent->reception.slip.ticket.label, "A042");
    assert_false(reception_slip_take(&post->agent->reception.slip, &is_copy));
    /* One that is only found is not printed. */
    assert_false(hall_press(post, HALL_FIND));
    hall_agent_type(post->agent, 'A');
    hall_agent_type(post->agent, '4');
    assert_true(hall_press(post, HALL_CONFIRM));
    hall_answer(post, TICKET_WAITING);
    assert_false(reception_slip_take(&post->agent->reception.slip, &is_copy));
}

static void a_ticket_is_printed_though_its_dialogue_was_closed(void **state)
{
    struct post *post = *state;
    bool is_copy = true;
    reception_slip_init(&post->agent->reception.slip, true);
    assert_false(hall_press(post, HALL_ISSUE));
    assert_false(hall_press(post, HALL_SERVICE + 0));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_false(hall_press(post, HALL_DISMISS));
    hall_answer(post, TICKET_WAITING);
    assert_true(post->agent->is_new);
    assert_true(reception_slip_take(&post->agent->reception.slip, &is_copy));
}

static void the_server_is_told_and_the_picture_stays(void **state)
{
    struct post *post = *state;
    struct reception_slip *slip = &post->agent->reception.slip;
    struct reception_report report = report_of(PRINT_FAILED, false);
    bool is_copy = true;
    reception_slip_init(slip, true);
    give_a_ticket(post);
    assert_true(reception_slip_take(slip, &is_copy));
    assert_false(reception_slip_is_idle(slip));
    reception_slip_ended(slip, &report);
    assert_int_equal(reception_slip_of(slip, "A042"), RECEPTION_SLIP_FAILED);
    assert_int_equal(reception_slip_of(slip, "A043"), RECEPTION_SLIP_NONE);
    assert_true(reception_slip_next(slip, &post->command));
    assert_int_equal(post->command.verb, VERB_PRINTED);
    assert_string_equal(post->command.ticket, "A042");
    assert_int_equal(post->command.print, PRINT_FAILED);
    assert_false(post->command.is_copy);
    assert_false(reception_slip_next(slip, &post->command));
    assert_false(hall_press(post, HALL_DISMISS));
    hall_answer(post, TICKET_WAITING); /* to the report: opens nothing */
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
    assert_true(reception_slip_is_idle(slip));
}

static void a_copy_is_marked_and_ordered_once(void **state)
{
    struct post *post = *state;
    struct reception_slip *slip = &post->agent->reception.slip;
    struct reception_report report = report_of(PRINT_PRINTED, true);
    bool is_copy = false;
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_agent_can(post->agent, HALL_REPRINT, NOW_MS)); /* no printer */
    reception_slip_init(slip, true);
    assert_false(hall_press(post, HALL_REPRINT));
    assert_false(hall_agent_can(post->agent, HALL_REPRINT, NOW_MS));
    assert_true(reception_slip_take(slip, &is_copy));
    assert_true(is_copy);
    reception_slip_ended(slip, &report);
    assert_int_equal(reception_slip_of(slip, "A042"), RECEPTION_SLIP_PRINTED);
    assert_true(reception_slip_next(slip, &post->command));
    assert_true(post->command.is_copy);
    assert_true(hall_agent_can(post->agent, HALL_REPRINT, NOW_MS));
    hall_answer(post, TICKET_WAITING);
    hall_answer(post, TICKET_CANCELLED);
    assert_false(hall_agent_can(post->agent, HALL_REPRINT, NOW_MS));
}

static void no_result_is_lost_while_the_server_is_away_except_the_oldest(void **state)
{
    struct post *post = *state;
    struct reception_slip *slip = &post->agent->reception.slip;
    struct reception_report report = report_of(PRINT_PRINTED, false);
    reception_slip_init(slip, true);
    for (char i = 0; i <= RECEPTION_REPORTS_MAX; i++) {
        report.ticket[3] = (char)('A' + i);
        reception_slip_ended(slip, &report);
    }
    for (char i = 1; i <= RECEPTION_REPORTS_MAX; i++) {
        assert_true(reception_slip_next(slip, &post->command));
        assert_int_equal(post->command.ticket[3], 'A' + i);
    }
    assert_false(reception_slip_next(slip, &post->command));
}

static void a_ticket_of_a_former_run_is_printed_only_while_somebody_waits(void **state)
{
    struct post *post = *state;
    const struct command_document take = {.action = ACTION_QUEUE, .verb = VERB_TAKE};
    const struct command_document printed = {.action = ACTION_QUEUE,
                                             .verb = VERB_PRINTED};
    bool is_copy = false;
    reception_slip_init(&post->agent->reception.slip, true);
    hall_agent_resume(post->agent, &take, RECEPTION_SLIP_RESUME_MS + 1);
    hall_answer(post, TICKET_WAITING);
    assert_false(reception_slip_take(&post->agent->reception.slip, &is_copy));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_TICKET);
    hall_agent_resume(post->agent, &take, RECEPTION_SLIP_RESUME_MS);
    hall_answer(post, TICKET_WAITING);
    assert_true(reception_slip_take(&post->agent->reception.slip, &is_copy));
    assert_false(hall_press(post, HALL_DISMISS));
    hall_agent_resume(post->agent, &printed, 1000);
    hall_answer(post, TICKET_WAITING);
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
}

static void one_ticket_is_for_several_services_with_quantities(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_ISSUE));
    assert_false(hall_agent_can(post->agent, HALL_ANOTHER, NOW_MS));
    hall_agent_type(post->agent, 'B');
    assert_false(hall_agent_can(post->agent, HALL_FEWER, NOW_MS));
    assert_false(hall_press(post, HALL_MORE));
    assert_false(hall_press(post, HALL_ANOTHER));
    assert_true(hall_agent_can(post->agent, HALL_CONFIRM, NOW_MS));
    hall_agent_type(post->agent, 'A');
    assert_false(hall_press(post, HALL_ANOTHER));
    hall_agent_type(post->agent, 'B'); /* the same again is counted, not listed */
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_TAKE);
    assert_string_equal(post->command.service, "permis");
    assert_int_equal(post->command.asked.quantity, 3);
    assert_int_equal(post->command.asked.further_count, 1);
    assert_string_equal(post->command.asked.further[0].service, "immatriculation");
    assert_int_equal(post->command.asked.further[0].quantity, 1);
    /* The next dialogue begins with nothing chosen. */
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_press(post, HALL_DISMISS));
    assert_false(hall_press(post, HALL_ISSUE));
    assert_false(hall_agent_can(post->agent, HALL_CONFIRM, NOW_MS));
}

static void a_quantity_has_its_bounds(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_ISSUE));
    hall_agent_type(post->agent, 'A');
    for (int i = 0; i < 2 * QUANTITY_MAX; i++) {
        assert_false(hall_press(post, HALL_MORE));
    }
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.asked.quantity, QUANTITY_MAX);
}

static void a_contact_is_recorded_once_its_service_is_chosen(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_CONTACT));
    assert_false(hall_press(post, HALL_RECORD));
    assert_false(hall_press(post, HALL_CHANNEL + 2)); /* a letter */
    assert_false(hall_press(post, HALL_DELAY + 4));   /* three days */
    hall_agent_type(post->agent, 'A');
    assert_true(hall_press(post, HALL_RECORD));
    assert_int_equal(post->command.verb, VERB_CONTACT);
    assert_string_equal(post->command.service, "immatriculation");
    assert_int_equal(post->command.channel, CHANNEL_LETTER);
    assert_int_equal(post->command.outcome, TICKET_SERVED);
    assert_int_equal(post->command.answered_at_ms, post->agent->state.at_ms);
    assert_int_equal(post->command.received_at_ms,
                     post->agent->state.at_ms - INT64_C(3) * 86400000);
    assert_true(hall_press(post, HALL_RECORD + 1));
    assert_int_equal(post->command.outcome, TICKET_ABANDONED);
}

static void a_part_of_a_ticket_is_split_off_but_not_all_of_it(void **state)
{
    struct post *post = *state;
    hall_answer(post, TICKET_WAITING); /* A × 3 + B × 2 */
    post->agent->ticket.asked.further_count = 0;
    assert_false(hall_press(post, HALL_SPLIT));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_SPLIT);
    assert_false(hall_press(post, HALL_MORE));
    assert_false(hall_agent_can(post->agent, HALL_MORE, NOW_MS)); /* one must stay */
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_SPLIT);
    assert_string_equal(post->command.ticket, "A042");
    assert_string_equal(post->command.service, "");
    assert_int_equal(post->command.asked.quantity, 2);
    hall_answer(post, TICKET_WAITING);
    assert_true(post->agent->is_new); /* it is a ticket, and is printed as one */
    assert_false(hall_press(post, HALL_SPLIT));
    assert_false(hall_press(post, HALL_PART + 1));
    assert_false(hall_agent_can(post->agent, HALL_MORE, NOW_MS));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_string_equal(post->command.service, "permis");
    hall_answer(post, TICKET_WAITING);
    post->agent->ticket.asked = (struct asked_services){.quantity = 1};
    assert_false(hall_agent_can(post->agent, HALL_SPLIT, NOW_MS));
}

static void two_tickets_of_one_person_are_linked_and_unlinked(void **state)
{
    struct post *post = *state;
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_press(post, HALL_LINK));
    assert_false(hall_agent_can(post->agent, HALL_CONFIRM, NOW_MS));
    hall_agent_type(post->agent, 'B');
    hall_agent_type(post->agent, '7');
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_LINK);
    assert_string_equal(post->command.ticket, "A042");
    assert_string_equal(post->command.other_ticket, "B7");
    hall_answer(post, TICKET_WAITING);
    (void)text_copy(post->agent->ticket.linked, sizeof(post->agent->ticket.linked),
                    "B007");
    assert_true(hall_press(post, HALL_LINK));
    assert_int_equal(post->command.verb, VERB_UNLINK);
    assert_string_equal(post->command.ticket, "A042");
    hall_answer(post, TICKET_SERVED);
    assert_false(hall_agent_can(post->agent, HALL_LINK, NOW_MS));
}

static void what_is_missing_goes_with_the_ticket_or_nobody_does(void **state)
{
    struct post *post = *state;
    uint32_t first = SITE_NONE;
    assert_false(hall_press(post, HALL_ISSUE));
    assert_false(hall_agent_can(post->agent, HALL_LACK, NOW_MS)); /* of which service? */
    hall_agent_type(post->agent, 'A');
    first = reception_document(post->agent, 0);
    assert_int_not_equal(first, SITE_NONE);
    assert_false(hall_agent_can(post->agent, HALL_SEND_HOME, NOW_MS));
    assert_false(hall_press(post, HALL_LACK));
    assert_true(hall_agent_can(post->agent, HALL_SEND_HOME, NOW_MS));
    assert_false(hall_press(post, HALL_LACK)); /* it is there after all */
    assert_false(hall_agent_can(post->agent, HALL_SEND_HOME, NOW_MS));
    assert_false(hall_press(post, HALL_LACK));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.verb, VERB_TAKE);
    assert_int_equal(post->command.lacks.count, 1);
    assert_string_equal(post->command.lacks.documents[0],
                        post->agent->site.documents[first].id);
    assert_true(hall_press(post, HALL_SEND_HOME));
    assert_int_equal(post->command.verb, VERB_SEND_HOME);
    assert_string_equal(post->command.service, "immatriculation");
    assert_int_equal(post->command.lacks.count, 1);
    /* Another service asks for other documents. */
    post->agent->site.documents[first].services = 1;
    hall_agent_type(post->agent, 'B');
    assert_false(hall_agent_can(post->agent, HALL_SEND_HOME, NOW_MS));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_int_equal(post->command.lacks.count, 0);
}

static void suspect_tickets_are_swept_by_one_key_or_trusted(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_SWEEP));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
    post->agent->state.suspect_count = 3;
    assert_true(hall_press(post, HALL_SWEEP));
    assert_int_equal(post->command.verb, VERB_SWEEP);
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_agent_can(post->agent, HALL_TRUST, NOW_MS));
    assert_false(hall_agent_can(post->agent, HALL_SWEEP, NOW_MS)); /* behind a dialogue */
    post->agent->ticket.is_suspect = true;
    assert_true(hall_press(post, HALL_TRUST));
    assert_int_equal(post->command.verb, VERB_TRUST);
    assert_string_equal(post->command.ticket, "A042");
}

static void a_test_is_asked_for_each_time(void **state)
{
    struct post *post = *state;
    assert_false(hall_press(post, HALL_ISSUE));
    hall_agent_type(post->agent, 'A');
    assert_false(hall_press(post, HALL_TEST));
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_true(post->command.is_test);
    hall_answer(post, TICKET_WAITING);
    assert_false(hall_press(post, HALL_DISMISS));
    assert_false(hall_press(post, HALL_ISSUE));
    hall_agent_type(post->agent, 'A');
    assert_true(hall_press(post, HALL_CONFIRM));
    assert_false(post->command.is_test);
}

#define AT_RECEPTION(test)                                                               \
    cmocka_unit_test_setup_teardown(test, hall_begin_reception, hall_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_RECEPTION(a_ticket_that_is_given_is_printed_once),
        AT_RECEPTION(a_ticket_is_printed_though_its_dialogue_was_closed),
        AT_RECEPTION(the_server_is_told_and_the_picture_stays),
        AT_RECEPTION(a_copy_is_marked_and_ordered_once),
        AT_RECEPTION(no_result_is_lost_while_the_server_is_away_except_the_oldest),
        AT_RECEPTION(one_ticket_is_for_several_services_with_quantities),
        AT_RECEPTION(a_quantity_has_its_bounds),
        AT_RECEPTION(what_is_missing_goes_with_the_ticket_or_nobody_does),
        AT_RECEPTION(suspect_tickets_are_swept_by_one_key_or_trusted),
        AT_RECEPTION(a_test_is_asked_for_each_time),
        AT_RECEPTION(a_contact_is_recorded_once_its_service_is_chosen),
        AT_RECEPTION(a_part_of_a_ticket_is_split_off_but_not_all_of_it),
        AT_RECEPTION(two_tickets_of_one_person_are_linked_and_unlinked),
        AT_RECEPTION(a_ticket_of_a_former_run_is_printed_only_while_somebody_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
