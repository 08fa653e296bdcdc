/* The command line of guichet-report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/options.h"

#define ARGUMENTS_MAX 12

/* Parse the words of a NULL-terminated list. */
static enum status parse(const char *const *list, struct report_options *options,
                         struct error *err)
{
    char *words[ARGUMENTS_MAX + 1] = {(char *)(uintptr_t) "guichet-report"};
    int count = 1;
    for (; list[count - 1]; count++) {
        assert_true(count < ARGUMENTS_MAX);
        words[count] = (char *)(uintptr_t)list[count - 1];
    }
    return report_options_parse(count, words, options, err);
}

static void options_are_read(void **state)
{
    static const char *const list[] = {"--journal",  "a.db",      "--day", "2026-11-23",
                                       "--language", "en",        "--pdf", "r.pdf",
                                       "--within",   "20,60,120", NULL};
    struct report_options options;
    struct error err;
    (void)state;
    assert_int_equal(parse(list, &options, &err), OK);
    assert_string_equal(options.gather.journal, "a.db");
    assert_int_equal(options.gather.date, 20261123);
    assert_int_equal(options.language, LANGUAGE_EN);
    assert_string_equal(options.pdf, "r.pdf");
    assert_null(options.html);
    assert_int_equal(options.gather.within.count, 3);
    assert_int_equal(options.gather.within.seconds[2], 120);
    assert_false(options.gather.is_live);
}

static void defaults_are_french_last_day_and_commas(void **state)
{
    static const char *const list[] = {"--journal", "a.db", "--out", "d", "--live", NULL};
    struct report_options options;
    struct error err;
    (void)state;
    assert_int_equal(parse(list, &options, &err), OK);
    assert_int_equal(options.language, LANGUAGE_FR);
    assert_int_equal(options.gather.date, 0);
    assert_int_equal(options.csv_separator, ',');
    assert_true(options.gather.is_live);
}

static void wrong_options_are_named(void **state)
{
    static const struct {
        const char *list[5];
        const char *sentence;
    } cases[] = {
        {{"--jurnal", "x"}, "there is no option '--jurnal'"},
        {{"--journal"}, "a value is missing behind '--journal'"},
        {{"--html", "x"}, "--journal FILE must be given"},
        {{"--journal", "x"},
         "one of --out, --html, --pdf, --csv and --json must be given"},
        {{"--day", "23.11.2026"}, "--day: '23.11.2026' is not a date like 2026-11-23"},
        {{"--day", "2026-02-30"}, "--day: '2026-02-30' is not a date like 2026-11-23"},
        {{"--language", "de"}, "--language: 'de' is not fr or en"},
        {{"--within", "20,"},
         "--within: '20,' is not 1 to 8 numbers of seconds like 20,60,120"},
        {{"--within", "1,2,3,4,5,6,7,8,9"},
         "--within: '1,2,3,4,5,6,7,8,9' is not 1 to 8 numbers of seconds like 20,60,120"},
        {{"--within", "abc"},
         "--within: 'abc' is not 1 to 8 numbers of seconds like 20,60,120"},
        {{"--csv-separator", "tab"}, "--csv-separator: 'tab' is not comma or semicolon"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct report_options options;
        struct error err;
        assert_int_equal(parse(cases[i].list, &options, &err), ERR_INVALID);
        assert_string_equal(err.text, cases[i].sentence);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_read),
        cmocka_unit_test(defaults_are_french_last_day_and_commas),
        cmocka_unit_test(wrong_options_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
