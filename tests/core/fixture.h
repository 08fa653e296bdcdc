/* A small hall for tests of the queue: two services, three counters, two priority
 * classes, an open business day, and short ways to ask the queue for things.
 *
 * Services: 0 "passports" A, 1 "vehicles" B. Counters: 0 "1" serves A, 1 "2" serves A and
 * B, 2 "3" serves B. Classes: 1 "priority" (30 minutes of head start, not at the kiosk),
 * 2 "first" (a whole day, at the kiosk). */
#ifndef GUICHET_TESTS_CORE_FIXTURE_H
#define GUICHET_TESTS_CORE_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "core/queue.h"

enum { PASSPORTS, VEHICLES };
enum { COUNTER_1, COUNTER_2, COUNTER_3 };
enum { CLASS_NONE, CLASS_PRIORITY, CLASS_FIRST };

/* 2026-11-23 08:00 UTC, a Monday. */
#define FIXTURE_START_MS INT64_C(1795420800000)
#define FIXTURE_DATE     20261123U

struct fixture {
    struct site site;
    struct queue *queue;
    int64_t now_ms;
    /* Of the last fixture_do(). */
    enum status status;
    struct event events[STEP_EVENTS_MAX];
    size_t event_count;
    struct refused refused;
    struct error err;
};

void fixture_site(struct site *ret_site);

/* A queue with the site and nothing else: no business day. */
void fixture_init_closed(struct fixture *fixture);

/* The same with the day and both services open; counters are closed. */
void fixture_init(struct fixture *fixture);
void fixture_finish(struct fixture *fixture);

/* The same for cmocka; in the second, counters 1 and 2 are open. One at a time. */
int fixture_setup(void **state);
int fixture_setup_manned(void **state);
int fixture_teardown(void **state);

/* Decide and, when accepted, apply; checks that deciding changed nothing. */
enum status fixture_do(struct fixture *fixture, const struct command *command);

/* A command with nothing in it: no counter, no kiosk, any version. */
struct command fixture_command(enum verb verb);

/* Put the fixture's site, as it is now, in force. */
void fixture_configure(struct fixture *fixture);

/* Office time goes on. */
void fixture_wait_s(struct fixture *fixture, int64_t seconds);

/* Take a ticket, which must succeed; returns its ordinal. */
uint32_t fixture_take(struct fixture *fixture, uint32_t service, uint32_t class_index);

/* A counter's verb on any version. */
enum status fixture_press(struct fixture *fixture, enum verb verb, uint32_t counter);

/* Cancel, abandon or (chosen) call of a ticket. */
enum status fixture_ticket(struct fixture *fixture, enum verb verb, uint32_t ordinal);
enum status fixture_call(struct fixture *fixture, uint32_t counter, uint32_t ordinal);

/* Close the day, in as many steps as it takes; returns their number. */
uint32_t fixture_close_day(struct fixture *fixture);

/* cmocka assertions, with the place of the caller. */
#define assert_ok(fixture, call)                                                         \
    do {                                                                                 \
        enum status assert_ok_status = (call);                                           \
        if (assert_ok_status != OK) {                                                    \
            print_error("%s\n", (fixture)->err.text);                                    \
        }                                                                                \
        assert_int_equal(assert_ok_status, OK);                                          \
    } while (0)

#define assert_refused(fixture, call, code, sentence)                                    \
    do {                                                                                 \
        assert_int_equal((call), ERR_REFUSED);                                           \
        assert_string_equal(refusal_code((fixture)->refused.refusal), (code));           \
        assert_string_equal((fixture)->err.text, (sentence));                            \
    } while (0)

#define assert_ticket(fixture, ordinal, name)                                            \
    assert_string_equal(                                                                 \
        ticket_state_name(queue_ticket((fixture)->queue, (ordinal))->state), (name))

#define assert_counter(fixture, index, name, ordinal)                                    \
    do {                                                                                 \
        const struct counter *assert_counter_is =                                        \
            queue_counter((fixture)->queue, (index));                                    \
        assert_string_equal(counter_state_name(assert_counter_is->state), (name));       \
        assert_int_equal(assert_counter_is->ticket, (ordinal));                          \
    } while (0)

#endif
