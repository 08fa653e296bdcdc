/* See pdf_table.h. Columns of figures are as wide as their longest word or figure; what
 * is left belongs to the columns of text, which wrap. */
#include "report/pdf_table.h"

#include <math.h>
#include <string.h>

#define PADDING     3.5 /* left and right of a cell */
#define CELL_SIZE   8.0 /* font */
#define HEAD_SIZE   7.2 /* font */
#define BAR_WIDTH   26.0
#define BAR_LEAST   6.0 /* a shorter one says nothing and is left out */
#define BAR_HEIGHT  5.5
#define BAR_RIGHT   37.0 /* from the bar to the end of the cell: "100,0 %" in bold */
#define CHIP_WIDTH  15.0
#define CHIP_HEIGHT 11.0
#define ROW_PADDING 2.6 /* above and below a line */

struct columns {
    double x[COLUMNS_MAX];
    double width[COLUMNS_MAX]; /* inside the padding */
    double bar_width;
};

static struct style cell_style(const struct column *column, double width, bool is_total)
{
    return (struct style){.size = CELL_SIZE,
                          .is_bold = is_total,
                          .rgb = COLOR_INK,
                          .anchor = column->is_text ? ANCHOR_START : ANCHOR_END,
                          .width = width};
}

static struct style head_style(const struct column *column, double width)
{
    return (struct style){.size = HEAD_SIZE,
                          .is_bold = true,
                          .rgb = COLOR_MUTED,
                          .anchor = column->is_text ? ANCHOR_START : ANCHOR_END,
                          .width = width};
}

/* Width of the longest word: words are never broken. */
static double longest_word(struct sheet *sheet, const char *words,
                           const struct style *style)
{
    double longest = 0.0;
    const char *rest = words;
    while (*rest != '\0') {
        size_t length = strcspn(rest, " ");
        char word[64];
        if (length < sizeof(word)) {
            memcpy(word, rest, length);
            word[length] = '\0';
            longest = fmax(longest, sheet_text_width(sheet, word, style));
        }
        rest += length;
        rest += *rest != '\0' ? 1 : 0;
    }
    return longest;
}

static double text_left(const struct cell *cell)
{
    return cell->has_chip ? CHIP_WIDTH + 5.0 : 0.0;
}

/* The least width of a column of text. */
static double least_width(struct sheet *sheet, const struct table *table, size_t index)
{
    const struct style head = head_style(&table->columns[index], 0.0);
    double least = longest_word(sheet, table->columns[index].title, &head);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct cell *cell = &table->rows[i].cells[index];
        const struct style style =
            cell_style(&table->columns[index], 0.0, table->rows[i].is_total);
        least = fmax(least, longest_word(sheet, cell->text, &style) + text_left(cell));
    }
    return least + 0.5;
}

static double natural_width(struct sheet *sheet, const struct table *table, size_t index)
{
    const struct style head = head_style(&table->columns[index], 0.0);
    double widest = longest_word(sheet, table->columns[index].title, &head);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct cell *cell = &table->rows[i].cells[index];
        const struct style style =
            cell_style(&table->columns[index], 0.0, table->rows[i].is_total);
        double width =
            cell->has_bar ? BAR_WIDTH + BAR_RIGHT
                          : sheet_text_width(sheet, cell->text, &style) + text_left(cell);
        widest = fmax(widest, width);
    }
    return widest + 0.5;
}

/* Columns of text keep their longest word whole: where figures leave less, the bars
 * beside them become shorter, down to none. Returns the width that is left for text. */
static double set_figures(struct sheet *sheet, const struct table *table,
                          struct columns *columns)
{
    double rest = CONTENT_WIDTH - 2.0 * PADDING * (double)table->column_count;
    bool has_bar[COLUMNS_MAX] = {false};
    size_t bar_count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        columns->width[i] = natural_width(sheet, table, i);
        if (table->columns[i].is_text) {
            rest -= least_width(sheet, table, i);
            continue;
        }
        rest -= columns->width[i];
        for (size_t j = 0; j < table->row_count; j++) {
            has_bar[i] = has_bar[i] || table->rows[j].cells[i].has_bar;
        }
        bar_count += has_bar[i];
    }
    columns->bar_width = BAR_WIDTH;
    if (rest < 0.0 && bar_count > 0) {
        columns->bar_width = fmax(0.0, BAR_WIDTH + rest / (double)bar_count);
    }
    rest = CONTENT_WIDTH - 2.0 * PADDING * (double)table->column_count;
    for (size_t i = 0; i < table->column_count; i++) {
        columns->width[i] -= has_bar[i] ? BAR_WIDTH - columns->bar_width : 0.0;
        rest -= table->columns[i].is_text ? 0.0 : columns->width[i];
    }
    return rest;
}

static void set_columns(struct sheet *sheet, const struct table *table,
                        struct columns *columns)
{
    double rest = set_figures(sheet, table, columns);
    double text_sum = 0.0;
    size_t figure_count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        text_sum += table->columns[i].is_text ? columns->width[i] : 0.0;
        figure_count += !table->columns[i].is_text;
    }
    /* Room to spare goes to all figures alike, want of it to the columns of text. */
    double spare = rest > text_sum && figure_count > 0
                       ? (rest - text_sum) / (double)(figure_count + 1)
                       : 0.0;
    double x = PAGE_MARGIN;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].is_text) {
            columns->width[i] *= (rest - spare * (double)figure_count) / text_sum;
        } else {
            columns->width[i] += spare;
        }
        columns->x[i] = x + PADDING;
        x += columns->width[i] + 2.0 * PADDING;
    }
}

static double head_height(struct sheet *sheet, const struct table *table,
                          const struct columns *columns)
{
    double height = 0.0;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct style style = head_style(&table->columns[i], columns->width[i]);
        height = fmax(height, sheet_text_height(sheet, table->columns[i].title, &style));
    }
    return height;
}

static void draw_head(struct sheet *sheet, const struct table *table,
                      const struct columns *columns)
{
    double height = head_height(sheet, table, columns);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *title = table->columns[i].title;
        const struct style style = head_style(&table->columns[i], columns->width[i]);
        double own = sheet_text_height(sheet, title, &style);
        (void)sheet_text(sheet, (struct point){columns->x[i], sheet->y + height - own},
                         title, &style);
    }
    sheet->y += height + 2.0;
    sheet_rectangle(sheet, (struct point){PAGE_MARGIN, sheet->y}, CONTENT_WIDTH, 1.0,
                    COLOR_INK);
    sheet->y += 1.0;
}

static double row_height(struct sheet *sheet, const struct table *table,
                         const struct row *row, const struct columns *columns)
{
    double height = 0.0;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct cell *cell = &row->cells[i];
        const struct style style = cell_style(
            &table->columns[i], columns->width[i] - text_left(cell), row->is_total);
        height = fmax(height, sheet_text_height(sheet, cell->text, &style));
    }
    return height + 2.0 * ROW_PADDING;
}

static void draw_bar(struct sheet *sheet, const struct cell *cell, struct point at,
                     double width)
{
    sheet_rectangle(sheet, at, width, BAR_HEIGHT, 0xDDE6F0);
    sheet_rectangle(sheet, at, width * cell->bar, BAR_HEIGHT, COLOR_DEEP);
    if (cell->goal >= 0.0) {
        sheet_rectangle(sheet,
                        (struct point){at.x + width * cell->goal - 0.6, at.y - 1.6}, 1.2,
                        BAR_HEIGHT + 3.2, COLOR_INK);
    }
}

static void draw_chip(struct sheet *sheet, const struct cell *cell, struct point at)
{
    const struct style style = {.size = 7.5,
                                .is_bold = true,
                                .rgb = COLOR_WHITE,
                                .anchor = ANCHOR_MIDDLE,
                                .width = CHIP_WIDTH};
    sheet_box(sheet, &(struct sheet_box){.at = at,
                                         .width = CHIP_WIDTH,
                                         .height = CHIP_HEIGHT,
                                         .radius = 2.5,
                                         .fill_rgb = cell->chip_rgb});
    (void)sheet_text(sheet, at, cell->chip, &style);
}

/* `row`: the width of the column and the weight of the row. */
static void draw_cell(struct sheet *sheet, const struct column *column,
                      const struct cell *cell, struct point at, const struct style *row,
                      double bar_width)
{
    struct style style = cell_style(column, row->width, row->is_bold);
    double left = text_left(cell);
    double middle = at.y + CELL_SIZE * 0.75;
    style.width -= left;
    style.rgb = cell->is_muted && !column->is_text ? 0x66788C : COLOR_INK;
    if (cell->has_chip) {
        draw_chip(sheet, cell, (struct point){at.x, middle - CHIP_HEIGHT / 2.0});
    }
    if (cell->has_bar && bar_width >= BAR_LEAST) {
        draw_bar(sheet, cell,
                 (struct point){at.x + style.width - BAR_RIGHT - bar_width,
                                middle - BAR_HEIGHT / 2.0},
                 bar_width);
    }
    (void)sheet_text(sheet, (struct point){at.x + left, at.y}, cell->text, &style);
}

static void draw_row(struct sheet *sheet, const struct table *table,
                     const struct row *row, const struct columns *columns)
{
    double height = row_height(sheet, table, row, columns);
    if (sheet->y + height > PAGE_BOTTOM) {
        sheet_end_page(sheet);
        draw_head(sheet, table, columns);
    }
    if (row->is_total) {
        sheet_rectangle(sheet, (struct point){PAGE_MARGIN, sheet->y}, CONTENT_WIDTH,
                        height, COLOR_PANEL);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        const struct style style = {.width = columns->width[i], .is_bold = row->is_total};
        draw_cell(sheet, &table->columns[i], &row->cells[i],
                  (struct point){columns->x[i], sheet->y + ROW_PADDING}, &style,
                  columns->bar_width);
    }
    sheet->y += height;
    sheet_rectangle(sheet, (struct point){PAGE_MARGIN, sheet->y - 0.3}, CONTENT_WIDTH,
                    0.5, 0xE1E8F0);
}

void pdf_table_draw(struct sheet *sheet, const struct table *table)
{
    const struct style caption = {
        .size = 8.0, .rgb = COLOR_MUTED, .width = CONTENT_WIDTH};
    struct columns columns;
    set_columns(sheet, table, &columns);
    double needed = sheet_text_height(sheet, table->caption, &caption) + 4.0 +
                    head_height(sheet, table, &columns) + 40.0;
    sheet_need(sheet, needed);
    sheet->y += sheet_text(sheet, (struct point){PAGE_MARGIN, sheet->y}, table->caption,
                           &caption) +
                4.0;
    draw_head(sheet, table, &columns);
    for (size_t i = 0; i < table->row_count; i++) {
        draw_row(sheet, table, &table->rows[i], &columns);
    }
}
