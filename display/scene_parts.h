/* The parts of the hall screen's picture; private to display/scene*.c. */
#ifndef GUICHET_DISPLAY_SCENE_PARTS_H
#define GUICHET_DISPLAY_SCENE_PARTS_H

#include "display/scene.h"

/* Whether the picture is higher than wide. */
bool scene_is_portrait(const struct screen *screen);

/* A text of the catalogue in the scene's language. */
const char *scene_text(const struct scene *scene, const char *source);

/* Bytes of a label with its mark, and the label as it is shown: a test says so. It is
 * either `label` itself or in `ret_marked`. */
#define SCENE_LABEL_BYTES 48
const char *scene_label(const struct scene *scene, const char *label, bool is_test,
                        char ret_marked[SCENE_LABEL_BYTES]);

/* The ground of cards: a quieter one while the picture is not live, so that an old
 * picture looks different at once. */
struct colour scene_surface(const struct screen *screen, const struct scene *scene);

/* The look of the line of small words over a part of the picture. */
struct text_look scene_head_look(const struct screen *screen);

/* Height of that line, in pixels. */
int scene_head_px(const struct screen *screen);

/* "10:42" at `office_ms` in the site's time zone; empty without zone or time. */
void scene_clock(const struct scene *scene, int64_t office_ms, char *ret_text);

/* The same time as it stands in a sentence: "10 h 42", "10:42 am". */
void scene_time(const struct scene *scene, int64_t office_ms, char *ret_text);

/* The calls with their heads. Writes newest_px and row_px of `ret_sizes`. */
void scene_draw_calls(struct screen *screen, struct rect at, const struct scene *scene,
                      struct scene_sizes *ret_sizes);

/* The waits by service with their head. */
void scene_draw_waits(struct screen *screen, struct rect at, const struct scene *scene);

/* Share of the picture's width that the waits need beside the calls, in percent. */
int scene_waits_percent(const struct scene *scene);

/* The counters' lights, and the height that they need, in pixels (0: no counters). */
void scene_draw_lights(struct screen *screen, struct rect at, const struct scene *scene);
int scene_lights_px(const struct screen *screen, const struct scene *scene);

#endif
