/* What the window asks or does around a service: its topic, who has no ticket, why one is
 * called out of turn, what it presses by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "counter/agent.h"
#include "window_fixture.h"

#define SHOWN_MS 100000

/* The window serves a person of the sample site's first service, which has two products,
 * the first of them with two precisions, and two documents. */
static int set_up(void **state)
{
    struct agent *agent = window_agent();
    struct counter_document document = window_state(COUNTER_SERVING, 1);
    agent_set_state(agent, &document, false, SHOWN_MS);
    *state = agent;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static bool press(struct agent *agent, int action, struct command_document *ret_command)
{
    return agent_press(agent, (enum agent_action)action, SHOWN_MS, ret_command);
}

static void keys_choose_topics(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    assert_int_equal(agent_of_letter('M'), AGENT_MATTER);
    assert_false(press(agent, AGENT_MATTER, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_MATTER);
    agent_type(agent, '2');
    assert_int_equal(agent->matter.product,
                     matter_product(&agent->matter, &agent->site, 1));
    agent_type(agent, '2'); /* again: not said */
    assert_int_equal(agent->matter.product, 0);
    agent_type(agent, '9'); /* no such product */
    agent_type(agent, 'A'); /* no product, no precision */
    assert_int_equal(agent->matter.product, 0);
    agent_type(agent, '1');
    agent_type(agent, 'B');
    assert_false(press(agent, AGENT_DOCUMENT + 1, &command));
    assert_false(press(agent, AGENT_COMPLETE + COMPLETE_NO, &command));
    assert_true(press(agent, AGENT_CONFIRM, &command));
    assert_int_equal(command.verb, VERB_NOTE);
    assert_int_equal(command.version, 1);
    assert_string_equal(command.topic, "carte-grise-perte");
    assert_string_equal(command.missing, "justificatif-domicile");
    assert_int_equal(command.completeness, COMPLETE_NO);
    assert_int_equal(agent->dialogue, DIALOGUE_NONE);
}

static void what_was_said_is_shown_again(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    strcpy(agent->state.ticket.topic, "carte-grise-achat");
    agent->state.ticket.completeness = COMPLETE_YES;
    assert_false(press(agent, AGENT_MATTER, &command));
    assert_int_equal(agent->matter.product,
                     site_find_topic(&agent->site, "carte-grise") + 1);
    assert_int_equal(agent->matter.precision,
                     site_find_topic(&agent->site, "carte-grise-achat") + 1);
    assert_int_equal(agent->matter.completeness, COMPLETE_YES);
}

/* Finishing without a required topic asks for it, records it, then finishes. */
static void a_required_topic_is_asked_by_the_press(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    uint32_t service = site_find_service(&agent->site, agent->state.ticket.service);
    agent->site.services[service].topic_rule = TOPICS_REQUIRED;
    assert_false(press(agent, AGENT_NEXT, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_MATTER);
    assert_false(agent_can(agent, AGENT_CONFIRM, SHOWN_MS)); /* none is said yet */
    agent_type(agent, '1');
    assert_true(press(agent, AGENT_CONFIRM, &command));
    assert_int_equal(command.verb, VERB_NOTE);
    assert_int_equal(agent_take_wanted(agent), AGENT_NONE); /* not before the reply */
    struct reply_document *reply = reply_document_create();
    assert_non_null(reply);
    reply->is_ok = true;
    agent_set_reply(agent, reply, SHOWN_MS);
    assert_int_equal(agent_take_wanted(agent), AGENT_NEXT);
    assert_int_equal(agent_take_wanted(agent), AGENT_NONE);
    strcpy(agent->state.ticket.topic, "carte-grise");
    assert_true(press(agent, AGENT_NEXT, &command));
    assert_int_equal(command.verb, VERB_CALL_NEXT);
    reply_document_destroy(reply);
}

static void a_refused_note_finishes_nothing(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    uint32_t service = site_find_service(&agent->site, agent->state.ticket.service);
    agent->site.services[service].topic_rule = TOPICS_REQUIRED;
    assert_false(press(agent, AGENT_FINISH, &command));
    agent_type(agent, '1');
    assert_true(press(agent, AGENT_CONFIRM, &command));
    struct reply_document *reply = reply_document_create();
    assert_non_null(reply);
    agent_set_reply(agent, reply, SHOWN_MS);
    assert_int_equal(agent_take_wanted(agent), AGENT_NONE);
    reply_document_destroy(reply);
}

static void the_site_has_its_own_reasons_of_a_pause(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    agent->site.reason_count = 2;
    strcpy(agent->site.reasons[1].name.in[LANGUAGE_FR], "Déjeuner");
    assert_false(press(agent, AGENT_PAUSE, &command));
    assert_false(press(agent, AGENT_SITE_REASON + 2, &command)); /* there are two */
    assert_true(press(agent, AGENT_SITE_REASON + 1, &command));
    assert_int_equal(command.verb, VERB_PAUSE);
    assert_string_equal(command.reason, "Déjeuner");
}

/* A counter of one service serves at once, another one asks for which. */
static void who_has_no_ticket_is_served(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    assert_false(agent_can(agent, AGENT_WALK_IN, SHOWN_MS)); /* somebody is seated */
    struct counter_document document = window_state(COUNTER_FREE, 2);
    agent_set_state(agent, &document, false, SHOWN_MS);
    assert_int_equal(agent_of_letter('W'), AGENT_WALK_IN);
    assert_false(press(agent, AGENT_WALK_IN, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_WALK_IN);
    agent_type(agent, 'B');
    agent_type(agent, 'C'); /* not given here */
    assert_true(press(agent, AGENT_CONFIRM, &command));
    assert_int_equal(command.verb, VERB_WALK_IN);
    assert_string_equal(command.service, "permis");
    assert_string_equal(command.class_id, "none");
    agent->site.counters[agent->counter].services = 1;
    assert_true(press(agent, AGENT_WALK_IN, &command));
    assert_string_equal(command.service, "immatriculation");
}

static void a_call_out_of_turn_is_said_why(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    struct counter_document document = window_state(COUNTER_FREE, 2);
    agent_set_state(agent, &document, false, SHOWN_MS);
    agent->site.choice_needs_reason = true;
    assert_false(press(agent, AGENT_CHOOSE, &command));
    agent_type(agent, 'A');
    agent_type(agent, '4');
    agent_type(agent, '2');
    assert_false(press(agent, AGENT_CONFIRM, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_CHOICE_REASON);
    assert_true(press(agent, AGENT_CHOICE_REASON, &command));
    assert_int_equal(command.verb, VERB_CALL);
    assert_string_equal(command.ticket, "A42");
    assert_string_equal(command.reason, agent_choice_reason(0));
}

/* Called and begun by itself, where the office wants that and nobody is in between. */
static void the_window_calls_and_starts_by_itself(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    struct counter_document document = window_state(COUNTER_FREE, 2);
    uint32_t left_s = 9;
    agent_set_state(agent, &document, false, SHOWN_MS);
    assert_int_equal(agent_auto(agent, SHOWN_MS + 60000, &left_s), AGENT_NONE);
    assert_int_equal(left_s, 0); /* not unless it is wanted */
    agent->site.auto_call_s = 5;
    agent->site.auto_start_s = 3;
    assert_int_equal(agent_auto(agent, SHOWN_MS + 100, &left_s), AGENT_NONE);
    assert_int_equal(left_s, 5);
    assert_true(agent_wake_ms(agent, SHOWN_MS + 100) <= SHOWN_MS + 1100);
    assert_int_equal(agent_auto(agent, SHOWN_MS + 5000, &left_s), AGENT_NEXT);
    assert_false(press(agent, AGENT_PAUSE, &command)); /* a dialogue holds it */
    assert_int_equal(agent_auto(agent, SHOWN_MS + 5000, &left_s), AGENT_NONE);
    assert_false(press(agent, AGENT_DISMISS, &command));
    /* A state that says the same again does not begin the time anew; a call does. */
    agent_set_state(agent, &document, false, SHOWN_MS + 2000);
    assert_int_equal(agent_auto(agent, SHOWN_MS + 5000, &left_s), AGENT_NEXT);
    document = window_state(COUNTER_CALLED, 3);
    agent_set_state(agent, &document, false, SHOWN_MS + 5000);
    assert_int_equal(agent_auto(agent, SHOWN_MS + 7000, &left_s), AGENT_NONE);
    assert_int_equal(agent_auto(agent, SHOWN_MS + 8000, &left_s), AGENT_START);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_choose_topics, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_said_is_shown_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_required_topic_is_asked_by_the_press, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_refused_note_finishes_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_site_has_its_own_reasons_of_a_pause, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_has_no_ticket_is_served, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_call_out_of_turn_is_said_why, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_window_calls_and_starts_by_itself, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
