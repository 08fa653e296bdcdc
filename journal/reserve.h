/* A file that holds room on the disk and is given up when the disk is full, so that the
 * running day can be ended in order while somebody makes room. */
#ifndef GUICHET_JOURNAL_RESERVE_H
#define GUICHET_JOURNAL_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

/* Make the file with `bytes` bytes of allocated blocks, or find it so. ERR_FULL when the
 * disk has no room for it, ERR_IO for anything else; no file is left then. */
enum status reserve_make(const char *path, size_t bytes, struct error *err);

/* Delete it; whether it was there. */
bool reserve_give_up(const char *path);

#endif
