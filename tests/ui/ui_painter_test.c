/* Pixels of fonts, icons and shapes, without a display. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sample_screens.h"
#include "ui/cache.h"
#include "ui/canvas.h"
#include "ui/damage.h"
#include "ui/font.h"
#include "ui/icon.h"
#include "ui/painter.h"
#include "ui/unicode.h"

/* ---- shapes ---- */

#define SIDE 40

static uint32_t pixels[SIDE * SIDE];
static struct canvas canvas = {pixels, SIDE, SIDE, SIDE};
static const struct rect whole = {0, 0, SIDE, SIDE};

static unsigned green_at(int x, int y)
{
    return (pixels[y * SIDE + x] >> 8) & 0xFFU;
}

static int clear(void **state)
{
    (void)state;
    memset(pixels, 0, sizeof(pixels));
    return 0;
}

static void round_rectangle_is_round_and_smooth(void **state)
{
    (void)state;
    struct draw_rect rect = {
        .at = {4, 4, 32, 32}, .radius_px = 12, .fill = colour_rgb(0x00ff00)};
    canvas_rect(&canvas, whole, &rect);
    assert_int_equal(green_at(3, 20), 0);
    assert_int_equal(green_at(4, 20), 255);
    assert_int_equal(green_at(35, 20), 255);
    assert_int_equal(green_at(36, 20), 0);
    assert_int_equal(green_at(4, 4), 0);
    assert_int_equal(green_at(5, 5), 0);
    assert_int_equal(green_at(9, 9), 255);
    int smooth_count = 0;
    double area = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        unsigned green = (pixels[i] >> 8) & 0xFFU;
        smooth_count += green > 0 && green < 255 ? 1 : 0;
        area += green / 255.0;
    }
    assert_true(smooth_count > 20);
    /* Side squared, without four corners of (1 - pi/4) r². */
    double expected = 32 * 32 - (4 - 3.14159265) * 12 * 12;
    assert_true(area > expected * 0.99 && area < expected * 1.01);
}

static void square_corners_stay_square(void **state)
{
    (void)state;
    struct draw_rect rect = {.at = {4, 4, 32, 32},
                             .radius_px = 12,
                             .corners = CORNERS_LEFT,
                             .fill = colour_rgb(0x00ff00)};
    canvas_rect(&canvas, whole, &rect);
    assert_int_equal(green_at(4, 4), 0);
    assert_int_equal(green_at(4, 35), 0);
    assert_int_equal(green_at(35, 4), 255);
    assert_int_equal(green_at(35, 35), 255);
}

static void outline_lies_inside_and_leaves_no_gap(void **state)
{
    (void)state;
    struct draw_rect rect = {.at = {4, 4, 32, 32},
                             .radius_px = 10,
                             .fill = colour_rgb(0x00c800),
                             .stroke = colour_rgb(0x006400),
                             .stroke_px = 3};
    canvas_rect(&canvas, whole, &rect);
    assert_int_equal(green_at(3, 20), 0);
    assert_int_equal(green_at(4, 20), 100);
    assert_int_equal(green_at(6, 20), 100);
    assert_int_equal(green_at(7, 20), 200);
    assert_int_equal(green_at(20, 35), 100);
    /* Along the diagonal the ground (0) never shows between outline and fill. */
    bool has_begun = false;
    for (int i = 4; i < 20; i++) {
        has_begun = has_begun || green_at(i, i) >= 90;
        assert_true(!has_begun || green_at(i, i) >= 90);
    }
    assert_true(has_begun);
}

static void nothing_is_painted_outside_the_clip(void **state)
{
    (void)state;
    struct draw_rect rect = {.at = {-50, -50, 300, 300},
                             .radius_px = 20,
                             .fill = colour_rgb(0x00ff00),
                             .stroke = colour_rgb(0x00ff00),
                             .stroke_px = 4};
    struct rect clip = {10, 12, 5, 6};
    canvas_rect(&canvas, clip, &rect);
    uint8_t cover[64];
    memset(cover, 255, sizeof(cover));
    struct mask mask = {cover, 8, 8, 8};
    canvas_mask(&canvas, clip, &mask, 12, 14, colour_rgb(0x00ff00));
    canvas_mask(&canvas, whole, &mask, -20, -20, colour_rgb(0x00ff00));
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            assert_int_equal(green_at(x, y), rect_contains(clip, x, y) ? 255 : 0);
        }
    }
}

static void half_cover_mixes_half(void **state)
{
    (void)state;
    uint8_t cover[1] = {128};
    struct mask mask = {cover, 1, 1, 1};
    canvas_mask(&canvas, whole, &mask, 5, 5, colour_rgb(0x00ff00));
    assert_in_range(green_at(5, 5), 126, 130);
    canvas_mask(&canvas, whole, &mask, 6, 5, (struct colour){0, 255, 0, 128});
    assert_in_range(green_at(6, 5), 62, 66);
}

/* ---- lights in grey ---- */

#define LIGHT_SIDE 48

static void paint_light(struct painter *painter, const struct theme *theme,
                        enum light_shape light, double ret_grey[LIGHT_SIDE * LIGHT_SIDE])
{
    struct draw_list *list = draw_list_create();
    assert_non_null(list);
    struct light_look look = theme_light(theme, light);
    struct rect at = {0, 0, LIGHT_SIDE, LIGHT_SIDE};
    draw_list_begin(list, LIGHT_SIDE, LIGHT_SIDE);
    struct draw_rect ground = {.at = at, .fill = theme_colour(theme, ROLE_SURFACE)};
    draw_rect(list, &ground);
    struct draw_icon icon = {look.icon, at, look.body, look.ink};
    draw_icon(list, &icon);
    draw_list_end(list);
    static uint32_t drawn[LIGHT_SIDE * LIGHT_SIDE];
    struct canvas on = {drawn, LIGHT_SIDE, LIGHT_SIDE, LIGHT_SIDE};
    painter_paint(painter, &on, at, list);
    for (int i = 0; i < LIGHT_SIDE * LIGHT_SIDE; i++) {
        ret_grey[i] = colour_luminance(colour_rgb(drawn[i]));
    }
    draw_list_destroy(list);
}

/* Pixels that look plainly different in grey. */
static int different_count(const double *a, const double *b)
{
    int count = 0;
    for (int i = 0; i < LIGHT_SIDE * LIGHT_SIDE; i++) {
        count += a[i] - b[i] > 0.08 || b[i] - a[i] > 0.08 ? 1 : 0;
    }
    return count;
}

static void lights_differ_without_colour(void **state)
{
    static double grey[LIGHT_SHAPE_COUNT][LIGHT_SIDE * LIGHT_SIDE];
    for (int id = 0; id < THEME_COUNT; id++) {
        for (int a = 0; a < LIGHT_SHAPE_COUNT; a++) {
            paint_light(*state, theme_get((enum theme_id)id), (enum light_shape)a,
                        grey[a]);
            for (int b = 0; b < a; b++) {
                /* At least a twentieth of the sign. */
                assert_true(different_count(grey[a], grey[b]) >
                            LIGHT_SIDE * LIGHT_SIDE / 20);
            }
        }
    }
}

static void every_icon_is_drawn_inside_its_square(void **state)
{
    (void)state;
    uint8_t cover[64 * 64];
    for (int icon = ICON_NONE + 1; icon < ICON_COUNT; icon++) {
        icon_paint((enum icon)icon, ICON_BODY, 64, cover);
        int covered_count = 0;
        for (int i = 0; i < 64 * 64; i++) {
            covered_count += cover[i] > 128 ? 1 : 0;
        }
        assert_in_range(covered_count, 200, 64 * 64 - 100);
        for (int i = 0; i < 64; i++) {
            if (icon != ICON_TICKET && icon != ICON_PRINTER) {
                assert_true(cover[(size_t)i * 64] < 200 &&
                            cover[(size_t)i * 64 + 63] < 200);
            }
        }
    }
}

/* ---- text ---- */

/* Whether the whole of `small` is found in `large`, each pixel within a small tolerance.
 */
static bool is_found_at(const struct mask *large, const struct mask *small, int x, int y)
{
    for (int row = 0; row < small->height_px; row++) {
        for (int column = 0; column < small->width_px; column++) {
            int a = large->cover[(y + row) * large->pitch + x + column];
            int b = small->cover[row * small->pitch + column];
            if (abs(a - b) > 8) {
                return false;
            }
        }
    }
    return true;
}

static int found_count(const struct mask *large, const struct mask *small)
{
    int count = 0;
    for (int y = 0; y + small->height_px <= large->height_px; y++) {
        for (int x = 0; x + small->width_px <= large->width_px; x++) {
            count += is_found_at(large, small, x, y) ? 1 : 0;
        }
    }
    return count;
}

static struct cache_value mask_of(struct font_set *fonts, const char *string)
{
    struct cache_value value;
    struct text_style style = {40, TEXT_BOLD};
    assert_int_equal(font_set_mask(fonts, string, strlen(string), style, &value, NULL),
                     OK);
    assert_non_null(value.mask.cover);
    return value;
}

static void ticket_number_is_drawn_the_same_inside_arabic(void **state)
{
    (void)state;
    struct font_set *fonts = NULL;
    struct error err;
    assert_int_equal(font_set_open(FONT_DIRECTORY, &fonts, &err), OK);
    struct cache_value number = mask_of(fonts, "A042");
    struct cache_value sentence = mask_of(fonts, "التذكرة A042 إلى الشباك 3");
    struct cache_value isolated =
        mask_of(fonts, "التذكرة " UNICODE_ISOLATE "A042" UNICODE_ISOLATE_END " إلى");
    assert_int_equal(found_count(&sentence.mask, &number.mask), 1);
    assert_int_equal(found_count(&isolated.mask, &number.mask), 1);
    struct cache_value reversed = mask_of(fonts, "240A");
    assert_int_equal(found_count(&sentence.mask, &reversed.mask), 0);
    free(number.mask.cover);
    free(sentence.mask.cover);
    free(isolated.mask.cover);
    free(reversed.mask.cover);
    font_set_close(fonts);
}

/* Joined letters take less room than the same letters apart. */
static void arabic_letters_join(void **state)
{
    struct painter *painter = *state;
    struct text_measure measure = painter_measure(painter);
    struct text_style style = {40, TEXT_REGULAR};
    int joined_px = text_width_px(&measure, "بيت", style);
    int apart_px = text_width_px(&measure, "ب", style) +
                   text_width_px(&measure, "ي", style) +
                   text_width_px(&measure, "ت", style);
    assert_true(joined_px < apart_px * 9 / 10);
}

static void measured_width_is_the_drawn_width(void **state)
{
    struct painter *painter = *state;
    struct text_measure measure = painter_measure(painter);
    struct font_set *fonts = NULL;
    assert_int_equal(font_set_open(FONT_DIRECTORY, &fonts, NULL), OK);
    static const char *const strings[] = {"A042", "Guichet 3", "15–25 min",
                                          "Certificat d’immatriculation", "تذكرة 7"};
    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
        struct cache_value value = mask_of(fonts, strings[i]);
        int width_px =
            text_width_px(&measure, strings[i], (struct text_style){40, TEXT_BOLD});
        assert_in_range(width_px, value.mask.width_px - 1, value.mask.width_px + 1);
        free(value.mask.cover);
    }
    font_set_close(fonts);
}

static void missing_fonts_are_named(void **state)
{
    (void)state;
    struct painter *painter = NULL;
    struct error err;
    assert_int_equal(painter_create("/nonexistent", &painter, &err), ERR_NOT_FOUND);
    assert_null(painter);
    assert_non_null(strstr(err.text, "'/nonexistent/NotoSans-Regular.ttf'"));
    assert_non_null(strstr(err.text, "fonts-noto-core"));
}

/* ---- whole screens ---- */

#define WIDTH  960
#define HEIGHT 540

static void draw_sample(struct draw_list *list, const struct text_measure *measure,
                        int call_count)
{
    static struct target_list targets;
    struct screen screen = {list,  &targets, theme_get(THEME_HALL), measure, NULL,
                            WIDTH, HEIGHT};
    sample_board(&screen, call_count);
}

static void changed_parts_painted_alone_give_the_whole_picture(void **state)
{
    struct painter *painter = *state;
    struct text_measure measure = painter_measure(painter);
    struct draw_list *list = draw_list_create();
    struct damage *damage = damage_create();
    uint32_t *kept = calloc((size_t)WIDTH * HEIGHT, sizeof(*kept));
    uint32_t *fresh = calloc((size_t)WIDTH * HEIGHT, sizeof(*fresh));
    assert_true(list && damage && kept && fresh);
    struct canvas on_kept = {kept, WIDTH, HEIGHT, WIDTH};
    struct canvas on_fresh = {fresh, WIDTH, HEIGHT, WIDTH};
    struct rect all = {0, 0, WIDTH, HEIGHT};
    static const int call_counts[] = {2, 3, 4, 1, 1};
    for (size_t i = 0; i < sizeof(call_counts) / sizeof(call_counts[0]); i++) {
        draw_sample(list, &measure, call_counts[i]);
        struct rect rects[DAMAGE_RECTS_MAX];
        size_t count = damage_update(damage, list, rects);
        for (size_t r = 0; r < count; r++) {
            painter_paint(painter, &on_kept, rects[r], list);
        }
        painter_paint(painter, &on_fresh, all, list);
        assert_memory_equal(kept, fresh, (size_t)WIDTH * HEIGHT * sizeof(*kept));
    }
    free(kept);
    free(fresh);
    damage_destroy(damage);
    draw_list_destroy(list);
}

static void picture_file_is_written_whole(void **state)
{
    struct painter *painter = *state;
    struct text_measure measure = painter_measure(painter);
    struct draw_list *list = draw_list_create();
    assert_non_null(list);
    draw_sample(list, &measure, 4);
    char path[] = "/tmp/guichet-picture-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    assert_int_equal(painter_save(painter, list, path, NULL), OK);
    FILE *file = fopen(path, "rbe");
    assert_non_null(file);
    uint8_t head[24];
    assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(head[18] << 8 | head[19], WIDTH);
    assert_int_equal(head[22] << 8 | head[23], HEIGHT);
    assert_int_equal(fseek(file, -8, SEEK_END), 0);
    assert_int_equal(fread(head, 1, 4, file), 4);
    assert_memory_equal(head, "IEND", 4);
    (void)fclose(file); /* only read */
    (void)unlink(path); /* a left-over in /tmp does no harm */

    struct error err;
    assert_int_equal(painter_save(painter, list, "/nonexistent/x.png", &err), ERR_IO);
    assert_non_null(strstr(err.text, "'/nonexistent/x.png'"));
    draw_list_destroy(list);
}

static int open_painter(void **state)
{
    struct painter *painter = NULL;
    if (painter_create(FONT_DIRECTORY, &painter, NULL) != OK) {
        return -1;
    }
    *state = painter;
    return 0;
}

static int close_painter(void **state)
{
    painter_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(round_rectangle_is_round_and_smooth, clear),
        cmocka_unit_test_setup(square_corners_stay_square, clear),
        cmocka_unit_test_setup(outline_lies_inside_and_leaves_no_gap, clear),
        cmocka_unit_test_setup(nothing_is_painted_outside_the_clip, clear),
        cmocka_unit_test_setup(half_cover_mixes_half, clear),
        cmocka_unit_test(lights_differ_without_colour),
        cmocka_unit_test(every_icon_is_drawn_inside_its_square),
        cmocka_unit_test(ticket_number_is_drawn_the_same_inside_arabic),
        cmocka_unit_test(arabic_letters_join),
        cmocka_unit_test(measured_width_is_the_drawn_width),
        cmocka_unit_test(missing_fonts_are_named),
        cmocka_unit_test(changed_parts_painted_alone_give_the_whole_picture),
        cmocka_unit_test(picture_file_is_written_whole),
    };
    return cmocka_run_group_tests(tests, open_painter, close_painter);
}
