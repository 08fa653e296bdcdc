/* See document.h. */
#include "report/document.h"

#include <assert.h>
#include <string.h>

/* A larger copy of an array of the arena. */
static void *grow(struct arena *arena, const void *items, size_t count, size_t *capacity,
                  size_t bytes)
{
    *capacity = *capacity > 0 ? 2 * *capacity : 16;
    void *larger = arena_take(arena, *capacity * bytes);
    if (count > 0) {
        memcpy(larger, items, count * bytes);
    }
    return larger;
}

struct block *document_add(struct document *document, enum block_kind kind)
{
    if (document->block_count == document->block_capacity) {
        document->blocks = grow(document->arena, document->blocks, document->block_count,
                                &document->block_capacity, sizeof(*document->blocks));
    }
    struct block *block = &document->blocks[document->block_count];
    document->block_count++;
    block->kind = kind;
    return block;
}

void document_heading(struct document *document, const char *anchor, const char *text)
{
    struct block *block = document_add(document, BLOCK_HEADING);
    block->anchor = anchor;
    block->text = text;
}

void document_text(struct document *document, enum block_kind kind, const char *text)
{
    document_add(document, kind)->text = text;
}

void document_chart(struct document *document, const struct chart *chart)
{
    document_add(document, BLOCK_CHART)->chart = chart;
}

struct table *document_table(struct document *document, const char *caption)
{
    struct table *table = arena_take(document->arena, sizeof(*table));
    table->caption = caption;
    document_add(document, BLOCK_TABLE)->table = table;
    return table;
}

void table_column(struct table *table, const char *title, bool is_text)
{
    assert(table->column_count < COLUMNS_MAX);
    table->columns[table->column_count] = (struct column){title, is_text};
    table->column_count++;
}

struct row *table_row(struct document *document, struct table *table)
{
    if (table->row_count == table->row_capacity) {
        table->rows = grow(document->arena, table->rows, table->row_count,
                           &table->row_capacity, sizeof(*table->rows));
    }
    struct row *row = &table->rows[table->row_count];
    table->row_count++;
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        row->cells[i] = (struct cell){.text = "", .goal = -1.0};
    }
    return row;
}

void table_drop_column(struct table *table, size_t index)
{
    assert(index < table->column_count);
    size_t behind = table->column_count - index - 1;
    memmove(&table->columns[index], &table->columns[index + 1],
            behind * sizeof(table->columns[0]));
    for (size_t i = 0; i < table->row_count; i++) {
        struct cell *cells = table->rows[i].cells;
        memmove(&cells[index], &cells[index + 1], behind * sizeof(cells[0]));
    }
    table->column_count--;
}
