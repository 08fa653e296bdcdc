/* Files that are replaced whole or not at all, and the lock that keeps two administrators
 * apart. */
#ifndef GUICHET_ADMIN_DEVICES_FILES_H
#define GUICHET_ADMIN_DEVICES_FILES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/error.h"

/* Who may read a file that is written. */
enum file_reader {
    READER_OWNER,  /* 0600: secrets, keys */
    READER_BROKER, /* 0640 with the broker's group: what the broker reads */
    WRITER_BROKER, /* 0750 and the broker's own: a folder in which it writes */
    READER_COUNT
};

/* A folder that devices_files_open() holds: nobody else changes it meanwhile. */
struct devices_folder {
    char path[PATH_MAX]; /* absolute, without a final slash */
    int lock_fd;
    uid_t broker_owner; /* (uid_t)-1: leave owners as they are */
    gid_t broker_group; /* (gid_t)-1: leave groups as they are */
};

/* Take the folder `path`, which is created (0750) when `may_create`. Waits up to 10 s for
 * another `guichet devices` to finish. On failure nothing is held. */
enum status devices_folder_open(struct devices_folder *ret_folder, const char *path,
                                bool may_create, struct error *err);
void devices_folder_close(struct devices_folder *folder);

/* Let the system account `user` read what is written for the broker from now on, and
 * enter the folder. Only root can and needs to do that; for others, and for root's own
 * broker, nothing is done. Fails when there is no such account. */
enum status devices_folder_set_broker(struct devices_folder *folder, const char *user,
                                      struct error *err);

/* Make the folder `name` inside: 0700 for READER_OWNER, else 0750; it may exist. */
enum status devices_folder_make(const struct devices_folder *folder, const char *name,
                                enum file_reader reader, struct error *err);

/* Full path of `name` inside the folder. */
enum status devices_folder_path(const struct devices_folder *folder, const char *name,
                                char ret_path[PATH_MAX], struct error *err);

/* Replace the file `name` by `length` bytes: written beside it, synced, renamed. After a
 * failure the old file is whole. */
enum status devices_file_write(const struct devices_folder *folder, const char *name,
                               const char *bytes, size_t length, enum file_reader reader,
                               struct error *err);

/* Let the broker's account of now read the file `name`, if it is there. */
enum status devices_file_share(const struct devices_folder *folder, const char *name,
                               struct error *err);

/* Read the file `name`, at most `capacity` - 1 bytes, and terminate it. ERR_NOT_FOUND
 * when there is none. */
enum status devices_file_read(const struct devices_folder *folder, const char *name,
                              char *ret_bytes, size_t capacity, struct error *err);

/* Whether the file is there. */
bool devices_file_exists(const struct devices_folder *folder, const char *name);

/* Delete the file; it is no error when there is none. */
enum status devices_file_delete(const struct devices_folder *folder, const char *name,
                                struct error *err);

#endif
