/* Commands: who may send what, what a refusal says, and the way there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/codec_command.h"
#include "samples.h"

#define ID "01930000-0000-7000-8000-000000000001"

static enum status decode(const char *text, enum sender sender,
                          struct command_document *command, enum command_fault *fault,
                          struct error *err)
{
    return command_decode(text, strlen(text), sender, command, fault, err);
}

/* The table of docs/protocol.md: senders of every verb as letters, in the order kiosk,
 * counter, button, source, admin, reception, supervisor. */
static const struct {
    enum action action;
    enum verb verb;
    const char *senders;
} allowed[] = {
    {ACTION_QUEUE, VERB_TAKE, "k...arv"},
    {ACTION_QUEUE, VERB_CANCEL, "kc..arv"},
    {ACTION_QUEUE, VERB_ABANDON, ".c..arv"},
    {ACTION_QUEUE, VERB_READMIT, "kc.sarv"},
    {ACTION_QUEUE, VERB_PRINTED, "k....rv"},
    {ACTION_QUEUE, VERB_CALL_NEXT, ".c....."},
    {ACTION_QUEUE, VERB_PRESS, "..b...."},
    {ACTION_QUEUE, VERB_CALL, ".c....."},
    {ACTION_QUEUE, VERB_RECALL, ".c....."},
    {ACTION_QUEUE, VERB_START, ".c....."},
    {ACTION_QUEUE, VERB_FINISH, ".c....."},
    {ACTION_QUEUE, VERB_NO_SHOW, ".c....."},
    {ACTION_QUEUE, VERB_UNDO, ".c....."},
    {ACTION_QUEUE, VERB_OPEN, ".c..a.v"},
    {ACTION_QUEUE, VERB_PAUSE, ".c....."},
    {ACTION_QUEUE, VERB_CLOSE, ".c..a.v"},
    {ACTION_QUEUE, VERB_ASK_HELP, ".c....."},
    {ACTION_QUEUE, VERB_END_HELP, ".c....."},
    {ACTION_QUEUE, VERB_NOTE, ".c....."},
    {ACTION_QUEUE, VERB_SIGN_IN, ".c....."},
    {ACTION_QUEUE, VERB_WALK_IN, ".c....."},
    {ACTION_QUEUE, VERB_CONTACT, ".c.sarv"},
    {ACTION_QUEUE, VERB_START_EPOCH, "......."},
    {ACTION_QUEUE, VERB_SET_CLOCK, "......."},
    {ACTION_QUEUE, VERB_CONFIGURE, "......."},
    {ACTION_QUEUE, VERB_OPEN_DAY, "......."},
    {ACTION_QUEUE, VERB_CLOSE_DAY, "....a.v"},
    {ACTION_QUEUE, VERB_OPEN_SERVICE, "....a.v"},
    {ACTION_QUEUE, VERB_CLOSE_SERVICE, "....a.v"},
    {ACTION_QUEUE, VERB_REMARK, "....a.v"},
    {ACTION_QUEUE, VERB_WITHDRAW_REMARK, "....a.v"},
    {ACTION_QUEUE, VERB_CORRECT, "....a.v"},
    {ACTION_QUEUE, VERB_SETTLE, "....a.v"},
    {ACTION_QUEUE, VERB_MOVE, "....a.v"},
    {ACTION_QUEUE, VERB_MESSAGE, "....a.v"},
    {ACTION_QUEUE, VERB_SET_QUOTA, "....a.v"},
    {ACTION_QUEUE, VERB_HOURS_TODAY, "....a.v"},
    {ACTION_QUEUE, VERB_EXCEPTIONAL, "....a.v"},
    {ACTION_QUEUE, VERB_HAND_OVER, ".c..a.v"},
    {ACTION_QUEUE, VERB_SPLIT, ".c..arv"},
    {ACTION_QUEUE, VERB_LINK, ".c..arv"},
    {ACTION_QUEUE, VERB_UNLINK, ".c..arv"},
    {ACTION_QUEUE, VERB_SWEEP, ".c..arv"},
    {ACTION_QUEUE, VERB_TRUST, ".c..arv"},
    {ACTION_QUEUE, VERB_TURNED_AWAY, "k...arv"},
    {ACTION_QUEUE, VERB_SEND_HOME, ".....rv"},
    {ACTION_STATUS, VERB_COUNT, "....a.."},
    {ACTION_STEP_CLOCK, VERB_COUNT, "....a.."},
    {ACTION_FIND, VERB_COUNT, ".c..arv"},
};

static void only_the_devices_of_the_table_may_send_a_verb(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
        for (uint32_t j = 0; j < SENDER_COUNT; j++) {
            assert_int_equal(
                command_is_allowed((enum sender)j, allowed[i].action, allowed[i].verb),
                allowed[i].senders[j] != '.');
        }
    }
}

static void every_command_comes_back_with_the_fields_of_its_verb(void **state)
{
    (void)state;
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
        for (uint32_t j = 0; j < SENDER_COUNT; j++) {
            if (allowed[i].senders[j] == '.') {
                continue;
            }
            enum sender sender = (enum sender)j;
            struct command_document sent =
                sample_command(allowed[i].action, allowed[i].verb);
            struct command_document got;
            enum command_fault fault = COMMAND_FAULT_COUNT;
            struct error err = {.status = OK};
            char first[COMMAND_BYTES_MAX];
            char second[COMMAND_BYTES_MAX];
            size_t first_length = 0;
            size_t second_length = 0;
            assert_int_equal(
                command_encode(&sent, sender, first, sizeof(first), &first_length, &err),
                OK);
            assert_int_equal(
                command_decode(first, first_length, sender, &got, &fault, &err), OK);
            assert_int_equal(fault, COMMAND_FAULT_NONE);
            assert_int_equal(got.action, sent.action);
            assert_int_equal(got.verb, sent.verb);
            assert_string_equal(got.id, sent.id);
            /* Written again it is the same: nothing of it was lost. */
            assert_int_equal(command_encode(&got, sender, second, sizeof(second),
                                            &second_length, &err),
                             OK);
            assert_int_equal(first_length, second_length);
            assert_memory_equal(first, second, first_length);
            count++;
        }
    }
    assert_true(count >= 34); /* the table was walked */
}

static void command_of_a_stranger_is_read(void **state)
{
    (void)state;
    /* The example of docs/protocol.md. */
    struct command_document command;
    enum command_fault fault = COMMAND_FAULT_COUNT;
    assert_int_equal(decode("{\"id\":\"" ID "\",\"verb\":\"take\","
                            "\"service\":\"immatriculation\",\"language\":\"fr\"}",
                            SENDER_KIOSK, &command, &fault, NULL),
                     OK);
    assert_int_equal(command.verb, VERB_TAKE);
    assert_string_equal(command.service, "immatriculation");
    assert_string_equal(command.class_id, "none");
    assert_int_equal(command.language, LANGUAGE_FR);
}

#define TAKE    "{\"id\":\"" ID "\",\"verb\":\"take\","
#define PRESSED "\"version\":1,\"epoch\":1,\"tick\":1"
#define COUNTER "{\"id\":\"" ID "\"," PRESSED ","
#define REASON80                                                                         \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678"

static const struct {
    enum sender sender;
    const char *text;
    const char *code;
    const char *sentence;
} refusals[] = {
    {SENDER_KIOSK, "", "malformed", NULL},
    {SENDER_KIOSK, "[1]", "malformed", "not a JSON object"},
    {SENDER_KIOSK, "{\"verb\":\"take\"}", "malformed", "field 'id' is missing"},
    {SENDER_KIOSK, "{\"id\":7}", "malformed", NULL},
    {SENDER_KIOSK, "{\"id\":\"01930000-0000-4000-8000-000000000001\"}", "malformed",
     "field 'id': '01930000-0000-4000-8000-000000000001' is not a UUIDv7 in lower case"},
    {SENDER_KIOSK, "{\"id\":\"" ID "\",\"id\":\"" ID "\"}", "malformed", NULL},
    {SENDER_KIOSK, "{\"id\":\"" ID "\"}", "field", "field 'verb' is missing"},
    {SENDER_KIOSK, "{\"id\":\"" ID "\",\"verb\":\"dance\"}", "verb-unknown",
     "there is no such verb as 'dance'"},
    {SENDER_KIOSK, "{\"id\":\"" ID "\",\"verb\":\"open-day\"}", "verb-unknown",
     "there is no such verb as 'open-day'"},
    {SENDER_KIOSK, "{\"id\":\"" ID "\",\"verb\":\"call-next\"}", "verb-not-allowed",
     "verb 'call-next' is not for devices of kind 'kiosk'"},
    {SENDER_KIOSK, TAKE "\"language\":\"fr\"}", "field", "field 'service' is missing"},
    {SENDER_KIOSK, TAKE "\"service\":\"Préfecture\",\"language\":\"fr\"}", "field",
     "field 'service': 'Préfecture' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {SENDER_KIOSK, TAKE "\"service\":\"a\"}", "field", "field 'language' is missing"},
    {SENDER_KIOSK, TAKE "\"service\":\"a\",\"language\":\"de\"}", "field",
     "field 'language': there is no such value as 'de'"},
    {SENDER_KIOSK, "{\"id\":\"" ID "\",\"verb\":\"cancel\",\"ticket\":\"42\"}", "field",
     "field 'ticket': '42' is not a ticket like A042"},
    {SENDER_KIOSK,
     "{\"id\":\"" ID "\",\"verb\":\"printed\",\"ticket\":\"A042\",\"result\":\"none\","
     "\"copy\":false}",
     "field", "field 'result': 'none' is not printed, failed or unknown"},
    {SENDER_KIOSK,
     "{\"id\":\"" ID
     "\",\"verb\":\"printed\",\"ticket\":\"A042\",\"result\":\"printed\"}",
     "field", "field 'copy' is missing"},
    {SENDER_COUNTER, "{\"id\":\"" ID "\",\"verb\":\"call-next\"}", "field",
     "field 'version' is missing"},
    {SENDER_BUTTON, "{\"id\":\"" ID "\",\"verb\":\"press\",\"version\":1,\"epoch\":1}",
     "field", "field 'tick' is missing"},
    {SENDER_COUNTER, COUNTER "\"verb\":\"pause\",\"reason\":\"" REASON80 "\\\"\"}",
     "field", "field 'reason': longer than 80 bytes; quotes and backslashes count twice"},
    {SENDER_COUNTER, COUNTER "\"verb\":\"pause\",\"back_at\":\"at noon\"}", "field",
     NULL},
    {SENDER_SOURCE,
     "{\"id\":\"" ID "\",\"verb\":\"contact\",\"service\":\"a\",\"channel\":\"phone\","
     "\"received_at\":\"2026-11-23T09:42:10Z\",\"outcome\":\"waiting\"}",
     "field", "field 'outcome': it is not served, abandoned or cancelled"},
    {SENDER_SOURCE,
     "{\"id\":\"" ID "\",\"verb\":\"contact\",\"service\":\"a\",\"channel\":\"pigeon\","
     "\"received_at\":\"2026-11-23T09:42:10Z\",\"outcome\":\"served\"}",
     "field", "field 'channel': there is no such value as 'pigeon'"},
    {SENDER_ADMIN, "{\"id\":\"" ID "\",\"verb\":\"step-clock\",\"seconds\":0}", "field",
     "field 'seconds': 0 is not a whole number from 1 to 86400"},
};

static void every_refusal_has_its_code_and_sentence(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        struct command_document command;
        memset(&command, 'x', sizeof(command));
        enum command_fault fault = COMMAND_FAULT_COUNT;
        struct error err = {.status = OK};
        assert_int_not_equal(
            decode(refusals[i].text, refusals[i].sender, &command, &fault, &err), OK);
        assert_string_equal(command_fault_code(fault), refusals[i].code);
        assert_string_equal(command.id, fault == COMMAND_FAULT_MALFORMED ? "" : ID);
        if (refusals[i].sentence) {
            assert_string_equal(err.text, refusals[i].sentence);
        }
        assert_true(strlen(err.text) > 0);
    }
}

static void command_of_the_greatest_size_is_read_and_no_larger_one(void **state)
{
    (void)state;
    char text[COMMAND_BYTES_MAX + 2];
    int head = snprintf(text, sizeof(text),
                        TAKE "\"service\":\"a\",\"language\":\"fr\",\"x\":\"");
    memset(text + head, 'x', sizeof(text) - (size_t)head);
    text[COMMAND_BYTES_MAX - 2] = '"';
    text[COMMAND_BYTES_MAX - 1] = '}';
    struct command_document command;
    enum command_fault fault = COMMAND_FAULT_COUNT;
    assert_int_equal(
        command_decode(text, COMMAND_BYTES_MAX, SENDER_KIOSK, &command, &fault, NULL),
        OK);
    text[COMMAND_BYTES_MAX - 2] = 'x';
    text[COMMAND_BYTES_MAX - 1] = '"';
    text[COMMAND_BYTES_MAX] = '}';
    struct error err = {.status = OK};
    assert_int_not_equal(
        command_decode(text, COMMAND_BYTES_MAX + 1, SENDER_KIOSK, &command, &fault, &err),
        OK);
    assert_int_equal(fault, COMMAND_FAULT_MALFORMED);
}

static void deep_json_is_refused(void **state)
{
    (void)state;
    char text[600];
    int length = snprintf(text, sizeof(text),
                          TAKE "\"service\":\"a\",\"language\":\"fr\",\"x\":"
                               "[[[[[[[[[[]]]]]]]]]]}");
    struct command_document command;
    enum command_fault fault = COMMAND_FAULT_COUNT;
    assert_int_not_equal(
        command_decode(text, (size_t)length, SENDER_KIOSK, &command, &fault, NULL), OK);
    assert_int_equal(fault, COMMAND_FAULT_MALFORMED);
}

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*seed >> 33);
}

static void damaged_commands_never_do_harm(void **state)
{
    (void)state;
    uint64_t seed = 7;
    uint32_t refused = 0;
    const uint32_t rounds = 20000;
    for (uint32_t i = 0; i < rounds; i++) {
        size_t row = next_random(&seed) % (sizeof(allowed) / sizeof(allowed[0]));
        uint32_t sender = next_random(&seed) % SENDER_COUNT;
        if (allowed[row].senders[sender] == '.') {
            continue;
        }
        struct command_document command =
            sample_command(allowed[row].action, allowed[row].verb);
        char text[COMMAND_BYTES_MAX];
        size_t length = 0;
        assert_int_equal(command_encode(&command, (enum sender)sender, text, sizeof(text),
                                        &length, NULL),
                         OK);
        for (uint32_t j = 0; j <= next_random(&seed) % 2; j++) {
            text[next_random(&seed) % length] = (char)next_random(&seed);
        }
        enum command_fault fault = COMMAND_FAULT_COUNT;
        struct error err = {.status = OK};
        enum status status =
            command_decode(text, length, (enum sender)sender, &command, &fault, &err);
        assert_int_equal(status == OK, fault == COMMAND_FAULT_NONE);
        refused += status != OK;
    }
    assert_in_range(refused, 500, rounds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_devices_of_the_table_may_send_a_verb),
        cmocka_unit_test(every_command_comes_back_with_the_fields_of_its_verb),
        cmocka_unit_test(command_of_a_stranger_is_read),
        cmocka_unit_test(every_refusal_has_its_code_and_sentence),
        cmocka_unit_test(command_of_the_greatest_size_is_read_and_no_larger_one),
        cmocka_unit_test(deep_json_is_refused),
        cmocka_unit_test(damaged_commands_never_do_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
