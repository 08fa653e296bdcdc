/* The rules of pressing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/input.h"

/* Two rows: 1 2 3 above 4 (wide); 3 is disabled; 2 has F2, 4 has Space. */
static struct target_list targets;
static struct input input;

static void add(int id, struct rect at, bool is_enabled, enum key shortcut)
{
    struct target target = {
        .id = id, .at = at, .is_enabled = is_enabled, .shortcut = shortcut};
    target_list_add(&targets, &target, "label");
}

static int setup(void **state)
{
    (void)state;
    target_list_clear(&targets);
    add(1, (struct rect){0, 0, 100, 50}, true, KEY_NONE);
    add(2, (struct rect){110, 0, 100, 50}, true, KEY_F2);
    add(3, (struct rect){220, 0, 100, 50}, false, KEY_F3);
    add(4, (struct rect){0, 60, 320, 50}, true, KEY_SPACE);
    input = (struct input){0};
    return 0;
}

static struct input_outcome point(enum input_kind kind, int64_t at_ms, int x, int y)
{
    struct input_event event = {
        .kind = kind, .at_ms = at_ms, .pointer = POINTER_MOUSE, .x = x, .y = y};
    return input_feed(&input, &targets, &event);
}

static struct input_outcome press_key(enum key key, int64_t at_ms)
{
    struct input_event event = {.kind = INPUT_KEY, .at_ms = at_ms, .key = key};
    return input_feed(&input, &targets, &event);
}

static int tap(int64_t at_ms, int x, int y)
{
    (void)point(INPUT_DOWN, at_ms, x, y);
    return point(INPUT_UP, at_ms + 10, x, y).activated;
}

static void target_is_activated_on_release(void **state)
{
    (void)state;
    struct input_outcome down = point(INPUT_DOWN, 1000, 10, 10);
    assert_int_equal(down.activated, TARGET_NONE);
    assert_true(down.is_changed);
    assert_int_equal(input.pressed, 1);
    struct input_outcome up = point(INPUT_UP, 1080, 12, 11);
    assert_int_equal(up.activated, 1);
    assert_int_equal(input.pressed, TARGET_NONE);
}

static void sliding_off_cancels_and_back_resumes(void **state)
{
    (void)state;
    (void)point(INPUT_DOWN, 0, 10, 10);
    assert_true(point(INPUT_MOVE, 10, 105, 10).is_changed);
    assert_int_equal(input.pressed, TARGET_NONE);
    assert_int_equal(point(INPUT_UP, 20, 105, 10).activated, TARGET_NONE);

    (void)point(INPUT_DOWN, 1000, 10, 10);
    (void)point(INPUT_MOVE, 1010, 105, 10);
    (void)point(INPUT_MOVE, 1020, 50, 10);
    assert_int_equal(input.pressed, 1);
    assert_int_equal(point(INPUT_UP, 1030, 50, 10).activated, 1);
}

static void release_on_another_target_activates_neither(void **state)
{
    (void)state;
    (void)point(INPUT_DOWN, 0, 10, 10);
    assert_int_equal(point(INPUT_UP, 20, 120, 10).activated, TARGET_NONE);
    (void)point(INPUT_DOWN, 1000, 500, 500);
    assert_int_equal(point(INPUT_UP, 1010, 10, 10).activated, TARGET_NONE);
}

static void long_press_is_a_press(void **state)
{
    (void)state;
    (void)point(INPUT_DOWN, 0, 10, 10);
    assert_int_equal(point(INPUT_UP, 60000, 10, 10).activated, 1);
}

static void second_press_within_half_a_second_is_ignored(void **state)
{
    (void)state;
    assert_int_equal(tap(1000, 10, 10), 1);
    assert_int_equal(tap(1200, 10, 10), TARGET_NONE);
    assert_int_equal(tap(1400, 120, 10), 2);
    assert_int_equal(tap(2000, 120, 10), 2);
}

static void double_tap_does_not_reach_the_next_page(void **state)
{
    (void)state;
    assert_int_equal(tap(1000, 10, 10), 1);
    target_list_clear(&targets);
    add(77, (struct rect){0, 0, 300, 300}, true, KEY_NONE);
    assert_int_equal(tap(1200, 10, 10), TARGET_NONE);
    assert_int_equal(tap(1600, 10, 10), 77);
}

static void disabled_target_takes_nothing(void **state)
{
    (void)state;
    assert_int_equal(tap(0, 230, 10), TARGET_NONE);
    assert_int_equal(press_key(KEY_F3, 100).activated, TARGET_NONE);
}

static void finger_on_a_disabled_target_is_told(void **state)
{
    (void)state;
    assert_int_equal(point(INPUT_DOWN, 0, 230, 10).refused, 3);
    assert_int_equal(point(INPUT_UP, 10, 230, 10).refused, TARGET_NONE);
    assert_int_equal(point(INPUT_DOWN, 100, 10, 10).refused, TARGET_NONE);
}

static void target_gone_before_release_is_not_activated(void **state)
{
    (void)state;
    (void)point(INPUT_DOWN, 0, 10, 10);
    target_list_clear(&targets);
    add(9, (struct rect){0, 0, 100, 50}, true, KEY_NONE);
    assert_int_equal(point(INPUT_UP, 10, 10, 10).activated, TARGET_NONE);
}

static void second_finger_is_ignored(void **state)
{
    (void)state;
    struct input_event second = {
        .kind = INPUT_DOWN, .at_ms = 10, .pointer = 7, .x = 120, .y = 10};
    (void)point(INPUT_DOWN, 0, 10, 10);
    assert_false(input_feed(&input, &targets, &second).is_changed);
    second.kind = INPUT_UP;
    assert_int_equal(input_feed(&input, &targets, &second).activated, TARGET_NONE);
    assert_int_equal(point(INPUT_UP, 20, 10, 10).activated, 1);
}

static void lost_finger_does_not_block_the_screen(void **state)
{
    (void)state;
    struct input_event lost = {
        .kind = INPUT_DOWN, .at_ms = 0, .pointer = 7, .x = 10, .y = 10};
    (void)input_feed(&input, &targets, &lost);
    assert_int_equal(tap(5000, 120, 10), TARGET_NONE);
    assert_int_equal(tap(11000, 120, 10), 2);
}

static void cancelled_pointer_activates_nothing(void **state)
{
    (void)state;
    (void)point(INPUT_DOWN, 0, 10, 10);
    assert_true(point(INPUT_CANCEL, 5, 0, 0).is_changed);
    assert_int_equal(point(INPUT_UP, 10, 10, 10).activated, TARGET_NONE);
}

static void tab_goes_round_in_reading_order(void **state)
{
    (void)state;
    static const int order[] = {1, 2, 4, 1};
    for (size_t i = 0; i < 4; i++) {
        assert_true(press_key(KEY_TAB, 0).is_changed);
        assert_int_equal(input.focused, order[i]);
        assert_true(input.shows_focus);
    }
    (void)press_key(KEY_BACK_TAB, 0);
    assert_int_equal(input.focused, 4);
}

static void first_key_shows_where_the_focus_is(void **state)
{
    (void)state;
    input_reset(&input, 2);
    (void)press_key(KEY_TAB, 0);
    assert_int_equal(input.focused, 2);
    assert_true(input.shows_focus);
    (void)press_key(KEY_TAB, 0);
    assert_int_equal(input.focused, 4);
}

static void arrows_go_where_they_point(void **state)
{
    (void)state;
    input_reset(&input, 1);
    (void)press_key(KEY_RIGHT, 0); /* shows */
    (void)press_key(KEY_RIGHT, 0);
    assert_int_equal(input.focused, 2);
    (void)press_key(KEY_RIGHT, 0); /* 3 is disabled: stays */
    assert_int_equal(input.focused, 2);
    (void)press_key(KEY_DOWN, 0);
    assert_int_equal(input.focused, 4);
    (void)press_key(KEY_UP, 0);
    assert_in_range(input.focused, 1, 2);
}

static void enter_and_space_activate_the_focus_that_shows(void **state)
{
    (void)state;
    (void)press_key(KEY_TAB, 0);
    assert_int_equal(press_key(KEY_ENTER, 10).activated, 1);
    assert_int_equal(press_key(KEY_SPACE, 1000).activated, 1);
}

static void space_is_a_shortcut_while_no_focus_shows(void **state)
{
    (void)state;
    input_reset(&input, 1);
    assert_int_equal(press_key(KEY_SPACE, 0).activated, 4);
    assert_int_equal(press_key(KEY_F2, 10).activated, 2);
}

static void pointer_hides_the_focus(void **state)
{
    (void)state;
    (void)press_key(KEY_TAB, 0);
    assert_true(point(INPUT_DOWN, 10, 500, 500).is_changed);
    assert_false(input.shows_focus);
    (void)point(INPUT_UP, 20, 500, 500);
    assert_int_equal(press_key(KEY_SPACE, 1000).activated, 4);
}

static void key_held_down_counts_once(void **state)
{
    (void)state;
    assert_int_equal(press_key(KEY_SPACE, 0).activated, 4);
    struct input_event held = {
        .kind = INPUT_KEY, .at_ms = 5000, .key = KEY_SPACE, .is_repeat = true};
    struct input_outcome outcome = input_feed(&input, &targets, &held);
    assert_int_equal(outcome.activated, TARGET_NONE);
    assert_int_equal(outcome.key, KEY_NONE);
}

static void two_different_keys_at_once_are_both_meant(void **state)
{
    (void)state;
    assert_int_equal(press_key(KEY_SPACE, 1000).activated, 4);
    target_list_clear(&targets);
    add(77, (struct rect){0, 0, 300, 300}, true, KEY_F5);
    assert_int_equal(press_key(KEY_F5, 1100).activated, 77);
    assert_int_equal(press_key(KEY_F5, 1300).activated, TARGET_NONE);
    assert_int_equal(press_key(KEY_F5, 1900).activated, 77);
}

static void key_without_meaning_is_handed_on(void **state)
{
    (void)state;
    struct input_event event = {.kind = INPUT_KEY, .key = KEY_CHARACTER, .code = '7'};
    struct input_outcome outcome = input_feed(&input, &targets, &event);
    assert_int_equal(outcome.key, KEY_CHARACTER);
    assert_int_equal(outcome.code, '7');
    assert_int_equal(press_key(KEY_ESCAPE, 0).key, KEY_ESCAPE);
}

static void topmost_target_is_hit(void **state)
{
    (void)state;
    add(8, (struct rect){50, 0, 100, 50}, true, KEY_NONE);
    assert_int_equal(target_list_at(&targets, 60, 10)->id, 8);
    assert_int_equal(target_list_at(&targets, 40, 10)->id, 1);
    assert_null(target_list_at(&targets, 400, 400));
}

static void keys_on_an_empty_page_do_nothing(void **state)
{
    (void)state;
    target_list_clear(&targets);
    struct input_outcome outcome = press_key(KEY_TAB, 0);
    assert_int_equal(outcome.activated, TARGET_NONE);
    assert_int_equal(press_key(KEY_ENTER, 0).activated, TARGET_NONE);
}

#define RULE(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(target_is_activated_on_release),
        RULE(sliding_off_cancels_and_back_resumes),
        RULE(release_on_another_target_activates_neither),
        RULE(long_press_is_a_press),
        RULE(second_press_within_half_a_second_is_ignored),
        RULE(double_tap_does_not_reach_the_next_page),
        RULE(disabled_target_takes_nothing),
        RULE(finger_on_a_disabled_target_is_told),
        RULE(target_gone_before_release_is_not_activated),
        RULE(second_finger_is_ignored),
        RULE(lost_finger_does_not_block_the_screen),
        RULE(cancelled_pointer_activates_nothing),
        RULE(tab_goes_round_in_reading_order),
        RULE(first_key_shows_where_the_focus_is),
        RULE(arrows_go_where_they_point),
        RULE(enter_and_space_activate_the_focus_that_shows),
        RULE(space_is_a_shortcut_while_no_focus_shows),
        RULE(pointer_hides_the_focus),
        RULE(key_held_down_counts_once),
        RULE(two_different_keys_at_once_are_both_meant),
        RULE(key_without_meaning_is_handed_on),
        RULE(topmost_target_is_hit),
        RULE(keys_on_an_empty_page_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
