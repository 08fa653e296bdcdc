/* Contrast of the themes, and lights that need no colour. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/theme.h"

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    /* Black on white is 21 by definition; #767676 on white is the known 4.54. */
    assert_true(fabs(colour_contrast(colour_rgb(0), colour_rgb(0xffffff)) - 21.0) <
                0.001);
    assert_true(fabs(colour_contrast(colour_rgb(0xffffff), colour_rgb(0x767676)) - 4.54) <
                0.01);
    assert_true(fabs(colour_contrast(colour_rgb(0x123456), colour_rgb(0x123456)) - 1.0) <
                1e-9);
}

static void check_pair(const struct theme *theme, const struct theme_pair *pair)
{
    double contrast = colour_contrast(theme_colour(theme, pair->ink),
                                      theme_colour(theme, pair->ground));
    bool is_text = pair->contrast_min >= 4.5;
    double least = theme->id == THEME_CONTRAST && is_text ? 7.0 : pair->contrast_min;
    if (contrast < least) {
        fail_msg("theme '%s': role %d on role %d has %.2f:1, needs %.1f:1", theme->name,
                 (int)pair->ink, (int)pair->ground, contrast, least);
    }
}

static void every_pair_of_every_theme_keeps_its_contrast(void **state)
{
    (void)state;
    size_t count = 0;
    const struct theme_pair *pairs = theme_pairs(&count);
    assert_true(count > 0);
    for (int id = 0; id < THEME_COUNT; id++) {
        for (size_t i = 0; i < count; i++) {
            check_pair(theme_get((enum theme_id)id), &pairs[i]);
        }
    }
}

static void every_role_has_a_colour(void **state)
{
    (void)state;
    for (int id = 0; id < THEME_COUNT; id++) {
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct theme *theme = theme_get((enum theme_id)id);
            assert_int_not_equal(theme_colour(theme, (enum role)role).alpha, 0);
        }
    }
}

static void check_service_colour(struct colour service)
{
    assert_true(colour_contrast(service, colour_ink_on(service)) >= 4.5);
    for (int id = 0; id < THEME_COUNT; id++) {
        struct ground ground = theme_service(theme_get((enum theme_id)id), service);
        double least = id == THEME_CONTRAST ? 7.0 : 4.5;
        assert_true(colour_contrast(ground.fill, ground.ink) >= least);
    }
}

/* Every colour that a site might choose, in steps of 15. */
static void letters_read_on_every_service_colour(void **state)
{
    (void)state;
    for (uint32_t step = 0; step < 18 * 18 * 18; step++) {
        uint32_t red = step / (18 * 18) * 15;
        uint32_t green = step / 18 % 18 * 15;
        uint32_t blue = step % 18 * 15;
        check_service_colour(colour_rgb(red << 16 | green << 8 | blue));
    }
}

static void service_colour_that_reads_is_kept(void **state)
{
    (void)state;
    struct ground ground = theme_service(theme_get(THEME_DAY), colour_rgb(0x7d4bc0));
    assert_int_equal(ground.fill.red, 0x7d);
    assert_int_equal(ground.fill.green, 0x4b);
    assert_int_equal(ground.fill.blue, 0xc0);
    assert_int_equal(ground.ink.red, 255);
    ground = theme_service(theme_get(THEME_DAY), colour_rgb(0xffe680));
    assert_int_equal(ground.fill.green, 0xe6);
    assert_int_equal(ground.ink.red, 0);
}

static void every_light_has_a_shape_of_its_own(void **state)
{
    (void)state;
    for (int id = 0; id < THEME_COUNT; id++) {
        const struct theme *theme = theme_get((enum theme_id)id);
        for (int a = 0; a < LIGHT_SHAPE_COUNT; a++) {
            for (int b = 0; b < a; b++) {
                assert_int_not_equal(theme_light(theme, (enum light_shape)a).icon,
                                     theme_light(theme, (enum light_shape)b).icon);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(every_pair_of_every_theme_keeps_its_contrast),
        cmocka_unit_test(every_role_has_a_colour),
        cmocka_unit_test(letters_read_on_every_service_colour),
        cmocka_unit_test(service_colour_that_reads_is_kept),
        cmocka_unit_test(every_light_has_a_shape_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
