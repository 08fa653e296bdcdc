/* What supervisors decide for the day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "core/text.h"
#include "fixture.h"

static struct command remark(const struct fixture *f)
{
    struct command command = fixture_command(VERB_REMARK);
    command.service = SITE_NONE;
    command.from_ms = f->now_ms - 3600000;
    command.until_ms = f->now_ms;
    assert_true(text_copy(command.reason, sizeof(command.reason), "network down"));
    return command;
}

static void remark_is_numbered_and_can_be_withdrawn_once(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_do(f, &command));
    assert_true(queue_state_hash(f->queue) != hash);
    command.service = VEHICLES;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].kind, EVENT_REMARK_MADE);
    assert_int_equal(f->events[0].remark.remark, 2);
    assert_int_equal(f->events[0].remark.service, VEHICLES);
    assert_string_equal(f->events[0].remark.text, "network down");
    assert_int_equal(queue_remark_count(f->queue), 2);

    struct command withdraw = fixture_command(VERB_WITHDRAW_REMARK);
    withdraw.number = 2;
    assert_ok(f, fixture_do(f, &withdraw));
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 2 stands today");
    withdraw.number = 3;
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 3 stands today");
    withdraw.number = 0;
    assert_refused(f, fixture_do(f, &withdraw), "remark-unknown",
                   "no remark 0 stands today");
    assert_int_equal(queue_remark_count(f->queue), 2);
}

static void remark_of_no_time_or_no_words_is_not_taken(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    command.until_ms = command.from_ms;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.from_ms = f->now_ms - 86400001;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.until_ms = f->now_ms + 86400001;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.reason[0] = '\0';
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command = remark(f);
    command.service = 7;
    assert_refused(f, fixture_do(f, &command), "service-unknown",
                   "there is no such service");
    command = remark(f);
    for (uint32_t i = 0; i < REMARKS_PER_DAY_MAX; i++) {
        assert_ok(f, fixture_do(f, &command));
    }
    assert_int_equal(fixture_do(f, &command), ERR_LIMIT);
    assert_string_equal(f->err.text, "there are 64 remarks today already");
}

static void remarks_begin_anew_with_the_day(void **state)
{
    struct fixture *f = *state;
    struct command command = remark(f);
    assert_ok(f, fixture_do(f, &command));
    (void)fixture_close_day(f);
    assert_refused(f, fixture_do(f, &command), "day-not-open", "no business day is open");
    struct command open_day = fixture_command(VERB_OPEN_DAY);
    open_day.date = FIXTURE_DATE + 1;
    assert_ok(f, fixture_do(f, &open_day));
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(f->events[0].remark.remark, 1);
}

#define SUPERVISE_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUPERVISE_TEST(remark_is_numbered_and_can_be_withdrawn_once),
        SUPERVISE_TEST(remark_of_no_time_or_no_words_is_not_taken),
        SUPERVISE_TEST(remarks_begin_anew_with_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
