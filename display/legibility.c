/* Distances at which texts can be read; see legibility.h. */
#include "display/legibility.h"

#include <assert.h>

/* Height of a capital of a text of `size_px`, times `distance` of the rule, in mm. */
static int distance_mm(int size_px, double distance_per_cap, double mm_per_px)
{
    return (int)(text_cap_height_px(size_px) * mm_per_px * distance_per_cap);
}

struct legibility legibility_of(const struct scene_sizes *sizes, int height_px,
                                int height_mm)
{
    assert(height_px >= 1 && height_mm >= 1);
    double mm_per_px = (double)height_mm / height_px;
    int row_px = sizes->row_px < sizes->newest_px ? sizes->row_px : sizes->newest_px;
    return (struct legibility){distance_mm(sizes->newest_px, 100.0 / 3.0, mm_per_px),
                               distance_mm(row_px, 82.0, mm_per_px),
                               distance_mm(sizes->smallest_px, 250.0, mm_per_px)};
}
