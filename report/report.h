/* Makes the report of one business day and writes it in the forms that are wanted. */
#ifndef GUICHET_REPORT_REPORT_H
#define GUICHET_REPORT_REPORT_H

#include "core/error.h"
#include "report/options.h"

/* Read the journal and write every wanted file. */
enum status report_make(const struct report_options *options, struct error *err);

#endif
