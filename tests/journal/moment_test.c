/* Moments and dates as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "journal/moment.h"

static void known_moments_are_written_as_rfc_3339(void **state)
{
    (void)state;
    static const struct {
        int64_t at_ms;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {999, "1970-01-01T00:00:00.999Z"},
        {INT64_C(951782399999), "2000-02-28T23:59:59.999Z"},
        {INT64_C(951782400000), "2000-02-29T00:00:00.000Z"},
        {INT64_C(1795419000123), "2026-11-23T07:30:00.123Z"},
        {INT64_C(4107542400000), "2100-03-01T00:00:00.000Z"},
        {MOMENT_MS_MAX, "9999-12-31T23:59:59.999Z"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[MOMENT_BYTES];
        int64_t at_ms = -1;
        moment_format(cases[i].at_ms, text);
        assert_string_equal(text, cases[i].text);
        assert_true(moment_parse(text, &at_ms));
        assert_int_equal(at_ms, cases[i].at_ms);
    }
}

static void every_day_agrees_with_the_calendar_of_the_system(void **state)
{
    (void)state;
    for (int64_t day = 0; day <= MOMENT_MS_MAX / 86400000; day++) {
        time_t seconds = (time_t)(day * 86400);
        struct tm calendar;
        char expected[DATE_BYTES];
        char text[MOMENT_BYTES];
        assert_non_null(gmtime_r(&seconds, &calendar));
        assert_int_equal(strftime(expected, sizeof(expected), "%Y-%m-%d", &calendar), 10);
        moment_format(day * 86400000, text);
        int64_t at_ms = -1;
        if (memcmp(text, expected, 10) != 0 || !moment_parse(text, &at_ms) ||
            at_ms != day * 86400000) {
            fail_msg("day %lld is '%s', not '%s'", (long long)day, text, expected);
        }
    }
}

static void what_is_not_a_moment_is_not_read(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026-11-23",
        "2026-11-23T07:30:00Z",
        "2026-11-23T07:30:00.123",
        "2026-11-23T07:30:00.123Z ",
        "2026-11-23t07:30:00.123Z",
        "2026-11-23T24:00:00.000Z",
        "2026-11-23T23:60:00.000Z",
        "2026-11-23T23:59:60.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-00-01T00:00:00.000Z",
        "2026-01-00T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z",
        "+026-11-23T07:30:00.123Z",
        "2026-11-23T07:30:00.12aZ",
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t at_ms = -7;
        if (moment_parse(cases[i], &at_ms) || at_ms != -7) {
            fail_msg("'%s' was read", cases[i]);
        }
    }
}

static void dates_are_read_only_when_the_calendar_has_them(void **state)
{
    (void)state;
    uint32_t date = 0;
    char text[DATE_BYTES];
    assert_true(date_parse("2024-02-29", &date));
    assert_int_equal(date, 20240229);
    date_format(date, text);
    assert_string_equal(text, "2024-02-29");
    assert_false(date_parse("2023-02-29", &date));
    assert_false(date_parse("2023-2-28", &date));
    assert_false(date_parse("20230228", &date));
    assert_false(date_parse("2023-04-31", &date));
    assert_int_equal(date, 20240229);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_moments_are_written_as_rfc_3339),
        cmocka_unit_test(every_day_agrees_with_the_calendar_of_the_system),
        cmocka_unit_test(what_is_not_a_moment_is_not_read),
        cmocka_unit_test(dates_are_read_only_when_the_calendar_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
