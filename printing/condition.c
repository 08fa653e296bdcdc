/* Words of IPP; see condition.h. */
#include "printing/condition.h"

#include <string.h>

static const struct {
    const char *keyword;
    enum printer_health health;
} words[] = {
    {"media-empty", PRINTER_OUT},         {"media-needed", PRINTER_OUT},
    {"input-tray-missing", PRINTER_OUT},  {"media-low", PRINTER_LOW},
    {"media-jam", PRINTER_JAM},           {"cover-open", PRINTER_COVER_OPEN},
    {"door-open", PRINTER_COVER_OPEN},    {"interlock-open", PRINTER_COVER_OPEN},
    {"offline", PRINTER_OFFLINE},         {"shutdown", PRINTER_OFFLINE},
    {"timed-out", PRINTER_OFFLINE},       {"paused", PRINTER_PAUSED},
    {"moving-to-paused", PRINTER_PAUSED},
};

/* From worst to best: what a person at the kiosk has to mend first. */
static const enum printer_health by_weight[] = {
    PRINTER_OFFLINE, PRINTER_COVER_OPEN, PRINTER_JAM,
    PRINTER_OUT,     PRINTER_PAUSED,     PRINTER_LOW,
};

/* The keyword's length without its suffix of severity. */
static size_t bare_length(const char *keyword)
{
    static const char *const suffixes[] = {"-report", "-warning", "-error"};
    size_t length = strlen(keyword);
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        size_t suffix = strlen(suffixes[i]);
        if (length > suffix && strcmp(keyword + length - suffix, suffixes[i]) == 0) {
            return length - suffix;
        }
    }
    return length;
}

static enum printer_health find_word(const char *keyword)
{
    size_t length = bare_length(keyword);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i].keyword) == length &&
            strncmp(words[i].keyword, keyword, length) == 0) {
            return words[i].health;
        }
    }
    return PRINTER_OK;
}

struct condition condition_find(const struct condition_seen *seen)
{
    bool has[PRINTER_HEALTH_COUNT] = {false};
    for (size_t i = 0; i < seen->reason_count; i++) {
        has[find_word(seen->reasons[i])] = true;
    }
    has[PRINTER_OFFLINE] = has[PRINTER_OFFLINE] || !seen->is_reached;
    has[PRINTER_PAUSED] = has[PRINTER_PAUSED] || seen->is_paused;

    struct condition condition = {.health = PRINTER_OK, .paper = PAPER_UNKNOWN};
    for (size_t i = 0; i < sizeof(by_weight) / sizeof(by_weight[0]); i++) {
        if (has[by_weight[i]]) {
            condition.health = by_weight[i];
            break;
        }
    }
    if (has[PRINTER_OUT]) {
        condition.paper = PAPER_OUT;
    } else if (has[PRINTER_LOW]) {
        condition.paper = PAPER_LOW;
    } else if (seen->is_reached && seen->tells_paper) {
        condition.paper = PAPER_OK;
    }
    return condition;
}
