/* Writes the figures of a day as CSV files (RFC 4180: UTF-8, commas, CRLF, a header
 * line); docs/statistics.md lists the columns. Column names are English in every
 * language; lengths are seconds, times are local ISO 8601 with offset. */
#ifndef GUICHET_REPORT_CSV_H
#define GUICHET_REPORT_CSV_H

#include "core/error.h"
#include "report/gather.h"

/* Write '<prefix>-summary.csv', -channels, -services, -counters, -intervals and -visits.
 * `separator` is ',' or ';' (for French spreadsheets). ERR_IO names the file. */
enum status csv_write(struct day_figures *figures, const char *prefix, char separator,
                      struct error *err);

#endif
