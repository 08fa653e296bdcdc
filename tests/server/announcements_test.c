/* Calls that boards carry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/announcements.h"
#include "site_fixture.h"

/* A site of two halls with one counter in each. */
static const char two_halls[] =
    "[site]\nid = test\nname.fr = Test\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n[hall annexe]\nname.fr = Annexe\n"
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"
    "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = permis\n"
    "[counter 2]\nname.fr = Guichet 2\nhall = annexe\nservices = permis\n";

static struct event call_of(int64_t seq, enum event_kind kind, uint32_t ticket,
                            uint32_t counter)
{
    return (struct event){
        .kind = kind, .seq = seq, .ticket = {.ticket = ticket, .counter = counter}};
}

static void a_call_is_announced_in_its_counter_s_hall_only(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(two_halls);
    static struct announcements announcements;
    announcements_clear(&announcements);
    struct event event = call_of(7, EVENT_TICKET_CALLED, 3, 1);
    announcements_note(&announcements, queue, &event, 1000);
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    assert_int_equal(announcements_current(&announcements, 0, 1000, calls), 0);
    assert_int_equal(announcements_current(&announcements, 1, 1000, calls), 1);
    assert_int_equal(calls[0]->call, 7);
    assert_int_equal(calls[0]->ticket, 3);
    assert_false(calls[0]->is_recall);
    queue_destroy(queue);
}

static void a_full_ring_drops_the_oldest_and_never_the_newest(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(two_halls);
    static struct announcements announcements;
    announcements_clear(&announcements);
    for (uint32_t i = 1; i <= ANNOUNCEMENTS_MAX + 5; i++) {
        struct event event = call_of((int64_t)i, EVENT_TICKET_CALLED, i, 0);
        announcements_note(&announcements, queue, &event, 1000);
    }
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    size_t count = announcements_current(&announcements, 0, 1000, calls);
    assert_int_equal(count, ANNOUNCEMENTS_MAX);
    assert_int_equal(calls[0]->call, 6);
    assert_int_equal(calls[count - 1]->call, ANNOUNCEMENTS_MAX + 5);
    queue_destroy(queue);
}

static void calls_older_than_a_minute_leave_but_the_last_sixteen_stay(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(two_halls);
    static struct announcements announcements;
    announcements_clear(&announcements);
    for (uint32_t i = 1; i <= 20; i++) {
        struct event event = call_of((int64_t)i, EVENT_TICKET_RECALLED, i, 0);
        announcements_note(&announcements, queue, &event, (int64_t)i);
    }
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    assert_int_equal(announcements_current(&announcements, 0, 20, calls), 20);
    size_t count =
        announcements_current(&announcements, 0, 100 + ANNOUNCED_WITHIN_MS, calls);
    assert_int_equal(count, ANNOUNCEMENTS_MIN);
    assert_int_equal(calls[0]->call, 5);
    assert_true(calls[0]->is_recall);
    queue_destroy(queue);
}

static void an_undone_call_is_taken_off_the_boards(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(two_halls);
    static struct announcements announcements;
    announcements_clear(&announcements);
    for (uint32_t i = 1; i <= 3; i++) {
        struct event event = call_of((int64_t)i, EVENT_TICKET_CALLED, i, 0);
        announcements_note(&announcements, queue, &event, 0);
    }
    struct event undone = {.kind = EVENT_PRESS_UNDONE, .seq = 4};
    undone.undone.tickets[0] =
        (struct ticket_before){.ticket = 2, .state = TICKET_WAITING};
    announcements_note(&announcements, queue, &undone, 0);
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    assert_int_equal(announcements_current(&announcements, 0, 0, calls), 2);
    assert_int_equal(calls[0]->ticket, 1);
    assert_int_equal(calls[1]->ticket, 3);
    queue_destroy(queue);
}

static void a_new_day_begins_without_calls(void **state)
{
    (void)state;
    struct queue *queue = queue_of_site(two_halls);
    static struct announcements announcements;
    announcements_clear(&announcements);
    struct event event = call_of(1, EVENT_TICKET_CALLED, 1, 0);
    announcements_note(&announcements, queue, &event, 0);
    struct event opened = {.kind = EVENT_DAY_OPENED, .seq = 2, .date = 20261124};
    announcements_note(&announcements, queue, &opened, 0);
    const struct announcement *calls[ANNOUNCEMENTS_MAX];
    assert_int_equal(announcements_current(&announcements, 0, 0, calls), 0);
    queue_destroy(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_announced_in_its_counter_s_hall_only),
        cmocka_unit_test(a_full_ring_drops_the_oldest_and_never_the_newest),
        cmocka_unit_test(calls_older_than_a_minute_leave_but_the_last_sixteen_stay),
        cmocka_unit_test(an_undone_call_is_taken_off_the_boards),
        cmocka_unit_test(a_new_day_begins_without_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
