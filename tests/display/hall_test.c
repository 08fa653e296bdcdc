/* What a hall screen knows and announces, without a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/hall.h"
#include "sample_hall.h"

#define APART_MS 1600 /* from one announcement to the next */

struct fixture {
    struct site site;
    struct board_document board;
    struct hall_state hall;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    if (!fixture) {
        return 1;
    }
    sample_site(&fixture->site);
    sample_board(&fixture->site, &fixture->board);
    hall_init(&fixture->hall, 0, APART_MS);
    hall_set_site(&fixture->hall, &fixture->site);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    free(*state);
    return 0;
}

/* The next live board, `now_ms` being when it comes. */
static bool live(struct fixture *fixture, int64_t now_ms)
{
    fixture->board.tick++;
    return hall_set_board(&fixture->hall, &fixture->board, false, now_ms);
}

/* The call that a step at `now_ms` announces; 0 for none. */
static int64_t announced(struct fixture *fixture, int64_t now_ms)
{
    struct hall_step step;
    hall_step(&fixture->hall, now_ms, false, &step);
    assert_true(step.next_step_ms > now_ms);
    return step.starts_announcement ? step.call : 0;
}

static void two_close_calls_are_announced_in_order(void **state)
{
    struct fixture *fixture = *state;
    assert_true(live(fixture, 1000));
    assert_int_equal(announced(fixture, 1000), 0);
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    sample_call(&fixture->board, "B107", "permis", "5", 10);
    assert_true(live(fixture, 2000));
    assert_int_equal(announced(fixture, 2000), 1001);
    assert_int_equal(announced(fixture, 2001), 0);
    assert_int_equal(announced(fixture, 2000 + APART_MS - 1), 0);
    assert_int_equal(announced(fixture, 2000 + APART_MS), 1002);
    assert_int_equal(announced(fixture, 20000), 0);
}

static void one_sound_never_begins_over_another(void **state)
{
    struct fixture *fixture = *state;
    struct hall_step step;
    assert_true(live(fixture, 1000));
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    assert_true(live(fixture, 2000));
    hall_step(&fixture->hall, 2000, true, &step);
    assert_false(step.starts_announcement);
    assert_true(step.next_step_ms <= 2100);
    assert_int_equal(announced(fixture, 2100), 1001);
}

static void the_same_board_again_announces_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_true(live(fixture, 1000));
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    assert_true(live(fixture, 2000));
    assert_int_equal(announced(fixture, 2000), 1001);
    assert_true(live(fixture, 4000));
    assert_int_equal(announced(fixture, 4000), 0);
}

static void recall_is_announced(void **state)
{
    struct fixture *fixture = *state;
    uint32_t rows[BOARD_CALLS_MAX];
    assert_true(live(fixture, 1000));
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    assert_true(live(fixture, 2000));
    assert_int_equal(announced(fixture, 2000), 1001);
    sample_call(&fixture->board, "A042", "immatriculation", "3", 10);
    fixture->board.calls[1].is_recall = true;
    assert_true(live(fixture, 8000));
    assert_int_equal(announced(fixture, 8000), 1002);
    assert_int_equal(hall_rows(&fixture->hall, rows), 1);
    assert_int_equal(rows[0], 1);
}

static void late_start_announces_nothing_older_than_five_seconds(void **state)
{
    struct fixture *fixture = *state;
    sample_call(&fixture->board, "C018", "sejour", "s2", HALL_ANNOUNCE_WITHIN_MS + 1);
    sample_call(&fixture->board, "A042", "immatriculation", "3", HALL_ANNOUNCE_WITHIN_MS);
    assert_true(live(fixture, 1000));
    assert_int_equal(announced(fixture, 1000), 1002);
    assert_int_equal(announced(fixture, 9000), 0);
}

static void restart_does_not_announce_again(void **state)
{
    struct fixture *fixture = *state;
    hall_init(&fixture->hall, 1001, APART_MS);
    sample_call(&fixture->board, "C018", "sejour", "s2", 2000);
    sample_call(&fixture->board, "A042", "immatriculation", "3", 1000);
    assert_true(live(fixture, 1000));
    assert_int_equal(announced(fixture, 1000), 1002);
    assert_int_equal(announced(fixture, 9000), 0);
}

static void new_journal_is_not_silent(void **state)
{
    struct fixture *fixture = *state;
    hall_init(&fixture->hall, 500000, APART_MS);
    sample_call(&fixture->board, "A042", "immatriculation", "3", 1000);
    assert_true(live(fixture, 1000));
    assert_int_equal(announced(fixture, 1000), 1001);
}

static void retained_board_is_not_taken_for_live(void **state)
{
    struct fixture *fixture = *state;
    sample_call(&fixture->board, "A042", "immatriculation", "3", 10);
    assert_true(hall_set_board(&fixture->hall, &fixture->board, true, 1000));
    assert_int_equal(hall_freshness(&fixture->hall, 1000), HALL_UNCONFIRMED);
    assert_int_equal(announced(fixture, 1000), 0);
    assert_false(hall_is_fresh(&fixture->hall, 0, 1000));
    assert_int_equal(hall_office_ms(&fixture->hall, 1000), 0);
    assert_true(live(fixture, 1500));
    assert_int_equal(hall_freshness(&fixture->hall, 1500), HALL_LIVE);
    assert_int_equal(announced(fixture, 1500), 1001);
}

static void undone_call_is_neither_announced_nor_shown(void **state)
{
    struct fixture *fixture = *state;
    uint32_t rows[BOARD_CALLS_MAX];
    assert_true(live(fixture, 1000));
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    sample_call(&fixture->board, "B107", "permis", "5", 10);
    assert_true(live(fixture, 2000));
    assert_int_equal(announced(fixture, 2000), 1001);
    fixture->board.calls[1].state = TICKET_WAITING;
    assert_true(live(fixture, 2500));
    assert_int_equal(announced(fixture, 9000), 0);
    assert_int_equal(hall_rows(&fixture->hall, rows), 1);
    assert_int_equal(rows[0], 0);
}

static void voice_of_a_served_ticket_is_dropped_but_not_its_picture(void **state)
{
    struct fixture *fixture = *state;
    uint32_t rows[BOARD_CALLS_MAX];
    sample_call(&fixture->board, "A042", "immatriculation", "3", 40);
    fixture->board.calls[0].state = TICKET_SERVED;
    assert_true(live(fixture, 2000));
    assert_int_equal(announced(fixture, 2000), 0);
    assert_int_equal(hall_rows(&fixture->hall, rows), 1);
}

static void lower_epoch_and_older_boards_are_ignored(void **state)
{
    struct fixture *fixture = *state;
    assert_true(live(fixture, 1000));
    struct board_document *board = &fixture->board;
    board->epoch--;
    board->seq += 100;
    assert_false(live(fixture, 1100));
    board->epoch++;
    board->seq -= 101;
    assert_false(live(fixture, 1200));
    board->epoch++;
    board->tick = 0;
    assert_true(live(fixture, 1300));
    assert_int_equal(fixture->hall.live_at_ms, 1300);
}

static void board_is_stale_after_six_seconds(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(hall_freshness(&fixture->hall, 500), HALL_NOTHING);
    assert_true(live(fixture, 1000));
    assert_int_equal(hall_freshness(&fixture->hall, 7000), HALL_LIVE);
    assert_int_equal(hall_freshness(&fixture->hall, 7001), HALL_STALE);
    struct hall_step step;
    hall_step(&fixture->hall, 6999, false, &step);
    assert_int_equal(step.next_step_ms, 7001);
    /* A retained board after a reconnection proves nothing. */
    assert_true(hall_set_board(&fixture->hall, &fixture->board, true, 8000));
    assert_int_equal(hall_freshness(&fixture->hall, 8000), HALL_STALE);
    assert_true(live(fixture, 9000));
    assert_int_equal(hall_freshness(&fixture->hall, 9000), HALL_LIVE);
}

static void clock_goes_on_at_the_pace_of_the_office(void **state)
{
    struct fixture *fixture = *state;
    fixture->board.clock = CLOCK_SCALED;
    fixture->board.factor = 60;
    assert_true(live(fixture, 1000));
    assert_int_equal(hall_office_ms(&fixture->hall, 2500), SAMPLE_OFFICE_MS + 90000);
    struct hall_step step;
    hall_step(&fixture->hall, 1000, false, &step);
    /* 10:42:10 at 60 office seconds a second: the next minute is 50/60 s away. */
    assert_int_equal(step.next_step_ms, 1000 + 50000 / 60 + 1);
    fixture->board.clock = CLOCK_STEPPED;
    fixture->board.factor = 1;
    assert_true(live(fixture, 3000));
    assert_int_equal(hall_office_ms(&fixture->hall, 9000), SAMPLE_OFFICE_MS);
}

static void pulse_is_once_a_second_for_five_seconds(void **state)
{
    struct fixture *fixture = *state;
    sample_call(&fixture->board, "A042", "immatriculation", "3", 0);
    assert_true(live(fixture, 1000));
    assert_int_equal(announced(fixture, 1000), 1001);
    int changes = 0;
    bool was_bright = true;
    struct hall_step step = {.next_step_ms = 1000};
    while (step.next_step_ms < 1000 + 2 * HALL_PULSE_MS) {
        int64_t now_ms = step.next_step_ms;
        fixture->board.calls[0].age_ms = now_ms - 1000;
        assert_true(live(fixture, now_ms));
        bool is_bright = hall_is_bright(&fixture->hall, 1001, now_ms);
        changes += is_bright != was_bright ? 1 : 0;
        was_bright = is_bright;
        assert_true(is_bright || now_ms < 1000 + HALL_PULSE_MS);
        hall_step(&fixture->hall, now_ms, false, &step);
    }
    assert_true(was_bright);
    assert_int_equal(changes, 2 * HALL_PULSE_MS / 1000);
}

static void fresh_ends_after_ten_seconds_and_wakes(void **state)
{
    struct fixture *fixture = *state;
    sample_call(&fixture->board, "A042", "immatriculation", "3", 6000);
    assert_true(live(fixture, 1000));
    assert_true(hall_is_fresh(&fixture->hall, 0, 4999));
    assert_false(hall_is_fresh(&fixture->hall, 0, 5000));
    struct hall_step step;
    hall_step(&fixture->hall, 4900, false, &step);
    assert_int_equal(step.next_step_ms, 5000);
}

static void burst_beyond_the_queue_keeps_the_newest(void **state)
{
    struct fixture *fixture = *state;
    assert_true(live(fixture, 1000));
    sample_burst(&fixture->site, &fixture->board, BOARD_CALLS_MAX);
    assert_true(live(fixture, 1100));
    fixture->board.call_count = 0;
    sample_burst(&fixture->site, &fixture->board, BOARD_CALLS_MAX);
    assert_true(live(fixture, 1200));
    int64_t last = 0;
    int count = 0;
    for (int64_t now_ms = 1200; now_ms < 1200 + 200 * APART_MS; now_ms += APART_MS) {
        int64_t call = announced(fixture, now_ms);
        assert_true(call == 0 || call > last);
        last = call != 0 ? call : last;
        count += call != 0 ? 1 : 0;
    }
    assert_int_equal(last, 1000 + 2 * BOARD_CALLS_MAX);
    assert_int_equal(count, BOARD_CALLS_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_close_calls_are_announced_in_order),
        TEST(one_sound_never_begins_over_another),
        TEST(the_same_board_again_announces_nothing),
        TEST(recall_is_announced),
        TEST(late_start_announces_nothing_older_than_five_seconds),
        TEST(restart_does_not_announce_again),
        TEST(new_journal_is_not_silent),
        TEST(retained_board_is_not_taken_for_live),
        TEST(undone_call_is_neither_announced_nor_shown),
        TEST(voice_of_a_served_ticket_is_dropped_but_not_its_picture),
        TEST(lower_epoch_and_older_boards_are_ignored),
        TEST(board_is_stale_after_six_seconds),
        TEST(clock_goes_on_at_the_pace_of_the_office),
        TEST(pulse_is_once_a_second_for_five_seconds),
        TEST(fresh_ends_after_ten_seconds_and_wakes),
        TEST(burst_beyond_the_queue_keeps_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
