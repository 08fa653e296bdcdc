/* `guichet check-config` as an administrator runs it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../broker/broker_support.h"

#define SAMPLE GUICHET_SOURCE_DIR "/assets/sample-site"

static const char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";
static const char sample[] = SAMPLE;
static const char sample_site[] = SAMPLE "/site.conf";
static const char sample_kiosk[] = SAMPLE "/kiosk.conf";

#define CHECK(...)                                                                       \
    program_run((const char *const[]){guichet, "check-config", __VA_ARGS__, NULL})

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words)) {
        fail_msg("'%s' is not in:\n%s", words, text);
    }
}

static void write_file(char ret_path[PATH_MAX], const char *folder, const char *name,
                       const char *text)
{
    path_join(ret_path, folder, "/", name, "");
    FILE *file = fopen(ret_path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void the_sample_site_is_in_order(void **state)
{
    (void)state;
    struct program_result result = CHECK("--directory", sample);
    assert_null(strstr(result.errors, "not in order"));
    assert_says(result.output, SAMPLE "/site.conf: site 'prefecture', 1 hall, 5 services,"
                                      " 8 counters");
    assert_says(result.output, SAMPLE "/admin.conf: 'admin-office' of site 'prefecture'"
                                      " at 127.0.0.1 port 1883: in order\n");
    assert_says(result.output, SAMPLE "/button.conf: 'button-");
    assert_int_equal(result.exit_status, 0);
}

static void every_fault_is_listed_with_its_line(void **state)
{
    (void)state;
    char folder[PATH_MAX];
    char path[PATH_MAX];
    char expected[PATH_MAX + 64];
    folder_make(folder);
    write_file(path, folder, "site.conf",
               "[site]\n"
               "id = Préfecture\n"
               "name.fr = Accueil\n"
               "colour = blue\n"
               "[hall main]\n"
               "name.fr = Hall\n"
               "[service a]\n"
               "letter = A\n"
               "color = blue\n"
               "name.fr = A\n"
               "[counter 1]\n"
               "name.fr = 1\n"
               "hall = main\n"
               "services = b\n");
    struct program_result result = CHECK("--site", path);
    static const char *const faults[] = {
        ":2: [site] id: ", ":4: [site] colour: ", ":9: [service a] color: ",
        ":14: [counter 1] services: "};
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        (void)snprintf(expected, sizeof(expected), "%s%s", path, faults[i]);
        assert_says(result.errors, expected);
    }
    assert_says(result.errors, "errors: not in order\n");
    assert_string_equal(result.output, "");
    assert_int_equal(result.exit_status, 2);
    folder_remove(folder);
}

static void a_warning_is_shown_and_taken(void **state)
{
    (void)state;
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    write_file(path, folder, "site.conf",
               "[site]\n"
               "id = prefecture\n"
               "name.fr = Accueil\n"
               "name.en = Reception\n"
               "[hall main]\n"
               "name.fr = Hall\n"
               "[service a]\n"
               "letter = A\n"
               "color = #7a3b0a\n"
               "name.fr = A\n"
               "[counter 1]\n"
               "name.fr = 1\n"
               "hall = main\n"
               "services = a\n");
    struct program_result result = CHECK("--site", path);
    assert_says(result.errors, "warning: ");
    assert_says(result.output, "1 hall, 1 service, 1 counter: in order, with ");
    assert_int_equal(result.exit_status, 0);
    folder_remove(folder);
}

static void a_good_file_does_not_hide_a_bad_one(void **state)
{
    (void)state;
    struct program_result result =
        CHECK("--site", "/nowhere/site.conf", "--site", sample_site, "--program", "admin",
              "--config", sample_kiosk);
    assert_says(result.errors, "/nowhere/site.conf");
    assert_says(result.errors, SAMPLE "/kiosk.conf:");
    assert_says(result.output, SAMPLE "/site.conf: ");
    assert_int_equal(result.exit_status, 2);
}

static void a_folder_without_our_files_is_not_in_order(void **state)
{
    (void)state;
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    write_file(path, folder, "mosquitto.conf", "listener 1883\n");
    struct program_result result = CHECK("--directory", folder);
    assert_says(result.output, "/mosquitto.conf: not read");
    assert_says(result.errors, "there is no file to check");
    assert_int_equal(result.exit_status, 2);
    folder_remove(folder);
}

static void the_printed_template_names_every_section(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *words;
    } templates[] = {{"site", "typical_service_minutes"},
                     {"server", "reserve_mib"},
                     {"kiosk", "idle_s"},
                     {"button", "[button]"},
                     {"admin", "secret_file"}};
    for (size_t i = 0; i < sizeof(templates) / sizeof(templates[0]); i++) {
        struct program_result result = CHECK("--print-config", templates[i].name);
        assert_says(result.output, templates[i].words);
        assert_string_equal(result.errors, "");
        assert_int_equal(result.exit_status, 0);
    }
    struct program_result site = CHECK("--print-config");
    assert_says(site.output, "typical_service_minutes");
}

static void wrong_words_are_refused(void **state)
{
    (void)state;
    assert_int_equal(CHECK("--program", "fax", "--config", "x").exit_status, 2);
    assert_int_equal(CHECK("--program", "kiosk").exit_status, 2);
    assert_int_equal(CHECK("--config", sample_kiosk).exit_status, 2);
    assert_int_equal(CHECK("--print-config", "fax").exit_status, 2);
    assert_int_equal(CHECK("--site").exit_status, 2);
    struct program_result both = CHECK("--directory", sample, "--site", sample_site);
    assert_string_equal(both.output, "");
    assert_int_equal(both.exit_status, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_site_is_in_order),
        cmocka_unit_test(every_fault_is_listed_with_its_line),
        cmocka_unit_test(a_warning_is_shown_and_taken),
        cmocka_unit_test(a_good_file_does_not_hide_a_bad_one),
        cmocka_unit_test(a_folder_without_our_files_is_not_in_order),
        cmocka_unit_test(the_printed_template_names_every_section),
        cmocka_unit_test(wrong_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
