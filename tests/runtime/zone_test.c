/* Time zones of the system: our reader against the C library's for many instants, and by
 * hand where clocks change. Calls of the C library's calendar are allowed here alone: it
 * is the second opinion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/zone.h"
#include "runtime/zone_rule.h"

static struct zone *load(const char *name)
{
    struct zone *zone = NULL;
    struct error err = {0};
    if (zone_load(name, &zone, &err) != OK) {
        fail_msg("%s", err.text);
    }
    return zone;
}

static int64_t instant(const char *text)
{
    int64_t at_ms = 0;
    assert_int_equal(instant_parse(text, &at_ms, NULL), OK);
    return at_ms;
}

/* "2026-03-29 03:00" of the zone at the UTC instant. */
static void assert_local(const struct zone *zone, const char *at, const char *expected)
{
    struct local_time local = zone_local(zone, instant(at));
    char text[64];
    (void)snprintf(text, sizeof(text), "%04u-%02u-%02u %02u:%02u", local.date / 10000,
                   local.date / 100 % 100, local.date % 100, local.minute_of_day / 60,
                   local.minute_of_day % 60);
    assert_string_equal(text, expected);
}

/* What the C library, set to the same zone, says of second `s`, and the way back. */
static void compare_at(const struct zone *zone, const char *name, int64_t s)
{
    time_t time = (time_t)s;
    struct tm tm;
    assert_non_null(localtime_r(&time, &tm));
    struct local_time local = zone_local(zone, s * 1000 + 7);
    uint32_t date =
        (uint32_t)((tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday);
    if (local.date != date ||
        local.minute_of_day != (uint32_t)(tm.tm_hour * 60 + tm.tm_min) ||
        local.second != (uint32_t)tm.tm_sec || local.millisecond != 7 ||
        local.weekday != (uint32_t)((tm.tm_wday + 6) % 7)) {
        fail_msg("%s at %lld: %u %u", name, (long long)s, local.date,
                 local.minute_of_day);
    }
    int64_t ms_of_day =
        (int64_t)local.minute_of_day * 60000 + (int64_t)local.second * 1000 + 7;
    int64_t instants[2] = {0, 0};
    int count = zone_instants(zone, date, ms_of_day, instants);
    bool is_first = count >= 1 && instants[0] == s * 1000 + 7;
    bool is_second = count == 2 && instants[1] == s * 1000 + 7;
    if (!is_first && !is_second) {
        fail_msg("%s at %lld does not come back", name, (long long)s);
    }
}

static void zones_agree_with_the_c_library(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Europe/Paris",      "America/Montreal",   "Pacific/Noumea",
        "Australia/Sydney",  "Pacific/Apia",       "America/St_Johns",
        "Africa/Casablanca", "Europe/Dublin",      "Asia/Kathmandu",
        "America/Sao_Paulo", "Pacific/Kiritimati", "Asia/Tehran",
        "America/Godthab",   "Antarctica/Troll",   "UTC",
        "Indian/Reunion",
    };
    /* 1900 to 2100 in steps that fall on every hour and month; each hour of 2026, whose
     * changes the file lists, and of 2089, which only the rule knows. */
    static const struct {
        int64_t from_s, to_s, step_s;
    } spans[] = {{-2208988800, 4102444800, 1234567},
                 {1767225600, 1798761600, 3600},
                 {3755289600, 3786825600, 3600}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct zone *zone = load(names[i]);
        assert_int_equal(setenv("TZ", names[i], 1), 0);
        tzset();
        for (size_t k = 0; k < 3; k++) {
            for (int64_t s = spans[k].from_s; s < spans[k].to_s; s += spans[k].step_s) {
                compare_at(zone, names[i], s);
            }
        }
        zone_destroy(zone);
    }
    assert_int_equal(unsetenv("TZ"), 0);
}

static void paris_skips_an_hour_in_march_and_repeats_one_in_october(void **state)
{
    (void)state;
    struct zone *zone = load("Europe/Paris");
    assert_local(zone, "2026-03-29T00:59:59Z", "2026-03-29 01:59");
    assert_local(zone, "2026-03-29T01:00:00Z", "2026-03-29 03:00");
    assert_local(zone, "2026-10-25T00:59:59Z", "2026-10-25 02:59");
    assert_local(zone, "2026-10-25T01:00:00Z", "2026-10-25 02:00");
    int64_t at_ms[2];
    assert_int_equal(zone_instants(zone, 20260329, 9000000, at_ms), 0); /* 02:30 */
    assert_int_equal(at_ms[0], instant("2026-03-29T01:30:00Z"));        /* is 03:30 */
    assert_int_equal(zone_instants(zone, 20261025, 9000000, at_ms), 2);
    assert_int_equal(at_ms[0], instant("2026-10-25T00:30:00Z"));
    assert_int_equal(at_ms[1], instant("2026-10-25T01:30:00Z"));
    assert_int_equal(zone_instants(zone, 20261025, 10800000, at_ms), 1);
    assert_int_equal(at_ms[0], instant("2026-10-25T02:00:00Z"));
    assert_int_equal(zone_instants(zone, 20260329, 7199999, at_ms), 1);
    assert_int_equal(at_ms[0], instant("2026-03-29T00:59:59.999Z"));
    zone_destroy(zone);
}

static void montreal_and_noumea_know_their_own_rules(void **state)
{
    (void)state;
    struct zone *montreal = load("America/Montreal");
    assert_local(montreal, "2026-03-08T06:59:00Z", "2026-03-08 01:59");
    assert_local(montreal, "2026-03-08T07:00:00Z", "2026-03-08 03:00");
    assert_local(montreal, "2026-11-01T05:59:00Z", "2026-11-01 01:59");
    assert_local(montreal, "2026-11-01T06:00:00Z", "2026-11-01 01:00");
    int64_t at_ms[2];
    assert_int_equal(zone_instants(montreal, 20261101, 5400000, at_ms), 2);
    assert_int_equal(at_ms[1] - at_ms[0], 3600000);
    assert_int_equal(zone_instants(montreal, 20260308, 9000000, at_ms), 0);
    zone_destroy(montreal);
    struct zone *noumea = load("Pacific/Noumea");
    assert_local(noumea, "2026-07-01T12:59:00Z", "2026-07-01 23:59");
    assert_local(noumea, "2026-01-01T13:00:00Z", "2026-01-02 00:00");
    zone_destroy(noumea);
}

static void day_that_a_place_left_out_has_no_instants(void **state)
{
    (void)state;
    /* Samoa crossed the date line: 2011-12-30 did not exist there. */
    struct zone *zone = load("Pacific/Apia");
    int64_t at_ms[2];
    assert_local(zone, "2011-12-30T09:59:00Z", "2011-12-29 23:59");
    assert_local(zone, "2011-12-30T10:00:00Z", "2011-12-31 00:00");
    assert_int_equal(zone_instants(zone, 20111230, 43200000, at_ms), 0);
    assert_int_equal(zone_instants(zone, 20111231, 43200000, at_ms), 1);
    zone_destroy(zone);
}

static void business_day_changes_at_its_local_minute_and_never_back(void **state)
{
    (void)state;
    struct zone *zone = load("Europe/Paris");
    assert_int_equal(zone_business_date(zone, instant("2026-11-23T02:59:59Z"), 240),
                     20261122);
    assert_int_equal(zone_business_date(zone, instant("2026-11-23T03:00:00Z"), 240),
                     20261123);
    assert_int_equal(zone_business_date(zone, instant("2026-11-22T23:00:00Z"), 0),
                     20261123);
    /* On the days of the changes at the same local time. */
    assert_int_equal(zone_business_date(zone, instant("2026-03-29T01:59:59Z"), 240),
                     20260328);
    assert_int_equal(zone_business_date(zone, instant("2026-03-29T02:00:00Z"), 240),
                     20260329);
    /* 02:30 twice on 25 October: the first changes the day, the second does not. */
    uint32_t before = 0;
    for (int64_t at_ms = instant("2026-10-24T20:00:00Z");
         at_ms < instant("2026-10-25T06:00:00Z"); at_ms += 60000) {
        uint32_t date = zone_business_date(zone, at_ms, 150);
        bool is_new = at_ms >= instant("2026-10-25T00:30:00Z");
        assert_int_equal(date, is_new ? 20261025 : 20261024);
        assert_true(date >= before);
        before = date;
    }
    /* A change in the hour that does not exist happens at its end. */
    assert_int_equal(zone_business_date(zone, instant("2026-03-29T01:29:00Z"), 150),
                     20260328);
    assert_int_equal(zone_business_date(zone, instant("2026-03-29T01:30:00Z"), 150),
                     20260329);
    zone_destroy(zone);
}

static void minute_text_and_date_are_local(void **state)
{
    (void)state;
    struct zone *zone = load("Europe/Paris");
    char text[MINUTE_TEXT_BYTES];
    zone_minute_text(zone, instant("2026-07-14T07:05:59.999Z"), text);
    assert_string_equal(text, "09:05");
    assert_int_equal(zone_date(zone, instant("2026-12-31T23:00:00Z")), 20270101);
    zone_destroy(zone);
}

static void missing_zone_is_an_error_and_never_utc(void **state)
{
    (void)state;
    struct zone *zone = NULL;
    struct error err = {0};
    assert_int_equal(zone_load("Europe/Pariss", &zone, &err), ERR_NOT_FOUND);
    assert_string_equal(err.text,
                        "cannot read time zone 'Europe/Pariss' from "
                        "'/usr/share/zoneinfo/Europe/Pariss': No such file or directory");
    static const char *const names[] = {"",          "/etc/passwd",   "../../etc/passwd",
                                        "Europe/",   "Europe//Paris", "Europe/Paris\n",
                                        "CET-1 CEST"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(zone_load(names[i], &zone, &err), ERR_INVALID);
    }
    assert_int_equal(zone_load("Europe", &zone, &err), ERR_IO); /* a folder */
    assert_null(zone);
}

/* Writes `length` bytes as zone "Test" of a new folder, reads it, removes it. */
static enum status load_bytes(const uint8_t *bytes, size_t length)
{
    char folder[] = "/tmp/guichet-zone-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    (void)snprintf(path, sizeof(path), "%s/Test", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    assert_int_equal(close(fd), 0);
    assert_int_equal(setenv("TZDIR", folder, 1), 0);
    struct zone *zone = NULL;
    enum status status = zone_load("Test", &zone, NULL);
    zone_destroy(zone);
    assert_int_equal(unsetenv("TZDIR"), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    return status;
}

static void damaged_zone_file_is_an_error(void **state)
{
    (void)state;
    uint8_t bytes[8192];
    int fd = open("/usr/share/zoneinfo/Europe/Paris", O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t count = read(fd, bytes, sizeof(bytes));
    assert_int_equal(close(fd), 0);
    assert_in_range(count, 1000, sizeof(bytes) - 1);
    size_t length = (size_t)count;
    assert_int_equal(load_bytes(bytes, length), OK);
    assert_int_equal(load_bytes((const uint8_t *)"nonsense", 8), ERR_CORRUPT);
    assert_int_equal(load_bytes(bytes, 0), ERR_CORRUPT);
    /* Cut anywhere it is damaged, because the footer is missing. */
    for (size_t cut = 1; cut < length; cut += 61) {
        assert_int_equal(load_bytes(bytes, length - cut), ERR_CORRUPT);
    }
    /* Counts that promise more than there is, in either header. */
    for (size_t at = 20; at < 44; at += 4) {
        uint8_t kept = bytes[at];
        bytes[at] = 0xFF;
        assert_int_equal(load_bytes(bytes, length), ERR_CORRUPT);
        bytes[at] = kept;
    }
}

static void rules_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "CET",
        "C-1",
        "CET-25",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/",
        "CET-1CEST,M3.5.0,M10.5.0/3 ",
        "CET-1CEST,J0,J365",
        "<+11-11",
        "CET-1:60",
    };
    static const char *const right[] = {
        "CET-1CEST,M3.5.0,M10.5.0/3", "<+11>-11", "NST3:30NDT,M3.2.0,M11.1.0",
        "IST-1GMT0,M10.5.0,M3.5.0/1", "EST5EDT,J60/-1,300/167:59:59"};
    struct zone_rule rule;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (zone_rule_parse(wrong[i], &rule)) {
            fail_msg("'%s' was read", wrong[i]);
        }
    }
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
        if (!zone_rule_parse(right[i], &rule)) {
            fail_msg("'%s' was not read", right[i]);
        }
    }
}

static void all_forms_of_a_rules_day_are_reckoned(void **state)
{
    (void)state;
    /* From 1 March (J60, leap day or not) to day 303 from 0 (31 October, in a leap year
     * 30 October), at 02:00 local. */
    struct zone_rule rule;
    assert_true(zone_rule_parse("CET-1CEST,J60,303", &rule));
    static const struct {
        const char *at;
        int32_t offset_s;
    } cases[] = {
        {"2026-03-01T00:59:59Z", 3600}, {"2026-03-01T01:00:00Z", 7200},
        {"2028-03-01T00:59:59Z", 3600}, {"2028-03-01T01:00:00Z", 7200},
        {"2026-10-30T23:59:59Z", 7200}, {"2026-10-31T00:00:00Z", 3600},
        {"2028-10-29T23:59:59Z", 7200}, {"2028-10-30T00:00:00Z", 3600},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(zone_rule_offset(&rule, instant(cases[i].at) / 1000),
                         cases[i].offset_s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_agree_with_the_c_library),
        cmocka_unit_test(paris_skips_an_hour_in_march_and_repeats_one_in_october),
        cmocka_unit_test(montreal_and_noumea_know_their_own_rules),
        cmocka_unit_test(day_that_a_place_left_out_has_no_instants),
        cmocka_unit_test(business_day_changes_at_its_local_minute_and_never_back),
        cmocka_unit_test(minute_text_and_date_are_local),
        cmocka_unit_test(missing_zone_is_an_error_and_never_utc),
        cmocka_unit_test(damaged_zone_file_is_an_error),
        cmocka_unit_test(rules_that_are_none_are_refused),
        cmocka_unit_test(all_forms_of_a_rules_day_are_reckoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
