/* `guichet do` against a real server and a real broker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../server/office_support.h"
#include "runtime/clock.h"
#include "runtime/instant.h"

#define WORDS_MAX 16

#define REPORT_BYTES_MAX (1 << 20)

static const char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\nname.fr = Permis\n"
    "[service titres]\nletter = B\nname.fr = Titres\n"
    "[class priority]\nname.fr = Priorité\nhead_start_minutes = 30\n"
    "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = all\n"
    "[kiosk hall1]\nhall = main\n";

static int setup(void **state)
{
    return office_begin_test(state, site_text);
}

/* Run with the words (NULL ends them) and the administrator's file. */
static struct program_result order(const struct test_office *office,
                                   const char *const words[])
{
    char config[PATH_MAX];
    const char *line[WORDS_MAX + 5] = {guichet, "do"};
    size_t count = 2;
    path_join(config, office->broker.dir, "/devices/admin-ops.conf", "", "");
    for (size_t i = 0; words[i]; i++) {
        assert_true(i < WORDS_MAX);
        line[count] = words[i];
        count++;
    }
    line[count] = "--config";
    line[count + 1] = config;
    return program_run(line);
}

#define ORDER(office, ...) order((office), (const char *const[]){__VA_ARGS__, NULL})

static void assert_done(struct program_result result, const char *output)
{
    assert_string_equal(result.errors, "");
    assert_string_equal(result.output, output);
    assert_int_equal(result.exit_status, 0);
}

static void assert_not_done(struct program_result result, int exit_status,
                            const char *errors)
{
    assert_string_equal(result.output, "");
    assert_string_equal(result.errors, errors);
    assert_int_equal(result.exit_status, exit_status);
}

static void a_visit_is_put_right_from_the_reception(void **state)
{
    assert_done(ORDER(*state, "take", "--service", "permis", "--class", "priority"),
                "A001 waiting permis\n");
    assert_done(ORDER(*state, "requalify", "--ticket", "A001", "--service", "titres"),
                "A001 waiting titres\n");
    assert_done(ORDER(*state, "cancel", "--ticket", "A001"), "A001 cancelled titres\n");
    assert_not_done(ORDER(*state, "cancel", "--ticket", "A001"), 1,
                    "guichet do: ticket 'A001' is already cancelled\n");
    assert_not_done(ORDER(*state, "resume", "--ticket", "A001"), 1,
                    "guichet do: ticket 'A001' is already cancelled\n");
    assert_done(ORDER(*state, "close-service", "--service", "permis"), "done\n");
    assert_not_done(ORDER(*state, "take", "--service", "permis"), 1,
                    "guichet do: service 'permis' is closed\n");
    assert_done(ORDER(*state, "open-service", "--service", "permis"), "done\n");
    assert_done(ORDER(*state, "take", "--service", "permis", "--language", "en"),
                "A002 waiting permis\n");
}

/* The first file of the live report whose name ends in `ending`; the caller frees it. */
static char *report_of(const struct test_office *office, const char *ending)
{
    char out[PATH_MAX];
    char path[PATH_MAX];
    path_join(out, office->broker.dir, "/out", "", "");
    path_join(path, out, "/report", ending, "");
    static const char report[] = GUICHET_BINARY_DIR "/bin/guichet-report";
    const char *const line[] = {report,   "--journal",  office->journal_path,
                                "--live", "--language", "fr",
                                "--out",  out,          NULL};
    struct program_result result = program_run(line);
    assert_string_equal(result.errors, "");
    assert_int_equal(result.exit_status, 0);
    char *text = malloc(REPORT_BYTES_MAX);
    assert_non_null(text);
    file_read(path, text, REPORT_BYTES_MAX);
    return text;
}

static void assert_in_report(const struct test_office *office, const char *ending,
                             const char *words, bool is_there)
{
    char *text = report_of(office, ending);
    if ((strstr(text, words) != NULL) != is_there) {
        fail_msg("'%s' is%s in %s", words, is_there ? " not" : "", text);
    }
    free(text);
}

static void a_remark_stands_in_the_report_until_it_is_withdrawn(void **state)
{
    const struct test_office *office = *state;
    char from[INSTANT_TEXT_BYTES];
    char until[INSTANT_TEXT_BYTES];
    int64_t now_ms = clock_sample_now().wall_ms;
    instant_text(now_ms - 3600000, from);
    instant_text(now_ms + 3600000, until);
    assert_done(ORDER(office, "take", "--service", "permis"), "A001 waiting permis\n");
    assert_done(ORDER(office, "remark", "--text", "réseau coupé", "--from", from,
                      "--until", until),
                "remark 1\n");
    assert_done(ORDER(office, "remark", "--text", "peinture", "--from", from, "--until",
                      until, "--service", "titres"),
                "remark 2\n");
    assert_in_report(office, "-remarks.csv", ",,réseau coupé,\r\n", true);
    assert_in_report(office, "-remarks.csv", ",titres,peinture,\r\n", true);
    assert_in_report(office, "-intervals.csv", ",1 2,0,0,0,\r\n", true);
    assert_in_report(office, ".html", " [1] [2]<", true);
    assert_in_report(office, ".html", "peinture", true);
    assert_in_report(office, ".json", "\"text\": \"réseau coupé\"", true);
    assert_done(ORDER(office, "withdraw-remark", "--remark", "2"), "done\n");
    assert_in_report(office, "-intervals.csv", ",1,0,0,0,\r\n", true);
    assert_in_report(office, ".html", "peinture", false);
    assert_in_report(office, "-remarks.csv", ",titres,peinture,2", true);
    assert_not_done(ORDER(office, "withdraw-remark", "--remark", "2"), 1,
                    "guichet do: no remark 2 stands today\n");
    assert_not_done(
        ORDER(office, "remark", "--text", "x", "--from", "10:60", "--until", until), 2,
        "guichet do: this is no time: '10:60'; 'guichet do --help' says "
        "more\n");
}

/* The machine's own zone is another than the office's. */
static void a_time_of_today_is_that_of_the_office(void **state)
{
    const struct test_office *office = *state;
    assert_int_equal(setenv("TZ", "America/Cayenne", 1), 0);
    assert_done(ORDER(office, "remark", "--text", "alarme", "--from", "00:00", "--until",
                      "23:59"),
                "remark 1\n");
    assert_int_equal(unsetenv("TZ"), 0);
    assert_in_report(office, "-remarks.csv", "T00:00:00", true);
    assert_in_report(office, "-remarks.csv", "T23:59:00", true);
}

static void an_emergency_stands_in_the_report(void **state)
{
    const struct test_office *office = *state;
    char until[INSTANT_TEXT_BYTES];
    instant_text(clock_sample_now().wall_ms + 3600000, until);
    assert_done(ORDER(office, "exceptional", "--until", until, "--service", "titres"),
                "done\n");
    assert_in_report(office, "-exceptional.csv", ",,titres\r\n", true);
    assert_done(ORDER(office, "end-exceptional"), "done\n");
    assert_in_report(office, "-exceptional.csv", ",,titres\r\n", false);
    assert_in_report(office, "-exceptional.csv", ",titres\r\n", true);
}

static void what_was_corrected_stands_in_the_report(void **state)
{
    const struct test_office *office = *state;
    for (int i = 0; i < 2; i++) {
        ORDER(office, "take", "--service", "permis");
    }
    assert_done(ORDER(office, "cancel", "--ticket", "A001"), "A001 cancelled permis\n");
    assert_done(ORDER(office, "correct", "--ticket", "A001", "--outcome", "void",
                      "--reason", "essai"),
                "A001 void permis\n");
    assert_in_report(office, "-corrections.csv", ",A001,,1,cancelled,void,essai\r\n",
                     true);
    assert_in_report(office, "-summary.csv", "\r\ncancelled,0\r\n", true);
    assert_done(ORDER(office, "move", "--service", "permis", "--to", "titres"), "done\n");
    assert_done(ORDER(office, "settle", "--service", "titres", "--outcome", "abandoned",
                      "--reason", "panne"),
                "done\n");
    assert_in_report(office, "-corrections.csv", ",,titres,1,waiting,abandoned,panne\r\n",
                     true);
    assert_in_report(office, "-summary.csv", "\r\nabandoned,1\r\n", true);
    assert_in_report(office, ".html", "La file\xC2\xA0: titres (1)", false);
    assert_in_report(office, ".html", "La file\xC2\xA0: Titres (1)", true);
    assert_in_report(office, ".json", "\"reason\": \"essai\"", true);
    assert_not_done(ORDER(office, "settle", "--outcome", "abandoned", "--reason", "x"), 1,
                    "guichet do: nobody is waiting\n");
}

static void wrong_words_ask_nothing(void **state)
{
    assert_not_done(ORDER(*state, "dance"), 2,
                    "guichet do: there is no order 'dance'; 'guichet do --help' says "
                    "more\n");
    assert_not_done(ORDER(*state, "take"), 2,
                    "guichet do: this order lacks '--service'; 'guichet do --help' says "
                    "more\n");
    assert_not_done(ORDER(*state, "cancel", "--ticket", "A001", "--class", "x"), 2,
                    "guichet do: this order has no '--class'; 'guichet do --help' says "
                    "more\n");
    assert_not_done(ORDER(*state, "requalify", "--ticket", "A001"), 2,
                    "guichet do: this order lacks '--service or --class'; 'guichet do "
                    "--help' says more\n");
    assert_not_done(ORDER(*state, "cancel", "--ticket", "A000000000001"), 2,
                    "guichet do: this is none: 'A000000000001'; 'guichet do --help' says "
                    "more\n");
    assert_not_done(ORDER(*state, "cancel", "--ticket", "A009"), 1,
                    "guichet do: there is no ticket 'A009' today\n");
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, office_end_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(a_visit_is_put_right_from_the_reception),
        OFFICE_TEST(a_remark_stands_in_the_report_until_it_is_withdrawn),
        OFFICE_TEST(a_time_of_today_is_that_of_the_office),
        OFFICE_TEST(an_emergency_stands_in_the_report),
        OFFICE_TEST(what_was_corrected_stands_in_the_report),
        OFFICE_TEST(wrong_words_ask_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
