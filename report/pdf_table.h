/* Sets a table on the pages of a PDF: columns as wide as they need, the head again on
 * every page. */
#ifndef GUICHET_REPORT_PDF_TABLE_H
#define GUICHET_REPORT_PDF_TABLE_H

#include "report/document.h"
#include "report/pdf_page.h"

void pdf_table_draw(struct sheet *sheet, const struct table *table);

#endif
