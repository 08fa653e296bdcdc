/* From how far a picture can be read, by three rules: called numbers have
 * capitals of at least 3 % of the distance (French guidance for buildings open to the
 * public), rows of a list 1/82 of it (EN 301 549 5.1.4, 0.7 degrees), any other text
 * 1/250 of it (TSI PRM, annex N). */
#ifndef GUICHET_DISPLAY_LEGIBILITY_H
#define GUICHET_DISPLAY_LEGIBILITY_H

#include "display/scene.h"

struct legibility {
    int number_mm; /* the newest number fills the strict rule up to this distance */
    int rows_mm;   /* every called number is legible by the rule of lists */
    int text_mm;   /* every text is legible */
};

/* Distances in millimetres for a picture of `height_px` pixels that is `height_mm` high
 * (both >= 1). */
struct legibility legibility_of(const struct scene_sizes *sizes, int height_px,
                                int height_mm);

#endif
