/* The reserve against a full disk; see reserve.h. */
#include "journal/reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum status reserve_make(const char *path, size_t bytes, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO,
                         "cannot make the reserve '%s': %s", path, strerror(errno));
    }
    /* Blocks that are allocated already are kept, so this is also the check. */
    int reason = posix_fallocate(fd, 0, (off_t)bytes);
    if (close(fd) != 0 && reason == 0) {
        reason = errno;
    }
    if (reason == 0) {
        return OK;
    }
    (void)unlink(path); /* What is half made gives its room back; the reason is told. */
    return error_set(err, reason == ENOSPC ? ERR_FULL : ERR_IO,
                     "cannot keep a reserve of %zu KiB in '%s': %s", bytes / 1024, path,
                     strerror(reason));
}

bool reserve_give_up(const char *path)
{
    return unlink(path) == 0;
}
