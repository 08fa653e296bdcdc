/* Files replaced whole or not at all; see devices_files.h. */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "admin/devices_files.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

/* Another `guichet devices` needs well under a second. */
#define LOCK_WAIT_MS 10000
#define LOCK_STEP_MS 20

static const struct {
    mode_t file;
    mode_t folder;
} modes[READER_COUNT] = {
    [READER_OWNER] = {0600, 0700},
    [READER_BROKER] = {0640, 0750},
    [WRITER_BROKER] = {0640, 0750},
};

/* Takes the lock on `fd`, waiting for another holder. */
static enum status lock_take(int fd, const char *path, struct error *err)
{
    const struct timespec step = {.tv_nsec = LOCK_STEP_MS * 1000000L};
    for (int waited_ms = 0; waited_ms < LOCK_WAIT_MS; waited_ms += LOCK_STEP_MS) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
            return OK;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return error_set(err, ERR_IO, "cannot lock '%s': %s", path, strerror(errno));
        }
        (void)nanosleep(&step, NULL); /* a short sleep only tries again sooner */
    }
    return error_set(err, ERR_UNAVAILABLE,
                     "another 'guichet devices' has been changing '%s' for %d s", path,
                     LOCK_WAIT_MS / 1000);
}

enum status devices_folder_open(struct devices_folder *ret_folder, const char *path,
                                bool may_create, struct error *err)
{
    struct devices_folder folder = {
        .lock_fd = -1, .broker_owner = (uid_t)-1, .broker_group = (gid_t)-1};
    if (may_create && mkdir(path, 0750) != 0 && errno != EEXIST) {
        return error_set(err, ERR_IO, "cannot make the folder '%s': %s", path,
                         strerror(errno));
    }
    char *real = realpath(path, NULL);
    if (!real) {
        return error_set(err, ERR_NOT_FOUND, "cannot open the folder '%s': %s", path,
                         strerror(errno));
    }
    bool fits = text_copy(folder.path, sizeof folder.path, real);
    free(real);
    /* The path stands in files of one thing a line. */
    if (!fits || !text_is_utf8(folder.path, strlen(folder.path))) {
        return error_set(err, ERR_INVALID, "'%s' is not a path of printable text", path);
    }
    int fd = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return error_set(err, ERR_IO, "cannot open the folder '%s': %s", folder.path,
                         strerror(errno));
    }
    enum status status = lock_take(fd, folder.path, err);
    if (status != OK) {
        (void)close(fd); /* nothing was written through it */
        return status;
    }
    folder.lock_fd = fd;
    *ret_folder = folder;
    return OK;
}

void devices_folder_close(struct devices_folder *folder)
{
    if (folder->lock_fd >= 0) {
        (void)close(folder->lock_fd); /* gives the lock back; nothing was written */
        folder->lock_fd = -1;
    }
}

enum status devices_folder_set_broker(struct devices_folder *folder, const char *user,
                                      struct error *err)
{
    const struct passwd *account = getpwnam(user);
    if (!account) {
        return error_set(err, ERR_NOT_FOUND,
                         "there is no system account '%s' to run the broker", user);
    }
    if (geteuid() != 0 || account->pw_uid == 0) {
        return OK;
    }
    folder->broker_owner = account->pw_uid;
    folder->broker_group = account->pw_gid;
    if (fchown(folder->lock_fd, (uid_t)-1, account->pw_gid) != 0 ||
        fchmod(folder->lock_fd, modes[READER_BROKER].folder) != 0) {
        return error_set(err, ERR_IO, "cannot let '%s' read '%s': %s", user, folder->path,
                         strerror(errno));
    }
    return OK;
}

enum status devices_folder_make(const struct devices_folder *folder, const char *name,
                                enum file_reader reader, struct error *err)
{
    if (mkdirat(folder->lock_fd, name, 0700) != 0 && errno != EEXIST) {
        return error_set(err, ERR_IO, "cannot make the folder '%s/%s': %s", folder->path,
                         name, strerror(errno));
    }
    uid_t owner = reader == WRITER_BROKER ? folder->broker_owner : (uid_t)-1;
    gid_t group = reader == READER_OWNER ? (gid_t)-1 : folder->broker_group;
    if (fchownat(folder->lock_fd, name, owner, group, AT_SYMLINK_NOFOLLOW) != 0 ||
        fchmodat(folder->lock_fd, name, modes[reader].folder, 0) != 0) {
        return error_set(err, ERR_IO, "cannot set who may read '%s/%s': %s", folder->path,
                         name, strerror(errno));
    }
    return OK;
}

enum status devices_folder_path(const struct devices_folder *folder, const char *name,
                                char ret_path[PATH_MAX], struct error *err)
{
    struct text text;
    text_init(&text, ret_path, PATH_MAX);
    text_add(&text, "%s/%s", folder->path, name);
    return text.is_cut ? error_set(err, ERR_LIMIT, "the path '%s/%s' is too long",
                                   folder->path, name)
                       : OK;
}

static enum status write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return ERR_IO;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return OK;
}

enum status devices_file_write(const struct devices_folder *folder, const char *name,
                               const char *bytes, size_t length, enum file_reader reader,
                               struct error *err)
{
    char path[PATH_MAX];
    struct text text;
    text_init(&text, path, sizeof path);
    text_add(&text, "%s.new", name);
    int fd = -1;
    int folder_fd = folder->lock_fd;
    if (text.is_cut) {
        errno = ENAMETOOLONG;
        goto fail;
    }
    /* Only a run that died leaves one behind: the lock is ours. */
    if (unlinkat(folder_fd, path, 0) != 0 && errno != ENOENT) {
        goto fail;
    }
    fd = openat(folder_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                0600);
    if (fd < 0) {
        goto fail;
    }
    assert(reader != WRITER_BROKER);
    gid_t group = reader == READER_BROKER ? folder->broker_group : (gid_t)-1;
    if (fchown(fd, (uid_t)-1, group) != 0 || fchmod(fd, modes[reader].file) != 0 ||
        write_all(fd, bytes, length) != OK || fsync(fd) != 0 ||
        renameat(folder_fd, path, folder_fd, name) != 0 || fsync(folder_fd) != 0) {
        goto fail;
    }
    (void)close(fd); /* it was synced: close can add no failure */
    return OK;

fail:
    (void)error_set(err, ERR_IO, "cannot write '%s/%s': %s", folder->path, name,
                    strerror(errno));
    if (fd >= 0) {
        (void)close(fd); /* the failure is already told */
        (void)unlinkat(folder_fd, path, 0);
    }
    return ERR_IO;
}

enum status devices_file_share(const struct devices_folder *folder, const char *name,
                               struct error *err)
{
    if (fchownat(folder->lock_fd, name, (uid_t)-1, folder->broker_group,
                 AT_SYMLINK_NOFOLLOW) != 0 &&
        errno != ENOENT) {
        return error_set(err, ERR_IO, "cannot set who may read '%s/%s': %s", folder->path,
                         name, strerror(errno));
    }
    return OK;
}

enum status devices_file_read(const struct devices_folder *folder, const char *name,
                              char *ret_bytes, size_t capacity, struct error *err)
{
    int fd = openat(folder->lock_fd, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return error_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
                         "cannot open '%s/%s': %s", folder->path, name, strerror(errno));
    }
    size_t length = 0;
    enum status status = OK;
    while (status == OK) {
        ssize_t count = read(fd, ret_bytes + length, capacity - length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            status = error_set(err, ERR_IO, "cannot read '%s/%s': %s", folder->path, name,
                               strerror(errno));
        } else if (count == 0) {
            ret_bytes[length] = '\0';
            break;
        } else {
            length += (size_t)count;
        }
        if (status == OK && length == capacity) {
            status =
                error_set(err, ERR_LIMIT, "'%s/%s' is too large", folder->path, name);
        }
    }
    (void)close(fd); /* only read */
    return status;
}

bool devices_file_exists(const struct devices_folder *folder, const char *name)
{
    return faccessat(folder->lock_fd, name, F_OK, 0) == 0;
}

enum status devices_file_delete(const struct devices_folder *folder, const char *name,
                                struct error *err)
{
    if (unlinkat(folder->lock_fd, name, 0) != 0 && errno != ENOENT) {
        return error_set(err, ERR_IO, "cannot delete '%s/%s': %s", folder->path, name,
                         strerror(errno));
    }
    return OK;
}
