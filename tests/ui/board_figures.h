/* What both boards of the bench measure, in the same way. */
#ifndef GUICHET_TESTS_UI_BOARD_FIGURES_H
#define GUICHET_TESTS_UI_BOARD_FIGURES_H

#include <stdint.h>

#define REDRAW_COUNT 201

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t figures_now_ns(void);

/* Print one line: name, milliseconds to the first picture, median and 99th percentile of
 * the redraws in milliseconds, and KiB resident now. Sorts `redraws_ns`. */
void figures_print(const char *name, int64_t start_ns, int64_t *redraws_ns, int count);

#endif
