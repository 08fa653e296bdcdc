/* Writes a report as PDF: A4, page numbers, embedded fonts, text that can be selected and
 * searched, an outline of the sections. */
#ifndef GUICHET_REPORT_PDF_H
#define GUICHET_REPORT_PDF_H

#include "core/error.h"
#include "report/document.h"

/* Write the file at `path`; it is made anew. ERR_IO when that fails. */
enum status pdf_write(const struct document *document, const char *path,
                      struct error *err);

#endif
