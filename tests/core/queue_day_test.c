/* The business day, the epoch, the clock and a new configuration while people wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "core/text.h"
#include "fixture.h"

static int setup_closed(void **state)
{
    static struct fixture fixture;
    fixture_init_closed(&fixture);
    *state = &fixture;
    return 0;
}

static enum status open_day(struct fixture *f, uint32_t date)
{
    struct command command = fixture_command(VERB_OPEN_DAY);
    command.date = date;
    return fixture_do(f, &command);
}

static enum status configure(struct fixture *f)
{
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &f->site;
    return fixture_do(f, &command);
}

static void before_the_day_opens_every_verb_is_refused(void **state)
{
    struct fixture *f = *state;
    for (uint32_t verb = 0; verb < VERB_COUNT; verb++) {
        if (verb >= VERB_START_EPOCH && verb <= VERB_OPEN_DAY) {
            continue; /* these frame the day */
        }
        struct command command = fixture_command((enum verb)verb);
        assert_refused(f, fixture_do(f, &command), "day-not-open",
                       "no business day is open");
    }
    assert_int_equal(queue_day(f->queue), 0);
}

static void day_opens_once_and_never_again(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(open_day(f, 20260229), ERR_INVALID);
    assert_string_equal(f->err.text, "there is no such date");
    assert_int_equal(open_day(f, 20260431), ERR_INVALID);
    assert_int_equal(open_day(f, 0), ERR_INVALID);
    assert_ok(f, open_day(f, 20280229));
    assert_int_equal(queue_day(f->queue), 20280229);
    assert_refused(f, open_day(f, 20280301), "day-already-open",
                   "business day 2028-02-29 is open already");
    fixture_close_day(f);
    assert_int_equal(queue_day(f->queue), 0);
    assert_refused(f, open_day(f, 20280229), "day-already-open",
                   "business day 2028-02-29 was open already");
    assert_ok(f, open_day(f, 20280301));
    assert_int_equal(queue_last_day(f->queue), 20280301);
}

static void day_needs_a_site(void **state)
{
    struct fixture *f = *state;
    queue_reset(f->queue, 0);
    assert_false(queue_has_site(f->queue));
    assert_int_equal(open_day(f, FIXTURE_DATE), ERR_INVALID);
    assert_string_equal(f->err.text, "no site is configured");
    assert_int_equal(queue_find_ticket(f->queue, "A001"), TICKET_NONE);
}

static void opening_a_day_clears_tickets_numbers_counters_and_services(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_close_day(f);
    assert_ok(f, open_day(f, FIXTURE_DATE + 1));
    assert_int_equal(queue_ticket_count(f->queue), 0);
    assert_int_equal(queue_find_ticket(f->queue, "A001"), TICKET_NONE);
    assert_counter(f, COUNTER_1, "closed", TICKET_NONE);
    assert_int_equal(queue_counter(f->queue, COUNTER_1)->version, queue_seq(f->queue));
    assert_false(queue_service_is_open(f->queue, PASSPORTS));
    struct command command = fixture_command(VERB_OPEN_SERVICE);
    assert_ok(f, fixture_do(f, &command));
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_int_equal(queue_ticket(f->queue, ticket)->number, 1);
}

static void close_day_closes_all_that_is_open_in_steps(void **state)
{
    struct fixture *f = *state;
    for (uint32_t i = 0; i < 40; i++) {
        fixture_take(f, i % 2, CLASS_NONE);
    }
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, 40));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_2));
    /* 39 tickets, 2 counters and the day in steps of 16. */
    assert_int_equal(fixture_close_day(f), 3);
    for (uint32_t i = 1; i <= 39; i++) {
        assert_ticket(f, i, "closed-at-night");
        assert_int_equal(queue_ticket(f->queue, i)->ended_at_ms, f->now_ms);
    }
    assert_ticket(f, 40, "cancelled");
    assert_counter(f, COUNTER_2, "closed", TICKET_NONE);
    assert_int_equal(queue_waiting_count(f->queue, PASSPORTS), 0);
}

static void epoch_only_rises(void **state)
{
    struct fixture *f = *state;
    struct command command = fixture_command(VERB_START_EPOCH);
    command.epoch = 3;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(queue_epoch(f->queue), 3);
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    assert_string_equal(f->err.text, "epoch 3 is not above 3");
    command.epoch = 4;
    assert_ok(f, fixture_do(f, &command));
}

static void clock_is_part_of_the_record(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(queue_clock_mode(f->queue), CLOCK_REAL);
    assert_int_equal(queue_clock_factor(f->queue), 1);
    struct command command = fixture_command(VERB_SET_CLOCK);
    command.clock_mode = CLOCK_SCALED;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
    command.clock_factor = 60;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(queue_clock_mode(f->queue), CLOCK_SCALED);
    assert_int_equal(queue_clock_factor(f->queue), 60);
    command.clock_mode = CLOCK_REPLAY;
    assert_ok(f, fixture_do(f, &command));
    assert_int_equal(queue_clock_factor(f->queue), 1);
    command.clock_mode = CLOCK_MODE_COUNT;
    assert_int_equal(fixture_do(f, &command), ERR_INVALID);
}

/* The services, counters and classes of the site in another order. */
static void shuffle(struct site *site)
{
    struct service service = site->services[0];
    site->services[0] = site->services[1];
    site->services[1] = service;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        uint64_t set = site->counters[i].services;
        site->counters[i].services = (set & 1U) << 1 | (set & 2U) >> 1;
    }
    struct counter_place place = site->counters[0];
    site->counters[0] = site->counters[2];
    site->counters[2] = place;
    struct priority_class class = site->classes[1];
    site->classes[1] = site->classes[2];
    site->classes[2] = class;
}

static void new_order_of_the_site_moves_tickets_and_counters_along(void **state)
{
    struct fixture *f = *state;
    uint32_t passport = fixture_take(f, PASSPORTS, CLASS_PRIORITY);
    uint32_t vehicle = fixture_take(f, VEHICLES, CLASS_NONE);
    uint32_t waiting = fixture_take(f, PASSPORTS, CLASS_FIRST);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_1));
    assert_ok(f, fixture_call(f, COUNTER_1, passport));
    shuffle(&f->site);
    assert_ok(f, configure(f));
    assert_int_equal(queue_ticket(f->queue, passport)->service, 1);
    assert_int_equal(queue_ticket(f->queue, passport)->class_index, 2);
    assert_int_equal(queue_ticket(f->queue, passport)->counter, 2);
    assert_counter(f, 2, "called", passport);
    assert_counter(f, 0, "closed", TICKET_NONE);
    assert_int_equal(queue_find_ticket(f->queue, "A001"), passport);
    assert_int_equal(queue_find_ticket(f->queue, "B001"), vehicle);
    assert_int_equal(queue_first_waiting(f->queue, 1), waiting);
    assert_int_equal(queue_waiting_count(f->queue, 0), 1);
    assert_true(queue_service_is_open(f->queue, 1));
    assert_int_equal(queue_ticket(f->queue, fixture_take(f, 1, CLASS_NONE))->number, 3);
    /* The press of before is still the last one, at its new place. */
    assert_ok(f, fixture_press(f, VERB_UNDO, 2));
    assert_ticket(f, passport, "waiting");
    assert_int_equal(queue_ticket(f->queue, passport)->counter, SITE_NONE);
}

static void new_service_begins_closed_with_its_own_numbers(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    f->site.service_count = 3;
    f->site.services[2] = f->site.services[1];
    f->site.services[1] = f->site.services[0];
    f->site.services[0] = f->site.services[2];
    (void)text_copy(f->site.services[0].id, ID_LENGTH_MAX, "permits");
    (void)text_copy(f->site.services[0].letter, LETTER_LENGTH_MAX, "P");
    assert_ok(f, configure(f));
    assert_false(queue_service_is_open(f->queue, 0));
    assert_true(queue_service_is_open(f->queue, 1));
    struct command command = fixture_command(VERB_OPEN_SERVICE);
    assert_ok(f, fixture_do(f, &command));
    uint32_t ticket = fixture_take(f, 0, CLASS_NONE);
    assert_int_equal(queue_find_ticket(f->queue, "P001"), ticket);
    assert_int_equal(queue_find_ticket(f->queue, "A001"), 1);
}

static void removing_what_somebody_needs_is_refused_with_the_list(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_FIRST);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_3));
    f->site.service_count = 1;
    f->site.counter_count = 2;
    f->site.counters[1].services = 1;
    f->site.class_count = 2;
    assert_refused(f, configure(f), "site-orphans",
                   "the new configuration does not fit the day: "
                   "service 'vehicles' (1 ticket today) is gone, "
                   "counter '3' (free) is gone, "
                   "priority class 'first' (1 ticket today) is gone");
    assert_int_equal(queue_site(f->queue)->service_count, 2);
}

static void service_with_tickets_keeps_its_letter(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_NONE);
    (void)text_copy(f->site.services[1].letter, LETTER_LENGTH_MAX, "V");
    assert_refused(f, configure(f), "site-orphans",
                   "the new configuration does not fit the day: "
                   "service 'vehicles' (1 ticket today) has another letter");
}

static void removing_what_nobody_needs_is_accepted(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_OPEN, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_2));
    assert_ok(f, fixture_press(f, VERB_CLOSE, COUNTER_2));
    f->site.service_count = 1;
    f->site.counter_count = 1;
    f->site.class_count = 1;
    assert_ok(f, configure(f));
    assert_int_equal(queue_ticket(f->queue, ticket)->counter, SITE_NONE);
    assert_ticket(f, ticket, "served");
}

static void broken_site_is_not_taken_over(void **state)
{
    struct fixture *f = *state;
    f->site.service_count = 0;
    assert_int_equal(configure(f), ERR_INVALID);
    assert_string_equal(f->err.text, "a site needs at least 1 of its services");
}

static void between_days_anything_may_be_removed(void **state)
{
    struct fixture *f = *state;
    fixture_take(f, VEHICLES, CLASS_FIRST);
    fixture_close_day(f);
    assert_int_equal(queue_ticket_count(f->queue), 1);
    f->site.service_count = 1;
    f->site.counters[1].services = 1;
    f->site.counter_count = 2;
    f->site.class_count = 1;
    assert_ok(f, configure(f));
    assert_int_equal(queue_ticket_count(f->queue), 0);
}

/* Epoch, clock and site of a whole journal, then its day, as a reader replays it. */
static void replay_from_the_open_day_gives_the_same_state(void **state)
{
    struct fixture *f = *state;
    struct command command = fixture_command(VERB_START_EPOCH);
    command.epoch = 9;
    assert_ok(f, fixture_do(f, &command));
    struct event epoch = f->events[0];
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_close_day(f);
    f->site.wrap_up = true;
    fixture_wait_s(f, 10);
    assert_ok(f, configure(f));
    struct event site = f->events[0];
    assert_ok(f, open_day(f, FIXTURE_DATE + 1));
    struct event day = f->events[0];
    struct queue *other = queue_create();
    assert_non_null(other);
    queue_reset(other, day.seq - 3);
    epoch.seq = day.seq - 2;
    site.seq = day.seq - 1;
    queue_apply(other, &epoch);
    queue_apply(other, &site);
    queue_apply(other, &day);
    assert_true(queue_state_hash(other) == queue_state_hash(f->queue));
    queue_destroy(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
#define TEST_CLOSED(name)                                                                \
    cmocka_unit_test_setup_teardown(name, setup_closed, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_CLOSED(before_the_day_opens_every_verb_is_refused),
        TEST_CLOSED(day_opens_once_and_never_again),
        TEST_CLOSED(day_needs_a_site),
        TEST(opening_a_day_clears_tickets_numbers_counters_and_services),
        TEST(close_day_closes_all_that_is_open_in_steps),
        TEST(epoch_only_rises),
        TEST(clock_is_part_of_the_record),
        TEST(new_order_of_the_site_moves_tickets_and_counters_along),
        TEST(new_service_begins_closed_with_its_own_numbers),
        TEST(removing_what_somebody_needs_is_refused_with_the_list),
        TEST(service_with_tickets_keeps_its_letter),
        TEST(removing_what_nobody_needs_is_accepted),
        TEST(broken_site_is_not_taken_over),
        TEST(between_days_anything_may_be_removed),
        TEST(replay_from_the_open_day_gives_the_same_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
