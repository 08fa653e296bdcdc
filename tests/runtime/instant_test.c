/* Dates and RFC 3339 text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/instant.h"

static void every_day_of_four_centuries_follows_the_one_before(void **state)
{
    (void)state;
    uint32_t date = 18000101;
    int64_t days = date_days(date);
    uint32_t weekday = date_weekday(date);
    assert_int_equal(weekday, 2); /* a Wednesday */
    while (date < 22000101) {
        assert_true(date_is_valid(date));
        assert_int_equal(date_from_days(days), date);
        /* The next date by the rules of the calendar, tried in order. */
        uint32_t next = date + 1;
        if (!date_is_valid(next)) {
            next = date - date % 100 + 101;
        }
        if (!date_is_valid(next)) {
            next = (date / 10000 + 1) * 10000 + 101;
        }
        days++;
        weekday = (weekday + 1) % 7;
        assert_int_equal(date_days(next), days);
        assert_int_equal(date_weekday(next), weekday);
        date = next;
    }
    assert_int_equal(days, 84006); /* 2200-01-01: 84,006 days after the epoch */
}

static void dates_that_do_not_exist_are_not_valid(void **state)
{
    (void)state;
    static const uint32_t wrong[] = {0,        20260000, 20261301, 20260229,
                                     20260431, 19000229, 20261132, 20260100,
                                     101,      99991232, 100000101};
    static const uint32_t right[] = {20000229, 20240229, 20261231, 10101, 99991231};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_false(date_is_valid(wrong[i]));
    }
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
        assert_true(date_is_valid(right[i]));
    }
}

static void instant_is_written_in_utc_with_milliseconds(void **state)
{
    (void)state;
    static const struct {
        int64_t at_ms;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {1795426930000, "2026-11-23T09:42:10.000Z"},
        {951782400123, "2000-02-29T00:00:00.123Z"},
        {INSTANT_MIN_MS, "0001-01-01T00:00:00.000Z"},
        {INSTANT_MAX_MS, "9999-12-31T23:59:59.999Z"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[INSTANT_TEXT_BYTES];
        int64_t read_ms = 0;
        instant_text(cases[i].at_ms, text);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(instant_parse(text, &read_ms, NULL), OK);
        assert_int_equal(read_ms, cases[i].at_ms);
    }
}

static void instant_is_read_with_any_offset_and_fraction(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t at_ms;
    } cases[] = {
        {"2026-11-23T09:42:10Z", 1795426930000},
        {"2026-11-23T10:42:10+01:00", 1795426930000},
        {"2026-11-23T20:42:10.0+11:00", 1795426930000},
        {"2026-11-22T23:12:10-10:30", 1795426930000},
        {"2026-11-23T09:42:10.1Z", 1795426930100},
        {"2026-11-23T09:42:10.123456789Z", 1795426930123},
        {"2026-11-23T09:42:10.0009Z", 1795426930000},
        {"2026-11-23T09:42:10-00:00", 1795426930000},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t at_ms = 0;
        assert_int_equal(instant_parse(cases[i].text, &at_ms, NULL), OK);
        assert_int_equal(at_ms, cases[i].at_ms);
    }
}

static void text_that_is_no_instant_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026-11-23",
        "2026-11-23 09:42:10Z",
        "2026-11-23T09:42:10",
        "2026-11-23t09:42:10z",
        "2026-11-23T09:42Z",
        "2026-11-23T9:42:10Z",
        "2026-13-23T09:42:10Z",
        "2026-02-29T09:42:10Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T09:60:10Z",
        "2026-11-23T09:42:60Z",
        "2026-11-23T09:42:10.Z",
        "2026-11-23T09:42:10.1234567890Z",
        "2026-11-23T09:42:10,5Z",
        "2026-11-23T09:42:10Z ",
        " 2026-11-23T09:42:10Z",
        "2026-11-23T09:42:10+1:00",
        "2026-11-23T09:42:10+01",
        "2026-11-23T09:42:10+24:00",
        "2026-11-23T09:42:10+01:60",
        "+2026-11-23T09:42:10Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t at_ms = 42;
        struct error err = {0};
        if (instant_parse(cases[i], &at_ms, &err) != ERR_INVALID) {
            fail_msg("'%s' was read", cases[i]);
        }
        assert_int_equal(at_ms, 42);
        assert_non_null(strstr(err.text, cases[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries_follows_the_one_before),
        cmocka_unit_test(dates_that_do_not_exist_are_not_valid),
        cmocka_unit_test(instant_is_written_in_utc_with_milliseconds),
        cmocka_unit_test(instant_is_read_with_any_offset_and_fraction),
        cmocka_unit_test(text_that_is_no_instant_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
