/* Writes the figures of a day as JSON, for other programs; docs/statistics.md lists the
 * fields. */
#ifndef GUICHET_REPORT_JSON_FILE_H
#define GUICHET_REPORT_JSON_FILE_H

#include "core/error.h"
#include "report/gather.h"

/* Write the file at `path`; ERR_IO when that fails. */
enum status json_file_write(struct day_figures *figures, const char *path,
                            struct error *err);

#endif
