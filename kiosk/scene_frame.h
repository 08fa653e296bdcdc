/* What all pages of the kiosk have in common; for scene.c and scene_pages.c. */
#ifndef GUICHET_KIOSK_SCENE_FRAME_H
#define GUICHET_KIOSK_SCENE_FRAME_H

#include "kiosk/scene.h"
#include "ui/screen.h"

/* Everything that a page is drawn from. */
struct page_view {
    const struct scene *scene;
    const struct visit *visit;
    int64_t now_ms;
    struct screen screen;
};

/* The parts of a page below the header and the language buttons. */
struct page_frame {
    struct rect title;
    struct rect body;
    struct rect bottom; /* the way back, or what else is always there */
};

/* The text `source` in the language of the visit. */
const char *page_text(const struct page_view *view, const char *source);

/* `source` in the language of the visit with `text` for {name}, into `capacity` bytes. */
void page_fill(const struct page_view *view, const char *source,
               const struct catalogue_part *part, char *ret_text, size_t capacity);

/* Least side of a target in pixels: 20 mm where the screen's size is known. */
int page_target_px(const struct scene *scene);

/* The page's title in its place. */
void page_title(struct page_view *view, struct rect at, const char *title);

/* Pages other than the services; scene_pages.c. */
void page_draw_priority(struct page_view *view, const struct page_frame *frame);
void page_draw_ticket(struct page_view *view, const struct page_frame *frame);
void page_draw_message(struct page_view *view, const struct page_frame *frame);

/* Questions over the page that is drawn already. */
void page_draw_another(struct page_view *view);
void page_draw_sure(struct page_view *view);
void page_draw_warning(struct page_view *view);
void page_draw_sign(struct page_view *view);

#endif
