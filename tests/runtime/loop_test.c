/* The event loop. Descriptors are pipes that the test fills itself, and time only passes
 * where a timer is awaited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/loop.h"

/* What the handlers did, in order: "a b c". */
struct trace {
    struct loop *loop;
    char bytes[256];
    struct text text;
};

static int setup(void **state)
{
    struct trace *trace = calloc(1, sizeof(*trace));
    assert_non_null(trace);
    text_init(&trace->text, trace->bytes, sizeof(trace->bytes));
    assert_int_equal(loop_create(&trace->loop, NULL), OK);
    *state = trace;
    return 0;
}

static int teardown(void **state)
{
    struct trace *trace = *state;
    assert_int_equal(loop_finish(trace->loop), 0);
    free(trace);
    return 0;
}

static void turn(struct trace *trace, int64_t wait_ms)
{
    struct error err = {0};
    assert_int_equal(loop_turn(trace->loop, wait_ms, &err), OK);
}

/* One named source of each kind, and what it does beside leaving its name. */
struct actor {
    struct trace *trace;
    const char *name;
    struct loop_fd *source;
    struct loop_timer *timer;
    struct loop_hook *hook;
    struct loop_signal *signal;
    struct actor *victim; /* removed when we run */
    bool requests_again;
    bool stops;
    int fd;
};

static void leave_name(struct actor *actor)
{
    text_add(&actor->trace->text, "%s%s", actor->trace->text.length > 0 ? " " : "",
             actor->name);
    if (actor->stops) {
        loop_stop(actor->trace->loop);
    }
}

static void remove_victim(struct actor *actor)
{
    if (!actor->victim) {
        return;
    }
    if (actor->victim->source) {
        loop_remove_fd(actor->trace->loop, actor->victim->source);
    }
    if (actor->victim->timer) {
        loop_remove_timer(actor->trace->loop, actor->victim->timer);
    }
    if (actor->victim->hook) {
        loop_remove_hook(actor->trace->loop, actor->victim->hook);
    }
    actor->victim = NULL;
}

static void act_fd(void *data, unsigned events)
{
    struct actor *actor = data;
    leave_name(actor);
    if ((events & LOOP_HANGUP) != 0) {
        text_add_string(&actor->trace->text, "-hangup");
    }
    if ((events & LOOP_READ) != 0) {
        char byte = 0;
        assert_int_equal(read(actor->fd, &byte, 1), 1);
    }
    if (actor->hook) {
        loop_request_hook(actor->trace->loop, actor->hook);
    }
    remove_victim(actor);
}

static void act_timer(void *data, int64_t now_ms)
{
    struct actor *actor = data;
    leave_name(actor);
    if (actor->requests_again) {
        actor->requests_again = false;
        loop_set_timer(actor->trace->loop, actor->timer, now_ms - 100);
    }
    remove_victim(actor);
}

static void act_hook(void *data)
{
    struct actor *actor = data;
    leave_name(actor);
    if (actor->requests_again) {
        actor->requests_again = false;
        loop_request_hook(actor->trace->loop, actor->hook);
    }
    remove_victim(actor);
}

static void act_signal(void *data, int number)
{
    struct actor *actor = data;
    leave_name(actor);
    text_add(&actor->trace->text, "-%s", number == SIGUSR1 ? "usr1" : "other");
}

/* A pipe whose reading end the loop watches for the actor; gives the writing end. */
static int add_pipe(struct trace *trace, struct actor *actor)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    actor->fd = ends[0];
    struct loop_watched watched = {.fd = ends[0],
                                   .events = LOOP_READ,
                                   .name = actor->name,
                                   .handler = act_fd,
                                   .data = actor};
    assert_int_equal(loop_add_fd(trace->loop, &watched, &actor->source, NULL), OK);
    return ends[1];
}

static void put_byte(int fd)
{
    assert_int_equal(write(fd, "x", 1), 1);
}

static void ready_descriptor_is_handled_in_the_next_turn(void **state)
{
    struct trace *trace = *state;
    struct actor actor = {.trace = trace, .name = "a"};
    int writer = add_pipe(trace, &actor);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "");
    put_byte(writer);
    put_byte(writer);
    turn(trace, -1);
    assert_string_equal(trace->bytes, "a");
    turn(trace, -1); /* what was left is still ready */
    turn(trace, 0);
    assert_string_equal(trace->bytes, "a a");
    assert_int_equal(close(writer), 0);
    turn(trace, -1);
    assert_string_equal(trace->bytes, "a a a-hangup");
    loop_remove_fd(trace->loop, actor.source);
    assert_int_equal(close(actor.fd), 0);
}

static void writable_descriptor_is_reported_only_while_watched_for_it(void **state)
{
    struct trace *trace = *state;
    struct actor actor = {.trace = trace, .name = "w"};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    actor.fd = ends[1];
    struct loop_watched watched = {
        .fd = ends[1], .name = "w", .handler = act_fd, .data = &actor};
    assert_int_equal(loop_add_fd(trace->loop, &watched, &actor.source, NULL), OK);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "");
    assert_int_equal(loop_watch(trace->loop, actor.source, LOOP_WRITE, NULL), OK);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "w");
    assert_int_equal(loop_watch(trace->loop, actor.source, 0, NULL), OK);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "w");
    loop_remove_fd(trace->loop, actor.source);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void descriptor_removed_by_another_handler_does_not_run(void **state)
{
    struct trace *trace = *state;
    struct actor first = {.trace = trace, .name = "first"};
    struct actor second = {.trace = trace, .name = "second"};
    int writers[2] = {add_pipe(trace, &first), add_pipe(trace, &second)};
    first.victim = &second; /* whoever runs first removes the other */
    second.victim = &first;
    put_byte(writers[0]);
    put_byte(writers[1]);
    turn(trace, -1);
    bool first_ran = strcmp(trace->bytes, "first") == 0;
    assert_true(first_ran || strcmp(trace->bytes, "second") == 0);
    loop_remove_fd(trace->loop, first_ran ? first.source : second.source);
    const int fds[] = {writers[0], writers[1], first.fd, second.fd};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(close(fds[i]), 0);
    }
}

static void handler_may_remove_itself(void **state)
{
    struct trace *trace = *state;
    struct actor actor = {.trace = trace, .name = "once"};
    actor.victim = &actor;
    int writer = add_pipe(trace, &actor);
    put_byte(writer);
    put_byte(writer);
    turn(trace, -1);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "once");
    assert_int_equal(close(writer), 0);
    assert_int_equal(close(actor.fd), 0);
}

static void add_timer(struct trace *trace, struct actor *actor, int64_t at_ms)
{
    assert_int_equal(
        loop_add_timer(trace->loop, actor->name, &actor->timer, NULL, act_timer, actor),
        OK);
    loop_set_timer(trace->loop, actor->timer, at_ms);
}

static void equal_deadlines_fire_in_the_order_of_setting(void **state)
{
    struct trace *trace = *state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    static const int late_ms[] = {5, 9, 5, 7, 9, 5}; /* how long they are overdue */
    struct actor actors[6];
    int64_t now_ms = clock_machine_ms();
    for (size_t i = 0; i < 6; i++) {
        actors[i] = (struct actor){.trace = trace, .name = names[i]};
        add_timer(trace, &actors[i], now_ms - late_ms[i]);
    }
    turn(trace, -1);
    assert_string_equal(trace->bytes, "b e d a c f");
    for (size_t i = 0; i < 6; i++) {
        loop_remove_timer(trace->loop, actors[i].timer);
    }
}

static void timers_fire_in_order_whatever_was_stopped_between(void **state)
{
    struct trace *trace = *state;
    struct actor actors[64];
    int64_t now_ms = clock_machine_ms();
    /* 64 timers set in a scattered order, every third stopped, some set anew. */
    for (size_t i = 0; i < 64; i++) {
        actors[i] = (struct actor){.trace = trace, .name = ""};
        add_timer(trace, &actors[i], now_ms - 1000 + (int64_t)(i * 37 % 64));
    }
    for (size_t i = 0; i < 64; i += 3) {
        loop_stop_timer(trace->loop, actors[i].timer);
    }
    loop_set_timer(trace->loop, actors[1].timer, now_ms + 3600000);
    loop_set_timer(trace->loop, actors[0].timer, now_ms - 2000);
    static const char *const marks[64] = {
        [0] = "0", [37] = "37", [26] = "26", [41] = "41", [2] = "2", [62] = "62"};
    for (size_t i = 0; i < 64; i++) {
        actors[i].name = marks[i] ? marks[i] : ".";
    }
    turn(trace, 0);
    /* 42 timers were left after the stops; one was put off and one came back. The named
     * ones are due at 2, 10, 25, 45 and 54, after the one that came back. */
    unsigned count = 1;
    for (size_t i = 0; i < trace->text.length; i++) {
        count += trace->bytes[i] == ' ' ? 1 : 0;
    }
    assert_int_equal(count, 42);
    const char *order[] = {"0 ", " 26", " 2 ", " 37", " 41", " 62"};
    const char *at = trace->bytes;
    for (size_t i = 0; i < 6; i++) {
        at = strstr(at, order[i]);
        assert_non_null(at);
    }
    for (size_t i = 0; i < 64; i++) {
        loop_remove_timer(trace->loop, actors[i].timer);
    }
}

static void timer_set_in_its_handler_waits_for_the_next_turn(void **state)
{
    struct trace *trace = *state;
    struct actor first = {.trace = trace, .name = "first", .requests_again = true};
    struct actor second = {.trace = trace, .name = "second"};
    int64_t now_ms = clock_machine_ms();
    add_timer(trace, &first, now_ms - 2);
    add_timer(trace, &second, now_ms - 1);
    turn(trace, -1);
    assert_string_equal(trace->bytes, "first second");
    turn(trace, -1);
    assert_string_equal(trace->bytes, "first second first");
    loop_remove_timer(trace->loop, first.timer);
    loop_remove_timer(trace->loop, second.timer);
}

static void timer_removed_by_another_does_not_fire(void **state)
{
    struct trace *trace = *state;
    struct actor second = {.trace = trace, .name = "second"};
    struct actor first = {.trace = trace, .name = "first", .victim = &second};
    int64_t now_ms = clock_machine_ms();
    add_timer(trace, &first, now_ms - 2);
    add_timer(trace, &second, now_ms - 1);
    turn(trace, -1);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "first");
    loop_remove_timer(trace->loop, first.timer);
}

static void loop_never_wakes_before_a_timer_is_due(void **state)
{
    struct trace *trace = *state;
    struct actor actor = {.trace = trace, .name = "due"};
    int64_t at_ms = clock_machine_ms() + 15;
    add_timer(trace, &actor, at_ms);
    while (trace->text.length == 0) {
        assert_in_range(loop_wait_ms(trace->loop), 0, 15);
        turn(trace, -1);
    }
    assert_true(loop_now_ms(trace->loop) >= at_ms);
    assert_true(loop_wait_ms(trace->loop) == -1);
    loop_remove_timer(trace->loop, actor.timer);
}

static void hook_runs_once_after_all_handlers_of_the_turn(void **state)
{
    struct trace *trace = *state;
    struct actor hook = {.trace = trace, .name = "commit", .requests_again = true};
    assert_int_equal(
        loop_add_hook(trace->loop, "commit", &hook.hook, NULL, act_hook, &hook), OK);
    struct actor a = {.trace = trace, .name = "message", .hook = hook.hook};
    struct actor b = {.trace = trace, .name = "message", .hook = hook.hook};
    int writers[2] = {add_pipe(trace, &a), add_pipe(trace, &b)};
    put_byte(writers[0]);
    put_byte(writers[1]);
    turn(trace, -1);
    assert_string_equal(trace->bytes, "message message commit");
    /* It asked for itself again: the next turn does not wait. */
    assert_int_equal(loop_wait_ms(trace->loop), 0);
    turn(trace, -1);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "message message commit commit");
    loop_remove_fd(trace->loop, a.source);
    loop_remove_fd(trace->loop, b.source);
    loop_remove_hook(trace->loop, hook.hook);
    const int fds[] = {writers[0], writers[1], a.fd, b.fd};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(close(fds[i]), 0);
    }
}

static void hook_removed_while_requested_does_not_run(void **state)
{
    struct trace *trace = *state;
    struct actor second = {.trace = trace, .name = "second"};
    struct actor first = {.trace = trace, .name = "first", .victim = &second};
    assert_int_equal(loop_add_hook(trace->loop, "1", &first.hook, NULL, act_hook, &first),
                     OK);
    assert_int_equal(
        loop_add_hook(trace->loop, "2", &second.hook, NULL, act_hook, &second), OK);
    loop_request_hook(trace->loop, first.hook);
    loop_request_hook(trace->loop, second.hook);
    turn(trace, 0);
    assert_string_equal(trace->bytes, "first");
    assert_int_equal(loop_wait_ms(trace->loop), -1);
    loop_remove_hook(trace->loop, first.hook);
}

static void signal_is_handled_as_an_event_and_given_back(void **state)
{
    struct trace *trace = *state;
    struct actor actor = {.trace = trace, .name = "signal"};
    assert_int_equal(
        loop_add_signal(trace->loop, SIGUSR1, &actor.signal, NULL, act_signal, &actor),
        OK);
    assert_int_equal(raise(SIGUSR1), 0);
    assert_string_equal(trace->bytes, "");
    turn(trace, -1);
    assert_string_equal(trace->bytes, "signal-usr1");
    loop_remove_signal(trace->loop, actor.signal);
    sigset_t blocked;
    assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &blocked), 0);
    assert_int_equal(sigismember(&blocked, SIGUSR1), 0);
}

static void impossible_signal_is_refused(void **state)
{
    struct trace *trace = *state;
    struct loop_signal *signal = NULL;
    struct error err = {0};
    assert_int_equal(loop_add_signal(trace->loop, 4711, &signal, &err, act_signal, NULL),
                     ERR_INVALID);
    assert_string_equal(err.text, "there is no signal 4711");
}

static void closed_descriptor_cannot_be_watched(void **state)
{
    struct trace *trace = *state;
    struct loop_fd *source = NULL;
    struct error err = {0};
    struct loop_watched watched = {
        .fd = -1, .events = LOOP_READ, .name = "nothing", .handler = act_fd};
    assert_int_equal(loop_add_fd(trace->loop, &watched, &source, &err), ERR_IO);
    assert_string_equal(err.text, "cannot watch 'nothing': Bad file descriptor");
    assert_null(source);
}

static void run_ends_after_the_turn_that_stops_it(void **state)
{
    struct trace *trace = *state;
    struct actor first = {.trace = trace, .name = "first", .stops = true};
    struct actor second = {.trace = trace, .name = "second"};
    int64_t now_ms = clock_machine_ms();
    add_timer(trace, &first, now_ms);
    add_timer(trace, &second, now_ms);
    assert_int_equal(loop_run(trace->loop, NULL), OK);
    assert_string_equal(trace->bytes, "first second");
    loop_remove_timer(trace->loop, first.timer);
    loop_remove_timer(trace->loop, second.timer);
}

static void finish_names_what_was_never_removed(void **state)
{
    (void)state;
    struct loop *loop = NULL;
    struct loop_timer *timer = NULL;
    struct loop_hook *hook = NULL;
    assert_int_equal(loop_create(&loop, NULL), OK);
    assert_int_equal(loop_add_timer(loop, "tick", &timer, NULL, act_timer, NULL), OK);
    assert_int_equal(loop_add_hook(loop, "commit", &hook, NULL, act_hook, NULL), OK);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int kept = dup(STDERR_FILENO);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    size_t count = loop_finish(loop);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    assert_int_equal(close(kept), 0);
    assert_int_equal(close(ends[1]), 0);
    char said[256] = "";
    assert_true(read(ends[0], said, sizeof(said) - 1) > 0);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(count, 2);
    assert_string_equal(said, "warning loop: timer 'tick' was never removed\n"
                              "warning loop: hook 'commit' was never removed\n");
    assert_int_equal(loop_finish(NULL), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ready_descriptor_is_handled_in_the_next_turn),
        TEST(writable_descriptor_is_reported_only_while_watched_for_it),
        TEST(descriptor_removed_by_another_handler_does_not_run),
        TEST(handler_may_remove_itself),
        TEST(equal_deadlines_fire_in_the_order_of_setting),
        TEST(timers_fire_in_order_whatever_was_stopped_between),
        TEST(timer_set_in_its_handler_waits_for_the_next_turn),
        TEST(timer_removed_by_another_does_not_fire),
        TEST(loop_never_wakes_before_a_timer_is_due),
        TEST(hook_runs_once_after_all_handlers_of_the_turn),
        TEST(hook_removed_while_requested_does_not_run),
        TEST(signal_is_handled_as_an_event_and_given_back),
        TEST(impossible_signal_is_refused),
        TEST(closed_descriptor_cannot_be_watched),
        TEST(run_ends_after_the_turn_that_stops_it),
        cmocka_unit_test(finish_names_what_was_never_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
