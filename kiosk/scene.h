/* The kiosk's pictures: a pure function from what the kiosk knows to draw list and
 * targets. Portrait, landscape and small screens from one set of rules. */
#ifndef GUICHET_KIOSK_SCENE_H
#define GUICHET_KIOSK_SCENE_H

#include <stdint.h>

#include "kiosk/visit.h"
#include "runtime/catalogue.h"
#include "runtime/zone.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/measure.h"

/* Most services on one page: more choices at once are hard to overlook. */
#define SCENE_SERVICES_MAX 6

struct scene {
    int width_px;
    int height_px;
    int width_mm; /* of the visible picture; 0: not known */
    const struct text_measure *measure;
    const struct catalogue *catalogue; /* domains `kiosk` and `common` */
    const struct zone *zone;           /* of the site; NULL: no clock is shown */
    const struct input *input;         /* what is pressed and in focus; NULL: nothing */
};

/* Draw the page of `visit` at machine time `now_ms`. */
void scene_draw(const struct scene *scene, const struct visit *visit, int64_t now_ms,
                struct draw_list *list, struct target_list *targets);

/* How many of the site's services one page shows; >= 1. A message takes room. */
uint32_t scene_services_per_page(const struct scene *scene, const struct visit *visit,
                                 int64_t now_ms);

#endif
