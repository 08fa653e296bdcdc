/* What lands on stderr, read back through a pipe. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/log.h"

struct capture {
    int reader;
    int kept; /* the real stderr */
    char said[8192];
};

static int setup(void **state)
{
    struct capture *capture = calloc(1, sizeof(*capture));
    assert_non_null(capture);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    capture->reader = ends[0];
    capture->kept = dup(STDERR_FILENO);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    assert_int_equal(close(ends[1]), 0);
    *state = capture;
    return 0;
}

/* Ends the capture and gives what was said. */
static const char *said(struct capture *capture)
{
    assert_true(dup2(capture->kept, STDERR_FILENO) >= 0); /* closes the pipe's end */
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(capture->reader, capture->said + length,
                     sizeof(capture->said) - 1 - length);
        assert_true(count >= 0);
        length += (size_t)count;
    } while (count > 0);
    return capture->said;
}

static int teardown(void **state)
{
    struct capture *capture = *state;
    assert_true(dup2(capture->kept, STDERR_FILENO) >= 0);
    assert_int_equal(close(capture->kept), 0);
    assert_int_equal(close(capture->reader), 0);
    assert_int_equal(unsetenv("JOURNAL_STREAM"), 0);
    log_start(LOG_LEVEL_INFO);
    free(capture);
    return 0;
}

static void message_is_one_line_with_level_and_module(void **state)
{
    log_start(LOG_LEVEL_DEBUG);
    log_error("journal", "cannot write path=%s", "/x");
    log_warning("link", "lost");
    log_notice("server", "day opened date=%u", 20261123U);
    log_info("link", "connected port=%d", 1883);
    log_debug("loop", "turn");
    assert_string_equal(said(*state), "error journal: cannot write path=/x\n"
                                      "warning link: lost\n"
                                      "notice server: day opened date=20261123\n"
                                      "info link: connected port=1883\n"
                                      "debug loop: turn\n");
}

static void ticket_and_counter_stand_behind_the_message(void **state)
{
    log_start(LOG_LEVEL_INFO);
    log_ticket("queue", "A042", "called counter=%s", "3");
    log_counter("queue", "3", "paused");
    assert_string_equal(said(*state), "info queue: called counter=3 ticket=A042\n"
                                      "info queue: paused counter=3\n");
}

static void messages_beyond_the_level_are_not_written(void **state)
{
    log_start(LOG_LEVEL_WARNING);
    log_notice("a", "not this");
    log_info("a", "nor this");
    log_ticket("a", "A001", "nor this");
    log_warning("a", "this");
    assert_true(log_wants(LOG_LEVEL_WARNING));
    assert_false(log_wants(LOG_LEVEL_NOTICE));
    assert_string_equal(said(*state), "warning a: this\n");
}

static void journal_gets_its_prefix_when_it_is_our_stderr(void **state)
{
    struct stat status;
    assert_int_equal(fstat(STDERR_FILENO, &status), 0);
    char stream[64];
    struct text text;
    text_init(&text, stream, sizeof(stream));
    text_add(&text, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    assert_int_equal(setenv("JOURNAL_STREAM", stream, 1), 0);
    log_start(LOG_LEVEL_DEBUG);
    log_error("a", "x");
    log_warning("a", "x");
    log_notice("a", "x");
    log_info("a", "x");
    log_debug("a", "x");
    assert_string_equal(said(*state), "<3>a: x\n<4>a: x\n<5>a: x\n<6>a: x\n<7>a: x\n");
}

static void inherited_journal_of_another_program_gives_no_prefix(void **state)
{
    assert_int_equal(setenv("JOURNAL_STREAM", "8:1", 1), 0);
    log_start(LOG_LEVEL_INFO);
    log_info("a", "x");
    assert_string_equal(said(*state), "info a: x\n");
}

static void control_characters_cannot_make_a_second_line(void **state)
{
    log_info("link", "topic=%s", "a\nerror journal: forged\x1B[2J\x7F");
    assert_string_equal(said(*state), "info link: topic=a error journal: forged [2J \n");
}

static void long_message_is_cut_on_a_whole_character(void **state)
{
    char message[3000];
    for (size_t i = 0; i + 2 < sizeof(message); i += 2) {
        memcpy(message + i, "\xC3\xA9", 3); /* é */
    }
    log_info("a", "%s", message);
    const char *line = said(*state);
    size_t length = strlen(line);
    assert_in_range(length, LOG_LINE_BYTES - 8, LOG_LINE_BYTES);
    assert_string_equal(line + length - 4, "\xE2\x80\xA6\n");
    assert_true(text_is_utf8(line, length - 1));
}

static void logging_keeps_errno(void **state)
{
    errno = ENOSPC;
    log_info("a", "x");
    assert_int_equal(errno, ENOSPC);
    assert_string_equal(said(*state), "info a: x\n");
}

static void failure_is_logged_as_its_sentence(void **state)
{
    struct error err = {0};
    (void)error_set(&err, ERR_IO, "cannot open 'x%%s'");
    log_failure("server", &err);
    assert_string_equal(said(*state), "error server: cannot open 'x%s'\n");
}

static void level_names_are_found_again(void **state)
{
    (void)said(*state);
    for (enum log_level level = LOG_LEVEL_ERROR; level < LOG_LEVEL_COUNT; level++) {
        assert_int_equal(log_level_find(log_level_name(level)), level);
    }
    assert_int_equal(log_level_find("loud"), LOG_LEVEL_COUNT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(message_is_one_line_with_level_and_module),
        TEST(ticket_and_counter_stand_behind_the_message),
        TEST(messages_beyond_the_level_are_not_written),
        TEST(journal_gets_its_prefix_when_it_is_our_stderr),
        TEST(inherited_journal_of_another_program_gives_no_prefix),
        TEST(control_characters_cannot_make_a_second_line),
        TEST(long_message_is_cut_on_a_whole_character),
        TEST(logging_keeps_errno),
        TEST(failure_is_logged_as_its_sentence),
        TEST(level_names_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
