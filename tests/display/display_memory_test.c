/* The last announced call on disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "display/memory.h"

struct folder {
    char parent[64];
    char path[128];
    char file[192];
};

static int setup(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));
    if (!folder) {
        return 1;
    }
    (void)text_copy(folder->parent, sizeof(folder->parent),
                    "/tmp/guichet-display-XXXXXX"); /* fits */
    if (!mkdtemp(folder->parent)) {
        return 1;
    }
    struct text text;
    text_init(&text, folder->path, sizeof(folder->path));
    text_add(&text, "%s/state", folder->parent);
    text_init(&text, folder->file, sizeof(folder->file));
    text_add(&text, "%s/announced", folder->path);
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;
    (void)unlink(folder->file); /* may not be there */
    (void)rmdir(folder->path);  /* the same */
    int result = rmdir(folder->parent);
    free(folder);
    return result;
}

static void write_file(const char *path, const char *bytes)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(bytes, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static void call_is_kept(void **state)
{
    struct folder *folder = *state;
    int64_t call = -1;
    assert_int_equal(memory_read(folder->path, &call, NULL), OK);
    assert_int_equal(call, 0);
    assert_int_equal(memory_write(folder->path, 1042, NULL), OK);
    assert_int_equal(memory_write(folder->path, 1043, NULL), OK);
    assert_int_equal(memory_read(folder->path, &call, NULL), OK);
    assert_int_equal(call, 1043);
}

static void damaged_file_counts_as_none(void **state)
{
    struct folder *folder = *state;
    static const char *const damaged[] = {"", "announced 1 10", "announced 1 x\n",
                                          "announced 1 12\nmore", "announced 1 -4\n"};
    int64_t call = 0;
    assert_int_equal(memory_read(folder->path, &call, NULL), OK);
    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        write_file(folder->file, damaged[i]);
        call = -1;
        assert_int_equal(memory_read(folder->path, &call, NULL), OK);
        assert_int_equal(call, 0);
    }
}

static void unusable_directory_is_told(void **state)
{
    struct folder *folder = *state;
    struct error err = {0};
    int64_t call = 7;
    write_file(folder->path, "a file");
    assert_int_equal(memory_read(folder->path, &call, &err), ERR_IO);
    assert_int_equal(call, 7);
    assert_non_null(strstr(err.text, folder->path));
    assert_int_equal(memory_write(folder->path, 1, &err), ERR_IO);
    assert_int_equal(unlink(folder->path), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(call_is_kept),
        TEST(damaged_file_counts_as_none),
        TEST(unusable_directory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
