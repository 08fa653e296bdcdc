/* The document's blocks, tables and charts, and the page that is made from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/document.h"
#include "report/html.h"
#include "report/svg.h"

static int setup(void **state)
{
    struct arena *arena = arena_create();
    struct document *document = arena_take(arena, sizeof(*document));
    *document = (struct document){.arena = arena,
                                  .language = "fr",
                                  .title = "Rapport",
                                  .site = "Mairie & \"Annexe\"",
                                  .date = "lundi",
                                  .state = "close",
                                  .footer = "fin"};
    *state = document;
    return 0;
}

static int teardown(void **state)
{
    arena_destroy(((struct document *)*state)->arena);
    return 0;
}

/* What `write` puts into a file; the caller frees it. */
static char *page_of(const struct document *document)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    html_write(document, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void arena_keeps_what_was_taken(void **state)
{
    struct document *document = *state;
    const char *texts[2000];
    for (int i = 0; i < 2000; i++) {
        texts[i] = arena_format(document->arena, "text %d of many, long enough", i);
    }
    char *large = arena_take(document->arena, 1 << 20);
    assert_int_equal(large[0] + large[(1 << 20) - 1], 0);
    for (int i = 0; i < 2000; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof(expected), "text %d of many, long enough", i);
        assert_string_equal(texts[i], expected);
    }
}

static void rows_and_blocks_grow(void **state)
{
    struct document *document = *state;
    struct table *table = document_table(document, "caption");
    table_column(table, "a", true);
    for (int i = 0; i < 100; i++) {
        table_row(document, table)->cells[0].text =
            arena_format(document->arena, "%d", i);
        document_text(document, BLOCK_TEXT, "text");
    }
    assert_int_equal(table->row_count, 100);
    assert_int_equal(document->block_count, 101);
    assert_string_equal(table->rows[0].cells[0].text, "0");
    assert_string_equal(table->rows[99].cells[0].text, "99");
    assert_ptr_equal(document->blocks[0].table, table);
}

static void a_dropped_column_takes_its_cells(void **state)
{
    struct document *document = *state;
    struct table *table = document_table(document, "caption");
    table_column(table, "a", true);
    table_column(table, "b", false);
    table_column(table, "c", false);
    struct row *row = table_row(document, table);
    row->cells[0].text = "1";
    row->cells[1].text = "2";
    row->cells[2].text = "3";
    table_drop_column(table, 1);
    assert_int_equal(table->column_count, 2);
    assert_string_equal(table->columns[1].title, "c");
    assert_string_equal(table->rows[0].cells[1].text, "3");
}

static void reserved_characters_are_escaped(void **state)
{
    struct document *document = *state;
    document_text(document, BLOCK_NOTICE, "a < b & c > \"d\"");
    char *page = page_of(document);
    assert_non_null(strstr(page, "a &lt; b &amp; c &gt; &quot;d&quot;"));
    assert_non_null(strstr(page, "Mairie &amp; &quot;Annexe&quot;"));
    assert_null(strstr(page, "a < b"));
    free(page);
}

static void tables_have_captions_and_headers(void **state)
{
    struct document *document = *state;
    document_heading(document, "services", "Par service");
    struct table *table = document_table(document, "Légende");
    table_column(table, "Service", true);
    table_column(table, "Servis", false);
    struct cell *cells = table_row(document, table)->cells;
    cells[0].text = "Permis";
    cells[1].text = "12";
    char *page = page_of(document);
    assert_non_null(strstr(page, "<html lang=\"fr\">"));
    assert_non_null(strstr(page, "<caption><span>Légende</span>\n</caption>"));
    assert_non_null(strstr(page, "<th scope=\"col\">Servis</th>"));
    assert_non_null(strstr(page, "<th scope=\"row\" class=\"text\">Permis</th>"));
    assert_non_null(strstr(page, "<section id=\"services\">"));
    assert_non_null(strstr(page, "<a href=\"#services\">"));
    free(page);
}

static void charts_say_what_they_show(void **state)
{
    struct document *document = *state;
    struct chart *chart = chart_create(document->arena, 100, 50);
    chart->title = "Arrivées";
    chart->description = "par quart d'heure";
    for (int i = 0; i < 200; i++) {
        chart_rectangle(chart, i, 0, 1, 10, COLOR_DEEP);
    }
    chart_text(chart, &(struct chart_label){.text = "<10>", .size = 12.0});
    document_chart(document, chart);
    char *page = page_of(document);
    assert_int_equal(chart->shape_count, 201);
    assert_non_null(
        strstr(page, "role=\"img\" aria-labelledby=\"chart1-title chart1-text\""));
    assert_non_null(strstr(page, "<title id=\"chart1-title\">Arrivées</title>"));
    assert_non_null(strstr(page, ">&lt;10&gt;</text>"));
    assert_non_null(strstr(page, "fill=\"#1b4f9c\""));
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arena_keeps_what_was_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_and_blocks_grow, setup, teardown),
        cmocka_unit_test_setup_teardown(a_dropped_column_takes_its_cells, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(reserved_characters_are_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_have_captions_and_headers, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(charts_say_what_they_show, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
