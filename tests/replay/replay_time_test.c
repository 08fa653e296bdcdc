/* Local dates and times of a log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "admin/replay_log.h"

static int setup(void **state)
{
    struct zone *zone = NULL;
    if (zone_load("Europe/Paris", &zone, NULL) != OK) {
        return -1;
    }
    *state = zone;
    return 0;
}

static int teardown(void **state)
{
    zone_destroy(*state);
    return 0;
}

static void local_and_absolute_times_are_read(void **state)
{
    static const struct {
        const char *text;
        int64_t at_ms;
    } cases[] = {
        {"2026-11-23T09:14:05", INT64_C(1795421645000)},      /* winter: UTC+1 */
        {"2026-11-23T09:14:05.5", INT64_C(1795421645500)},    /* half a second */
        {"2026-11-23T09:14:05.1239", INT64_C(1795421645123)}, /* cut, not rounded */
        {"2026-11-23T08:14:05Z", INT64_C(1795421645000)},
        {"2026-11-23T10:14:05.000+02:00", INT64_C(1795421645000)},
        {"2026-07-01T09:14:05", INT64_C(1782890045000)},      /* summer: UTC+2 */
        {"2026-10-25T02:30:00+02:00", INT64_C(1792888200000)} /* said which of the two */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t at_ms = 0;
        struct error err;
        if (replay_time_parse(*state, cases[i].text, &at_ms, &err) != OK) {
            fail_msg("%s: %s", cases[i].text, err.text);
        }
        assert_true(at_ms == cases[i].at_ms);
    }
}

static void other_texts_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "2026-11-23",
        "2026-11-23 09:14:05",
        "2026-11-23T9:14:05",
        "2026-11-23T09:14",
        "2026-11-23T24:00:00",
        "2026-11-23T09:60:00",
        "2026-11-23T09:14:60",
        "2026-13-01T09:14:05",
        "2026-02-29T09:14:05",
        "2026-11-23T09:14:05.",
        "2026-11-23T09:14:05.1234567890",
        "2026-11-23T09:14:05x",
        "2026-11-23T09:14:05+25:00",
        "1795421645",
        "2026-03-29T02:00:00", /* skipped */
        "2026-03-29T02:59:59", /* skipped */
        "2026-10-25T02:00:00", /* twice */
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int64_t at_ms = 7;
        if (replay_time_parse(*state, texts[i], &at_ms, NULL) != ERR_INVALID) {
            fail_msg("'%s' was taken", texts[i]);
        }
        assert_true(at_ms == 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_and_absolute_times_are_read),
        cmocka_unit_test(other_texts_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
