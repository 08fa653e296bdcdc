/* A pause wished for after the present ticket, and calls for help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

static void wish_pause(struct fixture *f)
{
    struct command pause = fixture_command(VERB_PAUSE);
    pause.counter = COUNTER_1;
    pause.back_at_ms = f->now_ms + 600000;
    pause.reason[0] = 'x';
    assert_ok(f, fixture_do(f, &pause));
    assert_int_equal(f->events[0].kind, EVENT_COUNTER_PAUSE_WISHED);
}

static void wished_pause_begins_after_the_ticket(void **state)
{
    struct fixture *f = *state;
    f->site.wrap_up = true;
    fixture_configure(f);
    static const enum verb ends[] = {VERB_CALL_NEXT, VERB_PRESS, VERB_FINISH,
                                     VERB_NO_SHOW};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
        uint32_t next = fixture_take(f, PASSPORTS, CLASS_NONE);
        assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
        uint64_t hash = queue_state_hash(f->queue);
        wish_pause(f);
        assert_true(queue_state_hash(f->queue) != hash);
        assert_counter(f, COUNTER_1, "called", ticket);
        int64_t back_at_ms = f->now_ms + 600000;
        assert_ok(f, fixture_press(f, ends[i], COUNTER_1));
        assert_counter(f, COUNTER_1, "paused", TICKET_NONE);
        const struct counter *counter = queue_counter(f->queue, COUNTER_1);
        assert_string_equal(counter->reason, "x");
        assert_int_equal(counter->back_at_ms, back_at_ms);
        assert_false(counter->pause_wish.is_wished);
        assert_ticket(f, next, "waiting");
        assert_ok(f, fixture_ticket(f, VERB_CANCEL, next));
        assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
        assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    }
}

static void wished_pause_is_undone_with_its_press(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    wish_pause(f);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_1));
    assert_counter(f, COUNTER_1, "paused", TICKET_NONE);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_counter(f, COUNTER_1, "serving", ticket);
    assert_false(queue_counter(f->queue, COUNTER_1)->pause_wish.is_wished);
}

static void wished_pause_goes_with_the_ticket_or_by_opening(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    wish_pause(f);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_int_equal(f->events[0].kind, EVENT_COUNTER_STAYS);
    assert_refused(f, fixture_press(f, VERB_OPEN, COUNTER_1), "counter-already",
                   "counter '1' is already open");
    wish_pause(f);
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1)); /* of the call */
    assert_counter(f, COUNTER_1, "free", TICKET_NONE);
    assert_false(queue_counter(f->queue, COUNTER_1)->pause_wish.is_wished);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    wish_pause(f);
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, ticket));
    assert_counter(f, COUNTER_1, "paused", TICKET_NONE);
    assert_refused(f, fixture_press(f, VERB_UNDO, COUNTER_1), "nothing-to-undo",
                   "counter '1' has nothing that can be undone");
}

static void help_is_asked_for_until_it_ends_or_the_counter_closes(void **state)
{
    struct fixture *f = *state;
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, fixture_press(f, VERB_ASK_HELP, COUNTER_1));
    assert_true(queue_counter(f->queue, COUNTER_1)->asks_help);
    assert_true(queue_state_hash(f->queue) != hash);
    assert_refused(f, fixture_press(f, VERB_ASK_HELP, COUNTER_1), "counter-already",
                   "counter '1' asks for help already");
    assert_ok(f, fixture_press(f, VERB_END_HELP, COUNTER_1));
    assert_refused(f, fixture_press(f, VERB_END_HELP, COUNTER_1), "counter-already",
                   "counter '1' does not ask for help");
    assert_ok(f, fixture_press(f, VERB_ASK_HELP, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_PAUSE, COUNTER_1));
    assert_true(queue_counter(f->queue, COUNTER_1)->asks_help);
    assert_ok(f, fixture_press(f, VERB_CLOSE, COUNTER_1));
    assert_false(queue_counter(f->queue, COUNTER_1)->asks_help);
    assert_refused(f, fixture_press(f, VERB_ASK_HELP, COUNTER_1), "counter-closed",
                   "counter '1' is closed");
}

#define TEST(name)                                                                       \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(help_is_asked_for_until_it_ends_or_the_counter_closes),
        TEST(wished_pause_begins_after_the_ticket),
        TEST(wished_pause_is_undone_with_its_press),
        TEST(wished_pause_goes_with_the_ticket_or_by_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
