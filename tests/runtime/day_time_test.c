/* Times of today as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "runtime/day_time.h"

/* 2026-11-23T00:00:00 in Paris. */
#define MIDNIGHT_MS INT64_C(1795388400000)

static struct zone *paris(void)
{
    struct zone *zone = NULL;
    struct error err = {0};
    assert_int_equal(zone_load("Europe/Paris", &zone, &err), OK);
    return zone;
}

static void times_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *text;
        int minute; /* of the day; -1: it is none */
    } rows[] = {{"9:05", 545},    {"09:05", 545}, {"16:30", 990},  {"16h30", 990},
                {"16 h 30", 990}, {"16h", 960},   {"16", 960},     {"930", 570},
                {"1630", 990},    {"0:00", 0},    {"23:59", 1439}, {"24:00", -1},
                {"9:60", -1},     {"9:5", -1},    {":30", -1},     {"", -1},
                {"16:30:00", -1}, {"100:00", -1}, {"midi", -1},    {"16h30m", -1},
                {"-9:00", -1},    {"12345", -1}};
    (void)state;
    struct zone *zone = paris();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t at_ms = -7;
        bool is_time = day_time_parse(zone, rows[i].text, MIDNIGHT_MS + 36000000, &at_ms);
        int64_t wanted_ms =
            rows[i].minute < 0 ? -7 : MIDNIGHT_MS + (int64_t)rows[i].minute * 60000;
        if (is_time != (rows[i].minute >= 0) || at_ms != wanted_ms) {
            fail_msg("'%s' is %lld", rows[i].text, (long long)at_ms);
        }
    }
    zone_destroy(zone);
}

static void today_is_the_day_of_the_place(void **state)
{
    (void)state;
    struct zone *zone = paris();
    int64_t at_ms = 0;
    /* Half past midnight in Paris is still the day before in UTC. */
    assert_true(day_time_parse(zone, "8:00", MIDNIGHT_MS + 1800000, &at_ms));
    assert_int_equal(at_ms, MIDNIGHT_MS + 8 * 3600000);
    /* The day on which the clocks go back: 16:30 is 15:30 UTC already. */
    int64_t october_ms = INT64_C(1792879200000); /* 2026-10-25T00:00:00+02:00 */
    assert_true(day_time_parse(zone, "16:30", october_ms, &at_ms));
    assert_int_equal(at_ms, october_ms + 17 * 3600000 + 1800000);
    zone_destroy(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(today_is_the_day_of_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
