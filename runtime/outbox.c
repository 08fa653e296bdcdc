/* The stored command; see outbox.h. */
#include "runtime/outbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

#define FILE_NAME    "command"
#define NEW_NAME     "command.new"
#define MAGIC        "guichet-outbox 1 "
#define HEADER_BYTES 96

/* Damaged files that one folder keeps; nobody lets it come to that. */
#define DAMAGED_MAX 9999

struct outbox {
    int folder_fd; /* locked while we live */
    char *folder;
};

/* FNV-1a, 64 bits: finds torn and overwritten files. It is no protection against
 * somebody who writes to our disk. */
static uint64_t checksum(uint64_t sum, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ (uint8_t)bytes[i]) * 0x100000001B3ULL;
    }
    return sum;
}

static void write_header(const char *id, const char *bytes, size_t length,
                         char ret_header[HEADER_BYTES])
{
    uint64_t sum = checksum(0xCBF29CE484222325ULL, id, IDENTIFIER_TEXT_BYTES - 1);
    struct text text;
    text_init(&text, ret_header, HEADER_BYTES);
    text_add(&text, MAGIC "%s %zu %016" PRIx64 "\n", id, length,
             checksum(sum, bytes, length));
    assert(!text.is_cut);
}

static enum status io_error(const struct outbox *outbox, const char *what,
                            struct error *err)
{
    enum status status = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;
    return error_set(err, status, "cannot %s '%s/" FILE_NAME "': %s", what,
                     outbox->folder, strerror(errno));
}

enum status outbox_open(const char *folder, struct outbox **ret_outbox, struct error *err)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        return error_set(err, ERR_IO, "cannot make folder '%s': %s", folder,
                         strerror(errno));
    }
    struct outbox *outbox = calloc(1, sizeof(*outbox));
    if (!outbox) {
        return error_set(err, ERR_IO, "cannot open folder '%s': out of memory", folder);
    }
    outbox->folder = strdup(folder);
    outbox->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum status status = OK;
    if (!outbox->folder || outbox->folder_fd < 0) {
        status = error_set(err, ERR_IO, "cannot open folder '%s': %s", folder,
                           strerror(errno));
    } else if (flock(outbox->folder_fd, LOCK_EX | LOCK_NB) != 0) {
        status = error_set(err, ERR_REFUSED,
                           "folder '%s' is in use by another program: one device, one "
                           "folder",
                           folder);
    }
    if (status != OK) {
        outbox_close(outbox);
        return status;
    }
    *ret_outbox = outbox;
    return OK;
}

void outbox_close(struct outbox *outbox)
{
    if (!outbox) {
        return;
    }
    if (outbox->folder_fd >= 0) {
        (void)close(outbox->folder_fd); /* gives the lock back; nothing was written */
    }
    free(outbox->folder);
    free(outbox);
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(fd, bytes, length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return false;
        }
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

enum status outbox_store(struct outbox *outbox, const char *id, const char *bytes,
                         size_t length, struct error *err)
{
    assert(identifier_parse(id, NULL));
    assert(length >= 1 && length <= COMMAND_BYTES_MAX);
    char header[HEADER_BYTES];
    write_header(id, bytes, length, header);
    int fd = openat(outbox->folder_fd, NEW_NAME,
                    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) {
        return io_error(outbox, "store", err);
    }
    bool is_written = write_all(fd, header, strlen(header)) &&
                      write_all(fd, bytes, length) && fdatasync(fd) == 0;
    int write_errno = errno;
    bool is_closed = close(fd) == 0;
    errno = is_written ? errno : write_errno;
    if (!is_written || !is_closed ||
        renameat(outbox->folder_fd, NEW_NAME, outbox->folder_fd, FILE_NAME) != 0 ||
        fsync(outbox->folder_fd) != 0) {
        enum status status = io_error(outbox, "store", err);
        /* The owner says that it was refused: nothing may be found at the next start. */
        (void)unlinkat(outbox->folder_fd, NEW_NAME, 0); /* is there, or not yet */
        (void)unlinkat(outbox->folder_fd, FILE_NAME, 0);
        return status;
    }
    return OK;
}

enum status outbox_clear(struct outbox *outbox, struct error *err)
{
    if (unlinkat(outbox->folder_fd, FILE_NAME, 0) != 0 && errno != ENOENT) {
        return io_error(outbox, "remove", err);
    }
    return OK;
}

/* Reads at most `capacity` bytes of the file; -1 with errno. */
static ssize_t read_file(struct outbox *outbox, char *bytes, size_t capacity)
{
    int fd = openat(outbox->folder_fd, FILE_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(fd, bytes + length, capacity - length);
        length += count > 0 ? (size_t)count : 0;
    } while ((count > 0 && length < capacity) || (count < 0 && errno == EINTR));
    int read_errno = errno;
    (void)close(fd); /* only read */
    errno = read_errno;
    return count < 0 ? -1 : (ssize_t)length;
}

/* Takes a file apart. The header is written anew from what it claims and must be the
 * same, byte for byte. */
static bool parse(const char *bytes, size_t length, struct outbox_command *ret_command)
{
    static const size_t id_at = sizeof(MAGIC) - 1;
    const char *line_end = memchr(bytes, '\n', length);
    if (!line_end || length < id_at + IDENTIFIER_TEXT_BYTES) {
        return false;
    }
    size_t header_length = (size_t)(line_end - bytes) + 1;
    size_t payload_length = length - header_length;
    char id[IDENTIFIER_TEXT_BYTES];
    memcpy(id, bytes + id_at, sizeof(id) - 1);
    id[sizeof(id) - 1] = '\0';
    if (!identifier_parse(id, NULL) || payload_length < 1 ||
        payload_length > COMMAND_BYTES_MAX) {
        return false;
    }
    char header[HEADER_BYTES];
    write_header(id, bytes + header_length, payload_length, header);
    if (strlen(header) != header_length || memcmp(header, bytes, header_length) != 0) {
        return false;
    }
    memcpy(ret_command->id, id, sizeof(id));
    memcpy(ret_command->bytes, bytes + header_length, payload_length);
    ret_command->bytes[payload_length] = '\0';
    ret_command->length = payload_length;
    return true;
}

/* Moves the damaged file to a name that is not taken. */
static enum status move_aside(struct outbox *outbox, struct error *err)
{
    for (int i = 1; i <= DAMAGED_MAX; i++) {
        char name[64];
        struct text text;
        text_init(&text, name, sizeof(name));
        text_add(&text, FILE_NAME ".damaged-%d", i);
        /* link() fails where the name is taken, rename() would replace it. */
        if (linkat(outbox->folder_fd, FILE_NAME, outbox->folder_fd, name, 0) == 0 &&
            unlinkat(outbox->folder_fd, FILE_NAME, 0) == 0) {
            return error_set(err, ERR_CORRUPT,
                             "the stored command in '%s' is damaged; its file was kept "
                             "as '%s', and whether the server did it is not known",
                             outbox->folder, name);
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return io_error(outbox, "move aside the damaged", err);
}

enum status outbox_read(struct outbox *outbox, struct outbox_command *ret_command,
                        struct error *err)
{
    char bytes[HEADER_BYTES + COMMAND_BYTES_MAX + 1];
    ssize_t length = read_file(outbox, bytes, sizeof(bytes));
    if (length < 0 && errno == ENOENT) {
        return error_set(err, ERR_NOT_FOUND, "no command is stored in '%s'",
                         outbox->folder);
    }
    if (length < 0) {
        return io_error(outbox, "read", err);
    }
    return parse(bytes, (size_t)length, ret_command) ? OK : move_aside(outbox, err);
}
