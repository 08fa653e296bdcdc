/* What an agent's window lets an agent press. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/refusal.h"
#include "core/text.h"
#include "counter/agent.h"
#include "counter/notice.h"
#include "runtime/site_config.h"
#include "window_fixture.h"

static int setup(void **state)
{
    *state = window_agent();
    return 0;
}

static int teardown(void **state)
{
    free(*state);
    return 0;
}

static void nothing_can_be_pressed_before_a_live_state_came(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_CLOSED, 1);
    agent_set_state(agent, &document, true, 1000);
    assert_true(agent_is_stale(agent, 1000));
    assert_false(agent_can(agent, AGENT_NEXT, 1000));
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_can(agent, AGENT_NEXT, 1000));
    assert_false(agent_can(agent, AGENT_NEXT, 1001 + AGENT_STALE_AFTER_MS));
}

static void each_state_offers_the_verbs_of_the_table(void **state)
{
    static const struct {
        enum counter_state state;
        enum agent_action can[6];
        enum agent_action cannot[6];
    } rows[] = {
        {COUNTER_CLOSED,
         {AGENT_NEXT, AGENT_OPEN_CLOSE, AGENT_CANCEL},
         {AGENT_RECALL, AGENT_FINISH, AGENT_PAUSE, AGENT_CHOOSE, AGENT_START}},
        {COUNTER_FREE,
         {AGENT_NEXT, AGENT_OPEN_CLOSE, AGENT_PAUSE, AGENT_CHOOSE},
         {AGENT_RECALL, AGENT_FINISH, AGENT_NO_SHOW, AGENT_START}},
        {COUNTER_CALLED,
         {AGENT_NEXT, AGENT_RECALL, AGENT_NO_SHOW, AGENT_START, AGENT_FINISH,
          AGENT_PAUSE},
         {AGENT_OPEN_CLOSE, AGENT_CHOOSE}},
        {COUNTER_SERVING,
         {AGENT_NEXT, AGENT_FINISH, AGENT_PAUSE},
         {AGENT_RECALL, AGENT_NO_SHOW, AGENT_START, AGENT_OPEN_CLOSE}},
        {COUNTER_WRAPPING_UP,
         {AGENT_NEXT, AGENT_OPEN_CLOSE, AGENT_PAUSE, AGENT_CHOOSE},
         {AGENT_RECALL, AGENT_FINISH}},
        {COUNTER_PAUSED,
         {AGENT_NEXT, AGENT_OPEN_CLOSE},
         {AGENT_RECALL, AGENT_PAUSE, AGENT_CHOOSE}},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct agent *agent = *state;
        struct counter_document document = window_state(rows[i].state, (int64_t)i + 1);
        agent_set_state(agent, &document, false, 1000);
        for (size_t j = 0; j < 6; j++) {
            if (rows[i].can[j] != AGENT_NONE && !agent_can(agent, rows[i].can[j], 1000)) {
                fail_msg("state %s, action %d", counter_state_name(rows[i].state),
                         (int)rows[i].can[j]);
            }
            if (rows[i].cannot[j] != AGENT_NONE &&
                agent_can(agent, rows[i].cannot[j], 1000)) {
                fail_msg("state %s, not action %d", counter_state_name(rows[i].state),
                         (int)rows[i].cannot[j]);
            }
        }
    }
}

static void the_great_button_says_what_it_will_do(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_CALLED, 1);
    agent_set_state(agent, &document, false, 1000);
    assert_int_equal(agent_next(agent, 1000), NEXT_NO_SHOW);
    /* Fifteen seconds of office time later a press means that the person came and went.
     */
    agent_set_pace(agent, CLOCK_SCALED, 10);
    assert_int_equal(agent_next(agent, 1000 + 1600), NEXT_FINISHES);
    document = window_state(COUNTER_PAUSED, 2);
    agent_set_state(agent, &document, false, 3000);
    assert_int_equal(agent_next(agent, 3000), NEXT_OPENS);
}

static void a_press_carries_what_was_seen(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 41);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_true(agent_press(agent, AGENT_NEXT, 1000, &command));
    assert_int_equal(command.verb, VERB_CALL_NEXT);
    assert_int_equal(command.version, 41);
    assert_int_equal(command.epoch, 3);
    assert_int_equal(command.tick, 9);
}

static void a_press_while_one_is_on_its_way_is_left_out(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    agent_set_state(agent, &document, false, 1000);
    agent_set_sending(agent, true, SENDING_NOTHING);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_NEXT, 1000, &command));
    agent_set_sending(agent, false, SENDING_NOTHING);
    assert_true(agent_press(agent, AGENT_NEXT, 1000, &command));
}

static void a_state_of_a_lower_epoch_is_ignored(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 10);
    agent_set_state(agent, &document, false, 1000);
    document = window_state(COUNTER_CLOSED, 20);
    document.epoch = 2;
    agent_set_state(agent, &document, false, 1100);
    assert_int_equal(agent->state.state, COUNTER_FREE);
}

static void a_chosen_ticket_is_typed_and_called(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_CHOOSE, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_CHOOSE);
    assert_false(agent_can(agent, AGENT_CONFIRM, 1000));
    assert_false(agent_press(agent, AGENT_LETTER, 1000, &command));
    assert_false(agent_press(agent, AGENT_DIGIT + 1, 1000, &command));
    agent_type(agent, '2');
    agent_type(agent, '!');
    assert_string_equal(agent->typed, "A12");
    assert_false(agent_press(agent, AGENT_ERASE, 1000, &command));
    assert_true(agent_press(agent, AGENT_CONFIRM, 1000, &command));
    assert_int_equal(command.verb, VERB_CALL);
    assert_string_equal(command.ticket, "A1");
    assert_int_equal(agent->dialogue, DIALOGUE_NONE);
}

static void a_pause_has_a_reason(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_PAUSE, 1000, &command));
    assert_true(agent_press(agent, AGENT_REASON + 1, 1000, &command));
    assert_int_equal(command.verb, VERB_PAUSE);
    assert_string_equal(command.reason, "Meeting");
    assert_int_equal(command.back_at_ms, 0); /* not said */
}

static void a_pause_may_say_when_it_ends(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    document.at_ms = 60000 * 1000 + 1; /* just after a whole minute */
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_PAUSE, 1000, &command));
    assert_false(agent_press(agent, AGENT_BACK + 2, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_PAUSE); /* the reason is still asked */
    assert_true(agent_press(agent, AGENT_REASON, 1000, &command));
    assert_int_equal(agent_back_min(2), 10);
    assert_int_equal(command.back_at_ms, 60000 * 1011); /* not before 10 min are over */
    assert_false(agent_press(agent, AGENT_PAUSE, 1000, &command));
    assert_true(agent_press(agent, AGENT_REASON, 1000, &command));
    assert_int_equal(command.back_at_ms, 0); /* the next pause begins anew */
}

static void a_pause_with_a_ticket_is_a_wish_that_can_be_taken_back(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_SERVING, 1);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_PAUSE, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_PAUSE);
    assert_true(agent_press(agent, AGENT_REASON, 1000, &command));
    assert_int_equal(command.verb, VERB_PAUSE);
    document.pauses_after = true;
    document.seq++;
    document.version++;
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_press(agent, AGENT_PAUSE, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_NONE);
    assert_int_equal(command.verb, VERB_OPEN);
}

static void help_is_asked_for_and_ended_by_one_key(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    struct counter_document document = window_state(COUNTER_SERVING, 1);
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_press(agent, AGENT_HELP, 1000, &command));
    assert_int_equal(command.verb, VERB_ASK_HELP);
    document.asks_help = true;
    document.seq++;
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_press(agent, AGENT_HELP, 1000, &command));
    assert_int_equal(command.verb, VERB_END_HELP);
    document.state = COUNTER_CLOSED;
    document.seq++;
    agent_set_state(agent, &document, false, 1000);
    assert_false(agent_press(agent, AGENT_HELP, 1000, &command));
}

static void a_contact_becomes_its_times(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_SERVING, 7);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_CONTACT, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_CONTACT);
    assert_true(agent->site.counters[agent->counter].services >> agent->contact.service &
                1U);
    assert_false(agent_press(agent, AGENT_CHANNEL + 2, 1000, &command)); /* letter */
    assert_false(agent_press(agent, AGENT_LETTER + 1, 1000, &command));
    assert_false(agent_press(agent, AGENT_DELAY + 4, 1000, &command)); /* 3 days */
    assert_true(agent_press(agent, AGENT_RECORD, 1500, &command));
    assert_int_equal(command.verb, VERB_CONTACT);
    assert_string_equal(command.service, agent->site.services[1].id);
    assert_int_equal(command.channel, CHANNEL_LETTER);
    assert_int_equal(command.answered_at_ms, document.at_ms);
    assert_int_equal(command.received_at_ms, document.at_ms - INT64_C(3) * 86400 * 1000);
    assert_int_equal(command.ended_at_ms, 0);
    assert_int_equal(command.outcome, TICKET_SERVED);
    assert_int_equal(agent->dialogue, DIALOGUE_NONE);
}

static void a_wait_that_was_not_measured_is_left_out(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 7);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    (void)agent_press(agent, AGENT_CONTACT, 1000, &command);
    assert_true(agent_press(agent, AGENT_RECORD, 1000, &command));
    assert_int_equal(command.channel, CHANNEL_PHONE);
    assert_int_equal(command.received_at_ms, document.at_ms);
    assert_int_equal(command.answered_at_ms, 0);
    (void)agent_press(agent, AGENT_CONTACT, 1000, &command);
    (void)agent_press(agent, AGENT_DELAY + 5, 1000, &command);         /* 5 minutes */
    assert_true(agent_press(agent, AGENT_RECORD + 1, 1000, &command)); /* given up */
    assert_int_equal(command.outcome, TICKET_ABANDONED);
    assert_int_equal(command.received_at_ms, document.at_ms - 300000);
    assert_int_equal(command.answered_at_ms, 0);
    assert_int_equal(command.ended_at_ms, document.at_ms);
}

static void a_recorded_contact_is_said_for_a_while(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 7);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    (void)agent_press(agent, AGENT_CONTACT, 1000, &command);
    (void)agent_press(agent, AGENT_RECORD, 1000, &command);
    static struct reply_document reply;
    reply = (struct reply_document){.is_ok = true};
    agent_set_reply(agent, &reply, 2000);
    assert_true(agent->has_recorded);
    assert_false(agent_step(agent, 2000));
    assert_true(agent_step(agent, 2000 + AGENT_NOTICE_MS));
    assert_false(agent->has_recorded);
    agent_set_reply(agent, &reply, 9000); /* of another command */
    assert_false(agent->has_recorded);
}

static void the_last_counter_is_asked_before_it_closes(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 7);
    struct command_document command;
    agent_set_state(agent, &document, false, 1000);
    assert_int_equal(agent_last_line(agent), agent->state.queue_count);
    assert_true(agent_press(agent, AGENT_OPEN_CLOSE, 1000, &command));
    document = window_state(COUNTER_FREE, 8);
    document.queues[1].open_counters = 1;
    agent_set_state(agent, &document, false, 1000);
    assert_int_equal(agent_last_line(agent), 1);
    assert_false(agent_press(agent, AGENT_OPEN_CLOSE, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_CLOSE);
    assert_true(agent_press(agent, AGENT_CONFIRM, 1000, &command));
    assert_int_equal(command.verb, VERB_CLOSE);
    document = window_state(COUNTER_FREE, 9);
    document.queues[1].open_counters = 1;
    document.queues[1].waiting_count = 0; /* nobody is left behind */
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_press(agent, AGENT_OPEN_CLOSE, 1000, &command));
    document = window_state(COUNTER_CLOSED, 10);
    document.queues[1].open_counters = 1; /* another one */
    agent_set_state(agent, &document, false, 1000);
    assert_true(agent_press(agent, AGENT_OPEN_CLOSE, 1000, &command));
    assert_int_equal(command.verb, VERB_OPEN);
}

static void an_absent_person_who_came_back_is_named(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_SERVING, 7);
    agent_set_state(agent, &document, false, 1000);
    struct command_document command;
    assert_false(agent_press(agent, AGENT_READMIT, 1000, &command));
    for (const char *at = "B007"; *at; at++) {
        agent_type(agent, (uint32_t)*at);
    }
    assert_true(agent_press(agent, AGENT_CONFIRM, 1000, &command));
    assert_int_equal(command.verb, VERB_READMIT);
    assert_string_equal(command.ticket, "B007");
}

static void undo_runs_out(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    document.can_undo = true;
    document.undo_until_ms = document.at_ms + 5000;
    agent_set_state(agent, &document, false, 1000);
    assert_int_equal(agent_undo_s(agent, 1000), 5);
    assert_true(agent_can(agent, AGENT_UNDO, 1000));
    assert_int_equal(agent_undo_s(agent, 5900), 1);
    assert_int_equal(agent_undo_s(agent, 6100), 0);
    assert_false(agent_can(agent, AGENT_UNDO, 6100));
}

static void a_refusal_is_told_and_goes(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    agent_set_state(agent, &document, false, 1000);
    struct reply_document *reply = reply_document_create();
    assert_non_null(reply);
    (void)strncat(reply->code, "nobody-waiting", sizeof(reply->code) - 1);
    agent_set_reply(agent, reply, 1000);
    assert_true(agent->has_notice);
    assert_false(agent_step(agent, 1000 + AGENT_NOTICE_MS - 1));
    assert_true(agent_step(agent, 1000 + AGENT_NOTICE_MS));
    assert_false(agent->has_notice);
    reply_document_destroy(reply);
}

/* Codes of refusals that a counter's verbs can meet: each has a sentence of its own. */
static void every_refusal_has_a_sentence_in_both_languages(void **state)
{
    (void)state;
    struct catalogue *catalogue = window_catalogue();
    struct reply_subject subject = {.ticket = "A042", .counter = "3", .state = "served"};
    static const enum refusal others[] = {REFUSAL_NONE, REFUSAL_DAY_ALREADY_OPEN,
                                          REFUSAL_SERVICE_ALREADY, REFUSAL_CONTACT_TIMES,
                                          REFUSAL_SITE_ORPHANS};
    for (int code = 0; code < REFUSAL_COUNT; code++) {
        bool is_other = false;
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
            is_other |= (int)others[i] == code;
        }
        for (int language = 0; language < LANGUAGE_COUNT && !is_other; language++) {
            char sentence[256];
            struct text text;
            text_init(&text, sentence, sizeof(sentence));
            notice_text(catalogue, (enum language)language,
                        refusal_code((enum refusal)code), &subject, &text);
            if (strstr(sentence, refusal_code((enum refusal)code)) ||
                strchr(sentence, '{')) {
                fail_msg("'%s' has no sentence: %s", refusal_code((enum refusal)code),
                         sentence);
            }
        }
    }
    catalogue_destroy(catalogue);
}

static void a_refusal_names_ticket_and_state(void **state)
{
    (void)state;
    struct catalogue *catalogue = window_catalogue();
    struct reply_subject subject = {.ticket = "A042", .state = "served"};
    char sentence[256];
    struct text text;
    text_init(&text, sentence, sizeof(sentence));
    notice_text(catalogue, LANGUAGE_FR, "ticket-state", &subject, &text);
    assert_string_equal(sentence, "Le ticket A042 est déjà servi.");
    text_init(&text, sentence, sizeof(sentence));
    notice_text(catalogue, LANGUAGE_EN, "ticket-state", &subject, &text);
    assert_string_equal(sentence, "Ticket A042 is served.");
    catalogue_destroy(catalogue);
}

/* Where agents sign in, opening asks for number and code; the code leaves no trace. */
static void opening_asks_who_is_there(void **state)
{
    struct agent *agent = *state;
    struct command_document command;
    struct counter_document document = window_state(COUNTER_CLOSED, 1);
    agent->site.sign_in = true;
    agent_set_state(agent, &document, false, 1000);
    assert_false(agent_press(agent, AGENT_NEXT, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_SIGN_IN);
    assert_false(agent_can(agent, AGENT_CONFIRM, 1000)); /* no number yet */
    agent_type(agent, '1');
    agent_type(agent, 'A'); /* numbers have digits */
    agent_type(agent, '7');
    assert_false(agent_press(agent, AGENT_CONFIRM, 1000, &command));
    agent_type(agent, '4');
    agent_type(agent, '7');
    agent_type(agent, '1');
    assert_false(agent_can(agent, AGENT_CONFIRM, 1000)); /* shorter than any code */
    agent_type(agent, '1');
    assert_true(agent_press(agent, AGENT_CONFIRM, 1000, &command));
    assert_int_equal(command.verb, VERB_SIGN_IN);
    assert_string_equal(command.agent, "17");
    assert_string_equal(command.code, "4711");
    assert_string_equal(agent->code, "");
    /* Whoever is signed in opens after a pause without it, and may be relieved. */
    document = window_state(COUNTER_FREE, 2);
    document.has_agent = true;
    agent_set_state(agent, &document, false, 1000);
    assert_false(agent_press(agent, AGENT_SIGN_IN, 1000, &command));
    assert_int_equal(agent->dialogue, DIALOGUE_SIGN_IN);
    assert_string_equal(agent->number, "");
}

static void the_profile_gives_the_services(void **state)
{
    struct agent *agent = *state;
    struct counter_document document = window_state(COUNTER_FREE, 1);
    agent_set_state(agent, &document, false, 1000);
    uint64_t own = agent->site.counters[agent->counter].services;
    assert_int_equal(agent_services(agent), own);
    agent->site.profile_count = 1;
    (void)text_copy(agent->site.profiles[0].id, ID_LENGTH_MAX + 1, "titres"); /* short */
    agent->site.profiles[0].services = 4;
    (void)text_copy(document.profile, sizeof(document.profile), "titres"); /* short */
    agent_set_state(agent, &document, false, 1000);
    assert_int_equal(agent_services(agent), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(nothing_can_be_pressed_before_a_live_state_came),
        TEST(each_state_offers_the_verbs_of_the_table),
        TEST(the_great_button_says_what_it_will_do),
        TEST(a_press_carries_what_was_seen),
        TEST(a_press_while_one_is_on_its_way_is_left_out),
        TEST(a_state_of_a_lower_epoch_is_ignored),
        TEST(a_chosen_ticket_is_typed_and_called),
        TEST(a_pause_has_a_reason),
        TEST(a_pause_may_say_when_it_ends),
        TEST(help_is_asked_for_and_ended_by_one_key),
        TEST(a_pause_with_a_ticket_is_a_wish_that_can_be_taken_back),
        TEST(a_contact_becomes_its_times),
        TEST(a_wait_that_was_not_measured_is_left_out),
        TEST(a_recorded_contact_is_said_for_a_while),
        TEST(the_last_counter_is_asked_before_it_closes),
        TEST(an_absent_person_who_came_back_is_named),
        TEST(undo_runs_out),
        TEST(a_refusal_is_told_and_goes),
        TEST(every_refusal_has_a_sentence_in_both_languages),
        TEST(a_refusal_names_ticket_and_state),
#undef TEST
        cmocka_unit_test_setup_teardown(opening_asks_who_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(the_profile_gives_the_services, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
