/* See pdf_page.h. */
#include "report/pdf_page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <pango/pangocairo.h>

#include "report/charts.h"
#include "runtime/catalogue.h"

#define PI 3.14159265358979323846

static void set_color(struct sheet *sheet, uint32_t rgb)
{
    cairo_set_source_rgb(sheet->cairo, (double)(rgb >> 16 & 0xFFU) / 255.0,
                         (double)(rgb >> 8 & 0xFFU) / 255.0,
                         (double)(rgb & 0xFFU) / 255.0);
}

PangoLayout *sheet_layout_create(cairo_t *cairo)
{
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    PangoContext *context = pango_layout_get_context(layout);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_layout_context_changed(layout);
    cairo_font_options_destroy(options);
    return layout;
}

static void lay_out(struct sheet *sheet, const char *text, const struct style *style)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, "Noto Sans");
    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_font_description_set_weight(font, style->is_bold ? PANGO_WEIGHT_BOLD
                                                           : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(sheet->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(sheet->layout, text, -1);
    pango_layout_set_wrap(sheet->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(sheet->layout,
                           style->width > 0.0 ? (int)(style->width * PANGO_SCALE) : -1);
    pango_layout_set_alignment(sheet->layout,
                               style->anchor == ANCHOR_START ? PANGO_ALIGN_LEFT
                               : style->anchor == ANCHOR_END ? PANGO_ALIGN_RIGHT
                                                             : PANGO_ALIGN_CENTER);
}

double sheet_text_height(struct sheet *sheet, const char *text, const struct style *style)
{
    int height = 0;
    lay_out(sheet, text, style);
    pango_layout_get_size(sheet->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double sheet_text_width(struct sheet *sheet, const char *text, const struct style *style)
{
    int width = 0;
    lay_out(sheet, text, style);
    pango_layout_get_size(sheet->layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

double sheet_text(struct sheet *sheet, struct point at, const char *text,
                  const struct style *style)
{
    int height = 0;
    lay_out(sheet, text, style);
    pango_layout_get_size(sheet->layout, NULL, &height);
    set_color(sheet, style->rgb);
    cairo_move_to(sheet->cairo, at.x, at.y);
    pango_cairo_show_layout(sheet->cairo, sheet->layout);
    return (double)height / PANGO_SCALE;
}

void sheet_rectangle(struct sheet *sheet, struct point at, double width, double height,
                     uint32_t rgb)
{
    set_color(sheet, rgb);
    cairo_rectangle(sheet->cairo, at.x, at.y, width, height);
    cairo_fill(sheet->cairo);
}

void sheet_box(struct sheet *sheet, const struct sheet_box *box)
{
    cairo_t *cairo = sheet->cairo;
    double right = box->at.x + box->width;
    double bottom = box->at.y + box->height;
    double r = fmin(box->radius, fmin(box->width, box->height) / 2.0);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right - r, box->at.y + r, r, -PI / 2.0, 0.0);
    cairo_arc(cairo, right - r, bottom - r, r, 0.0, PI / 2.0);
    cairo_arc(cairo, box->at.x + r, bottom - r, r, PI / 2.0, PI);
    cairo_arc(cairo, box->at.x + r, box->at.y + r, r, PI, 1.5 * PI);
    cairo_close_path(cairo);
    set_color(sheet, box->fill_rgb);
    if (box->stroke_width > 0.0) {
        cairo_fill_preserve(cairo);
        set_color(sheet, box->stroke_rgb);
        cairo_set_line_width(cairo, box->stroke_width);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
}

static void stroke(struct sheet *sheet, const struct shape *shape)
{
    static const double dashes[] = {5.0, 4.0};
    if (!shape->has_stroke) {
        cairo_new_path(sheet->cairo);
        return;
    }
    set_color(sheet, shape->stroke_rgb);
    cairo_set_line_width(sheet->cairo, shape->stroke_width);
    cairo_set_dash(sheet->cairo, dashes, shape->is_dashed ? 2 : 0, 0.0);
    cairo_stroke(sheet->cairo);
}

/* The text's anchor is on its baseline. */
static void draw_label(struct sheet *sheet, const struct shape *shape)
{
    const struct style style = {
        .size = shape->size, .is_bold = shape->is_bold, .rgb = shape->stroke_rgb};
    double width = sheet_text_width(sheet, shape->text, &style);
    double shift = shape->anchor == ANCHOR_END      ? width
                   : shape->anchor == ANCHOR_MIDDLE ? width / 2.0
                                                    : 0.0;
    double baseline = (double)pango_layout_get_baseline(sheet->layout) / PANGO_SCALE;
    (void)sheet_text(sheet, (struct point){shape->x - shift, shape->y - baseline},
                     shape->text, &style);
}

static void draw_shape(struct sheet *sheet, const struct shape *shape)
{
    switch (shape->kind) {
    case SHAPE_RECTANGLE:
        if (shape->has_fill) {
            sheet_rectangle(sheet, (struct point){shape->x, shape->y}, shape->width,
                            shape->height, shape->fill_rgb);
        }
        cairo_rectangle(sheet->cairo, shape->x, shape->y, shape->width, shape->height);
        stroke(sheet, shape);
        break;
    case SHAPE_LINE:
        cairo_move_to(sheet->cairo, shape->x, shape->y);
        cairo_line_to(sheet->cairo, shape->x2, shape->y2);
        stroke(sheet, shape);
        break;
    case SHAPE_PATH:
        cairo_new_path(sheet->cairo); /* a text before it leaves its own point behind */
        for (size_t i = 0; i < shape->point_count; i++) {
            cairo_line_to(sheet->cairo, shape->points[i].x, shape->points[i].y);
        }
        stroke(sheet, shape);
        break;
    case SHAPE_TEXT:
        draw_label(sheet, shape);
        break;
    }
}

double sheet_chart_height(const struct chart *chart)
{
    return chart->height * CONTENT_WIDTH / chart->width;
}

void sheet_chart(struct sheet *sheet, const struct chart *chart)
{
    double scale = CONTENT_WIDTH / chart->width;
    cairo_save(sheet->cairo);
    cairo_translate(sheet->cairo, PAGE_MARGIN, sheet->y);
    cairo_scale(sheet->cairo, scale, scale);
    cairo_set_line_join(sheet->cairo, CAIRO_LINE_JOIN_ROUND);
    pango_cairo_update_layout(sheet->cairo, sheet->layout);
    for (size_t i = 0; i < chart->shape_count; i++) {
        draw_shape(sheet, &chart->shapes[i]);
    }
    cairo_restore(sheet->cairo);
    pango_cairo_update_layout(sheet->cairo, sheet->layout);
    sheet->y += sheet_chart_height(chart);
}

void sheet_end_page(struct sheet *sheet)
{
    char page[12];
    char pages[12];
    (void)snprintf(page, sizeof(page), "%u", sheet->page);
    (void)snprintf(pages, sizeof(pages), "%u", sheet->page_count);
    const struct catalogue_part parts[] = {{"page", page}, {"pages", pages}};
    char text[64];
    (void)catalogue_fill(sheet->document->page, parts, 2, text, sizeof(text));
    const struct style left = {.size = 7.5, .rgb = COLOR_MUTED};
    const struct style right = {
        .size = 7.5, .rgb = COLOR_MUTED, .anchor = ANCHOR_END, .width = CONTENT_WIDTH};
    double y = PAGE_HEIGHT - 32.0;
    sheet_rectangle(sheet, (struct point){PAGE_MARGIN, y - 4.0}, CONTENT_WIDTH, 0.6,
                    COLOR_LINE);
    (void)sheet_text(sheet, (struct point){PAGE_MARGIN, y}, sheet->document->footer,
                     &left);
    (void)sheet_text(sheet, (struct point){PAGE_MARGIN, y}, text, &right);
    cairo_show_page(sheet->cairo);
    sheet->page++;
    sheet->y = PAGE_MARGIN;
}

void sheet_need(struct sheet *sheet, double height)
{
    if (sheet->y + height > PAGE_BOTTOM) {
        sheet_end_page(sheet);
    }
}
