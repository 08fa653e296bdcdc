/* Whether a commit that has returned is on the disk: the calls that write and synchronise
 * are watched by taking their place in this program. A kill -9 cannot show this, because
 * the system keeps what a dead process wrote; only a power cut would. */
#define _DEFAULT_SOURCE /* for syscall() */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/text.h"
#include "support.h"

static struct office office;

/* What was seen of the write-ahead log since the last reset. */
static struct {
    uint32_t write_count;
    uint32_t sync_count;
    bool is_dirty; /* written and not synchronised since */
    bool sync_fails;
} seen;

static bool is_log(int fd)
{
    char link[64];
    char path[256];
    (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof(path));
    return length > 4 && memcmp(path + length - 4, "-wal", 4) == 0;
}

static void note_write(int fd)
{
    if (is_log(fd)) {
        seen.write_count++;
        seen.is_dirty = true;
    }
}

static int note_sync(int fd, long number)
{
    if (!is_log(fd)) {
        return (int)syscall(number, fd);
    }
    if (seen.sync_fails) {
        errno = EIO;
        return -1;
    }
    seen.sync_count++;
    seen.is_dirty = false;
    return (int)syscall(number, fd);
}

/* The functions of the C library, as SQLite calls them. */
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset);
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
    note_write(fd);
    return syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    note_write(fd);
    return syscall(SYS_write, fd, bytes, length);
}

int fdatasync(int fd)
{
    return note_sync(fd, SYS_fdatasync);
}

int fsync(int fd)
{
    return note_sync(fd, SYS_fsync);
}

static int begin(void **state)
{
    (void)state;
    office_begin(&office);
    office_open(&office, OFFICE_DATE);
    memset(&seen, 0, sizeof(seen));
    return 0;
}

static int end(void **state)
{
    (void)state;
    seen.sync_fails = false;
    office_end(&office);
    return 0;
}

static void every_commit_is_on_the_disk_before_it_returns(void **state)
{
    (void)state;
    uint32_t commit_count = 0;
    for (; commit_count < 300; commit_count++) {
        struct command command = office_command(VERB_TAKE);
        assert_ok(&office.err, journal_begin(office.journal, &office.err));
        assert_ok(&office.err, office_do(&office, &command));
        assert_ok(&office.err, journal_commit(office.journal, &office.err));
        assert_false(seen.is_dirty);
    }
    assert_true(seen.write_count > commit_count);
    assert_true(seen.sync_count >= commit_count);
}

static void a_refusal_alone_is_on_the_disk_before_it_returns(void **state)
{
    (void)state;
    const struct journal_command command = {"counter-1", "0193", "{}", 2};
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_ok(&office.err,
              journal_store_answer(office.journal, &command, "{\"ok\":false}",
                                   office.now_ms, &office.err));
    assert_ok(&office.err, journal_commit(office.journal, &office.err));
    assert_int_equal(seen.sync_count, 1);
    assert_false(seen.is_dirty);
}

static void a_group_costs_one_synchronisation(void **state)
{
    (void)state;
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    struct command command = office_command(VERB_TAKE);
    for (int i = 0; i < 20; i++) {
        assert_ok(&office.err, office_do(&office, &command));
    }
    assert_ok(&office.err, journal_commit(office.journal, &office.err));
    assert_int_equal(seen.sync_count, 1);
    assert_false(seen.is_dirty);
}

/* That the watch can tell: the same work with a weaker setting is seen as not on the
 * disk. */
static void the_watch_sees_a_weaker_setting(void **state)
{
    (void)state;
    char path[128];
    struct text text;
    sqlite3 *db = NULL;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/weak.db", office.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                     "CREATE TABLE t (x); INSERT INTO t VALUES (1)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(seen.write_count > 0);
    assert_true(seen.is_dirty);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_failed_synchronisation_is_an_error_of_the_disk(void **state)
{
    (void)state;
    struct command command = office_command(VERB_TAKE);
    assert_ok(&office.err, journal_begin(office.journal, &office.err));
    assert_ok(&office.err, office_do(&office, &command));
    seen.sync_fails = true;
    assert_int_equal(journal_commit(office.journal, &office.err), ERR_IO);
    assert_non_null(strstr(office.err.text, "cannot commit"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_commit_is_on_the_disk_before_it_returns),
        TEST(a_refusal_alone_is_on_the_disk_before_it_returns),
        TEST(a_group_costs_one_synchronisation),
        TEST(the_watch_sees_a_weaker_setting),
        TEST(a_failed_synchronisation_is_an_error_of_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
