/* One command on its way: stored first, ended by its own answer, found again. What is
 * sent and when is request_test.c's; that it leaves is the programs' system tests'. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/courier.h"
#include "runtime/identifier.h"

#define NOW_MS INT64_C(5000)

static char folder[64];
static struct courier *courier;

static enum status make_courier(struct courier **ret_courier)
{
    const struct courier_options options = {
        .site = "prefecture", .sender = SENDER_KIOSK, .id = "hall1", .folder = folder};
    return courier_create(&options, NOW_MS, ret_courier, NULL);
}

static void open_courier(void)
{
    assert_int_equal(make_courier(&courier), OK);
}

/* The reply to `id`, as the broker brings it; whether it ended the command. */
static bool take_reply(const char *id, const char *rest)
{
    static struct reply_document reply;
    char payload[256];
    struct text text;
    text_init(&text, payload, sizeof(payload));
    text_add(&text, "{\"id\":\"%s\",\"at\":\"2026-11-23T09:42:10.000Z\",%s}", id, rest);
    const struct message message = {.topic = "guichet/v1/prefecture/kiosk/hall1/reply",
                                    .payload = payload,
                                    .length = text.length};
    return courier_take(courier, &message, NOW_MS, &reply);
}

#define DONE        "\"ok\":true"
#define REFUSED     "\"ok\":false,\"code\":\"service-closed\",\"sentence\":\"it is closed\""
#define UNAVAILABLE "\"ok\":false,\"code\":\"unavailable\",\"sentence\":\"try again\""

static int start(void **state)
{
    (void)state;
    (void)text_copy(folder, sizeof(folder), "/tmp/guichet-courier-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    open_courier();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    char path[128];
    static const char *const names[] = {"command", "command.new", "lock"};
    courier_destroy(courier);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct text text;
        text_init(&text, path, sizeof(path));
        text_add(&text, "%s/%s", folder, names[i]);
        (void)unlink(path); /* perhaps not there */
    }
    (void)rmdir(folder); /* a left-over shows what went wrong */
    return 0;
}

static struct command_document take_command(void)
{
    struct command_document command = {.verb = VERB_TAKE, .language = LANGUAGE_EN};
    (void)text_copy(command.service, sizeof(command.service), "permis");
    (void)text_copy(command.class_id, sizeof(command.class_id), "none");
    return command;
}

static struct command_document begin(void)
{
    struct command_document command = take_command();
    assert_int_equal(courier_begin(courier, &command, NOW_MS, NULL), OK);
    return command;
}

static void command_gets_an_id_and_keeps_others_waiting(void **state)
{
    (void)state;
    struct command_document command = begin();
    struct command_document other = take_command();
    assert_true(identifier_parse(command.id, NULL));
    assert_non_null(strstr(courier_request(courier)->bytes, command.id));
    assert_non_null(strstr(courier_request(courier)->bytes, "\"permis\""));
    assert_false(courier_may_begin(courier));
    assert_int_equal(courier_begin(courier, &other, NOW_MS, NULL), ERR_REFUSED);
}

static void only_its_own_final_answer_ends_it(void **state)
{
    (void)state;
    struct command_document command = begin();
    assert_false(take_reply("01930000-0000-7000-8000-000000000001", DONE));
    assert_false(take_reply(command.id, UNAVAILABLE));
    assert_false(courier_may_begin(courier));
    assert_true(take_reply(command.id, DONE));
    assert_true(courier_may_begin(courier));
    assert_false(take_reply(command.id, DONE));
}

static void a_refusal_ends_it_too(void **state)
{
    (void)state;
    struct command_document command = begin();
    assert_true(take_reply(command.id, REFUSED));
    assert_true(courier_may_begin(courier));
}

static void other_topics_are_left_alone(void **state)
{
    (void)state;
    static struct reply_document reply;
    struct command_document command = begin();
    char payload[128];
    struct text text;
    text_init(&text, payload, sizeof(payload));
    text_add(&text, "{\"id\":\"%s\",\"ok\":true}", command.id);
    const struct message message = {.topic = "guichet/v1/prefecture/kiosk/hall2/reply",
                                    .payload = payload,
                                    .length = text.length};
    assert_false(courier_take(courier, &message, NOW_MS, &reply));
    assert_false(courier_may_begin(courier));
}

static void unanswered_command_is_found_by_the_next_run(void **state)
{
    (void)state;
    struct command_document command = begin();
    struct command_document found;
    int64_t age_ms = 0;
    char bytes[COMMAND_BYTES_MAX + 1];
    (void)text_copy(bytes, sizeof(bytes), courier_request(courier)->bytes);
    courier_destroy(courier);
    open_courier();
    int64_t wall_ms = identifier_made_at_ms(command.id) + 7000;
    assert_true(courier_find(courier, wall_ms, &found, &age_ms));
    assert_int_equal(found.verb, VERB_TAKE);
    assert_string_equal(found.id, command.id);
    assert_int_equal(age_ms, 7000);
    assert_false(courier_may_begin(courier));
    assert_string_equal(courier_request(courier)->bytes, bytes);
}

static void answered_command_is_forgotten(void **state)
{
    (void)state;
    struct command_document command = begin();
    int64_t age_ms = 0;
    assert_true(take_reply(command.id, DONE));
    courier_destroy(courier);
    open_courier();
    assert_false(courier_find(courier, 0, &command, &age_ms));
    assert_true(courier_may_begin(courier));
}

static void second_program_cannot_use_the_store(void **state)
{
    (void)state;
    struct courier *second = NULL;
    assert_int_equal(make_courier(&second), ERR_REFUSED);
    assert_null(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(command_gets_an_id_and_keeps_others_waiting,
                                        start, stop),
        cmocka_unit_test_setup_teardown(only_its_own_final_answer_ends_it, start, stop),
        cmocka_unit_test_setup_teardown(a_refusal_ends_it_too, start, stop),
        cmocka_unit_test_setup_teardown(other_topics_are_left_alone, start, stop),
        cmocka_unit_test_setup_teardown(unanswered_command_is_found_by_the_next_run,
                                        start, stop),
        cmocka_unit_test_setup_teardown(answered_command_is_forgotten, start, stop),
        cmocka_unit_test_setup_teardown(second_program_cannot_use_the_store, start, stop),
    };
    return cmocka_run_group_tests_name("courier", tests, NULL, NULL);
}
