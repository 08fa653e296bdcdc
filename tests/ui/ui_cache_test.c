/* Bounds of the cache of widths and masks, and the cells of what changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/cache.h"
#include "ui/damage.h"

static struct cache_key key_of(const char *string, int size_px)
{
    return (struct cache_key){0, size_px, string, strlen(string)};
}

static void put(struct cache *cache, const char *string, int size_px, size_t mask_bytes)
{
    struct cache_key key = key_of(string, size_px);
    struct cache_value value = {.width_px = size_px};
    if (mask_bytes > 0) {
        value.mask = (struct mask){calloc(1, mask_bytes), 1, 1, (int)mask_bytes};
    }
    assert_non_null(cache_put(cache, &key, &value));
}

static const struct cache_value *find(struct cache *cache, const char *string,
                                      int size_px)
{
    struct cache_key key = key_of(string, size_px);
    return cache_find(cache, &key);
}

static void value_is_found_by_all_of_its_key(void **state)
{
    (void)state;
    struct cache *cache = cache_create(10, 1000);
    put(cache, "A042", 20, 0);
    put(cache, "A042", 30, 0);
    assert_int_equal(find(cache, "A042", 20)->width_px, 20);
    assert_int_equal(find(cache, "A042", 30)->width_px, 30);
    assert_null(find(cache, "A04", 20));
    assert_null(find(cache, "A042", 21));
    struct cache_key other = {1, 20, "A042", 4};
    assert_null(cache_find(cache, &other));
    cache_destroy(cache);
}

static void longest_unused_goes_when_entries_are_full(void **state)
{
    (void)state;
    struct cache *cache = cache_create(3, 1000);
    put(cache, "a", 1, 0);
    put(cache, "b", 1, 0);
    put(cache, "c", 1, 0);
    assert_non_null(find(cache, "a", 1));
    put(cache, "d", 1, 0);
    assert_int_equal(cache_count(cache), 3);
    assert_null(find(cache, "b", 1));
    assert_non_null(find(cache, "a", 1));
    assert_non_null(find(cache, "c", 1));
    assert_non_null(find(cache, "d", 1));
    cache_destroy(cache);
}

static void longest_unused_go_when_bytes_are_full(void **state)
{
    (void)state;
    struct cache *cache = cache_create(100, 1000);
    put(cache, "a", 1, 400);
    put(cache, "b", 1, 400);
    put(cache, "c", 1, 700);
    assert_null(find(cache, "a", 1));
    assert_null(find(cache, "b", 1));
    assert_int_equal(cache_bytes(cache), 700);
    put(cache, "huge", 1, 5000);
    assert_int_equal(cache_count(cache), 1);
    assert_int_equal(cache_bytes(cache), 5000);
    put(cache, "a", 1, 10);
    assert_int_equal(cache_bytes(cache), 10);
    cache_destroy(cache);
}

static void new_value_replaces_the_old(void **state)
{
    (void)state;
    struct cache *cache = cache_create(4, 1000);
    put(cache, "a", 7, 0);
    put(cache, "a", 7, 300);
    assert_int_equal(cache_count(cache), 1);
    assert_int_equal(cache_bytes(cache), 300);
    assert_non_null(find(cache, "a", 7)->mask.cover);
    cache_destroy(cache);
}

/* A screen that shows ever new numbers, as a hall does all day. */
static void bounds_hold_over_a_long_day(void **state)
{
    (void)state;
    struct cache *cache = cache_create(64, 4096);
    for (int i = 0; i < 20000; i++) {
        char bytes[16];
        struct text text;
        text_init(&text, bytes, sizeof(bytes));
        text_add(&text, "A%05d", i * 7919 % 20000);
        put(cache, bytes, 20 + i % 3, (size_t)(i % 300));
        assert_true(cache_count(cache) <= 64);
        assert_true(cache_bytes(cache) <= 4096);
        assert_int_equal(find(cache, bytes, 20 + i % 3)->width_px, 20 + i % 3);
    }
    cache_destroy(cache);
}

/* ---- damage ---- */

static void fill_list(struct draw_list *list, int number_count, const char *number)
{
    draw_list_begin(list, 640, 480);
    struct draw_rect ground = {.at = {0, 0, 640, 480}, .fill = colour_rgb(0xffffff)};
    draw_rect(list, &ground);
    for (int i = 0; i < number_count; i++) {
        struct draw_text text = {300, 100 + 128 * i, 40, {20, TEXT_BOLD}, colour_rgb(0)};
        draw_text(list, &text, i == 1 ? number : "A000");
    }
    draw_list_end(list);
}

static void only_what_changed_is_painted_again(void **state)
{
    (void)state;
    struct draw_list *list = draw_list_create();
    struct damage *damage = damage_create();
    struct rect rects[DAMAGE_RECTS_MAX];
    fill_list(list, 3, "B107");
    assert_int_equal(damage_update(damage, list, rects), 1);
    assert_int_equal(rects[0].width, 640);
    assert_int_equal(rects[0].height, 480);

    fill_list(list, 3, "B107");
    assert_int_equal(damage_update(damage, list, rects), 0);

    fill_list(list, 3, "B108");
    assert_int_equal(damage_update(damage, list, rects), 1);
    assert_true(rect_covers(rects[0], draw_text_box(&list->commands[2].text)));
    assert_true(rects[0].width * rects[0].height < 640 * 480 / 8);

    fill_list(list, 2, "B108");
    size_t count = damage_update(damage, list, rects);
    assert_int_equal(count, 1);
    assert_in_range(rects[0].y, 256, 383);

    damage_reset(damage);
    assert_int_equal(damage_update(damage, list, rects), 1);
    assert_int_equal(rects[0].height, 480);
    damage_destroy(damage);
    draw_list_destroy(list);
}

static void changed_rectangles_do_not_overlap(void **state)
{
    (void)state;
    struct draw_list *list = draw_list_create();
    struct damage *damage = damage_create();
    struct rect rects[DAMAGE_RECTS_MAX];
    for (int round = 0; round < 40; round++) {
        draw_list_begin(list, 1000, 700);
        for (int i = 0; i < 12; i++) {
            struct draw_rect rect = {
                .at = {(round * 37 + i * 211) % 900, (round * 53 + i * 97) % 600, 60, 40},
                .fill = colour_rgb((uint32_t)(i * 1000 + round))};
            draw_rect(list, &rect);
        }
        draw_list_end(list);
        size_t count = damage_update(damage, list, rects);
        for (size_t a = 0; a < count; a++) {
            for (size_t b = 0; b < a; b++) {
                assert_true(rect_is_empty(rect_intersect(rects[a], rects[b])));
            }
        }
    }
    damage_destroy(damage);
    draw_list_destroy(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_is_found_by_all_of_its_key),
        cmocka_unit_test(longest_unused_goes_when_entries_are_full),
        cmocka_unit_test(longest_unused_go_when_bytes_are_full),
        cmocka_unit_test(new_value_replaces_the_old),
        cmocka_unit_test(bounds_hold_over_a_long_day),
        cmocka_unit_test(only_what_changed_is_painted_again),
        cmocka_unit_test(changed_rectangles_do_not_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
