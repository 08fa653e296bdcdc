/* Every page of the kiosk with sample contents, for golden lists, checks and pictures. */
#ifndef GUICHET_TESTS_KIOSK_SAMPLE_PAGES_H
#define GUICHET_TESTS_KIOSK_SAMPLE_PAGES_H

#include "kiosk/visit.h"

struct sample_page {
    const char *name;
    void (*prepare)(struct visit *visit); /* from fixture_start() with the sample site */
    int64_t at_ms;                        /* machine time of the picture */
};

/* The pages; `*ret_count` is their number. */
const struct sample_page *sample_pages(size_t *ret_count);

/* Prepare page `sample` of `visit` in `language`. */
void sample_page_start(const struct sample_page *sample, enum language language,
                       struct visit *visit);

#endif
