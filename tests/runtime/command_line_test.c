/* The command line of the windows. */
#include <getopt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/command_line.h"

#define WORDS_MAX 8

/* Read up to WORDS_MAX - 2 words, ended by NULL, as `program` would. */
static int read_words(enum program program, const char *const words[],
                      struct command_line *ret_line)
{
    static char name[] = "program";
    static char copies[WORDS_MAX][64]; /* the line borrows them */
    char *argv[WORDS_MAX] = {name};
    int argc = 1;
    for (; words[argc - 1]; argc++) {
        assert_true(argc < WORDS_MAX - 1);
        assert_true(text_copy(copies[argc], sizeof(copies[argc]), words[argc - 1]));
        argv[argc] = copies[argc];
    }
    optind = 0; /* glibc: begin anew */
    return command_line_read(program, argc, argv, ret_line);
}

static void nothing_given_takes_the_program_s_own_file(void **state)
{
    (void)state;
    struct command_line line;
    const char *const words[] = {NULL};
    assert_int_equal(read_words(PROGRAM_KIOSK, words, &line), -1);
    assert_string_equal(line.config_path, "/etc/guichet/kiosk.conf");
    assert_false(line.has_size);
    assert_false(line.has_language);
}

static void size_and_language_are_read(void **state)
{
    (void)state;
    struct command_line line;
    const char *const words[] = {"--size", "1280x800", "--language", "en", NULL};
    assert_int_equal(read_words(PROGRAM_DISPLAY, words, &line), -1);
    assert_true(line.has_size);
    assert_int_equal(line.width_px, 1280);
    assert_int_equal(line.height_px, 800);
    assert_int_equal(line.language, LANGUAGE_EN);
}

static void what_is_wrong_ends_with_2(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"--size", "1280", NULL},         {"--size", "0x800", NULL},
        {"--size", "1280x800x", NULL},    {"--language", "de", NULL},
        {"--log", "loud", NULL},          {"word", NULL, NULL},
        {"--no-such-option", NULL, NULL}, {"--button", NULL, NULL},
        {"--device", "x", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct command_line line;
        assert_int_equal(read_words(PROGRAM_KIOSK, rows[i], &line), 2);
    }
}

static void only_the_counter_has_a_button(void **state)
{
    (void)state;
    struct command_line line;
    const char *const words[] = {"--button", "--device", "/dev/input/event3", NULL};
    assert_int_equal(read_words(PROGRAM_COUNTER, words, &line), -1);
    assert_true(line.is_button);
    assert_string_equal(line.device_path, "/dev/input/event3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_takes_the_program_s_own_file),
        cmocka_unit_test(size_and_language_are_read),
        cmocka_unit_test(what_is_wrong_ends_with_2),
        cmocka_unit_test(only_the_counter_has_a_button),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
