/* Figures of a board; see board_figures.h. */
#include "board_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t figures_now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        abort(); /* Linux always has this clock */
    }
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static long resident_kib(void)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256];
    long kib = -1;
    while (file && fgets(line, sizeof(line), file)) {
        if (strncmp(line, "VmRSS:", 6) == 0) {
            kib = (long)strtoll(line + 6, NULL, 10);
        }
    }
    if (file) {
        (void)fclose(file); /* only read */
    }
    return kib;
}

void figures_print(const char *name, int64_t start_ns, int64_t *redraws_ns, int count)
{
    qsort(redraws_ns, (size_t)count, sizeof(*redraws_ns), compare);
    int64_t median_ns = redraws_ns[count / 2];
    int64_t slow_ns = redraws_ns[count * 99 / 100];
    printf("%s start_ms=%.1f redraw_ms=%.2f redraw_p99_ms=%.2f resident_kib=%ld\n", name,
           (double)start_ns / 1e6, (double)median_ns / 1e6, (double)slow_ns / 1e6,
           resident_kib());
    (void)fflush(stdout); /* a lost line shows in the bench */
}
