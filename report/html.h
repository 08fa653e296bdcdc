/* Writes a report as one HTML file: styles and charts inside, no script, nothing fetched.
 */
#ifndef GUICHET_REPORT_HTML_H
#define GUICHET_REPORT_HTML_H

#include <stdio.h>

#include "report/document.h"

/* Write to `out`; errors of the stream are the caller's to look at. */
void html_write(const struct document *document, FILE *out);

#endif
