/* See pdf.h. The document is set twice: once to count the pages, once for the file. */
#include "report/pdf.h"

#include <math.h>
#include <string.h>

#include <cairo-pdf.h>

#include "report/pdf_page.h"
#include "report/pdf_table.h"
#include "runtime/instant.h"

#define GAP 10.0

static void draw_band(struct sheet *sheet)
{
    const struct document *document = sheet->document;
    const struct style small = {.size = 9.5, .rgb = 0xD5E0EC, .width = CONTENT_WIDTH};
    const struct style large = {
        .size = 22.0, .is_bold = true, .rgb = COLOR_WHITE, .width = CONTENT_WIDTH};
    const struct style date = {.size = 12.5, .rgb = COLOR_WHITE, .width = CONTENT_WIDTH};
    double height = 28.0 + sheet_text_height(sheet, document->site, &small) +
                    sheet_text_height(sheet, document->title, &large) +
                    sheet_text_height(sheet, document->date, &date) +
                    sheet_text_height(sheet, document->state, &small);
    sheet_rectangle(sheet, (struct point){0.0, 0.0}, PAGE_WIDTH, height + 6.0, COLOR_INK);
    double y = 17.0;
    y += sheet_text(sheet, (struct point){PAGE_MARGIN, y}, document->site, &small);
    y += sheet_text(sheet, (struct point){PAGE_MARGIN, y}, document->title, &large);
    y += sheet_text(sheet, (struct point){PAGE_MARGIN, y}, document->date, &date);
    (void)sheet_text(sheet, (struct point){PAGE_MARGIN, y + 2.0}, document->state,
                     &small);
    sheet->y = height + 6.0 + GAP;
}

static void draw_notice(struct sheet *sheet, const char *text)
{
    const struct style style = {
        .size = 9.0, .is_bold = true, .rgb = COLOR_INK, .width = CONTENT_WIDTH - 24.0};
    double height = sheet_text_height(sheet, text, &style) + 14.0;
    sheet_need(sheet, height);
    sheet_box(sheet, &(struct sheet_box){.at = {PAGE_MARGIN, sheet->y},
                                         .width = CONTENT_WIDTH,
                                         .height = height,
                                         .radius = 6.0,
                                         .fill_rgb = 0xFFF4D6,
                                         .stroke_rgb = 0xB07D00,
                                         .stroke_width = 1.0});
    (void)sheet_text(sheet, (struct point){PAGE_MARGIN + 12.0, sheet->y + 7.0}, text,
                     &style);
    sheet->y += height + GAP;
}

static void draw_gauge(struct sheet *sheet, const struct card *card, struct point at,
                       double width)
{
    uint32_t rgb = card->tone == TONE_BAD ? COLOR_RED : COLOR_GREEN;
    struct sheet_box box = {
        .at = at, .width = width, .height = 8.0, .radius = 4.0, .fill_rgb = 0xDDE6F0};
    sheet_box(sheet, &box);
    box.width = width * card->gauge;
    box.fill_rgb = rgb;
    if (box.width > 0.5) {
        sheet_box(sheet, &box);
    }
    if (card->goal >= 0.0) {
        sheet_rectangle(sheet,
                        (struct point){at.x + width * card->goal - 1.0, at.y - 3.0}, 2.0,
                        14.0, COLOR_INK);
    }
}

static void draw_card(struct sheet *sheet, const struct card *card, double x,
                      double width, double height)
{
    static const uint32_t tones[] = {
        [TONE_PLAIN] = COLOR_INK, [TONE_GOOD] = COLOR_GREEN, [TONE_BAD] = COLOR_RED};
    const double inner = width - 20.0;
    const struct style label = {
        .size = 8.0, .is_bold = true, .rgb = COLOR_MUTED, .width = inner};
    const struct style note = {.size = 7.5, .rgb = COLOR_MUTED, .width = inner};
    struct style value = {
        .size = card->is_wide ? 27.0 : 17.0, .is_bold = true, .rgb = tones[card->tone]};
    double natural = sheet_text_width(sheet, card->value, &value);
    value.size *= natural > inner ? inner / natural : 1.0;
    sheet_box(sheet, &(struct sheet_box){.at = {x, sheet->y},
                                         .width = width,
                                         .height = height,
                                         .radius = 7.0,
                                         .fill_rgb = COLOR_WHITE,
                                         .stroke_rgb = COLOR_LINE,
                                         .stroke_width = 0.8});
    struct point at = {x + 10.0, sheet->y + 8.0};
    at.y += sheet_text(sheet, at, card->label, &label);
    at.y += sheet_text(sheet, at, card->value, &value);
    if (card->has_gauge) {
        at.y += 3.0;
        draw_gauge(sheet, card, at, inner);
        at.y += 13.0;
    }
    (void)sheet_text(sheet, at, card->note, &note);
}

/* Four columns; a wide card takes two. */
static void draw_cards(struct sheet *sheet, const struct block *block)
{
    const double gap = 8.0;
    const double unit = (CONTENT_WIDTH - 3.0 * gap) / 4.0;
    const double tall = 86.0;
    const double low = 66.0;
    size_t next = 0;
    while (next < block->card_count) {
        double used = 0.0;
        bool has_wide = false;
        size_t first = next;
        while (next < block->card_count &&
               used + (block->cards[next].is_wide ? 2.0 : 1.0) <= 4.0) {
            used += block->cards[next].is_wide ? 2.0 : 1.0;
            has_wide = has_wide || block->cards[next].is_wide;
            next++;
        }
        double height = has_wide ? tall : low;
        sheet_need(sheet, height);
        double x = PAGE_MARGIN;
        for (size_t i = first; i < next; i++) {
            double width = block->cards[i].is_wide ? 2.0 * unit + gap : unit;
            draw_card(sheet, &block->cards[i], x, width, height);
            x += width + gap;
        }
        sheet->y += height + gap;
    }
    sheet->y += GAP - gap;
}

/* What must stand under a heading on its page: a paragraph that introduces a chart goes
 * where the chart goes. */
static double introduced_height(struct sheet *sheet, const struct block *heading,
                                const struct block *end)
{
    const struct style style = {.size = 9.0, .rgb = COLOR_INK, .width = CONTENT_WIDTH};
    double height = 0.0;
    const struct block *next = heading + 1;
    if (next < end && next->kind == BLOCK_TEXT) {
        height += sheet_text_height(sheet, next->text, &style) + GAP;
        next++;
    }
    if (next < end && next->kind == BLOCK_CHART) {
        height += sheet_chart_height(next->chart) + 20.0;
    }
    return height;
}

static void draw_heading(struct sheet *sheet, const struct block *block,
                         const struct block *end)
{
    const struct style style = {
        .size = 13.0, .is_bold = true, .rgb = COLOR_INK, .width = CONTENT_WIDTH};
    /* Never alone at the foot of a page. */
    sheet_need(sheet, fmax(110.0, 30.0 + introduced_height(sheet, block, end)));
    sheet->y += sheet->y > PAGE_MARGIN ? 8.0 : 0.0;
    char destination[64];
    (void)snprintf(destination, sizeof(destination), "name='%s'", block->anchor);
    cairo_tag_begin(sheet->cairo, CAIRO_TAG_DEST, destination);
    sheet->y +=
        sheet_text(sheet, (struct point){PAGE_MARGIN, sheet->y}, block->text, &style) +
        5.0;
    cairo_tag_end(sheet->cairo, CAIRO_TAG_DEST);
}

static void draw_paragraph(struct sheet *sheet, const char *text)
{
    const struct style style = {.size = 9.0, .rgb = COLOR_INK, .width = CONTENT_WIDTH};
    sheet_need(sheet, sheet_text_height(sheet, text, &style));
    sheet->y +=
        sheet_text(sheet, (struct point){PAGE_MARGIN, sheet->y}, text, &style) + GAP;
}

static void draw_figure(struct sheet *sheet, const struct chart *chart)
{
    const struct style style = {
        .size = 9.0, .is_bold = true, .rgb = COLOR_INK, .width = CONTENT_WIDTH};
    double caption = sheet_text_height(sheet, chart->title, &style) + 5.0;
    sheet_need(sheet, caption + sheet_chart_height(chart));
    (void)sheet_text(sheet, (struct point){PAGE_MARGIN, sheet->y}, chart->title, &style);
    sheet->y += caption;
    sheet_chart(sheet, chart);
    sheet->y += GAP;
}

static void draw_terms(struct sheet *sheet, const struct block *block)
{
    const double name_width = 110.0;
    const struct style name = {
        .size = 8.5, .is_bold = true, .rgb = COLOR_INK, .width = name_width - 10.0};
    const struct style meaning = {
        .size = 8.5, .rgb = COLOR_INK, .width = CONTENT_WIDTH - name_width};
    for (size_t i = 0; i < block->term_count; i++) {
        const struct term *term = &block->terms[i];
        double height = sheet_text_height(sheet, term->meaning, &meaning);
        double other = sheet_text_height(sheet, term->name, &name);
        height = other > height ? other : height;
        sheet_need(sheet, height);
        (void)sheet_text(sheet, (struct point){PAGE_MARGIN, sheet->y}, term->name, &name);
        (void)sheet_text(sheet, (struct point){PAGE_MARGIN + name_width, sheet->y},
                         term->meaning, &meaning);
        sheet->y += height + 4.0;
    }
}

static void draw_block(struct sheet *sheet, const struct block *block,
                       const struct block *end)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        draw_heading(sheet, block, end);
        break;
    case BLOCK_TEXT:
        draw_paragraph(sheet, block->text);
        break;
    case BLOCK_NOTICE:
        draw_notice(sheet, block->text);
        break;
    case BLOCK_CARDS:
        draw_cards(sheet, block);
        break;
    case BLOCK_TABLE:
        pdf_table_draw(sheet, block->table);
        sheet->y += GAP;
        break;
    case BLOCK_CHART:
        draw_figure(sheet, block->chart);
        break;
    case BLOCK_TERMS:
        draw_terms(sheet, block);
        break;
    case BLOCK_KIND_COUNT:
        break;
    }
}

/* Set the whole document on a surface; returns the number of pages. */
static unsigned set_document(const struct document *document, cairo_surface_t *surface,
                             unsigned page_count)
{
    struct sheet sheet = {.document = document,
                          .cairo = cairo_create(surface),
                          .page = 1,
                          .page_count = page_count};
    sheet.layout = sheet_layout_create(sheet.cairo);
    draw_band(&sheet);
    for (size_t i = 0; i < document->block_count; i++) {
        draw_block(&sheet, &document->blocks[i],
                   document->blocks + document->block_count);
    }
    sheet_end_page(&sheet);
    g_object_unref(sheet.layout);
    cairo_destroy(sheet.cairo);
    return sheet.page - 1;
}

/* The reader's panel of contents, and what the file says of itself. The date is that of
 * the figures: the same journal gives the same file. */
static void add_outline(const struct document *document, cairo_surface_t *surface)
{
    char title[256];
    (void)snprintf(title, sizeof(title), "%s – %s", document->title, document->date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, document->site);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Guichet");
    char instant[INSTANT_TEXT_BYTES];
    instant_text(document->until_ms, instant);
    memcpy(instant + 19, "Z", 2); /* without milliseconds */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, instant);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (block->kind == BLOCK_HEADING) {
            char destination[64];
            (void)snprintf(destination, sizeof(destination), "dest='%s'", block->anchor);
            (void)cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT,
                                                block->text, destination,
                                                (cairo_pdf_outline_flags_t)0);
        }
    }
}

static cairo_status_t discard(void *closure, const unsigned char *data, unsigned length)
{
    (void)closure;
    (void)data;
    (void)length;
    return CAIRO_STATUS_SUCCESS;
}

enum status pdf_write(const struct document *document, const char *path,
                      struct error *err)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(discard, NULL, PAGE_WIDTH, PAGE_HEIGHT);
    unsigned page_count = set_document(document, surface, 0);
    cairo_surface_destroy(surface);
    surface = cairo_pdf_surface_create(path, PAGE_WIDTH, PAGE_HEIGHT);
    add_outline(document, surface);
    (void)set_document(document, surface, page_count);
    cairo_surface_finish(surface);
    cairo_status_t result = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (result != CAIRO_STATUS_SUCCESS) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", path,
                         cairo_status_to_string(result));
    }
    return OK;
}
