/* The sheet that a PDF is set on: pages, text and charts in points (1/72 inch). Inside of
 * the PDF writer only. */
#ifndef GUICHET_REPORT_PDF_PAGE_H
#define GUICHET_REPORT_PDF_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cairo.h>
#include <pango/pango.h>

#include "report/document.h"

#define PAGE_WIDTH    595.276
#define PAGE_HEIGHT   841.89
#define PAGE_MARGIN   36.0
#define PAGE_BOTTOM   (PAGE_HEIGHT - 48.0)
#define CONTENT_WIDTH (PAGE_WIDTH - 2.0 * PAGE_MARGIN)

struct sheet {
    const struct document *document;
    cairo_t *cairo;
    PangoLayout *layout;
    double y; /* where the next thing begins */
    unsigned page;
    unsigned page_count; /* 0 while they are being counted */
};

struct style {
    double size; /* of the font, points */
    bool is_bold;
    uint32_t rgb;
    enum anchor anchor; /* inside `width` */
    double width;       /* text wraps here; 0: one line */
};

/* A layout that places letters where the font says, not on the dots of a screen. The
 * caller gives it back with g_object_unref(). */
PangoLayout *sheet_layout_create(cairo_t *cairo);

/* Height of the text as it would be drawn, and its width where it is not wrapped. */
double sheet_text_height(struct sheet *sheet, const char *text,
                         const struct style *style);
double sheet_text_width(struct sheet *sheet, const char *text, const struct style *style);

/* Draw the text with its upper left corner at (x, y); returns its height. */
double sheet_text(struct sheet *sheet, struct point at, const char *text,
                  const struct style *style);

void sheet_rectangle(struct sheet *sheet, struct point at, double width, double height,
                     uint32_t rgb);

/* A rectangle with round corners; filled, and with an outline of `stroke_width` > 0. */
struct sheet_box {
    struct point at;
    double width;
    double height;
    double radius;
    uint32_t fill_rgb;
    uint32_t stroke_rgb;
    double stroke_width;
};
void sheet_box(struct sheet *sheet, const struct sheet_box *box);

/* Draw the chart at the present place over the whole width. */
void sheet_chart(struct sheet *sheet, const struct chart *chart);
double sheet_chart_height(const struct chart *chart);

/* End the page with its foot and begin the next one. */
void sheet_end_page(struct sheet *sheet);

/* Begin a new page unless `height` more fits on this one. */
void sheet_need(struct sheet *sheet, double height);

#endif
