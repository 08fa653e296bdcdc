/* What the words of IPP mean for a kiosk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printing/condition.h"

static void check(const struct condition_seen *seen, enum printer_health health,
                  enum paper_level paper)
{
    struct condition found = condition_find(seen);
    assert_string_equal(printer_health_name(found.health), printer_health_name(health));
    assert_string_equal(paper_level_name(found.paper), paper_level_name(paper));
}

static void check_reason(const char *reason, enum printer_health health,
                         enum paper_level paper)
{
    const struct condition_seen seen = {
        .is_reached = true, .tells_paper = true, .reasons = {reason}, .reason_count = 1};
    check(&seen, health, paper);
}

static void each_reason_has_its_meaning(void **state)
{
    (void)state;
    check_reason("none", PRINTER_OK, PAPER_OK);
    check_reason("media-empty", PRINTER_OUT, PAPER_OUT);
    check_reason("media-needed-warning", PRINTER_OUT, PAPER_OUT);
    check_reason("media-low-report", PRINTER_LOW, PAPER_LOW);
    check_reason("media-jam-error", PRINTER_JAM, PAPER_OK);
    check_reason("cover-open-error", PRINTER_COVER_OPEN, PAPER_OK);
    check_reason("door-open", PRINTER_COVER_OPEN, PAPER_OK);
    check_reason("offline-report", PRINTER_OFFLINE, PAPER_OK);
    check_reason("paused", PRINTER_PAUSED, PAPER_OK);
    check_reason("com.example-mood", PRINTER_OK, PAPER_OK);
    check_reason("media-emptyish", PRINTER_OK, PAPER_OK);
    check_reason("-error", PRINTER_OK, PAPER_OK);
}

static void worst_reason_is_told_and_paper_is_told_beside_it(void **state)
{
    (void)state;
    const struct condition_seen seen = {
        .is_reached = true,
        .is_paused = true,
        .tells_paper = true,
        .reasons = {"media-low", "cover-open-error", "media-empty-error"},
        .reason_count = 3};
    check(&seen, PRINTER_COVER_OPEN, PAPER_OUT);
}

static void silent_printer_is_offline_and_its_paper_unknown(void **state)
{
    (void)state;
    const struct condition_seen seen = {.is_reached = false, .tells_paper = true};
    check(&seen, PRINTER_OFFLINE, PAPER_UNKNOWN);
}

static void printer_that_tells_nothing_has_unknown_paper(void **state)
{
    (void)state;
    const struct condition_seen seen = {.is_reached = true};
    check(&seen, PRINTER_OK, PAPER_UNKNOWN);
    const struct condition_seen paused = {.is_reached = true, .is_paused = true};
    check(&paused, PRINTER_PAUSED, PAPER_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_has_its_meaning),
        cmocka_unit_test(worst_reason_is_told_and_paper_is_told_beside_it),
        cmocka_unit_test(silent_printer_is_offline_and_its_paper_unknown),
        cmocka_unit_test(printer_that_tells_nothing_has_unknown_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
