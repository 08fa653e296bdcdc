/* Writes a chart as an inline SVG element. */
#ifndef GUICHET_REPORT_SVG_H
#define GUICHET_REPORT_SVG_H

#include <stdio.h>

#include "report/chart.h"

/* `id` is unique in the page; title and description get ids made from it. */
void svg_write(const struct chart *chart, unsigned id, FILE *out);

/* Text with the characters that XML reserves escaped. */
void svg_write_text(const char *text, FILE *out);

#endif
