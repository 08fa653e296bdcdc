/* Log lines on stderr; see log.h. */
#include "runtime/log.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

static const struct {
    const char *name;
    int severity; /* of syslog(3), as in the journal's prefix */
} levels[] = {
    [LOG_LEVEL_ERROR] = {"error", 3},   [LOG_LEVEL_WARNING] = {"warning", 4},
    [LOG_LEVEL_NOTICE] = {"notice", 5}, [LOG_LEVEL_INFO] = {"info", 6},
    [LOG_LEVEL_DEBUG] = {"debug", 7},
};
static_assert(sizeof(levels) / sizeof(levels[0]) == LOG_LEVEL_COUNT, "one row a level");

/* State of the process: set once by log_start(), before threads, and only read after. */
static enum log_level level_max = LOG_LEVEL_INFO;
static bool is_journal;

/* Whether JOURNAL_STREAM ("device:inode", systemd.exec(5)) names the file that stderr is.
 * Comparing matters: the variable is inherited by programs whose stderr is a terminal. */
static bool stderr_is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat status;
    if (!stream || fstat(STDERR_FILENO, &status) != 0) {
        return false;
    }
    char ours[64];
    struct text text;
    text_init(&text, ours, sizeof(ours));
    text_add(&text, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    return strcmp(stream, ours) == 0;
}

void log_start(enum log_level level)
{
    assert(level < LOG_LEVEL_COUNT);
    level_max = level;
    is_journal = stderr_is_journal();
}

const char *log_level_name(enum log_level level)
{
    assert(level < LOG_LEVEL_COUNT);
    return levels[level].name;
}

enum log_level log_level_find(const char *name)
{
    enum log_level level = LOG_LEVEL_ERROR;
    while (level < LOG_LEVEL_COUNT && strcmp(levels[level].name, name) != 0) {
        level++;
    }
    return level;
}

bool log_wants(enum log_level level)
{
    return level <= level_max;
}

static void write_line(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(STDERR_FILENO, bytes, length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return; /* there is nowhere left to say that stderr does not take it */
        }
        bytes += count;
        length -= (size_t)count;
    }
}

/* Writes "level module: message[ key=value]". */
__attribute__((format(printf, 5, 0))) static void
log_line(enum log_level level, const char *module, const char *key, const char *value,
         const char *format, va_list args)
{
    int kept_errno = errno;
    char message[LOG_LINE_BYTES];
    if (vsnprintf(message, sizeof(message), format, args) < 0) {
        message[0] = '\0';
    }
    /* Room for the "…" and the line's end, whatever else fits. */
    static const char cut_mark[] = "\xE2\x80\xA6";
    char line[LOG_LINE_BYTES + sizeof(cut_mark)];
    struct text text;
    text_init(&text, line, LOG_LINE_BYTES - sizeof(cut_mark));
    if (is_journal) {
        text_add(&text, "<%d>%s: ", levels[level].severity, module);
    } else {
        text_add(&text, "%s %s: ", levels[level].name, module);
    }
    text_add_string(&text, message);
    if (key) {
        text_add(&text, " %s=%s", key, value);
    }
    for (size_t i = 0; i < text.length; i++) {
        if ((uint8_t)line[i] < 0x20 || line[i] == 0x7F) {
            line[i] = ' ';
        }
    }
    bool is_cut = text.is_cut;
    text.capacity = sizeof(line);
    if (is_cut) {
        text_add_string(&text, cut_mark);
    }
    text_add_string(&text, "\n");
    write_line(text.bytes, text.length);
    errno = kept_errno;
}

/* The five levels differ in nothing else. */
#define LOG_AT(level, module, key, value, format)                                        \
    do {                                                                                 \
        if (log_wants(level)) {                                                          \
            va_list args;                                                                \
            va_start(args, format);                                                      \
            log_line((level), (module), (key), (value), (format), args);                 \
            va_end(args);                                                                \
        }                                                                                \
    } while (0)

void log_error(const char *module, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_ERROR, module, NULL, NULL, format);
}

void log_warning(const char *module, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_WARNING, module, NULL, NULL, format);
}

void log_notice(const char *module, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_NOTICE, module, NULL, NULL, format);
}

void log_info(const char *module, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_INFO, module, NULL, NULL, format);
}

void log_debug(const char *module, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_DEBUG, module, NULL, NULL, format);
}

void log_failure(const char *module, const struct error *err)
{
    log_error(module, "%s", err->text);
}

void log_ticket(const char *module, const char *label, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_INFO, module, "ticket", label, format);
}

void log_counter(const char *module, const char *id, const char *format, ...)
{
    LOG_AT(LOG_LEVEL_INFO, module, "counter", id, format);
}
