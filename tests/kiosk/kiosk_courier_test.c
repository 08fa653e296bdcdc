/* The kiosk's command on its way: stored first, sent with the same bytes, found again. */
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
#include "kiosk/courier.h"

#define WALL_MS INT64_C(1795426920000)

struct sent {
    int count;
    char bytes[4096];
};

static char folder[64];
static struct sent sent;
static struct courier *courier;

static void keep_sent(void *data, const char *bytes, size_t length)
{
    struct sent *to = data;
    to->count++;
    assert_true(length < sizeof(to->bytes));
    memcpy(to->bytes, bytes, length);
    to->bytes[length] = '\0';
}

static void open_courier(void)
{
    sent = (struct sent){0};
    assert_int_equal(courier_create(folder, &courier, NULL, keep_sent, &sent), OK);
}

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

static void command_goes_out_when_the_connection_is_there(void **state)
{
    (void)state;
    struct command_document command = take_command();
    assert_int_equal(courier_begin(courier, &command, WALL_MS, NULL), OK);
    assert_int_equal(sent.count, 0);
    assert_false(courier_is_free(courier));
    courier_connected(courier, true);
    assert_int_equal(sent.count, 1);
    assert_non_null(strstr(sent.bytes, command.id));
    assert_non_null(strstr(sent.bytes, "\"permis\""));
}

static void repetition_has_the_same_bytes(void **state)
{
    (void)state;
    struct command_document command = take_command();
    courier_connected(courier, true);
    assert_int_equal(courier_begin(courier, &command, WALL_MS, NULL), OK);
    static struct sent first;
    first = sent;
    courier_connected(courier, false);
    courier_connected(courier, true);
    assert_int_equal(sent.count, 2);
    assert_string_equal(sent.bytes, first.bytes);
}

static void only_its_own_final_answer_ends_it(void **state)
{
    (void)state;
    static struct reply_document reply;
    struct command_document command = take_command();
    courier_connected(courier, true);
    assert_int_equal(courier_begin(courier, &command, WALL_MS, NULL), OK);
    reply = (struct reply_document){.is_ok = true};
    (void)text_copy(reply.id, sizeof(reply.id), "01930000-0000-7000-8000-000000000001");
    assert_false(courier_reply(courier, &reply));
    (void)text_copy(reply.id, sizeof(reply.id), command.id);
    reply.is_ok = false;
    (void)text_copy(reply.code, sizeof(reply.code), "unavailable");
    assert_false(courier_reply(courier, &reply));
    assert_false(courier_is_free(courier));
    reply.is_ok = true;
    assert_true(courier_reply(courier, &reply));
    assert_true(courier_is_free(courier));
    assert_false(courier_reply(courier, &reply));
}

static void unanswered_command_is_found_by_the_next_run(void **state)
{
    (void)state;
    struct command_document command = take_command();
    struct command_document found;
    int64_t age_ms = 0;
    courier_connected(courier, true);
    assert_int_equal(courier_begin(courier, &command, WALL_MS, NULL), OK);
    static struct sent first;
    first = sent;
    courier_destroy(courier);
    open_courier();
    assert_int_equal(courier_resume(courier, &found, &age_ms, WALL_MS + 7000, NULL), OK);
    assert_int_equal(found.verb, VERB_TAKE);
    assert_string_equal(found.id, command.id);
    assert_int_equal(age_ms, 7000);
    assert_false(courier_is_free(courier));
    courier_connected(courier, true);
    assert_string_equal(sent.bytes, first.bytes);
}

static void answered_command_is_forgotten(void **state)
{
    (void)state;
    static struct reply_document reply;
    struct command_document command = take_command();
    int64_t age_ms = 0;
    courier_connected(courier, true);
    assert_int_equal(courier_begin(courier, &command, WALL_MS, NULL), OK);
    reply = (struct reply_document){.is_ok = true};
    (void)text_copy(reply.id, sizeof(reply.id), command.id);
    assert_true(courier_reply(courier, &reply));
    courier_destroy(courier);
    open_courier();
    assert_int_equal(courier_resume(courier, &command, &age_ms, WALL_MS, NULL),
                     ERR_NOT_FOUND);
}

static void second_program_cannot_use_the_store(void **state)
{
    (void)state;
    struct courier *second = NULL;
    assert_int_equal(courier_create(folder, &second, NULL, keep_sent, &sent),
                     ERR_REFUSED);
    assert_null(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(command_goes_out_when_the_connection_is_there,
                                        start, stop),
        cmocka_unit_test_setup_teardown(repetition_has_the_same_bytes, start, stop),
        cmocka_unit_test_setup_teardown(only_its_own_final_answer_ends_it, start, stop),
        cmocka_unit_test_setup_teardown(unanswered_command_is_found_by_the_next_run,
                                        start, stop),
        cmocka_unit_test_setup_teardown(answered_command_is_forgotten, start, stop),
        cmocka_unit_test_setup_teardown(second_program_cannot_use_the_store, start, stop),
    };
    return cmocka_run_group_tests_name("kiosk_courier", tests, NULL, NULL);
}
