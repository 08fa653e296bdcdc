/* See fixture.h. */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"

static void set_text(char *to, size_t bytes, const char *from)
{
    assert_true(text_copy(to, bytes, from));
}

static void set_service(struct service *service, const char *id, const char *letter)
{
    set_text(service->id, sizeof(service->id), id);
    set_text(service->letter, sizeof(service->letter), letter);
    service->standard_wait_s = 900;
    service->standard_share_percent = 80;
    service->typical_service_s = 300;
    service->first_number = 1;
    service->readmit_within_s = 600;
    service->color_rgb = 0x1F6FD6;
}

static void set_counter(struct counter_place *counter, const char *id, uint64_t services)
{
    set_text(counter->id, sizeof(counter->id), id);
    set_text(counter->label, sizeof(counter->label), id);
    counter->services = services;
}

void fixture_site(struct site *ret_site)
{
    memset(ret_site, 0, sizeof(*ret_site));
    set_text(ret_site->id, sizeof(ret_site->id), "prefecture");
    set_text(ret_site->time_zone, sizeof(ret_site->time_zone), "Europe/Paris");
    ret_site->no_show_within_s = 15;
    ret_site->call_chosen = true;
    ret_site->hall_count = 1;
    set_text(ret_site->halls[0].id, sizeof(ret_site->halls[0].id), "main");
    ret_site->service_count = 2;
    set_service(&ret_site->services[PASSPORTS], "passports", "A");
    set_service(&ret_site->services[VEHICLES], "vehicles", "B");
    ret_site->counter_count = 3;
    set_counter(&ret_site->counters[COUNTER_1], "1", 1);
    set_counter(&ret_site->counters[COUNTER_2], "2", 3);
    set_counter(&ret_site->counters[COUNTER_3], "3", 2);
    ret_site->class_count = 3;
    set_text(ret_site->classes[0].id, sizeof(ret_site->classes[0].id), "none");
    set_text(ret_site->classes[1].id, sizeof(ret_site->classes[1].id), "priority");
    ret_site->classes[1].head_start_s = 1800;
    set_text(ret_site->classes[2].id, sizeof(ret_site->classes[2].id), "first");
    ret_site->classes[2].head_start_s = HEAD_START_S_MAX;
    ret_site->classes[2].at_kiosk = true;
    ret_site->kiosk_count = 1;
    set_text(ret_site->kiosks[0].id, sizeof(ret_site->kiosks[0].id), "hall1");
}

struct command fixture_command(enum verb verb)
{
    return (struct command){
        .verb = verb, .counter = SITE_NONE, .kiosk = SITE_NONE, .version = VERSION_ANY};
}

enum status fixture_do(struct fixture *fixture, const struct command *command)
{
    uint64_t hash = queue_state_hash(fixture->queue);
    fixture->event_count = 0;
    fixture->status =
        queue_decide(fixture->queue, command, fixture->now_ms, fixture->events,
                     &fixture->event_count, &fixture->refused, &fixture->err);
    assert_true(queue_state_hash(fixture->queue) == hash);
    for (size_t i = 0; i < fixture->event_count; i++) {
        queue_apply(fixture->queue, &fixture->events[i]);
    }
    return fixture->status;
}

void fixture_init_closed(struct fixture *fixture)
{
    memset(fixture, 0, sizeof(*fixture));
    fixture_site(&fixture->site);
    fixture->now_ms = FIXTURE_START_MS;
    fixture->queue = queue_create();
    assert_non_null(fixture->queue);
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &fixture->site;
    assert_ok(fixture, fixture_do(fixture, &command));
}

void fixture_init(struct fixture *fixture)
{
    fixture_init_closed(fixture);
    struct command command = fixture_command(VERB_OPEN_DAY);
    command.date = FIXTURE_DATE;
    assert_ok(fixture, fixture_do(fixture, &command));
    command = fixture_command(VERB_OPEN_SERVICE);
    for (command.service = 0; command.service < 2; command.service++) {
        assert_ok(fixture, fixture_do(fixture, &command));
    }
}

void fixture_finish(struct fixture *fixture)
{
    queue_destroy(fixture->queue);
    fixture->queue = NULL;
}

int fixture_setup(void **state)
{
    static struct fixture fixture;
    fixture_init(&fixture);
    *state = &fixture;
    return 0;
}

int fixture_setup_manned(void **state)
{
    (void)fixture_setup(state); /* it ends the test or is well */
    struct fixture *fixture = *state;
    assert_ok(fixture, fixture_press(fixture, VERB_OPEN, COUNTER_1));
    assert_ok(fixture, fixture_press(fixture, VERB_OPEN, COUNTER_2));
    return 0;
}

int fixture_teardown(void **state)
{
    fixture_finish(*state);
    return 0;
}

void fixture_configure(struct fixture *fixture)
{
    struct command command = fixture_command(VERB_CONFIGURE);
    command.site = &fixture->site;
    assert_ok(fixture, fixture_do(fixture, &command));
}

void fixture_wait_s(struct fixture *fixture, int64_t seconds)
{
    fixture->now_ms += seconds * 1000;
}

uint32_t fixture_take(struct fixture *fixture, uint32_t service, uint32_t class_index)
{
    struct command command = fixture_command(VERB_TAKE);
    command.service = service;
    command.class_index = class_index;
    assert_ok(fixture, fixture_do(fixture, &command));
    assert_int_equal(fixture->event_count, 1);
    return fixture->events[0].taken.ticket;
}

enum status fixture_press(struct fixture *fixture, enum verb verb, uint32_t counter)
{
    struct command command = fixture_command(verb);
    command.counter = counter;
    return fixture_do(fixture, &command);
}

enum status fixture_ticket(struct fixture *fixture, enum verb verb, uint32_t ordinal)
{
    struct command command = fixture_command(verb);
    command.ticket = ordinal;
    return fixture_do(fixture, &command);
}

enum status fixture_call(struct fixture *fixture, uint32_t counter, uint32_t ordinal)
{
    struct command command = fixture_command(VERB_CALL);
    command.counter = counter;
    command.ticket = ordinal;
    return fixture_do(fixture, &command);
}

uint32_t fixture_close_day(struct fixture *fixture)
{
    uint32_t steps = 0;
    struct command command = fixture_command(VERB_CLOSE_DAY);
    while (queue_day(fixture->queue) != 0) {
        assert_ok(fixture, fixture_do(fixture, &command));
        steps++;
        assert_true(steps <= TICKETS_PER_DAY_MAX);
    }
    return steps;
}
