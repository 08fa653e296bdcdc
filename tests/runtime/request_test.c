/* The life of one command, step by step, with made-up times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/request.h"

#define ID    "01930000-0000-7000-8000-000000000001"
#define OTHER "01930000-0000-7000-8000-000000000002"

static int setup(void **state)
{
    struct request *request = malloc(sizeof(*request));
    assert_non_null(request);
    request_init(request);
    *state = request;
    return 0;
}

static int teardown(void **state)
{
    free(*state);
    return 0;
}

static struct request_output step(struct request *request, enum request_input_kind kind,
                                  int64_t now_ms)
{
    struct request_input input = {.kind = kind, .now_ms = now_ms};
    return request_step(request, &input);
}

static struct request_output begin(struct request *request, const char *id,
                                   int64_t now_ms)
{
    struct request_input input = {
        .kind = REQUEST_ON_BEGIN, .now_ms = now_ms, .id = id, .bytes = "{}", .length = 2};
    return request_step(request, &input);
}

static struct request_output reply(struct request *request, const char *id,
                                   enum request_outcome outcome, int64_t now_ms)
{
    struct request_input input = {
        .kind = REQUEST_ON_REPLY, .now_ms = now_ms, .id = id, .outcome = outcome};
    return request_step(request, &input);
}

static void assert_does(struct request_output output, const char *what)
{
    char did[64];
    (void)snprintf(did, sizeof(did), "%s%s%s", output.must_store ? "store " : "",
                   output.must_send ? "send " : "", output.must_clear ? "clear " : "");
    assert_string_equal(did, what);
}

static void command_is_stored_then_sent_then_answered(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    struct request_output output = begin(request, ID, 100);
    assert_does(output, "store ");
    assert_int_equal(request->state, REQUEST_STORING);
    assert_does(step(request, REQUEST_ON_TICK, 150),
                ""); /* never sent before it is stored */
    output = step(request, REQUEST_ON_STORED, 200);
    assert_does(output, "send ");
    assert_true(output.has_changed);
    assert_string_equal(request->bytes, "{}");
    assert_int_equal(output.wake_at_ms, 450);
    output = reply(request, ID, OUTCOME_DONE, 300);
    assert_does(output, "clear ");
    assert_int_equal(request->state, REQUEST_ANSWERED);
    assert_true(output.wake_at_ms == INT64_MAX);
    (void)step(request, REQUEST_ON_DISMISS, 310);
    assert_int_equal(request->state, REQUEST_IDLE);
}

static void same_bytes_are_sent_again_at_the_fixed_times(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    (void)step(request, REQUEST_ON_STORED, 0);
    /* 0, then after 0.25, 0.5, 1, 2, 4 s; unknown at 10 s; then every 5 s. */
    static const int64_t sends_ms[] = {250, 750, 1750, 3750, 7750, 12750, 17750, 22750};
    size_t next = 0;
    for (int64_t t = 1; t <= 23000; t++) {
        struct request_output output = step(request, REQUEST_ON_TICK, t);
        if (output.must_send) {
            assert_true(next < 8);
            assert_int_equal(t, sends_ms[next]);
            next++;
        }
        assert_int_equal(output.has_changed, t == 10000);
        assert_true(output.wake_at_ms > t);
    }
    assert_int_equal(next, 8);
    assert_int_equal(request->state, REQUEST_UNKNOWN);
}

static void wake_time_is_all_that_is_needed(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    struct request_output output = step(request, REQUEST_ON_STORED, 0);
    unsigned send_count = 1;
    unsigned wake_count = 0;
    while (request->state == REQUEST_SENDING) {
        assert_true(++wake_count < 20);
        output = step(request, REQUEST_ON_TICK, output.wake_at_ms);
        send_count += output.must_send ? 1 : 0;
    }
    assert_int_equal(send_count, 6);
    assert_int_equal(wake_count, 6); /* five sends and the end at 10 s */
}

static void refusal_ends_the_command_as_well(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    (void)step(request, REQUEST_ON_STORED, 0);
    assert_does(reply(request, ID, OUTCOME_REFUSED, 5), "clear ");
    assert_int_equal(request->state, REQUEST_REFUSED);
    /* A new one may begin at once. */
    assert_true(request_may_begin(request));
    assert_does(begin(request, OTHER, 6), "store ");
}

static void unavailable_counts_as_no_answer(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    (void)step(request, REQUEST_ON_STORED, 0);
    assert_does(reply(request, ID, OUTCOME_UNAVAILABLE, 100), "");
    assert_int_equal(request->state, REQUEST_SENDING);
    assert_does(step(request, REQUEST_ON_TICK, 250), "send ");
}

static void foreign_and_repeated_replies_change_nothing(void **state)
{
    struct request *request = *state;
    assert_does(reply(request, ID, OUTCOME_DONE, 0), ""); /* idle */
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    (void)step(request, REQUEST_ON_STORED, 0);
    assert_does(reply(request, OTHER, OUTCOME_DONE, 1), "");
    assert_does(reply(request, "", OUTCOME_REFUSED, 1), "");
    assert_int_equal(request->state, REQUEST_SENDING);
    (void)reply(request, ID, OUTCOME_DONE, 2);
    struct request_output output = reply(request, ID, OUTCOME_REFUSED, 3);
    assert_does(output, "");
    assert_false(output.has_changed);
    assert_int_equal(request->state, REQUEST_ANSWERED);
}

static void only_one_command_is_in_flight(void **state)
{
    struct request *request = *state;
    assert_true(request_may_begin(request));
    (void)begin(request, ID, 0);
    assert_false(request_may_begin(request));
    (void)step(request, REQUEST_ON_STORED, 0);
    assert_false(request_may_begin(request));
    (void)step(request, REQUEST_ON_TICK, 10000);
    assert_int_equal(request->state, REQUEST_UNKNOWN);
    assert_false(request_may_begin(request));
}

static void command_that_cannot_be_stored_is_never_sent(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    struct request_output output = step(request, REQUEST_ON_STORE_FAILED, 0);
    assert_does(output, "");
    assert_int_equal(request->state, REQUEST_REFUSED);
    assert_does(step(request, REQUEST_ON_TICK, 5000), "");
}

static void command_waits_for_a_connection_and_then_goes_at_once(void **state)
{
    struct request *request = *state;
    (void)begin(request, ID, 0);
    struct request_output output = step(request, REQUEST_ON_STORED, 1);
    assert_does(output, "");
    assert_int_equal(output.wake_at_ms, 10000);
    assert_does(step(request, REQUEST_ON_CONNECTED, 4321), "send ");
    assert_does(step(request, REQUEST_ON_TICK, 4570), "");
    assert_does(step(request, REQUEST_ON_TICK, 4571), "send ");
    /* A lost connection stops the repeats, a new one starts them anew. */
    assert_does(step(request, REQUEST_ON_DISCONNECTED, 4600), "");
    assert_does(step(request, REQUEST_ON_TICK, 6000), "");
    assert_does(step(request, REQUEST_ON_CONNECTED, 6001), "send ");
    assert_does(step(request, REQUEST_ON_TICK, 6251), "send ");
}

static void unknown_result_is_resolved_at_the_next_connection(void **state)
{
    struct request *request = *state;
    (void)step(request, REQUEST_ON_CONNECTED, 0);
    (void)begin(request, ID, 0);
    (void)step(request, REQUEST_ON_STORED, 0);
    (void)step(request, REQUEST_ON_DISCONNECTED, 10);
    (void)step(request, REQUEST_ON_TICK, 10000);
    assert_int_equal(request->state, REQUEST_UNKNOWN);
    assert_true(step(request, REQUEST_ON_TICK, 3600000).wake_at_ms == INT64_MAX);
    assert_does(step(request, REQUEST_ON_CONNECTED, 3600001), "send ");
    assert_does(reply(request, ID, OUTCOME_DONE, 3600002), "clear ");
    assert_int_equal(request->state, REQUEST_ANSWERED);
}

static void command_of_a_former_run_is_unknown_and_sent_again(void **state)
{
    struct request *request = *state;
    struct request_input input = {.kind = REQUEST_ON_RESUME,
                                  .now_ms = 7,
                                  .id = ID,
                                  .bytes = "{\"a\":1}",
                                  .length = 7};
    struct request_output output = request_step(request, &input);
    assert_does(output, "");
    assert_int_equal(request->state, REQUEST_UNKNOWN);
    assert_does(step(request, REQUEST_ON_CONNECTED, 8), "send ");
    assert_string_equal(request->bytes, "{\"a\":1}");
    assert_does(reply(request, ID, OUTCOME_REFUSED, 9), "clear ");
}

static void age_runs_until_the_answer(void **state)
{
    struct request *request = *state;
    assert_int_equal(request_age_ms(request, 500), 0);
    (void)begin(request, ID, 1000);
    assert_int_equal(request_age_ms(request, 1100), REQUEST_SHOW_SENDING_MS);
    (void)step(request, REQUEST_ON_STORED, 1000);
    assert_int_equal(request_age_ms(request, 2000), REQUEST_SHOW_NO_LINK_MS);
    (void)reply(request, ID, OUTCOME_DONE, 2000);
    assert_int_equal(request_age_ms(request, 2001), 0);
}

/* Any order of inputs keeps the rules: nothing is sent before it is stored or without a
 * connection, and only an answer clears what was stored. */
static void rules_hold_under_any_order_of_inputs(void **state)
{
    struct request *request = *state;
    uint64_t random = 4711;
    bool is_stored = false;
    bool is_connected = false;
    int64_t now_ms = 0;
    for (int i = 0; i < 200000; i++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        unsigned pick = (unsigned)(random >> 33);
        now_ms += pick % 7 == 0 ? pick % 3000 : pick % 100;
        enum request_input_kind kind = pick / 8 % REQUEST_INPUT_COUNT;
        bool may_start = kind == REQUEST_ON_BEGIN ? request_may_begin(request)
                                                  : kind != REQUEST_ON_RESUME ||
                                                        request->state == REQUEST_IDLE;
        if (!may_start) {
            continue;
        }
        struct request_input input = {.kind = kind,
                                      .now_ms = now_ms,
                                      .id = pick % 2 == 0 ? ID : OTHER,
                                      .bytes = "{}",
                                      .length = 2,
                                      .outcome = pick % 3};
        enum request_state before = request->state;
        struct request_output output = request_step(request, &input);
        is_stored = is_stored || kind == REQUEST_ON_RESUME ||
                    (kind == REQUEST_ON_STORED && before == REQUEST_STORING);
        is_connected = kind == REQUEST_ON_CONNECTED ||
                       (is_connected && kind != REQUEST_ON_DISCONNECTED);
        assert_true(!output.must_send || (is_stored && is_connected));
        assert_true(!output.must_clear || (is_stored && kind == REQUEST_ON_REPLY));
        is_stored = is_stored && !output.must_clear;
        assert_int_equal(output.has_changed, before != request->state);
        assert_true(output.wake_at_ms > now_ms);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(command_is_stored_then_sent_then_answered),
        TEST(same_bytes_are_sent_again_at_the_fixed_times),
        TEST(wake_time_is_all_that_is_needed),
        TEST(refusal_ends_the_command_as_well),
        TEST(unavailable_counts_as_no_answer),
        TEST(foreign_and_repeated_replies_change_nothing),
        TEST(only_one_command_is_in_flight),
        TEST(command_that_cannot_be_stored_is_never_sent),
        TEST(command_waits_for_a_connection_and_then_goes_at_once),
        TEST(unknown_result_is_resolved_at_the_next_connection),
        TEST(command_of_a_former_run_is_unknown_and_sent_again),
        TEST(age_runs_until_the_answer),
        TEST(rules_hold_under_any_order_of_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
