/* What is wrong with the files of a replay: everything is collected and listed with its
 * place, `LOG.csv:17: finished '…' is before started '…'`, before anything is written. */
#ifndef GUICHET_ADMIN_REPLAY_FAULTS_H
#define GUICHET_ADMIN_REPLAY_FAULTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/error.h"

struct replay_fault {
    const char *file; /* borrowed */
    uint32_t line;    /* from 1; 0: the file as a whole */
    char text[ERROR_TEXT_BYTES];
};

/* Zeroed is empty. */
struct replay_faults {
    struct replay_fault *items;
    size_t count;
    size_t capacity;
};

/* Add one; `file` outlives the list. Without memory the program stops: there is nothing
 * half-done to lose. */
void replay_faults_add(struct replay_faults *faults, const char *file, uint32_t line,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Write all, by file in order of their first fault and by line. */
void replay_faults_print(struct replay_faults *faults, FILE *out);

void replay_faults_finish(struct replay_faults *faults);

#endif
