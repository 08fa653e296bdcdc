/* The stored command in a folder of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/outbox.h"

#define ID      "01930000-0000-7000-8000-000000000001"
#define OTHER   "01930000-0000-7000-8000-000000000002"
#define PAYLOAD "{\"id\":\"" ID "\",\"verb\":\"take\"}"

struct fixture {
    char parent[64];
    char folder[96];
    struct outbox *outbox;
    struct outbox_command command;
};

static void reopen(struct fixture *fixture)
{
    outbox_close(fixture->outbox);
    fixture->outbox = NULL;
    struct error err = {0};
    if (outbox_open(fixture->folder, &fixture->outbox, &err) != OK) {
        fail_msg("%s", err.text);
    }
}

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    (void)snprintf(fixture->parent, sizeof(fixture->parent),
                   "/tmp/guichet-outbox-XXXXXX");
    assert_non_null(mkdtemp(fixture->parent));
    (void)snprintf(fixture->folder, sizeof(fixture->folder), "%s/state", fixture->parent);
    reopen(fixture);
    *state = fixture;
    return 0;
}

static void path_of(const struct fixture *fixture, const char *name,
                    char ret_path[PATH_MAX])
{
    struct text text;
    text_init(&text, ret_path, PATH_MAX);
    text_add(&text, "%s/%s", fixture->folder, name);
    assert_false(text.is_cut);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    outbox_close(fixture->outbox);
    static const char *const names[] = {"command", "command.new", "command.damaged-1",
                                        "command.damaged-2"};
    for (size_t i = 0; i < 4; i++) {
        char path[PATH_MAX];
        path_of(fixture, names[i], path);
        (void)unlink(path); /* where the test left it */
    }
    assert_int_equal(rmdir(fixture->folder), 0);
    assert_int_equal(rmdir(fixture->parent), 0);
    free(fixture);
    return 0;
}

static void store(struct fixture *fixture, const char *id, const char *payload)
{
    struct error err = {0};
    assert_int_equal(outbox_store(fixture->outbox, id, payload, strlen(payload), &err),
                     OK);
}

static void assert_stored(struct fixture *fixture, const char *id, const char *payload)
{
    struct error err = {0};
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, &err), OK);
    assert_string_equal(fixture->command.id, id);
    assert_string_equal(fixture->command.bytes, payload);
    assert_int_equal(fixture->command.length, strlen(payload));
}

static void assert_empty(struct fixture *fixture)
{
    struct error err = {0};
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, &err),
                     ERR_NOT_FOUND);
}

static void stored_command_is_there_after_a_restart(void **state)
{
    struct fixture *fixture = *state;
    assert_empty(fixture);
    store(fixture, ID, PAYLOAD);
    reopen(fixture);
    assert_stored(fixture, ID, PAYLOAD);
    assert_stored(fixture, ID, PAYLOAD); /* reading does not take it */
}

static void newer_command_replaces_the_older_one(void **state)
{
    struct fixture *fixture = *state;
    store(fixture, ID, PAYLOAD);
    store(fixture, OTHER, "{}");
    reopen(fixture);
    assert_stored(fixture, OTHER, "{}");
}

static void cleared_command_is_gone(void **state)
{
    struct fixture *fixture = *state;
    store(fixture, ID, PAYLOAD);
    assert_int_equal(outbox_clear(fixture->outbox, NULL), OK);
    assert_int_equal(outbox_clear(fixture->outbox, NULL), OK); /* nothing there */
    reopen(fixture);
    assert_empty(fixture);
}

static void any_bytes_up_to_the_limit_come_back(void **state)
{
    struct fixture *fixture = *state;
    char bytes[COMMAND_BYTES_MAX];
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (char)(i * 7);
    }
    assert_int_equal(outbox_store(fixture->outbox, ID, bytes, sizeof(bytes), NULL), OK);
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, NULL), OK);
    assert_int_equal(fixture->command.length, sizeof(bytes));
    assert_memory_equal(fixture->command.bytes, bytes, sizeof(bytes));
}

/* Writes the file as the test wants it. */
static void put_file(const struct fixture *fixture, const char *name, const char *bytes,
                     size_t length)
{
    char path[PATH_MAX];
    path_of(fixture, name, path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    assert_int_equal(close(fd), 0);
}

static size_t get_file(const struct fixture *fixture, const char *name, char *ret_bytes,
                       size_t capacity)
{
    char path[PATH_MAX];
    path_of(fixture, name, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t length = read(fd, ret_bytes, capacity);
    assert_true(length >= 0);
    assert_int_equal(close(fd), 0);
    return (size_t)length;
}

static void damaged_file_is_named_and_moved_aside_with_nothing_lost(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "command", "what is this", 12);
    struct error err = {0};
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, &err), ERR_CORRUPT);
    char expected[ERROR_TEXT_BYTES];
    (void)snprintf(expected, sizeof(expected),
                   "the stored command in '%s' is damaged; its file was kept as "
                   "'command.damaged-1', and whether the server did it is not known",
                   fixture->folder);
    assert_string_equal(err.text, expected);
    char kept[64];
    assert_int_equal(get_file(fixture, "command.damaged-1", kept, sizeof(kept)), 12);
    assert_memory_equal(kept, "what is this", 12);
    assert_empty(fixture);
    /* A second one does not overwrite the first. */
    put_file(fixture, "command", "again", 5);
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, &err), ERR_CORRUPT);
    assert_int_equal(get_file(fixture, "command.damaged-1", kept, sizeof(kept)), 12);
    assert_int_equal(get_file(fixture, "command.damaged-2", kept, sizeof(kept)), 5);
    store(fixture, ID, PAYLOAD);
    assert_stored(fixture, ID, PAYLOAD);
}

static void every_flipped_bit_and_every_cut_is_found(void **state)
{
    struct fixture *fixture = *state;
    store(fixture, ID, PAYLOAD);
    char whole[512];
    size_t length = get_file(fixture, "command", whole, sizeof(whole));
    char aside[PATH_MAX];
    path_of(fixture, "command.damaged-1", aside);
    for (size_t i = 0; i < length * 8; i++) {
        char damaged[512];
        memcpy(damaged, whole, length);
        damaged[i / 8] = (char)(damaged[i / 8] ^ (1 << i % 8));
        put_file(fixture, "command", damaged, length);
        assert_int_equal(outbox_read(fixture->outbox, &fixture->command, NULL),
                         ERR_CORRUPT);
        assert_int_equal(unlink(aside), 0);
    }
    for (size_t cut = 0; cut < length; cut++) {
        put_file(fixture, "command", whole, cut);
        assert_int_equal(outbox_read(fixture->outbox, &fixture->command, NULL),
                         ERR_CORRUPT);
        assert_int_equal(unlink(aside), 0);
    }
    whole[length] = 'x'; /* and one byte more */
    put_file(fixture, "command", whole, length + 1);
    assert_int_equal(outbox_read(fixture->outbox, &fixture->command, NULL), ERR_CORRUPT);
}

static void unfinished_write_of_a_former_run_is_no_command(void **state)
{
    struct fixture *fixture = *state;
    store(fixture, ID, PAYLOAD);
    put_file(fixture, "command.new", "guichet-outbox 1 0193", 21);
    reopen(fixture);
    assert_stored(fixture, ID, PAYLOAD);
    store(fixture, OTHER, "{}");
    assert_stored(fixture, OTHER, "{}");
}

static void folder_of_a_running_device_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct outbox *second = NULL;
    struct error err = {0};
    assert_int_equal(outbox_open(fixture->folder, &second, &err), ERR_REFUSED);
    assert_null(second);
    assert_non_null(strstr(err.text, "is in use by another program"));
}

static void folder_that_cannot_be_made_is_named(void **state)
{
    (void)state;
    struct outbox *outbox = NULL;
    struct error err = {0};
    assert_int_equal(outbox_open("/nonexistent/deep/state", &outbox, &err), ERR_IO);
    assert_string_equal(err.text, "cannot make folder '/nonexistent/deep/state': No such "
                                  "file or directory");
    assert_int_equal(outbox_open("/etc/passwd", &outbox, &err), ERR_IO);
    assert_string_equal(err.text, "cannot open folder '/etc/passwd': Not a directory");
    assert_null(outbox);
}

static void command_that_could_not_be_stored_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;
    /* A folder stands where the file must go: writing works, renaming fails. */
    char path[PATH_MAX];
    path_of(fixture, "command", path);
    assert_int_equal(mkdir(path, 0700), 0);
    struct error err = {0};
    assert_int_equal(outbox_store(fixture->outbox, ID, PAYLOAD, strlen(PAYLOAD), &err),
                     ERR_IO);
    assert_non_null(strstr(err.text, "cannot store '"));
    assert_int_equal(rmdir(path), 0);
    assert_empty(fixture);
    path_of(fixture, "command.new", path);
    assert_int_not_equal(access(path, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(stored_command_is_there_after_a_restart),
        TEST(newer_command_replaces_the_older_one),
        TEST(cleared_command_is_gone),
        TEST(any_bytes_up_to_the_limit_come_back),
        TEST(damaged_file_is_named_and_moved_aside_with_nothing_lost),
        TEST(every_flipped_bit_and_every_cut_is_found),
        TEST(unfinished_write_of_a_former_run_is_no_command),
        TEST(folder_of_a_running_device_is_refused),
        TEST(folder_that_cannot_be_made_is_named),
        TEST(command_that_could_not_be_stored_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
