/* Journals of earlier releases stay readable: each file in released/ verifies and replays
 * to the state that the release recorded for it. A new line comes with each release that
 * changed a table or a body (bin/journal_sample); none is ever changed or removed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

static const struct {
    const char *file;
    int64_t kind_count; /* it has every kind of its release */
    int64_t event_count;
    uint64_t state_hash;
} released[] = {
    {"0.1.0.db", 22, 209, UINT64_C(0x59a53beef47ec17e)},
};

static struct office office;

static int begin(void **state)
{
    (void)state;
    office_begin(&office);
    journal_close(office.journal);
    office.journal = NULL;
    return 0;
}

static int end(void **state)
{
    (void)state;
    office_end(&office);
    return 0;
}

/* A copy, because opening for writing may migrate it. */
static void copy_released(const char *file)
{
    char path[512];
    static char bytes[1 << 20];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/tests/journal/released/%s", GUICHET_SOURCE_DIR, file);
    FILE *from = fopen(path, "rb");
    FILE *to = fopen(office.path, "wb");
    assert_non_null(from);
    assert_non_null(to);
    size_t length = fread(bytes, 1, sizeof(bytes), from);
    assert_true(length > 0 && length < sizeof(bytes));
    assert_int_equal(fwrite(bytes, 1, length, to), length);
    assert_int_equal(fclose(from), 0);
    assert_int_equal(fclose(to), 0);
}

static void every_released_journal_replays_to_its_recorded_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(released) / sizeof(released[0]); i++) {
        struct journal_summary summary;
        copy_released(released[i].file);
        assert_int_equal(
            support_number(office.path, "SELECT count(DISTINCT kind) FROM event"),
            released[i].kind_count);
        office_reopen(&office);
        assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
        assert_int_equal(summary.event_count, released[i].event_count);
        assert_ok(&office.err,
                  journal_replay(office.journal, office.queue, NULL, NULL, &office.err));
        assert_true(queue_state_hash(office.queue) == released[i].state_hash);
        /* And the work goes on from there. */
        office_close_day(&office);
        assert_ok(&office.err, journal_verify(office.journal, &summary, &office.err));
        journal_close(office.journal);
        office.journal = NULL;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_released_journal_replays_to_its_recorded_state, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
