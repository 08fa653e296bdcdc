/* Words and memory of the documents; see documents.h. */
#include "runtime/documents.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const sender_names[] = {
    [SENDER_KIOSK] = "kiosk",           [SENDER_COUNTER] = "counter",
    [SENDER_BUTTON] = "button",         [SENDER_SOURCE] = "source",
    [SENDER_ADMIN] = "admin",           [SENDER_RECEPTION] = "reception",
    [SENDER_SUPERVISOR] = "supervisor",
};
static_assert(sizeof(sender_names) / sizeof(sender_names[0]) == SENDER_COUNT,
              "every sender has a name");

static const char *const printer_names[] = {
    [PRINTER_OK] = "ok",
    [PRINTER_LOW] = "low",
    [PRINTER_OUT] = "out",
    [PRINTER_JAM] = "jam",
    [PRINTER_COVER_OPEN] = "cover-open",
    [PRINTER_OFFLINE] = "offline",
    [PRINTER_PAUSED] = "paused",
    [PRINTER_NONE] = "none",
};
static_assert(sizeof(printer_names) / sizeof(printer_names[0]) == PRINTER_HEALTH_COUNT,
              "every health has a name");

static const char *const paper_names[] = {
    [PAPER_OK] = "ok",
    [PAPER_LOW] = "low",
    [PAPER_OUT] = "out",
    [PAPER_UNKNOWN] = "unknown",
};
static_assert(sizeof(paper_names) / sizeof(paper_names[0]) == PAPER_LEVEL_COUNT,
              "every level has a name");

/* Index of `name`, or `count`. */
static uint32_t find_name(const char *const *names, uint32_t count, const char *name)
{
    uint32_t index = 0;
    while (index < count && strcmp(names[index], name) != 0) {
        index++;
    }
    return index;
}

const char *sender_name(enum sender sender)
{
    assert(sender < SENDER_COUNT);
    return sender_names[sender];
}

enum sender sender_find(const char *name)
{
    return (enum sender)find_name(sender_names, SENDER_COUNT, name);
}

const char *printer_health_name(enum printer_health health)
{
    assert(health < PRINTER_HEALTH_COUNT);
    return printer_names[health];
}

enum printer_health printer_health_find(const char *name)
{
    return (enum printer_health)find_name(printer_names, PRINTER_HEALTH_COUNT, name);
}

const char *paper_level_name(enum paper_level level)
{
    assert(level < PAPER_LEVEL_COUNT);
    return paper_names[level];
}

enum paper_level paper_level_find(const char *name)
{
    return (enum paper_level)find_name(paper_names, PAPER_LEVEL_COUNT, name);
}

struct board_document *board_document_create(void)
{
    return calloc(1, sizeof(struct board_document));
}

void board_document_destroy(struct board_document *board)
{
    free(board);
}

struct reply_document *reply_document_create(void)
{
    return calloc(1, sizeof(struct reply_document));
}

void reply_document_destroy(struct reply_document *reply)
{
    free(reply);
}

struct server_status *server_status_create(void)
{
    return calloc(1, sizeof(struct server_status));
}

void server_status_destroy(struct server_status *status)
{
    free(status);
}

static const char *const limit_names[] = {
    [SERVICE_LIMIT_NONE] = "none",
    [SERVICE_LIMIT_LATE] = "late",
    [SERVICE_LIMIT_CLOSING] = "closing",
    [SERVICE_LIMIT_FULL] = "full",
};
static_assert(sizeof(limit_names) / sizeof(limit_names[0]) == SERVICE_LIMIT_COUNT,
              "every limit has a name");

const char *service_limit_name(enum service_limit limit)
{
    assert(limit < SERVICE_LIMIT_COUNT);
    return limit_names[limit];
}

enum service_limit service_limit_find(const char *name)
{
    uint32_t limit = 0;
    while (limit < SERVICE_LIMIT_COUNT && strcmp(limit_names[limit], name) != 0) {
        limit++;
    }
    return (enum service_limit)limit;
}
