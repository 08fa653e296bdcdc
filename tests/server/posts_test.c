/* The posts beside the counters, with a real server and broker: what reception and
 * supervisor may do, and what they are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "office_support.h"

/* Fields of the verb `take`. */
#define TAKE_A "\"service\":\"permis\",\"language\":\"fr\""

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"
    "[counter 1]\nname.fr = Guichet 1\n"
    "[reception main]\n[supervisor chief]\n";

static int setup(void **state)
{
    int result = office_begin_test(state, site_text);
    office_add_device(*state, "reception", "main", NULL);
    office_add_device(*state, "supervisor", "chief", NULL);
    office_add_device(*state, "supervisor", "stranger", NULL);
    return result;
}

#define TODAY "2026-11-23T"

/* The same at nine o'clock of a day of its own. */
static int setup_at_nine(void **state)
{
    struct test_office *office = calloc(1, sizeof(*office));
    assert_non_null(office);
    office_prepare(office, site_text);
    office_use_stepped_clock(office, TODAY "09:00:00+01:00");
    office_add_device(office, "supervisor", "chief", NULL);
    office_restart(office);
    *state = office;
    return 0;
}

static void whoever_asks_after_a_ticket_changes_nothing(void **state)
{
    static struct test_device reception;
    struct test_office *office = *state;
    device_open(&reception, office, "reception", "main");
    device_do(&reception, "take", TAKE_A);
    device_must_be_told(&reception, "\"label\":\"A001\"");
    device_do(&reception, "take", TAKE_A);
    device_do(&reception, "find", "\"ticket\":\"A002\"");
    device_must_be_told(&reception, "\"state\":\"waiting\"");
    device_must_be_told(&reception, "\"ahead\":1,");
    device_must_be_told(&reception, "\"counter\":null");
    device_do(&reception, "cancel", "\"ticket\":\"A001\"");
    /* The same bytes again are answered anew: it is what it is now. */
    const char *find = "{\"id\":\"01930000-0000-7000-8000-0000000000c1\","
                       "\"verb\":\"find\",\"ticket\":\"A002\"}";
    device_ask(&reception, find);
    device_must_be_told(&reception, "\"ahead\":0,");
    device_do(&reception, "cancel", "\"ticket\":\"A002\"");
    device_ask(&reception, find);
    device_must_be_told(&reception, "\"state\":\"cancelled\"");
    device_do(&reception, "find", "\"ticket\":\"A900\"");
    device_must_be_told(&reception, "\"code\":\"ticket-unknown\"");
    device_close(&reception);
}

static void a_reception_does_not_close_a_service_and_a_supervisor_does(void **state)
{
    static struct test_device reception;
    static struct test_device supervisor;
    struct test_office *office = *state;
    device_open(&reception, office, "reception", "main");
    device_do(&reception, "close-service", "\"service\":\"permis\"");
    device_must_be_told(&reception, "\"code\":\"verb-not-allowed\"");
    device_open(&supervisor, office, "supervisor", "stranger");
    device_do(&supervisor, "close-service", "\"service\":\"permis\"");
    device_must_be_told(&supervisor, "\"code\":\"sender-unknown\"");
    device_close(&supervisor);
    device_open(&supervisor, office, "supervisor", "chief");
    device_do(&supervisor, "close-service", "\"service\":\"permis\"");
    device_must_be_told(&supervisor, "\"ok\":true");
    device_do(&reception, "take", TAKE_A);
    device_must_be_told(&reception, "\"code\":\"service-closed\"");
    device_close(&supervisor);
    device_close(&reception);
}

struct hall_seen {
    char payload[REPLY_BYTES];
};

static void take_hall(void *context, const struct mosquitto_message *message)
{
    struct hall_seen *seen = context;
    if (strstr(message->topic, "/hall/main/state")) {
        (void)snprintf(seen->payload, sizeof(seen->payload), "%.*s", message->payloadlen,
                       (const char *)message->payload);
    }
}

/* Wait until the hall's state holds these words: two ticks are enough. */
static void must_be_seen(struct test_device *device, const struct hall_seen *seen,
                         const char *words)
{
    for (int i = 0; i < 40 && !strstr(seen->payload, words); i++) {
        device_listen(device, 100);
    }
    if (!strstr(seen->payload, words)) {
        fail_msg("'%s' is not in %s", words, seen->payload);
    }
}

static void a_supervisor_sees_who_waits_where_and_who_left(void **state)
{
    static struct test_device chief;
    static struct hall_seen seen;
    const struct device_watch watch = {
        .filter = "#", .take = take_hall, .context = &seen};
    device_connect(&chief, *state, "supervisor", "chief", &watch);
    device_do(&chief, "take", TAKE_A);
    device_do(&chief, "take", TAKE_A);
    must_be_seen(&chief, &seen, "\"id\":\"permis\",\"open\":true,\"waiting\":2,");
    must_be_seen(&chief, &seen, "\"first\":[{\"label\":\"A001\",\"class\":\"none\"");
    must_be_seen(&chief, &seen, "\"counters\":[{\"id\":\"1\",\"state\":\"closed\"");
    device_do(&chief, "abandon", "\"ticket\":\"A001\"");
    must_be_seen(&chief, &seen, "\"first\":[{\"label\":\"A002\"");
    must_be_seen(&chief, &seen,
                 "\"ended\":[{\"label\":\"A001\",\"outcome\":\"abandoned\"");
    device_do(&chief, "cancel", "\"ticket\":\"A002\"");
    must_be_seen(&chief, &seen,
                 "\"ended\":[{\"label\":\"A002\",\"outcome\":\"cancelled\"");
    device_close(&chief);
}

/* Everything that the window shows as in force is there as soon as it is ordered. */
static void a_supervisor_orders_the_day_and_sees_what_is_in_force(void **state)
{
    static struct test_device chief;
    static struct hall_seen seen;
    const struct device_watch watch = {
        .filter = "#", .take = take_hall, .context = &seen};
    device_connect(&chief, *state, "supervisor", "chief", &watch);
    must_be_seen(&chief, &seen, "\"remarks\":[],\"message\":null,\"exceptional\":null}");
    device_do(&chief, "set-quota", "\"service\":\"permis\",\"tickets\":5");
    device_do(&chief, "take", TAKE_A);
    must_be_seen(&chief, &seen, "\"given\":1,\"quota\":5,");
    device_do(&chief, "remark",
              "\"text\":\"Panne\",\"from\":\"" TODAY "08:00:00Z\","
              "\"until\":\"" TODAY "08:30:00Z\"");
    device_must_be_told(&chief, "\"remark\":1");
    must_be_seen(&chief, &seen,
                 "\"remarks\":[{\"remark\":1,\"text\":\"Panne\",\"service\":null,"
                 "\"from\":\"" TODAY "08:00:00.000Z\"");
    device_do(&chief, "withdraw-remark", "\"remark\":1");
    must_be_seen(&chief, &seen, "\"remarks\":[],");
    device_do(&chief, "message", "\"fr\":\"Porte B\"");
    must_be_seen(&chief, &seen,
                 "\"message\":{\"fr\":\"Porte B\",\"en\":\"Porte B\",\"until\":null}");
    device_do(&chief, "hours-today",
              "\"service\":\"permis\",\"until\":\"" TODAY "17:00:00Z\"");
    must_be_seen(&chief, &seen, "\"until\":\"" TODAY "17:00:00.000Z\",\"first\"");
    device_do(&chief, "exceptional",
              "\"on\":true,\"until\":\"" TODAY "18:00:00Z\",\"service\":\"permis\"");
    must_be_seen(&chief, &seen,
                 "\"exceptional\":{\"until\":\"" TODAY
                 "18:00:00.000Z\",\"service\":\"permis\"}");
    device_do(&chief, "open-counter", "\"counter\":\"1\"");
    device_must_be_told(&chief, "\"state\":\"free\"");
    device_do(&chief, "close-counter", "\"counter\":\"1\"");
    device_do(&chief, "settle", "\"outcome\":\"abandoned\",\"reason\":\"Alerte\"");
    must_be_seen(&chief, &seen,
                 "\"ended\":[{\"label\":\"A001\",\"outcome\":\"abandoned\"");
    device_do(&chief, "correct",
              "\"ticket\":\"A001\",\"outcome\":\"cancelled\",\"reason\":\"Erreur\"");
    must_be_seen(&chief, &seen,
                 "\"ended\":[{\"label\":\"A001\",\"outcome\":\"cancelled\"");
    device_close(&chief);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whoever_asks_after_a_ticket_changes_nothing,
                                        setup, office_end_test),
        cmocka_unit_test_setup_teardown(
            a_reception_does_not_close_a_service_and_a_supervisor_does, setup,
            office_end_test),
        cmocka_unit_test_setup_teardown(a_supervisor_sees_who_waits_where_and_who_left,
                                        setup, office_end_test),
        cmocka_unit_test_setup_teardown(
            a_supervisor_orders_the_day_and_sees_what_is_in_force, setup_at_nine,
            office_end_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
