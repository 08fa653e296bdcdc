/* What a reader of a journal that it does not trust is told: each event that does not fit
 * the state has its sentence, and none of them stops the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

/* A001 called at counter 1, A002 waiting, B001 served at counter 2, whose finish can be
 * undone; counter 3 is closed. */
enum { CALLED = 1, WAITING = 2, SERVED = 3 };

static int setup(void **state)
{
    (void)fixture_setup_manned(state);
    struct fixture *f = *state;
    fixture_take(f, PASSPORTS, CLASS_NONE);
    fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t served = fixture_take(f, VEHICLES, CLASS_NONE);
    assert_int_equal(served, SERVED);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_call(f, COUNTER_2, served));
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_FINISH, COUNTER_2));
    return 0;
}

/* The next event of the queue with nothing in it. */
static struct event next_event(const struct fixture *f, enum event_kind kind)
{
    return (struct event){
        .kind = kind, .seq = queue_seq(f->queue) + 1, .at_ms = f->now_ms};
}

static void assert_misfit(const struct fixture *f, const struct event *event,
                          const char *sentence)
{
    struct error err = {.text = ""};
    uint64_t hash = queue_state_hash(f->queue);
    assert_int_not_equal(queue_check_event(f->queue, event, &err), OK);
    const char *colon = strstr(err.text, "): ");
    assert_string_equal(colon ? colon + 3 : err.text, sentence);
    assert_true(queue_state_hash(f->queue) == hash);
}

static void event_out_of_order_does_not_fit(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_EPOCH_STARTED);
    event.epoch = 5;
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.seq++;
    assert_misfit(f, &event, "it is not the next event");
    event.seq -= 2;
    assert_misfit(f, &event, "it is not the next event");
    event = next_event(f, EVENT_EPOCH_STARTED);
    event.epoch = 5;
    event.at_ms = queue_last_at_ms(f->queue) - 1;
    assert_misfit(f, &event, "it is earlier than the event before");
    event = next_event(f, EVENT_KIND_COUNT);
    assert_misfit(f, &event, "there is no such kind of event");
}

static void message_names_event_and_kind(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_SERVICE_OPENED);
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &event, &err), ERR_CORRUPT);
    assert_string_equal(
        err.text, "event 14 (service-opened): the service is in that state already");
}

static void frame_that_does_not_fit_is_named(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_EPOCH_STARTED);
    assert_misfit(f, &event, "the epoch does not rise");
    event = next_event(f, EVENT_CLOCK_SET);
    assert_misfit(f, &event, "there is no such clock");
    event.clock.mode = CLOCK_MODE_COUNT;
    event.clock.factor = 1;
    assert_misfit(f, &event, "there is no such clock");
    event = next_event(f, EVENT_SITE_CONFIGURED);
    assert_misfit(f, &event, "there is no new site");
    event.site = queue_site(f->queue);
    assert_misfit(f, &event, "there is no new site");
    f->site.hall_count = 0;
    event.site = &f->site;
    assert_misfit(f, &event, "a site needs at least 1 of its halls");
    event = next_event(f, EVENT_DAY_OPENED);
    event.date = FIXTURE_DATE + 1;
    assert_misfit(f, &event, "this business day cannot open now");
    event = next_event(f, EVENT_DAY_CLOSED);
    event.date = FIXTURE_DATE + 1;
    assert_misfit(f, &event, "this business day is not open");
    event.date = FIXTURE_DATE;
    assert_misfit(f, &event, "somebody is still waiting");
    assert_ok(f, fixture_ticket(f, VERB_CANCEL, WAITING));
    event.seq = queue_seq(f->queue) + 1;
    assert_misfit(f, &event, "a counter is not closed yet");
}

static void service_and_counter_must_exist_and_change(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_SERVICE_CLOSED);
    event.service = 2;
    assert_misfit(f, &event, "there is no such service");
    event = next_event(f, EVENT_COUNTER_OPENED);
    event.counter.counter = 3;
    assert_misfit(f, &event, "there is no such counter");
    event.counter.counter = COUNTER_1;
    assert_misfit(f, &event, "the counter is in another state");
    event = next_event(f, EVENT_COUNTER_PAUSED);
    event.counter.counter = COUNTER_3;
    assert_misfit(f, &event, "the counter is in another state");
    event.counter.counter = COUNTER_2;
    memset(event.counter.reason, 'x', sizeof(event.counter.reason));
    assert_misfit(f, &event, "the reason has no end");
    event = next_event(f, EVENT_COUNTER_CLOSED);
    event.counter.counter = COUNTER_1;
    assert_misfit(f, &event, "the counter is in another state");
    event = next_event(f, EVENT_COUNTER_STAYS);
    event.counter.counter = COUNTER_1;
    assert_misfit(f, &event, "no pause is wished for at the counter");
    event = next_event(f, EVENT_HELP_ENDED);
    event.counter.counter = COUNTER_1;
    assert_misfit(f, &event, "whether the counter asks for help does not change");
    event = next_event(f, EVENT_COUNTER_PAUSE_WISHED);
    event.counter.counter = COUNTER_1;
    event.counter.is_of_press = true;
    assert_misfit(f, &event, "no press ended a ticket before it");
}

static void taken_ticket_must_be_new(void **state)
{
    struct fixture *f = *state;
    const struct event_taken sound = {.ticket = 4, .number = 3, .kiosk = SITE_NONE};
    struct event event = next_event(f, EVENT_TICKET_TAKEN);
    struct error err;
    event.taken = sound;
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.taken.number = 2;
    assert_misfit(f, &event, "the number was given before today");
    event.taken.number = TICKET_NUMBER_MAX + 1;
    assert_misfit(f, &event, "the number is out of range");
    event.taken.number = 0;
    assert_misfit(f, &event, "the number is out of range");
    event.taken = sound;
    event.taken.ticket = 3;
    assert_misfit(f, &event, "the ticket is not the next of the day");
    event.taken = sound;
    event.taken.class_index = 3;
    assert_misfit(f, &event, "there is no such service or priority class");
    event.taken = sound;
    event.taken.kiosk = 1;
    assert_misfit(f, &event, "there is no such kiosk");
    event.taken = sound;
    event.taken.channel = CHANNEL_COUNT;
    assert_misfit(f, &event, "there is no such language or channel");
}

static void ticket_and_counter_must_be_in_the_right_state(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum event_kind kind;
        struct event_ticket body;
        const char *sentence;
    } cases[] = {
        {EVENT_TICKET_CALLED, {.ticket = 0}, "there is no such ticket"},
        {EVENT_TICKET_CALLED, {.ticket = 4}, "there is no such ticket"},
        {EVENT_TICKET_CALLED, {.ticket = CALLED}, "the ticket is in another state"},
        {EVENT_TICKET_CALLED, {.ticket = SERVED}, "the ticket is in another state"},
        {EVENT_TICKET_CALLED,
         {.ticket = WAITING, .rule = CALL_RULE_COUNT},
         "there is no such rule of calling"},
        {EVENT_TICKET_CALLED,
         {.ticket = WAITING, .counter = 9},
         "there is no such counter"},
        {EVENT_TICKET_CALLED,
         {.ticket = WAITING, .counter = COUNTER_3},
         "the counter is in another state"},
        {EVENT_TICKET_CALLED,
         {.ticket = WAITING, .counter = COUNTER_1},
         "the counter is in another state"},
        {EVENT_TICKET_RECALLED, {.ticket = WAITING}, "the ticket is in another state"},
        {EVENT_TICKET_STARTED,
         {.ticket = CALLED, .started_at_ms = 1},
         "the service cannot have started then"},
        {EVENT_TICKET_STARTED,
         {.ticket = CALLED, .started_at_ms = INT64_MAX},
         "the service cannot have started then"},
        {EVENT_TICKET_FINISHED, {.ticket = CALLED}, "the ticket is in another state"},
        {EVENT_TICKET_NO_SHOW,
         {.ticket = CALLED, .counter = COUNTER_2},
         "the counter is in another state"},
        {EVENT_TICKET_CANCELLED,
         {.ticket = WAITING, .counter = COUNTER_1},
         "no counter belongs here"},
        {EVENT_TICKET_CANCELLED,
         {.ticket = CALLED, .counter = SITE_NONE},
         "there is no such counter"},
        {EVENT_TICKET_ABANDONED,
         {.ticket = CALLED, .counter = COUNTER_1},
         "the ticket is in another state"},
        {EVENT_TICKET_CLOSED_AT_NIGHT,
         {.ticket = SERVED, .counter = SITE_NONE},
         "the ticket is in another state"},
        {EVENT_TICKET_PRINTED,
         {.ticket = SERVED, .counter = SITE_NONE},
         "there is no such result of printing"},
        {EVENT_TICKET_PRINTED,
         {.ticket = SERVED, .print = PRINT_PRINTED},
         "no counter belongs here"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct event event = next_event(f, cases[i].kind);
        event.ticket = cases[i].body;
        assert_misfit(f, &event, cases[i].sentence);
    }
}

static void another_ticket_at_the_counter_is_seen(void **state)
{
    struct fixture *f = *state;
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_counter(f, COUNTER_2, "called", WAITING);
    struct event event = next_event(f, EVENT_TICKET_NO_SHOW);
    event.ticket = (struct event_ticket){.ticket = CALLED, .counter = COUNTER_2};
    assert_misfit(f, &event, "another ticket is there");
}

/* The undo of the finish at counter 2 as the queue decides it. */
static struct event sound_undo(const struct fixture *f)
{
    struct command command = fixture_command(VERB_UNDO);
    command.counter = COUNTER_2;
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    assert_int_equal(
        queue_decide(f->queue, &command, f->now_ms, events, &count, NULL, NULL), OK);
    assert_int_equal(count, 1);
    return events[0];
}

static void undone_press_must_fit_ticket_and_counter(void **state)
{
    struct fixture *f = *state;
    const struct event sound = sound_undo(f);
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &sound, &err), OK);
    struct event event = sound;
    event.undone.counter = 3;
    assert_misfit(f, &event, "there is no such counter");
    event = sound;
    event.undone.state = COUNTER_CLOSED;
    assert_misfit(f, &event, "the counter cannot go back to that state");
    event = sound;
    event.undone.ticket = TICKET_NONE;
    assert_misfit(f, &event, "the counter cannot go back to that state");
    event = sound;
    event.undone.ticket = CALLED;
    assert_misfit(f, &event, "the ticket was elsewhere");
    event = sound;
    event.undone.state = COUNTER_SERVING;
    assert_misfit(f, &event, "the ticket was elsewhere");
    event = sound;
    event.undone.tickets[1] = event.undone.tickets[0];
    assert_misfit(f, &event, "the ticket is named twice");
    event = sound;
    event.undone.tickets[0].ticket = 4;
    assert_misfit(f, &event, "there is no such ticket or state");
    event = sound;
    event.undone.tickets[0].state = TICKET_WAITING;
    assert_misfit(f, &event, "the ticket cannot go back to that state");
    event = sound;
    event.undone.tickets[0].ticket = CALLED;
    assert_misfit(f, &event, "the ticket cannot go back to that state");
    event = sound;
    event.undone.tickets[0].ticket = TICKET_NONE;
    assert_misfit(f, &event, "a ticket would lose its place");
    event = sound;
    event.undone.counter = COUNTER_1;
    assert_misfit(f, &event, "the ticket cannot go back to that state");
}

static void undone_call_must_have_been_the_first(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_PRESS_UNDONE);
    event.undone = (struct event_undone){
        .counter = COUNTER_1,
        .state = COUNTER_FREE,
        .tickets = {{.ticket = CALLED, .state = TICKET_WAITING, .counter = SITE_NONE}}};
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.undone.tickets[0].called_at_ms = f->now_ms;
    assert_misfit(f, &event, "the ticket was not waiting");
    event.undone.tickets[0].called_at_ms = 0;
    event.undone.tickets[0].counter = 3;
    assert_misfit(f, &event, "the ticket was not waiting");
}

static void contact_must_have_service_channel_and_outcome(void **state)
{
    struct fixture *f = *state;
    struct event event = next_event(f, EVENT_CONTACT_RECORDED);
    assert_misfit(f, &event, "there is no such service, channel or outcome");
    event.contact.outcome = TICKET_SERVED;
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.contact.channel = CHANNEL_COUNT;
    assert_misfit(f, &event, "there is no such service, channel or outcome");
}

static void nothing_fits_while_no_day_is_open(void **state)
{
    struct fixture *f = *state;
    fixture_close_day(f);
    struct event event = next_event(f, EVENT_CONTACT_RECORDED);
    event.contact.outcome = TICKET_SERVED;
    assert_misfit(f, &event, "no business day is open");
    event = next_event(f, EVENT_DAY_CLOSED);
    event.date = FIXTURE_DATE;
    assert_misfit(f, &event, "this business day is not open");
    event = next_event(f, EVENT_DAY_OPENED);
    event.date = FIXTURE_DATE;
    assert_misfit(f, &event, "this business day cannot open now");
    event.date = 20261131;
    assert_misfit(f, &event, "this business day cannot open now");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(event_out_of_order_does_not_fit),
        TEST(message_names_event_and_kind),
        TEST(frame_that_does_not_fit_is_named),
        TEST(service_and_counter_must_exist_and_change),
        TEST(taken_ticket_must_be_new),
        TEST(ticket_and_counter_must_be_in_the_right_state),
        TEST(another_ticket_at_the_counter_is_seen),
        TEST(undone_press_must_fit_ticket_and_counter),
        TEST(undone_call_must_have_been_the_first),
        TEST(contact_must_have_service_channel_and_outcome),
        TEST(nothing_fits_while_no_day_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
