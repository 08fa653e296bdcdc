/* The whole server with a real broker: what devices are promised. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "office_support.h"

#define RACES 1000

/* Fields of the verb `take`. */
#define TAKE_A "\"service\":\"permis\",\"language\":\"fr\""
#define TAKE_B "\"service\":\"sejour\",\"language\":\"en\""

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"
    "[service sejour]\nletter = B\ncolor = #123456\nname.fr = Séjour\n"
    "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = permis\n"
    "[counter 2]\nname.fr = Guichet 2\nhall = main\nservices = permis\n"
    "[counter 3]\nname.fr = Guichet 3\nhall = main\nservices = permis sejour\n"
    "[counter 4]\nname.fr = Guichet 4\nhall = main\nservices = sejour\n"
    "[kiosk hall1]\nhall = main\n[button b4]\ncounter = 4\n";

static int setup(void **state)
{
    return office_begin_test(state, site_text);
}

static void the_same_command_sent_ten_times_gives_one_ticket(void **state)
{
    static struct test_device kiosk;
    char first[REPLY_BYTES];
    device_open(&kiosk, *state, "kiosk", "hall1");
    const char *take =
        "{\"id\":\"01930000-0000-7000-8000-000000000001\",\"verb\":\"take\","
        "\"service\":\"permis\",\"language\":\"fr\"}";
    device_ask(&kiosk, take);
    device_must_be_told(&kiosk, "\"label\":\"A001\"");
    (void)snprintf(first, sizeof(first), "%s", kiosk.reply);
    for (int i = 0; i < 9; i++) {
        device_ask(&kiosk, take);
        assert_string_equal(kiosk.reply, first);
    }
    device_do(&kiosk, "take", TAKE_A);
    device_must_be_told(&kiosk, "\"label\":\"A002\"");
    device_close(&kiosk);
}

static void what_is_wrong_is_refused_and_changes_nothing(void **state)
{
    static const struct {
        const char *payload;
        const char *told;
    } rows[] = {
        {"{broken", "\"code\":\"malformed\""},
        {"[]", "\"code\":\"malformed\""},
        {"{\"verb\":\"take\"}", "\"code\":\"malformed\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a1\",\"verb\":\"dance\"}",
         "\"code\":\"verb-unknown\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a2\",\"verb\":\"call-next\","
         "\"version\":1,\"epoch\":1,\"tick\":1}",
         "\"code\":\"verb-not-allowed\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a3\",\"verb\":\"take\","
         "\"service\":\"nothing\",\"language\":\"fr\"}",
         "\"code\":\"service-unknown\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a4\",\"verb\":\"take\","
         "\"service\":7}",
         "\"code\":\"field\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a5\",\"verb\":\"take\","
         "\"service\":\"permis\",\"class\":\"king\",\"language\":\"fr\"}",
         "\"code\":\"class-unknown\""},
        {"{\"id\":\"01930000-0000-7000-8000-0000000000a6\",\"verb\":\"cancel\","
         "\"ticket\":\"A900\"}",
         "\"code\":\"ticket-unknown\""},
    };
    static struct test_device kiosk;
    device_open(&kiosk, *state, "kiosk", "hall1");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        device_ask(&kiosk, rows[i].payload);
        if (!device_was_told(&kiosk, rows[i].told) ||
            !device_was_told(&kiosk, "\"ok\":false")) {
            fail_msg("%s was answered %s", rows[i].payload, kiosk.reply);
        }
    }
    device_do(&kiosk, "take", TAKE_B);
    assert_true(
        device_was_told(&kiosk, "\"label\":\"B001\"")); /* nothing was given before */
    device_close(&kiosk);
}

static void an_id_is_not_used_for_two_commands(void **state)
{
    static struct test_device kiosk;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_ask(&kiosk,
               "{\"id\":\"01930000-0000-7000-8000-0000000000b1\",\"verb\":\"take\","
               "\"service\":\"sejour\",\"language\":\"fr\"}");
    device_must_be_told(&kiosk, "\"ok\":true");
    device_ask(&kiosk,
               "{\"id\":\"01930000-0000-7000-8000-0000000000b1\",\"verb\":\"take\","
               "\"service\":\"permis\",\"language\":\"fr\"}");
    device_must_be_told(&kiosk, "\"code\":\"id-reused\"");
    device_close(&kiosk);
}

static void a_refusal_is_stored_like_any_answer(void **state)
{
    static struct test_device counter;
    char first[REPLY_BYTES];
    device_open(&counter, *state, "counter", "2");
    char payload[512];
    (void)snprintf(
        payload, sizeof(payload),
        "{\"id\":\"01930000-0000-7000-8000-0000000000c1\",\"verb\":\"call-next\","
        "\"version\":%lld,\"epoch\":%lld,\"tick\":%lld}",
        (long long)counter.version, (long long)counter.epoch, (long long)counter.tick);
    device_ask(&counter, payload);
    device_must_be_told(&counter, "\"code\":\"counter-closed\"");
    (void)snprintf(first, sizeof(first), "%s", counter.reply);
    device_do(&counter, "open", NULL);
    device_must_be_told(&counter, "\"ok\":true");
    /* The counter is open now, but the old press stays refused. */
    device_ask(&counter, payload);
    assert_string_equal(counter.reply, first);
    device_do(&counter, "close", NULL);
    device_close(&counter);
}

static void a_reply_never_goes_to_a_foreign_topic(void **state)
{
    static struct test_device kiosk;
    static struct test_device admin;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_open(&admin, *state, "admin", "ops");
    device_send_to(&kiosk,
                   "{\"id\":\"01930000-0000-7000-8000-0000000000e1\",\"verb\":\"take\","
                   "\"service\":\"sejour\",\"language\":\"fr\"}",
                   PREFIX "admin/ops/reply");
    assert_true(device_wait_reply(&kiosk, PATIENCE_MS));
    device_must_be_told(&kiosk, "\"code\":\"response-topic\"");
    assert_false(device_wait_reply(&admin, 100));
    device_send_to(&kiosk,
                   "{\"id\":\"01930000-0000-7000-8000-0000000000e2\",\"verb\":\"take\","
                   "\"service\":\"sejour\",\"language\":\"fr\"}",
                   PREFIX "kiosk/hall1/reply");
    assert_true(device_wait_reply(&kiosk, PATIENCE_MS));
    device_must_be_told(&kiosk, "\"ok\":true");
    device_close(&kiosk);
    device_close(&admin);
}

static void a_device_that_site_conf_does_not_name_is_refused(void **state)
{
    static struct test_device stranger;
    device_open(&stranger, *state, "kiosk", "stranger");
    device_do(&stranger, "take", TAKE_A);
    device_must_be_told(&stranger, "\"code\":\"sender-unknown\"");
    device_close(&stranger);
}

static void a_double_press_calls_once(void **state)
{
    static struct test_device kiosk;
    static struct test_device counter;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_open(&counter, *state, "counter", "1");
    device_do(&kiosk, "take", TAKE_A);
    device_do(&kiosk, "take", TAKE_A);
    device_do(&counter, "open", NULL);
    int64_t version = counter.version;
    device_do(&counter, "call-next", NULL);
    device_must_be_told(&counter, "\"ok\":true");
    int64_t called_version = counter.version;
    counter.version = version;
    device_do(&counter, "call-next", NULL);
    device_must_be_told(&counter, "\"code\":\"counter-changed\"");
    counter.version = called_version;
    device_do(&counter, "undo", NULL);
    device_must_be_told(&counter, "\"ok\":true");
    device_do(&counter, "close", NULL);
    device_must_be_told(&counter, "\"ok\":true");
    device_close(&kiosk);
    device_close(&counter);
}

static void two_counters_that_press_together_never_call_one_ticket_twice(void **state)
{
    static struct test_device kiosk;
    static struct test_device one;
    static struct test_device two;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_open(&one, *state, "counter", "1");
    device_open(&two, *state, "counter", "2");
    device_do(&one, "open", NULL);
    device_do(&two, "open", NULL);
    device_do(&kiosk, "take", TAKE_A);
    device_do(&kiosk, "take", TAKE_A);
    int both = 0;
    for (int race = 0; race < RACES; race++) {
        /* Two more people than were called, so that both presses find somebody. */
        device_do(&kiosk, "take", TAKE_A);
        device_do(&kiosk, "take", TAKE_A);
        device_start(&one, "call-next", NULL);
        device_start(&two, "call-next", NULL);
        assert_true(device_wait_reply(&one, PATIENCE_MS));
        assert_true(device_wait_reply(&two, PATIENCE_MS));
        char first[16];
        char second[16];
        device_value(&one, "label", first, sizeof(first));
        device_value(&two, "label", second, sizeof(second));
        device_must_be_told(&one, "\"ok\":true");
        device_must_be_told(&two, "\"ok\":true");
        assert_string_not_equal(first, second);
        assert_string_not_equal(first, "");
        both++;
    }
    assert_int_equal(both, RACES);
    print_message("%d races, no ticket called twice\n", both);
    device_do(&one, "finish", NULL);
    device_do(&two, "finish", NULL);
    device_do(&one, "close", NULL);
    device_do(&two, "close", NULL);
    device_close(&kiosk);
    device_close(&one);
    device_close(&two);
}

static void the_button_calls_and_opens_from_a_pause(void **state)
{
    static struct test_device kiosk;
    static struct test_device counter;
    static struct test_device button;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_open(&counter, *state, "counter", "4");
    device_open(&button, *state, "button", "b4");
    device_do(&button, "press", NULL);
    device_must_be_told(&button, "\"code\":\"counter-closed\"");
    device_do(&counter, "open", NULL);
    button.version = counter.version;
    device_do(&kiosk, "take", TAKE_B);
    device_do(&button, "press", NULL);
    device_must_be_told(&button, "\"state\":\"called\"");
    counter.version = button.version;
    device_do(&counter, "start", NULL);
    device_do(&counter, "finish", NULL);
    device_do(&counter, "pause", "\"reason\":\"Réunion\"");
    device_must_be_told(&counter, "\"state\":\"paused\"");
    button.version = counter.version;
    device_do(&button, "press", NULL);
    device_must_be_told(&button, "\"state\":\"free\"");
    device_close(&kiosk);
    device_close(&counter);
    device_close(&button);
}

static void a_killed_server_comes_back_with_all_it_had_answered(void **state)
{
    static struct test_device kiosk;
    static struct test_device counter;
    struct test_office *office = *state;
    char answers[20][32];
    char ids[20][200];
    device_open(&kiosk, office, "kiosk", "hall1");
    for (int i = 0; i < 20; i++) {
        (void)snprintf(
            ids[i], sizeof(ids[i]),
            "{\"id\":\"01930000-0000-7000-8000-0000000d%04d\",\"verb\":\"take\","
            "\"service\":\"permis\",\"language\":\"fr\"}",
            i);
        device_ask(&kiosk, ids[i]);
        device_value(&kiosk, "label", answers[i], sizeof(answers[i]));
        assert_string_not_equal(answers[i], "");
    }
    /* One more is on its way when the server dies: it was answered, or it will be. */
    device_send(&kiosk,
                "{\"id\":\"01930000-0000-7000-8000-0000000d9999\",\"verb\":\"take\","
                "\"service\":\"permis\",\"language\":\"fr\"}");
    office_kill(office);
    office_restart(office);
    for (int i = 0; i < 20; i++) {
        char again[32];
        device_ask(&kiosk, ids[i]);
        device_value(&kiosk, "label", again, sizeof(again));
        assert_string_equal(again, answers[i]);
    }
    device_ask(&kiosk,
               "{\"id\":\"01930000-0000-7000-8000-0000000d9999\",\"verb\":\"take\","
               "\"service\":\"permis\",\"language\":\"fr\"}");
    char last[32];
    device_value(&kiosk, "label", last, sizeof(last));
    for (int i = 0; i < 20; i++) {
        assert_string_not_equal(last, answers[i]);
    }
    /* A press on the state of before the kill calls nobody. */
    device_open(&counter, office, "counter", "1");
    counter.epoch--;
    device_do(&counter, "open", NULL);
    device_must_be_told(&counter, "\"code\":\"stale\"");
    device_close(&kiosk);
    device_close(&counter);
}

static void a_configuration_that_orphans_people_is_refused(void **state)
{
    struct test_office *office = *state;
    FILE *file = fopen(office->site_path, "we");
    assert_non_null(file);
    assert_true(
        fputs("[site]\nid = prefecture\nname.fr = Préfecture\n"
              "time_zone = Europe/Paris\n[hall main]\nname.fr = Accueil\n"
              "[service sejour]\nletter = B\ncolor = #123456\nname.fr = Séjour\n"
              "[counter 4]\nname.fr = Guichet 4\nhall = main\nservices = sejour\n",
              file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(kill(office->pid, SIGHUP), 0);
    office_wait_for_log(office, "permis", 1);
    static struct test_device kiosk;
    device_open(&kiosk, office, "kiosk", "hall1");
    device_do(&kiosk, "take", TAKE_A);
    device_must_be_told(&kiosk, "\"ok\":true");
    device_close(&kiosk);
    file = fopen(office->site_path, "we");
    assert_non_null(file);
    assert_true(fputs(site_text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void the_administrator_closes_the_day_and_nobody_is_left(void **state)
{
    static struct test_device kiosk;
    static struct test_device admin;
    device_open(&kiosk, *state, "kiosk", "hall1");
    device_open(&admin, *state, "admin", "ops");
    for (int i = 0; i < 40; i++) {
        device_do(&kiosk, "take", TAKE_B);
        device_must_be_told(&kiosk, "\"ok\":true");
    }
    device_do(&admin, "status", NULL);
    device_must_be_told(&admin, "\"status\":{");
    device_do(&admin, "close-day", NULL);
    device_must_be_told(&admin, "\"ok\":true");
    office_wait_for_log(*state, "business day closed", 1);
    device_do(&kiosk, "take", TAKE_B);
    assert_true(device_was_told(&kiosk, "\"code\":\"day-not-open\"") ||
                device_was_told(&kiosk, "\"code\":\"service-closed\""));
    device_close(&kiosk);
    device_close(&admin);
}

int main(void)
{
    (void)mosquitto_lib_init(); /* always succeeds here */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_command_sent_ten_times_gives_one_ticket),
        cmocka_unit_test(what_is_wrong_is_refused_and_changes_nothing),
        cmocka_unit_test(an_id_is_not_used_for_two_commands),
        cmocka_unit_test(a_refusal_is_stored_like_any_answer),
        cmocka_unit_test(a_reply_never_goes_to_a_foreign_topic),
        cmocka_unit_test(a_device_that_site_conf_does_not_name_is_refused),
        cmocka_unit_test(a_double_press_calls_once),
        cmocka_unit_test(two_counters_that_press_together_never_call_one_ticket_twice),
        cmocka_unit_test(the_button_calls_and_opens_from_a_pause),
        cmocka_unit_test(a_killed_server_comes_back_with_all_it_had_answered),
        cmocka_unit_test(a_configuration_that_orphans_people_is_refused),
        cmocka_unit_test(the_administrator_closes_the_day_and_nobody_is_left),
    };
    return cmocka_run_group_tests_name("office", tests, setup, office_end_test);
}
