/* What is said of a service in the window, and the press that waits for it. */
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
