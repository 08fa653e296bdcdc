/* The program's log: one line a message on stderr, which the service manager keeps.
 *
 *   info link: connected host=127.0.0.1 port=1883
 *   notice queue: called ticket=A042 counter=3
 *
 * Under systemd (JOURNAL_STREAM names our stderr) the level is the journal's "<N>" prefix
 * instead of a word. Only main and the handlers of the loop log; everything below returns
 * an error. A line never holds data of a person beyond the ticket number. */
#ifndef GUICHET_RUNTIME_LOG_H
#define GUICHET_RUNTIME_LOG_H

#include <stdbool.h>

#include "core/error.h"

/* The syslog severities that we use, in rising order of detail. */
enum log_level {
    LOG_LEVEL_ERROR,   /* a function of the program fails; somebody must act */
    LOG_LEVEL_WARNING, /* goes on, but not as it should */
    LOG_LEVEL_NOTICE,  /* normal and worth knowing: start, stop, day opened */
    LOG_LEVEL_INFO,    /* the default: every transition of a ticket or counter */
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_COUNT
};

/* Longest line in bytes; a longer message is cut on a whole character and ends in "…". */
#define LOG_LINE_BYTES 1024

/* Write messages up to `level`, with the journal's prefix where stderr is the journal.
 * Without this call: up to LOG_LEVEL_INFO, and words. Before any thread starts. */
void log_start(enum log_level level);

/* "error", "warning", "notice", "info", "debug"; LOG_LEVEL_COUNT for another name. */
const char *log_level_name(enum log_level level);
enum log_level log_level_find(const char *name);

/* Whether a message of this level would be written; for messages that cost work. */
bool log_wants(enum log_level level);

/* One message of `module` (the file's name). Variables go behind the sentence as
 * key=value. Control characters are written as spaces: a message is always one line. One
 * write(2) a line, so lines of threads do not mix. errno is kept. */
void log_error(const char *module, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_warning(const char *module, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_notice(const char *module, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_info(const char *module, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_debug(const char *module, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The sentence of `err` as an error, for main and handlers that end here. */
void log_failure(const char *module, const struct error *err);

/* A transition of a ticket or of a counter, at level info: `ticket=LABEL` or
 * `counter=ID` follows the message, so that one grep tells the story of a visit or of a
 * counter. */
void log_ticket(const char *module, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void log_counter(const char *module, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
