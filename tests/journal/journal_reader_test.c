/* Readers beside the server, and what survives its end. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

static struct office office;

static void a_reader_sees_one_moment_while_the_server_writes(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 50);
    struct journal *reader = NULL;
    struct journal_day *days = NULL;
    size_t count = 0;
    assert_ok(&office.err, journal_open_reader(office.path, &reader, &office.err));
    assert_null(journal_warning(reader));
    assert_ok(&office.err, journal_begin_reading(reader, &office.err));
    office_random_day(&office, OFFICE_DATE + 1, 50);
    assert_ok(&office.err, journal_read_days(reader, &days, &count, &office.err));
    assert_int_equal(count, 1);
    free(days);
    journal_end_reading(reader);
    assert_ok(&office.err, journal_read_days(reader, &days, &count, &office.err));
    assert_int_equal(count, 2);
    free(days);
    journal_close(reader);
    office_open(&office, OFFICE_DATE + 2);
}

/* A child that commits and says after each commit up to which event and command. */
static void write_until_killed(int pipe_fd)
{
    /* The parent's connection must not be used here; a child makes its own. */
    office_open(&office, OFFICE_DATE);
    for (uint32_t i = 0;; i++) {
        char id[16];
        struct text text;
        text_init(&text, id, sizeof(id));
        text_add(&text, "id-%u", i);
        const struct journal_command command = {"kiosk-hall1", id, id, strlen(id)};
        assert_ok(&office.err, journal_begin(office.journal, &office.err));
        office_random_step(&office);
        assert_ok(&office.err, journal_store_answer(office.journal, &command, id,
                                                    office.now_ms, &office.err));
        assert_ok(&office.err, journal_commit(office.journal, &office.err));
        const int64_t said[2] = {journal_seq(office.journal), i};
        if (write(pipe_fd, said, sizeof(said)) != sizeof(said)) {
            _exit(1);
        }
    }
}

/* Start a child that writes, kill it after some commits; what it said last. */
static void run_and_kill(uint64_t seed, int64_t ret_said[2])
{
    int ends[2];
    journal_close(office.journal);
    office.journal = NULL;
    office.seed = seed;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        office_reopen(&office);
        write_until_killed(ends[1]);
        _exit(0);
    }
    (void)close(ends[1]);
    for (uint32_t i = 0; i < 100 + 37 * (uint32_t)seed; i++) {
        assert_int_equal(read(ends[0], ret_said, 16), 16);
    }
    assert_int_equal(kill(child, SIGKILL), 0);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFSIGNALED(result));
    while (read(ends[0], ret_said, 16) == 16) {
    }
    (void)close(ends[0]);
}

static void everything_answered_survives_kill_9(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        office_end(&office);
        office_begin(&office);
        int64_t said[2] = {0};
        run_and_kill(seed, said);
        /* A reader comes first: the log is still there, nobody recovered it. */
        struct journal *reader = NULL;
        struct journal_summary summary;
        assert_ok(&office.err, journal_open_reader(office.path, &reader, &office.err));
        assert_ok(&office.err, journal_verify(reader, &summary, &office.err));
        assert_true(summary.event_count >= said[0]);
        journal_close(reader);
        office_reopen(&office);
        assert_int_equal(journal_seq(office.journal), summary.event_count);
        for (int64_t i = 0; i <= said[1]; i++) {
            char id[24];
            const char *reply = NULL;
            struct text text;
            text_init(&text, id, sizeof(id));
            text_add(&text, "id-%lld", (long long)i);
            const struct journal_command command = {"kiosk-hall1", id, id, strlen(id)};
            assert_int_equal(office_find_answer(&office, &command, &reply),
                             ANSWER_STORED);
            assert_string_equal(reply, id);
        }
        assert_ok(&office.err,
                  journal_replay(office.journal, office.queue, NULL, NULL, &office.err));
        assert_int_equal(queue_seq(office.queue), summary.event_count);
        office_close_day(&office);
    }
}

/* In a child without privileges, because the mode of a folder does not stop root. */
static int read_as_nobody(int64_t event_count, bool is_warned)
{
    if (geteuid() == 0 && setuid(65534) != 0) {
        return 2;
    }
    struct journal *reader = NULL;
    struct journal_summary summary = {0};
    struct error err;
    if (journal_open_reader(office.path, &reader, &err) != OK ||
        journal_verify(reader, &summary, &err) != OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    const char *warning = journal_warning(reader);
    bool says_missing = warning && strstr(warning, "newest events");
    journal_close(reader);
    if (summary.event_count != event_count) {
        (void)fprintf(stderr, "%lld events\n", (long long)summary.event_count);
        return 4;
    }
    return (warning != NULL) == is_warned && !says_missing ? 0 : 5;
}

static int run_as_nobody(int64_t event_count, bool is_warned)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(read_as_nobody(event_count, is_warned));
    }
    int result = -1;
    assert_int_equal(waitpid(child, &result, 0), child);
    return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

static void a_journal_in_a_folder_that_cannot_be_written_is_read(void **state)
{
    (void)state;
    office_random_day(&office, OFFICE_DATE, 50);
    int64_t count = journal_seq(office.journal);
    assert_int_equal(chmod(office.folder, 0555), 0);
    assert_int_equal(chmod(office.path, 0444), 0);
    /* While the server runs: its log and index are there and can be read. */
    assert_int_equal(run_as_nobody(count, false), 0);
    journal_close(office.journal);
    office.journal = NULL;
    /* Closed: no log, and none can be made. */
    assert_int_equal(run_as_nobody(count, true), 0);
    assert_int_equal(chmod(office.folder, 0755), 0);
}

static void a_log_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    int64_t said[2] = {0};
    run_and_kill(1, said);
    /* A copy of the file and its log alone, as an old backup would have it. */
    assert_int_equal(unlink(office_path_of(&office, "journal.db-shm")), 0);
    assert_int_equal(chmod(office_path_of(&office, "journal.db-wal"), 0444), 0);
    assert_int_equal(chmod(office.path, 0444), 0);
    assert_int_equal(chmod(office.folder, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        struct journal *reader = NULL;
        struct error err;
        if (geteuid() == 0 && setuid(65534) != 0) {
            _exit(2);
        }
        enum status status = journal_open_reader(office.path, &reader, &err);
        /* Nothing may have reached the file itself yet; that is a sentence, too. */
        const char *sentence = status == OK ? journal_warning(reader) : err.text;
        bool is_told = sentence && (strstr(sentence, "newest events") != NULL ||
                                    strstr(sentence, "not a journal") != NULL);
        journal_close(status == OK ? reader : NULL);
        _exit(is_told ? 0 : 3);
    }
    int result = -1;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_int_equal(chmod(office.folder, 0755), 0);
}

#define TEST(function) OFFICE_TEST(function, &office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_reader_sees_one_moment_while_the_server_writes),
        TEST(everything_answered_survives_kill_9),
        TEST(a_journal_in_a_folder_that_cannot_be_written_is_read),
        TEST(a_log_that_cannot_be_read_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
