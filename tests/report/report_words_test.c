/* Numbers, lengths and shares as French and English write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/words.h"

#define NB   "\xC2\xA0"     /* no-break space */
#define THIN "\xE2\x80\xAF" /* thin no-break space */

static struct words words;

static int setup(void **state)
{
    static const char *const domains[] = {"report", "common"};
    struct catalogue *catalogue = NULL;
    struct zone *zone = NULL;
    struct error err;
    if (catalogue_load(GUICHET_BINARY_DIR "/assets/catalogue", domains, 2, &catalogue,
                       &err) != OK ||
        zone_load("Europe/Paris", &zone, &err) != OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    words = (struct words){.catalogue = catalogue, .zone = zone, .arena = arena_create()};
    *state = catalogue;
    return words.arena ? 0 : -1;
}

static int teardown(void **state)
{
    /* The words borrow what is freed here. */
    zone_destroy((struct zone *)(uintptr_t)words.zone);
    arena_destroy(words.arena);
    catalogue_destroy(*state);
    return 0;
}

static void numbers_have_thousands(void **state)
{
    (void)state;
    words.language = LANGUAGE_FR;
    assert_string_equal(words_number(&words, 0), "0");
    assert_string_equal(words_number(&words, 999), "999");
    assert_string_equal(words_number(&words, 1499), "1" THIN "499");
    assert_string_equal(words_number(&words, 1234567), "1" THIN "234" THIN "567");
    words.language = LANGUAGE_EN;
    assert_string_equal(words_number(&words, 1499), "1,499");
    assert_string_equal(words_number(&words, -12345), "-12,345");
}

static void shares_have_one_decimal_and_goals_none(void **state)
{
    (void)state;
    words.language = LANGUAGE_FR;
    assert_string_equal(words_share(&words, (struct share){2, 3}), "66,7" NB "%");
    assert_string_equal(words_share(&words, (struct share){3, 3}), "100,0" NB "%");
    assert_string_equal(words_share(&words, (struct share){0, 0}), WORDS_NONE);
    assert_string_equal(words_goal(&words, 80.0), "80" NB "%");
    words.language = LANGUAGE_EN;
    assert_string_equal(words_share(&words, (struct share){2, 3}), "66.7%");
    assert_string_equal(words_goal(&words, 80.0), "80%");
    assert_string_equal(words_goal(&words, 77.5), "77.5%");
}

static void lengths_say_their_units(void **state)
{
    static const struct {
        double length_ms;
        const char *expected;
    } cases[] = {
        {0, "0" NB "s"},
        {499, "0" NB "s"},
        {500, "1" NB "s"},
        {59400, "59" NB "s"},
        {59600, "1" NB "min" NB "00" NB "s"},
        {754000, "12" NB "min" NB "34" NB "s"},
        {3599600, "1" NB "h" NB "00" NB "min"},
        {3905000, "1" NB "h" NB "05" NB "min"},
        {273600000, "3" NB "j" NB "4" NB "h"},
        {-90000, "-1" NB "min" NB "30" NB "s"},
    };
    (void)state;
    words.language = LANGUAGE_FR;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(words_length(&words, cases[i].length_ms), cases[i].expected);
    }
}

static void tables_have_short_lengths(void **state)
{
    (void)state;
    assert_string_equal(words_length_short(&words, 0), "0:00");
    assert_string_equal(words_length_short(&words, 754000), "12:34");
    assert_string_equal(words_length_short(&words, 3905000), "1:05:05");
    assert_string_equal(words_length_short(&words, -65000), "-1:05");
    assert_string_equal(words_seconds(&words, 900), "15" NB "min");
    assert_string_equal(words_seconds(&words, 90), "1" NB "min" NB "30" NB "s");
    assert_string_equal(words_seconds(&words, 20), "20" NB "s");
}

static void dates_are_local(void **state)
{
    (void)state;
    words.language = LANGUAGE_FR;
    assert_string_equal(words_date(&words, 20261123), "lundi 23" NB "novembre 2026");
    words.language = LANGUAGE_EN;
    assert_string_equal(words_date(&words, 20261123), "Monday 23 November 2026");
    assert_string_equal(words_clock(&words, INT64_C(1795421645000)), "09:14");
}

static void parts_are_filled_in(void **state)
{
    const struct catalogue_part time = {"time", "15 min"};
    (void)state;
    words.language = LANGUAGE_FR;
    assert_string_equal(words_fill(&words, tr("Served within {time}"), &time, NULL),
                        "Servis en 15 min au plus");
    words.language = LANGUAGE_EN;
    assert_string_equal(words_fill(&words, tr("Served within {time}"), &time, NULL),
                        "Served within 15 min");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_thousands),
        cmocka_unit_test(shares_have_one_decimal_and_goals_none),
        cmocka_unit_test(lengths_say_their_units),
        cmocka_unit_test(tables_have_short_lengths),
        cmocka_unit_test(dates_are_local),
        cmocka_unit_test(parts_are_filled_in),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
