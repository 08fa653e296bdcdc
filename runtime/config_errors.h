/* Collects what is wrong with a configuration, so that everything is listed at once with
 * its file and line: `site.conf:12: [service a] standard_minutes: '15m' is not a number`.
 */
#ifndef GUICHET_RUNTIME_CONFIG_ERRORS_H
#define GUICHET_RUNTIME_CONFIG_ERRORS_H

#include <stdint.h>
#include <stdio.h>

/* Messages that are kept; more are counted only. */
#define CONFIG_MESSAGES_MAX 256

enum config_severity {
    CONFIG_ERROR,  /* the file is refused */
    CONFIG_WARNING /* the file is taken, somebody should look */
};

/* Where in a file; parts that are empty or 0 are left out of the message. The texts are
 * borrowed for the call. */
struct config_place {
    const char *file;
    uint32_t line;       /* from 1 */
    const char *section; /* "service a", without brackets */
    const char *key;
};

struct config_errors;

/* An empty list. NULL when there is no memory. */
struct config_errors *config_errors_create(void);

/* Accepts NULL. */
void config_errors_destroy(struct config_errors *errors);

/* Add a message. The sentence is lower case, without a full stop, its subject in 'single
 * quotes'; it is cut where it is longer than an error may be. */
void config_errors_add(struct config_errors *errors, enum config_severity severity,
                       const struct config_place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

uint32_t config_errors_count(const struct config_errors *errors);
uint32_t config_errors_warning_count(const struct config_errors *errors);

/* The message `index` in order of lines, from 0, as one line without a newline; NULL
 * beyond the last. Valid until the next call that adds. */
const char *config_errors_line(struct config_errors *errors, uint32_t index);

/* Write every message in order of lines, one a line. */
void config_errors_print(struct config_errors *errors, FILE *out);

#endif
