/* What the choices of sending on become, and which choices go together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "counter/agent.h"
#include "window_fixture.h"

#define SHOWN_MS 100000

static struct agent *agent;

static int set_up(void **state)
{
    (void)state;
    agent = window_agent();
    struct counter_document document = window_state(COUNTER_SERVING, 1);
    agent_set_state(agent, &document, false, SHOWN_MS);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_TRANSFER, SHOWN_MS, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_TRANSFER);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(agent);
    return 0;
}

static void choose(int action)
{
    struct command_document command;
    assert_false(agent_press(agent, (enum agent_action)action, SHOWN_MS, &command));
}

static struct command_document send_on(void)
{
    struct command_document command;
    assert_true(agent_press(agent, AGENT_CONFIRM, SHOWN_MS, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_NONE);
    return command;
}

static void the_same_service_at_once_is_not_offered(void **state)
{
    (void)state;
    assert_false(agent_can(agent, AGENT_CONFIRM, SHOWN_MS));
    agent_type(agent, 'B');
    assert_true(agent_can(agent, AGENT_CONFIRM, SHOWN_MS));
    agent_type(agent, 'A');
    assert_false(agent_can(agent, AGENT_CONFIRM, SHOWN_MS));
    agent_type(agent, 'Z'); /* no service has it */
    assert_int_equal(agent->transfer.service, agent->transfer.own_service);
}

static void another_service_is_named_with_its_delay_and_return(void **state)
{
    (void)state;
    choose(AGENT_LETTER + 1);
    choose(AGENT_TRANSFER_WHEN + 2);
    choose(AGENT_TRANSFER_BACK);
    struct command_document command = send_on();
    assert_int_equal(command.verb, VERB_TRANSFER);
    assert_string_equal(command.service, agent->site.services[1].id);
    assert_string_equal(command.to_counter, "");
    assert_int_equal(command.after_s, 1200);
    assert_true(command.comes_back);
    assert_int_equal(command.version, agent->state.version);
}

static void a_counter_is_named_by_its_label(void **state)
{
    (void)state;
    uint32_t other = agent->counter == 0 ? 1 : 0;
    agent->site.counters[other].services = UINT64_MAX;
    for (const char *key = agent->site.counters[other].label; *key != '\0'; key++) {
        agent_type(agent, (uint32_t)*key);
    }
    assert_int_equal(agent->transfer.to_counter, other);
    struct command_document command = send_on();
    assert_string_equal(command.to_counter, agent->site.counters[other].id);
    assert_string_equal(command.service, agent->state.ticket.service);
}

static void own_counter_and_those_without_the_service_are_not_found(void **state)
{
    (void)state;
    uint32_t other = agent->counter == 0 ? 1 : 0;
    agent->site.counters[other].services = 0;
    agent_type(agent, (uint32_t)agent->site.counters[other].label[0]);
    assert_int_equal(agent->transfer.to_counter, TRANSFER_ANY_COUNTER);
    agent_type(agent, (uint32_t)agent->site.counters[agent->counter].label[0]);
    assert_int_equal(agent->transfer.to_counter, TRANSFER_ANY_COUNTER);
}

static void the_same_service_later_is_parked_here(void **state)
{
    (void)state;
    choose(AGENT_TRANSFER_WHEN + 1);
    struct command_document command = send_on();
    assert_int_equal(command.verb, VERB_PARK);
    assert_int_equal(command.back_at_ms, agent_office_ms(agent, SHOWN_MS) + 600000);
    assert_string_equal(command.reason, "");
}

static void a_parked_ticket_says_what_for(void **state)
{
    (void)state;
    choose(AGENT_TRANSFER_WHEN + 1);
    choose(AGENT_PARK_REASON + 1);
    choose(AGENT_PARK_REASON + 2);
    struct command_document command = send_on();
    assert_int_equal(command.verb, VERB_PARK);
    assert_string_equal(command.reason, transfer_park_reason(2));
}

static void a_reason_chosen_twice_is_none(void **state)
{
    (void)state;
    choose(AGENT_PARK_REASON);
    choose(AGENT_PARK_REASON);
    choose(AGENT_TRANSFER_WHEN + 1);
    assert_string_equal(send_on().reason, "");
}

static void waiting_to_be_told_is_for_the_same_service(void **state)
{
    (void)state;
    choose(AGENT_LETTER + 1);
    choose(AGENT_TRANSFER_BACK);
    choose(AGENT_TRANSFER_WHEN + TRANSFER_WHEN_TOLD);
    assert_int_equal(agent->transfer.service, agent->transfer.own_service);
    struct command_document command = send_on();
    assert_int_equal(command.verb, VERB_PARK);
    assert_int_equal(command.back_at_ms, 0);
}

static void another_service_takes_a_counter_away_that_lacks_it(void **state)
{
    (void)state;
    uint32_t other = agent->counter == 0 ? 1 : 0;
    agent->site.counters[other].services = 1;
    agent->transfer.service = 0;
    choose(AGENT_TRANSFER_TO + (int)other);
    assert_int_equal(agent->transfer.to_counter, other);
    choose(AGENT_LETTER + 1);
    assert_int_equal(agent->transfer.to_counter, TRANSFER_ANY_COUNTER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_service_at_once_is_not_offered, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            another_service_is_named_with_its_delay_and_return, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_counter_is_named_by_its_label, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            own_counter_and_those_without_the_service_are_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_service_later_is_parked_here, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_parked_ticket_says_what_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reason_chosen_twice_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(waiting_to_be_told_is_for_the_same_service,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            another_service_takes_a_counter_away_that_lacks_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
