/* The server's status as a table for people. */
#ifndef GUICHET_ADMIN_STATUS_PRINT_H
#define GUICHET_ADMIN_STATUS_PRINT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/documents.h"

/* "900 ms ago" is "1 s ago" for people; "never" for -1. Rounded down from the minute on:
 * "3 min ago", "5 h ago", "2 days ago". */
#define STATUS_AGE_BYTES 32
void status_age_text(int64_t age_ms, char ret_text[STATUS_AGE_BYTES]);

/* Write the table. Errors of `out` stay with it. */
void status_print(const struct server_status *status, FILE *out);

#endif
