/* Says how a printer is, from the words of IPP. Without libcups, so that every word can
 * be tried without a printer. */
#ifndef GUICHET_PRINTING_CONDITION_H
#define GUICHET_PRINTING_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/documents.h"

/* Reasons looked at of one printer. */
#define CONDITION_REASONS_MAX 32

/* What the queue and the printer said. */
struct condition_seen {
    bool is_reached;  /* the printer answered, or nobody can ask it */
    bool is_paused;   /* the queue is stopped or takes no jobs */
    bool tells_paper; /* the printer would say so if paper were out */
    const char
        *reasons[CONDITION_REASONS_MAX]; /* printer-state-reasons (RFC 8011, 5.4.12) */
    size_t reason_count;
};

struct condition {
    enum printer_health health;
    enum paper_level paper;
};

/* The worst that `seen` tells: offline, cover open, jam, out of paper, paused, low. The
 * suffixes -report, -warning and -error make no difference; unknown words none either. */
struct condition condition_find(const struct condition_seen *seen);

#endif
