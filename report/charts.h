/* The charts of a report. */
#ifndef GUICHET_REPORT_CHARTS_H
#define GUICHET_REPORT_CHARTS_H

#include "report/chart.h"
#include "report/gather.h"
#include "report/words.h"

/* Width of every chart, in the units of chart.h. */
#define CHART_WIDTH 760.0

/* Arrivals, waits and open counters by quarter of an hour. NULL when nobody arrived. */
const struct chart *chart_of_day(const struct day_figures *figures,
                                 const struct words *words);

/* What became of everybody who was offered service, as one bar. NULL when nobody was. */
const struct chart *chart_of_outcomes(const struct day_figures *figures,
                                      const struct words *words);

/* How often the actual wait was within the quoted quantiles, beside what was promised.
 * NULL when nothing was quoted. */
const struct chart *chart_of_quotes(const struct day_figures *figures,
                                    const struct words *words);

#endif
