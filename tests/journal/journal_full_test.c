/* A disk without room: nothing answered is lost, nothing is half written, and the work
 * goes on as soon as there is room. Each case runs in a child of its own, so that limits
 * and mounts end with it. */
#define _GNU_SOURCE /* for unshare() */

#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

#define RESERVE_BYTES ((size_t)256 * 1024)

/* A child says that its system cannot do what the case needs. */
#define CANNOT 77

static struct office office;

/* In a child: say where and why, and end. */
#define CHECK(condition)                                                                 \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            (void)fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #condition,     \
                          office.err.text);                                              \
            _exit(1);                                                                    \
        }                                                                                \
    } while (0)

/* One more ticket in a transaction of its own; what became of it. */
static enum status take_one(void)
{
    const struct command command = office_command(VERB_TAKE);
    struct event events[STEP_EVENTS_MAX];
    size_t count = 0;
    struct refused refused;
    office.now_ms += 1000;
    enum status status = journal_begin(office.journal, &office.err);
    if (status != OK) {
        return status;
    }
    CHECK(queue_decide(office.queue, &command, office.now_ms, events, &count, &refused,
                       &office.err) == OK);
    for (size_t i = 0; i < count; i++) {
        queue_apply(office.queue, &events[i]);
        status = journal_append(office.journal, &events[i], queue_site(office.queue),
                                &office.err);
        if (status != OK) {
            return status;
        }
    }
    return journal_commit(office.journal, &office.err);
}

/* Take tickets until there is no room; then do as the server does. */
static void take_until_full(void)
{
    enum status status = OK;
    uint32_t limit = 9000;
    while (status == OK && limit > 0) {
        status = take_one();
        limit--;
    }
    CHECK(status == ERR_FULL);
    int64_t seq_of_file = 0;
    CHECK(journal_rollback(office.journal, &office.err) == OK);
    seq_of_file = journal_seq(office.journal);
    CHECK(journal_replay(office.journal, office.queue, NULL, NULL, &office.err) == OK);
    CHECK(queue_seq(office.queue) == seq_of_file);
}

static void check_whole(void)
{
    struct journal_summary summary;
    CHECK(journal_verify(office.journal, &summary, &office.err) == OK);
    CHECK(summary.event_count == queue_seq(office.queue));
}

static void open_day(size_t reserve_bytes)
{
    CHECK(journal_open(office.path, reserve_bytes, &office.journal, &office.err) == OK);
    office_open(&office, OFFICE_DATE);
}

/* A file system of 3 MiB in memory, seen by this process only. */
static void mount_small_disk(void)
{
    int flags = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
    if (unshare(flags) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", office.folder, "tmpfs", 0, "size=3m") != 0) {
        _exit(CANNOT);
    }
}

static void on_a_small_disk(void)
{
    mount_small_disk();
    open_day(RESERVE_BYTES);
    CHECK(journal_has_reserve(office.journal));
    CHECK(journal_warning(office.journal) == NULL);
    take_until_full();
    /* The reserve made room: the day goes on, and says how. */
    CHECK(!journal_has_reserve(office.journal));
    const char *warning = journal_warning(office.journal);
    CHECK(warning && strstr(warning, "its reserve was given up"));
    for (int i = 0; i < 3; i++) {
        CHECK(take_one() == OK);
    }
    check_whole();
    take_until_full();
    CHECK(strstr(journal_warning(office.journal), "there is no reserve left"));
    check_whole();
    /* Somebody makes the disk larger; the next business day has its reserve again. */
    CHECK(mount("none", office.folder, "tmpfs", MS_REMOUNT, "size=16m") == 0);
    CHECK(take_one() == OK);
    office_close_day(&office);
    CHECK(!journal_has_reserve(office.journal));
    office_open(&office, OFFICE_DATE + 1);
    CHECK(journal_has_reserve(office.journal));
    CHECK(journal_warning(office.journal) == NULL);
    check_whole();
    journal_close(office.journal);
}

static void without_room_for_the_reserve(void)
{
    mount_small_disk();
    open_day(8 << 20);
    CHECK(!journal_has_reserve(office.journal));
    const char *warning = journal_warning(office.journal);
    CHECK(warning && strstr(warning, "cannot keep a reserve of 8192 KiB"));
    CHECK(take_one() == OK);
    char path[128];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s.reserve", office.path);
    CHECK(access(path, F_OK) != 0);
    check_whole();
    journal_close(office.journal);
}

static void at_a_limit_of_file_size(void)
{
    open_day(0);
    struct rlimit limit;
    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = (rlim_t)600 * 1024;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    take_until_full();
    check_whole();
    take_until_full();
    limit.rlim_cur = before;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    for (int i = 0; i < 300; i++) {
        CHECK(take_one() == OK);
    }
    check_whole();
    journal_close(office.journal);
}

/* Run a case in a child; it ends well or says that the system cannot. */
static void run(void (*function)(void))
{
    pid_t child = fork();
    if (child == 0) {
        function();
        _exit(0);
    }
    int result = -1;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    if (WEXITSTATUS(result) == CANNOT) {
        print_message("this system does not allow a mount of its own\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(result), 0);
}

static void a_full_disk_loses_nothing_and_the_reserve_lets_the_day_go_on(void **state)
{
    (void)state;
    run(on_a_small_disk);
}

static void a_disk_too_small_for_the_reserve_is_a_warning(void **state)
{
    (void)state;
    run(without_room_for_the_reserve);
}

static void a_limit_of_file_size_is_a_full_disk(void **state)
{
    (void)state;
    run(at_a_limit_of_file_size);
}

/* A folder whose journal the child opens, not this process. */
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

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_full_disk_loses_nothing_and_the_reserve_lets_the_day_go_on),
        TEST(a_disk_too_small_for_the_reserve_is_a_warning),
        TEST(a_limit_of_file_size_is_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
