/* The last announced call on disk; see memory.h. */
#include "display/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

#define FILE_NAME  "announced"
#define FILE_BYTES 64

/* Join up to three parts; false when they are too long for a path. */
static bool join(char ret_path[PATH_MAX], const char *a, const char *b, const char *c)
{
    struct text text;
    text_init(&text, ret_path, PATH_MAX);
    text_add_string(&text, a);
    text_add_string(&text, b);
    text_add_string(&text, c);
    return !text.is_cut;
}

static enum status io_error(const char *what, const char *path, struct error *err)
{
    return error_set(err, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO,
                     "cannot %s '%s': %s", what, path, strerror(errno));
}

enum status memory_read(const char *directory, int64_t *ret_call, struct error *err)
{
    char path[PATH_MAX];
    char bytes[FILE_BYTES] = "";
    if (!join(path, directory, "/", FILE_NAME)) {
        return error_set(err, ERR_IO, "the name of directory '%s' is too long",
                         directory);
    }
    if (mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return io_error("make directory", directory, err);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno != ENOENT) {
        return io_error("read", path, err);
    }
    int64_t call = 0;
    if (fd >= 0) {
        ssize_t length = read(fd, bytes, sizeof(bytes) - 1);
        int end = -1;
        bool is_whole = length > 0 &&
                        sscanf(bytes, "announced 1 %" SCNd64 "%n", &call, &end) == 1 &&
                        strcmp(bytes + end, "\n") == 0 && call > 0;
        call = is_whole ? call : 0;
        (void)close(fd); /* only read */
    }
    *ret_call = call;
    return OK;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Replace the file in one step: after a power cut it is the old or the new one. */
static enum status replace(const char *path, const char *bytes, size_t length,
                           struct error *err)
{
    char new_path[PATH_MAX];
    if (!join(new_path, path, ".new", "")) {
        return error_set(err, ERR_IO, "the name of file '%s' is too long", path);
    }
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return io_error("write", new_path, err);
    }
    bool is_written = write_all(fd, bytes, length) && fdatasync(fd) == 0;
    int saved_errno = errno;
    if (close(fd) != 0 && is_written) {
        return io_error("write", new_path, err);
    }
    errno = saved_errno;
    if (!is_written) {
        return io_error("write", new_path, err);
    }
    return rename(new_path, path) == 0 ? OK : io_error("replace", path, err);
}

/* The new name of a file is on the disk only when its directory is. */
static enum status sync_directory(const char *directory, struct error *err)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return io_error("open directory", directory, err);
    }
    enum status status = fsync(fd) == 0 ? OK : io_error("keep", directory, err);
    (void)close(fd); /* only synced */
    return status;
}

enum status memory_write(const char *directory, int64_t call, struct error *err)
{
    char path[PATH_MAX];
    char bytes[FILE_BYTES];
    struct text text;
    if (!join(path, directory, "/", FILE_NAME)) {
        return error_set(err, ERR_IO, "the name of directory '%s' is too long",
                         directory);
    }
    text_init(&text, bytes, sizeof(bytes));
    text_add(&text, "announced 1 %" PRId64 "\n", call);
    enum status status = replace(path, bytes, text.length, err);
    return status == OK ? sync_directory(directory, err) : status;
}
