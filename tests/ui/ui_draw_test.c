/* Draw lists, rectangles and the check of legibility. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "ui/draw.h"

static struct draw_list *list;

static int setup(void **state)
{
    (void)state;
    list = draw_list_create();
    assert_non_null(list);
    draw_list_begin(list, 200, 100);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    draw_list_destroy(list);
    return 0;
}

static void assert_reads(const char *expected)
{
    char bytes[2048];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    draw_list_text(list, &text);
    assert_false(text.is_cut);
    assert_string_equal(bytes, expected);
}

static void add_text(int x, int baseline, int width, const char *string)
{
    struct draw_text text = {x, baseline, width, {20, TEXT_BOLD}, colour_rgb(0x0b1f33)};
    draw_text(list, &text, string);
}

static void add_ground(struct rect at, uint8_t alpha)
{
    struct draw_rect rect = {.at = at, .fill = {255, 255, 255, alpha}};
    draw_rect(list, &rect);
}

static void list_is_read_line_by_line(void **state)
{
    (void)state;
    struct draw_rect card = {.at = {10, 10, 100, 50},
                             .radius_px = 8,
                             .corners = CORNERS_LEFT,
                             .fill = {255, 255, 255, 128},
                             .stroke = colour_rgb(0xc3cfde),
                             .stroke_px = 2};
    draw_rect(list, &card);
    struct draw_icon icon = {
        ICON_BUSY, {12, 12, 20, 20}, colour_rgb(0xff0000), colour_rgb(0xffffff)};
    draw_icon(list, &icon);
    draw_clip_push(list, (struct rect){0, 0, 150, 90});
    add_text(52, 40, 60, "A042");
    draw_clip_pop(list);
    draw_list_end(list);
    assert_reads("size 200x100\n"
                 "rect 10,10 100x50 radius 8 corners 9 fill #ffffff80 stroke 2 #c3cfde\n"
                 "icon 12,12 20x20 busy #ff0000 #ffffff\n"
                 "clip 0,0 150x90\n"
                 "text 52,40 size 20 bold #0b1f33 \"A042\"\n");
}

static void nothing_visible_is_not_listed(void **state)
{
    (void)state;
    add_ground((struct rect){200, 0, 10, 10}, 255);
    add_ground((struct rect){0, 0, 0, 10}, 255);
    add_text(10, 40, 0, "");
    struct draw_icon icon = {.icon = ICON_NONE, .at = {0, 0, 10, 10}};
    draw_icon(list, &icon);
    draw_clip_push(list, (struct rect){0, 0, 10, 10});
    add_ground((struct rect){20, 20, 10, 10}, 255);
    draw_clip_pop(list);
    draw_list_end(list);
    assert_reads("size 200x100\n");
}

static void clips_narrow_each_other(void **state)
{
    (void)state;
    draw_clip_push(list, (struct rect){0, 0, 100, 100});
    draw_clip_push(list, (struct rect){50, 50, 100, 100});
    add_ground((struct rect){0, 0, 200, 100}, 255);
    draw_clip_pop(list);
    draw_clip_pop(list);
    draw_list_end(list);
    struct rect clip = list->commands[0].clip;
    assert_int_equal(clip.x, 50);
    assert_int_equal(clip.y, 50);
    assert_int_equal(clip.width, 50);
    assert_int_equal(clip.height, 50);
}

/* Whether draw_list_end() stops a process that gives it `list` as it is now. */
static bool is_end_fatal(void)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(STDERR_FILENO);     /* nobody needs the assertion's own words */
        (void)signal(SIGABRT, SIG_DFL); /* cannot fail for this signal */
        draw_list_end(list);
        _exit(0);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    return WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
}

static void clip_left_pushed_stops_the_program(void **state)
{
    (void)state;
    draw_clip_push(list, (struct rect){0, 0, 10, 10});
    assert_true(is_end_fatal());
    draw_clip_pop(list);
    assert_false(is_end_fatal());
}

static void list_too_long_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < DRAW_COMMANDS_MAX; i++) {
        add_ground((struct rect){0, 0, 10, 10}, 255);
    }
    assert_false(list->is_overflown);
    add_ground((struct rect){0, 0, 10, 10}, 255);
    assert_true(list->is_overflown);
    assert_true(is_end_fatal());
    assert_int_equal(list->command_count, DRAW_COMMANDS_MAX);
}

static void text_too_long_is_known(void **state)
{
    (void)state;
    static char string[DRAW_TEXT_BYTES_MAX + 1];
    memset(string, 'x', DRAW_TEXT_BYTES_MAX);
    struct draw_text text = {0, 40, 10, {20, TEXT_REGULAR}, colour_rgb(0)};
    draw_text_part(list, &text, string, DRAW_TEXT_BYTES_MAX - 1);
    assert_false(list->is_overflown);
    draw_text_part(list, &text, string, 1);
    assert_true(list->is_overflown);
}

static void text_is_found_by_its_words(void **state)
{
    (void)state;
    add_text(10, 30, 40, "A042");
    add_text(10, 60, 40, "B107");
    assert_ptr_equal(draw_list_find(list, "B107"), &list->commands[1]);
    assert_null(draw_list_find(list, "B10"));
}

static void cut_text_is_found(void **state)
{
    (void)state;
    struct error err;
    add_text(170, 40, 40, "A042");
    assert_int_equal(draw_list_check(list, &err), ERR_INVALID);
    assert_string_equal(err.text, "text 'A042' at 170,21 40x24 is cut");
}

static void overlapping_texts_are_found_unless_covered(void **state)
{
    (void)state;
    struct error err;
    add_text(10, 40, 60, "below");
    add_text(60, 50, 60, "above");
    assert_int_equal(draw_list_check(list, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "covers text 'below'"));

    draw_list_begin(list, 200, 100);
    add_text(10, 40, 60, "below");
    add_ground((struct rect){0, 0, 200, 100}, 100);
    add_text(60, 50, 60, "above");
    assert_int_equal(draw_list_check(list, &err), ERR_INVALID);

    draw_list_begin(list, 200, 100);
    add_text(10, 40, 60, "below");
    add_ground((struct rect){0, 0, 200, 100}, 180);
    add_text(60, 50, 60, "above");
    assert_int_equal(draw_list_check(list, &err), OK);
}

static void cuts_take_what_is_left_and_no_more(void **state)
{
    (void)state;
    struct rect rest = {10, 20, 100, 50};
    struct rect left = rect_cut_left(&rest, 30);
    assert_int_equal(left.x, 10);
    assert_int_equal(left.width, 30);
    assert_int_equal(rest.x, 40);
    struct rect right = rect_cut_right(&rest, 20);
    assert_int_equal(right.x, 90);
    struct rect bottom = rect_cut_bottom(&rest, 60);
    assert_int_equal(bottom.height, 50);
    assert_true(rect_is_empty(rest));
    assert_true(rect_is_empty(rect_cut_top(&rest, 5)));
}

static void grid_cells_fill_their_area(void **state)
{
    (void)state;
    struct rect area = {7, 3, 101, 50};
    struct grid grid = {3, 2, 10};
    int right = 0;
    for (int i = 0; i < 6; i++) {
        struct rect cell = rect_grid_cell(area, grid, i);
        assert_true(rect_covers(area, cell));
        right = cell.x + cell.width;
        if (i % 3 != 0) {
            struct rect before = rect_grid_cell(area, grid, i - 1);
            assert_int_equal(cell.x - before.x - before.width, 10);
        }
    }
    assert_int_equal(right, 108);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(list_is_read_line_by_line, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_visible_is_not_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(clips_narrow_each_other, setup, teardown),
        cmocka_unit_test_setup_teardown(clip_left_pushed_stops_the_program, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(list_too_long_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(text_too_long_is_known, setup, teardown),
        cmocka_unit_test_setup_teardown(text_is_found_by_its_words, setup, teardown),
        cmocka_unit_test_setup_teardown(cut_text_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(overlapping_texts_are_found_unless_covered, setup,
                                        teardown),
        cmocka_unit_test(cuts_take_what_is_left_and_no_more),
        cmocka_unit_test(grid_cells_fill_their_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
