/* What a report says, free of how it is shown: a list of blocks that the page and the
 * print set each in their way. */
#ifndef GUICHET_REPORT_DOCUMENT_H
#define GUICHET_REPORT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/arena.h"
#include "report/chart.h"

enum block_kind {
    BLOCK_HEADING, /* text, anchor */
    BLOCK_TEXT,    /* text */
    BLOCK_NOTICE,  /* text: something the reader must know first */
    BLOCK_CARDS,   /* cards */
    BLOCK_TABLE,   /* table */
    BLOCK_CHART,   /* chart */
    BLOCK_TERMS,   /* terms */
    BLOCK_KIND_COUNT
};

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD };

/* One headline figure. */
struct card {
    const char *label;
    const char *value;
    const char *note;
    enum tone tone;
    bool is_wide;
    bool has_gauge;
    double gauge; /* 0 to 1 */
    double goal;  /* 0 to 1; below 0: none */
};

struct cell {
    const char *text;
    bool has_chip; /* the letter of a service in its colour */
    const char *chip;
    uint32_t chip_rgb;
    bool has_bar; /* a share drawn behind the text */
    double bar;   /* 0 to 1 */
    double goal;  /* 0 to 1; below 0: none */
    bool is_muted;
};

struct column {
    const char *title;
    bool is_text; /* set to the left and wrapped; figures to the right */
};

#define COLUMNS_MAX 16

struct row {
    struct cell cells[COLUMNS_MAX];
    bool is_total;
};

struct table {
    const char *caption;
    struct column columns[COLUMNS_MAX];
    size_t column_count;
    struct row *rows;
    size_t row_count;
    size_t row_capacity;
};

struct term {
    const char *name;
    const char *meaning;
};

struct block {
    enum block_kind kind;
    const char *text;
    const char *anchor;
    const struct card *cards;
    size_t card_count;
    struct table *table;
    const struct chart *chart;
    const struct term *terms;
    size_t term_count;
};

struct document {
    struct arena *arena;
    const char *language; /* "fr", "en" */
    const char *title;    /* "Rapport de service" */
    const char *site;
    const char *date;   /* in words */
    const char *state;  /* closed, or provisional until when */
    const char *footer; /* at the foot of every page */
    const char *page;   /* pattern "Page {page} / {pages}" */
    int64_t until_ms;   /* what the figures are of; dates the files */
    struct block *blocks;
    size_t block_count;
    size_t block_capacity;
};

/* Append a block and return it to be filled. */
struct block *document_add(struct document *document, enum block_kind kind);
void document_heading(struct document *document, const char *anchor, const char *text);
void document_text(struct document *document, enum block_kind kind, const char *text);
void document_chart(struct document *document, const struct chart *chart);

/* A table without rows, appended as a block. */
struct table *document_table(struct document *document, const char *caption);
void table_column(struct table *table, const char *title, bool is_text);
struct row *table_row(struct document *document, struct table *table);

/* Leave out column `index`. */
void table_drop_column(struct table *table, size_t index);

#endif
