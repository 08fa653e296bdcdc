/* Layout of the slip; see slip.h.
 *
 * One function draws from top to bottom and moves the pen down. It runs twice: on a
 * surface that keeps nothing, to learn the height, and on the page. Units are points
 * (1/72 inch) in both outputs; the PNG only scales them, and hinting is off, so that
 * lines break in the same places. */
#include "printing/slip.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "core/text.h"

#define POINTS_PER_MM (72.0 / 25.4)

/* Names the families so that Pango does not choose by fontconfig's order (DejaVu for
 * Arabic, Japanese shapes for Chinese). */
#define FAMILIES "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC"

/* Sizes in points. Body texts are 4.6 mm, above the 4.5 mm of the French decree on
 * accessibility. */
#define BODY_PT    13.0
#define SERVICE_PT 14.0
#define WAIT_PT    16.0
#define COPY_PT    14.0

/* The number's capitals: as high as fits the line, from 17 mm down to 10.5 mm; a longer
 * label is then made narrower, never lower. */
#define NUMBER_MM_MAX 17.0
#define NUMBER_MM_MIN 10.5

#define PADDING_TOP_MM    5.0
#define PADDING_BOTTOM_MM 6.0
#define TILE_MM           11.0
#define RULE_PT           0.75

/* Longer texts are refused: the page must stay far below the printers' longest. */
#define TEXT_BYTES_MAX 400

struct pen {
    cairo_t *cairo;
    const struct slip *slip;
    double left_pt;  /* of the printable part */
    double width_pt; /* printable */
    double y_pt;     /* where the next thing begins */
};

struct font {
    double size_pt;
    bool is_bold;
};

static bool has_text(const char *text)
{
    return text && text[0] != '\0';
}

static void move_down_mm(struct pen *pen, double mm)
{
    pen->y_pt += mm * POINTS_PER_MM;
}

/* A centred layout of `text`, not yet bound to a width. The caller unrefs it. */
static PangoLayout *make_layout(const struct pen *pen, const char *text, struct font font)
{
    PangoLayout *layout = pango_cairo_create_layout(pen->cairo);
    PangoContext *context = pango_layout_get_context(layout);
    const char *language = has_text(pen->slip->language) ? pen->slip->language : "fr";
    pango_context_set_language(context, pango_language_from_string(language));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);

    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, FAMILIES);
    pango_font_description_set_weight(description, font.is_bold ? PANGO_WEIGHT_BOLD
                                                                : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description, font.size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);

    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static void set_width(PangoLayout *layout, double width_pt)
{
    pango_layout_set_width(layout, (int)floor(width_pt * PANGO_SCALE));
}

/* Make the layout as narrow as it gets without another line, so that no last line holds a
 * single word. Returns the width in points. */
static double balance(PangoLayout *layout, double width_pt)
{
    set_width(layout, width_pt);
    const int line_count = pango_layout_get_line_count(layout);
    double narrow = width_pt / 2;
    double wide = width_pt;
    while (line_count > 1 && wide - narrow > 1.0) {
        double middle = (narrow + wide) / 2;
        set_width(layout, middle);
        if (pango_layout_get_line_count(layout) > line_count) {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    set_width(layout, wide);
    return wide;
}

static double layout_width(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static double layout_height(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

/* One centred text over the whole width, wrapped. */
static void put_text(struct pen *pen, const char *text, struct font font)
{
    if (!has_text(text)) {
        return;
    }
    PangoLayout *layout = make_layout(pen, text, font);
    double width = balance(layout, pen->width_pt);
    cairo_move_to(pen->cairo, pen->left_pt + (pen->width_pt - width) / 2, pen->y_pt);
    pango_cairo_show_layout(pen->cairo, layout);
    pen->y_pt += layout_height(layout);
    g_object_unref(layout);
}

static void put_rule(struct pen *pen)
{
    move_down_mm(pen, 2.6);
    cairo_set_line_width(pen->cairo, RULE_PT);
    cairo_move_to(pen->cairo, pen->left_pt, pen->y_pt);
    cairo_rel_line_to(pen->cairo, pen->width_pt, 0);
    cairo_stroke(pen->cairo);
    move_down_mm(pen, 2.6);
}

/* A rounded frame; its line lies inside the measures, which may be the whole width. */
static void put_box(const struct pen *pen, double left, double top, double outer_width,
                    double outer_height)
{
    const double line = 1.5;
    const double x = left + line / 2;
    const double y = top + line / 2;
    const double width = outer_width - line;
    const double height = outer_height - line;
    const double radius = 1.6 * POINTS_PER_MM;
    const double quarter = 1.5707963267948966; /* a right angle */
    cairo_t *cairo = pen->cairo;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -quarter, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, quarter);
    cairo_arc(cairo, x + radius, y + height - radius, radius, quarter, 2 * quarter);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
    cairo_set_line_width(cairo, line);
    cairo_stroke(cairo);
}

/* The mark of a slip printed again: a bold word in a frame, seen before the number. */
static void put_copy_mark(struct pen *pen)
{
    if (!has_text(pen->slip->copy)) {
        return;
    }
    PangoLayout *layout =
        make_layout(pen, pen->slip->copy, (struct font){COPY_PT, .is_bold = true});
    const double padding = 3.0 * POINTS_PER_MM;
    set_width(layout, pen->width_pt - 2 * padding);
    double width = layout_width(layout);
    double height = layout_height(layout);
    double x = pen->left_pt + (pen->width_pt - width) / 2;
    cairo_move_to(pen->cairo, pen->left_pt + padding, pen->y_pt);
    pango_cairo_show_layout(pen->cairo, layout);
    put_box(pen, x - padding, pen->y_pt, width + 2 * padding, height);
    pen->y_pt += height;
    move_down_mm(pen, 3.0);
    g_object_unref(layout);
}

/* The letter in a frame, as on the kiosk's button. */
static void put_tile(const struct pen *pen, double x, double y)
{
    PangoLayout *layout = make_layout(pen, pen->slip->service_letter,
                                      (struct font){SERVICE_PT + 3, .is_bold = true});
    const double side = TILE_MM * POINTS_PER_MM;
    double width = layout_width(layout);
    double scale = fmin(1.0, (side - 1.5 * POINTS_PER_MM) / width);
    cairo_save(pen->cairo);
    cairo_translate(pen->cairo, x + (side - width * scale) / 2,
                    y + (side - layout_height(layout)) / 2);
    cairo_scale(pen->cairo, scale, 1.0);
    cairo_move_to(pen->cairo, 0, 0);
    pango_cairo_show_layout(pen->cairo, layout);
    cairo_restore(pen->cairo);
    put_box(pen, x, y, side, side);
    g_object_unref(layout);
}

/* The service: its letter before its name (after it where one reads from the right), as
 * one group in the middle of the line. */
static void put_service(struct pen *pen)
{
    const char *name = pen->slip->service_name;
    const struct font font = {SERVICE_PT, .is_bold = true};
    if (!has_text(name) || !has_text(pen->slip->service_letter)) {
        put_text(pen, has_text(name) ? name : pen->slip->service_letter, font);
        return;
    }
    const double side = TILE_MM * POINTS_PER_MM;
    const double gap = 3.0 * POINTS_PER_MM;
    PangoLayout *layout = make_layout(pen, name, font);
    pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT); /* right in Arabic */
    double width = fmin(ceil(layout_width(layout)), pen->width_pt - side - gap);
    width = balance(layout, width);
    width = fmin(width, ceil(layout_width(layout)));
    set_width(layout, width);
    double height = fmax(side, layout_height(layout));
    double x = pen->left_pt + (pen->width_pt - side - gap - width) / 2;
    bool is_right_to_left = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL;
    cairo_move_to(pen->cairo, is_right_to_left ? x : x + side + gap,
                  pen->y_pt + (height - layout_height(layout)) / 2);
    pango_cairo_show_layout(pen->cairo, layout);
    put_tile(pen, is_right_to_left ? x + width + gap : x,
             pen->y_pt + (height - side) / 2);
    pen->y_pt += height;
    g_object_unref(layout);
}

/* The number, alone on its line; the ink's own height is what people see, so the line
 * takes that and no more. */
static void put_number(struct pen *pen)
{
    const double trial_pt = 100.0;
    struct font font = {trial_pt, .is_bold = true};
    PangoLayout *layout = make_layout(pen, pen->slip->label, font);
    PangoRectangle ink;
    pango_layout_get_extents(layout, &ink, NULL);
    g_object_unref(layout);
    double trial_height = fmax((double)ink.height / PANGO_SCALE, 1.0);
    double trial_width = fmax((double)ink.width / PANGO_SCALE, 1.0);
    double largest = NUMBER_MM_MAX * POINTS_PER_MM / trial_height;
    double smallest = NUMBER_MM_MIN * POINTS_PER_MM / trial_height;
    double fitting = pen->width_pt / trial_width;
    double scale = fmax(fmin(largest, fitting), smallest);

    font.size_pt = trial_pt * scale;
    layout = make_layout(pen, pen->slip->label, font);
    pango_layout_get_extents(layout, &ink, NULL);
    double width = (double)ink.width / PANGO_SCALE;
    double squeeze = fmin(1.0, pen->width_pt / fmax(width, 1.0));
    cairo_save(pen->cairo);
    cairo_translate(pen->cairo, pen->left_pt + (pen->width_pt - width * squeeze) / 2,
                    pen->y_pt - (double)ink.y / PANGO_SCALE);
    cairo_scale(pen->cairo, squeeze, 1.0);
    cairo_move_to(pen->cairo, -(double)ink.x / PANGO_SCALE, 0);
    pango_cairo_show_layout(pen->cairo, layout);
    cairo_restore(pen->cairo);
    pen->y_pt += (double)ink.height / PANGO_SCALE;
    g_object_unref(layout);
}

/* Draw everything; the pen ends at the page's height. */
static void draw_slip(struct pen *pen)
{
    const struct slip *slip = pen->slip;
    const struct font body = {BODY_PT, .is_bold = false};
    cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    move_down_mm(pen, PADDING_TOP_MM);
    put_copy_mark(pen);
    if (has_text(slip->site)) {
        put_text(pen, slip->site, body);
        put_rule(pen);
    }
    put_service(pen);
    move_down_mm(pen, 7.0);
    put_number(pen);
    move_down_mm(pen, 5.5);
    put_text(pen, slip->wait, (struct font){WAIT_PT, .is_bold = true});
    put_text(pen, slip->ahead, body);
    if (has_text(slip->notice)) {
        put_rule(pen);
        put_text(pen, slip->notice, body);
    }
    if (has_text(slip->note)) {
        put_rule(pen);
        put_text(pen, slip->note, body);
    }
    if (has_text(slip->taken)) {
        put_rule(pen);
        put_text(pen, slip->taken, body);
    }
    move_down_mm(pen, PADDING_BOTTOM_MM);
}

/* Draw on `surface` with `scale` units a point; the cairo status is the surface's own.
 * Returns the height in points. */
static double draw_on(cairo_surface_t *surface, const struct slip *slip,
                      uint32_t width_mm, double scale)
{
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    const double margin = (double)slip_margin_mm(width_mm);
    struct pen pen = {.cairo = cairo,
                      .slip = slip,
                      .left_pt = margin * POINTS_PER_MM,
                      .width_pt = ((double)width_mm - 2 * margin) * POINTS_PER_MM,
                      .y_pt = 0};
    draw_slip(&pen);
    cairo_destroy(cairo);
    return pen.y_pt;
}

static enum status check_slip(const struct slip *slip, uint32_t width_mm,
                              struct error *err)
{
    if (width_mm < SLIP_WIDTH_MM_MIN || width_mm > SLIP_WIDTH_MM_MAX) {
        return error_set(err, ERR_INVALID,
                         "a slip of %u mm cannot be printed: the width is %d to %d mm",
                         width_mm, SLIP_WIDTH_MM_MIN, SLIP_WIDTH_MM_MAX);
    }
    if (!has_text(slip->label)) {
        return error_set(err, ERR_INVALID, "a slip has no ticket number");
    }
    const struct {
        const char *name;
        const char *text;
    } texts[] = {{"language", slip->language},
                 {"site", slip->site},
                 {"service letter", slip->service_letter},
                 {"service name", slip->service_name},
                 {"number", slip->label},
                 {"wait", slip->wait},
                 {"people ahead", slip->ahead},
                 {"notice", slip->notice},
                 {"time", slip->taken},
                 {"note", slip->note},
                 {"copy mark", slip->copy}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        size_t length = texts[i].text ? strlen(texts[i].text) : 0;
        if (length > TEXT_BYTES_MAX ||
            (length > 0 && !text_is_utf8(texts[i].text, length))) {
            return error_set(err, ERR_INVALID,
                             "the %s of a slip is not UTF-8 text of at most %d bytes",
                             texts[i].name, TEXT_BYTES_MAX);
        }
    }
    return OK;
}

/* Height of the page in whole millimetres: media names know no fractions. */
static uint32_t measure_height_mm(const struct slip *slip, uint32_t width_mm)
{
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    double height_pt = draw_on(surface, slip, width_mm, 1.0);
    cairo_surface_destroy(surface);
    return (uint32_t)ceil(height_pt / POINTS_PER_MM);
}

struct sink {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
};

static cairo_status_t sink_write(void *data, const unsigned char *bytes,
                                 unsigned int length)
{
    struct sink *sink = data;
    if (sink->capacity - sink->length < length) {
        size_t capacity = 2 * (sink->length + length);
        unsigned char *grown = realloc(sink->bytes, capacity);
        if (!grown) {
            return CAIRO_STATUS_NO_MEMORY;
        }
        sink->bytes = grown;
        sink->capacity = capacity;
    }
    memcpy(sink->bytes + sink->length, bytes, length);
    sink->length += length;
    return CAIRO_STATUS_SUCCESS;
}

/* Hand the sink's bytes to the caller, or drop them. */
static enum status deliver(struct sink *sink, cairo_status_t result,
                           const struct slip_page *page, struct slip_page *ret_page,
                           struct error *err)
{
    if (result != CAIRO_STATUS_SUCCESS) {
        free(sink->bytes);
        return error_set(err, ERR_IO, "cannot draw the slip: %s",
                         cairo_status_to_string(result));
    }
    *ret_page = *page;
    ret_page->bytes = sink->bytes;
    ret_page->length = sink->length;
    return OK;
}

/* The page in shades of grey at SLIP_DPI. The caller destroys it, whatever its status. */
static cairo_surface_t *paint_page(const struct slip *slip, const struct slip_page *page)
{
    const double dots_per_mm = SLIP_DPI / 25.4;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)lround(page->width_mm * dots_per_mm),
        (int)lround(page->height_mm * dots_per_mm));
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    (void)draw_on(surface, slip, page->width_mm,
                  SLIP_DPI / 72.0); /* the height is known */
    cairo_surface_flush(surface);
    return surface;
}

/* What is darker than half becomes a black dot. Only black is drawn, so any of the three
 * colours tells. */
static cairo_status_t take_dots(cairo_surface_t *surface, struct slip_dots *ret_dots)
{
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        return cairo_surface_status(surface);
    }
    const uint32_t width = (uint32_t)cairo_image_surface_get_width(surface);
    const uint32_t height = (uint32_t)cairo_image_surface_get_height(surface);
    const size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    unsigned char *rows = calloc(height, slip_row_bytes(width));
    if (!rows) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    for (uint32_t y = 0; y < height; y++) {
        unsigned char *row = rows + y * slip_row_bytes(width);
        for (uint32_t x = 0; x < width; x++) {
            uint32_t pixel = 0;
            memcpy(&pixel, pixels + y * stride + x * sizeof(pixel), sizeof(pixel));
            if ((pixel & 0xFFU) < 0x80U) {
                row[x / 8] |= (unsigned char)(0x80U >> (x % 8));
            }
        }
    }
    *ret_dots = (struct slip_dots){.rows = rows, .width = width, .height = height};
    return CAIRO_STATUS_SUCCESS;
}

enum status slip_render_pdf(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err)
{
    if (check_slip(slip, width_mm, err) != OK) {
        return ERR_INVALID;
    }
    struct slip_page page = {.width_mm = width_mm,
                             .height_mm = measure_height_mm(slip, width_mm)};
    struct sink sink = {0};
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        sink_write, &sink, page.width_mm * POINTS_PER_MM, page.height_mm * POINTS_PER_MM);
    /* Cairo would write the time of the rendering, and no two files were equal. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, slip->label);
    (void)draw_on(surface, slip, width_mm, 1.0); /* the height is known */
    cairo_surface_finish(surface);
    cairo_status_t result = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (result == CAIRO_STATUS_SUCCESS) {
        surface = paint_page(slip, &page);
        result = take_dots(surface, &page.dots);
        cairo_surface_destroy(surface);
    }
    return deliver(&sink, result, &page, ret_page, err);
}

enum status slip_render_png(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err)
{
    if (check_slip(slip, width_mm, err) != OK) {
        return ERR_INVALID;
    }
    const struct slip_page page = {.width_mm = width_mm,
                                   .height_mm = measure_height_mm(slip, width_mm)};
    struct sink sink = {0};
    cairo_surface_t *surface = paint_page(slip, &page);
    cairo_status_t result = cairo_surface_write_to_png_stream(surface, sink_write, &sink);
    cairo_surface_destroy(surface);
    return deliver(&sink, result, &page, ret_page, err);
}

void slip_page_finish(struct slip_page *page)
{
    free(page->bytes);
    free(page->dots.rows);
    *page = (struct slip_page){0};
}
