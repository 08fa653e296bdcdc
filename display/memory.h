/* What a hall screen remembers on its own disk: the call that it announced last, so that
 * a program that ended and came back neither repeats a call nor leaves one out. */
#ifndef GUICHET_DISPLAY_MEMORY_H
#define GUICHET_DISPLAY_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Read the call from `directory`; 0 where there is none or the file is damaged, because
 * the age of calls still keeps old ones silent. ERR_IO when the directory, which is made
 * where only its last level is missing, cannot be used. */
enum status memory_read(const char *directory, int64_t *ret_call, struct error *err);

/* Write it; durable on OK. ERR_IO or ERR_FULL when it could not be written. */
enum status memory_write(const char *directory, int64_t call, struct error *err);

#endif
