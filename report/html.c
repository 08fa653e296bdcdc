/* See html.h. Figures stand in tables with headers and captions, charts have a title and
 * a description, colours keep a contrast of 4.5 to 1 against their ground. */
#include "report/html.h"

#include <string.h>

#include "report/svg.h"

/* Rule by rule; the last one is for printing. */
/* clang-format off */
static const char *const style[] = {
    ":root{--ink:#0b1f33;--muted:#44566b;--line:#c9d6e4;--panel:#f2f6fc;"
    "--deep:#1b4f9c;--green:#12723f;--red:#b3261e}\n",
    "*{box-sizing:border-box}\n",
    "html{-webkit-text-size-adjust:100%}\n",
    "body{margin:0;background:#e9eff6;color:var(--ink);"
    "font:16px/1.5 \"Noto Sans\",\"Segoe UI\",\"Helvetica Neue\",Arial,"
    "sans-serif}\n",
    "header{background:var(--ink);color:#fff;padding:28px max(24px,"
    "calc((100% - 1120px)/2))}\n",
    "header p{margin:0;color:#d5e0ec}\n",
    "header h1{margin:2px 0 4px;font-size:34px;line-height:1.15;"
    "font-weight:700}\n",
    "header .date{font-size:20px;color:#fff;margin-bottom:2px}\n",
    "nav{background:#fff;border-bottom:1px solid var(--line);"
    "padding:10px max(24px,calc((100% - 1120px)/2));display:flex;"
    "flex-wrap:wrap;gap:4px 20px}\n",
    "nav a{color:var(--deep);text-decoration:none;font-size:15px}\n",
    "nav a:hover,nav a:focus{text-decoration:underline}\n",
    "main{max-width:1168px;margin:0 auto;padding:20px 24px 48px}\n",
    "section{background:#fff;border:1px solid var(--line);border-radius:14px;"
    "padding:20px 24px 24px;margin:20px 0}\n",
    "h2{font-size:22px;line-height:1.25;margin:0 0 14px}\n",
    ".notice{background:#fff4d6;border:2px solid #b07d00;border-radius:12px;"
    "padding:12px 18px;margin:14px 0;font-weight:600}\n",
    ".cards{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));"
    "gap:14px;margin:20px 0}\n",
    ".card{background:#fff;border:1px solid var(--line);border-radius:14px;"
    "padding:16px 20px}\n",
    ".card.wide{grid-column:span 2}\n",
    ".card h3{margin:0;font-size:15px;font-weight:600;color:var(--muted)}\n",
    ".card .value{font-size:30px;line-height:1.25;font-weight:700;margin:2px 0;"
    "font-variant-numeric:tabular-nums;white-space:nowrap}\n",
    ".card.wide .value{font-size:46px}\n",
    ".card .note{margin:0;font-size:14px;color:var(--muted)}\n",
    ".card.good .value{color:var(--green)}.card.bad .value{color:var(--red)}\n",
    ".gauge{position:relative;height:16px;border-radius:8px;background:#dde6f0;"
    "margin:8px 0 8px}\n",
    ".gauge span{display:block;height:100%;border-radius:8px;"
    "background:var(--green)}\n",
    ".card.bad .gauge span{background:var(--red)}\n",
    ".gauge i{position:absolute;top:-5px;bottom:-5px;width:3px;"
    "margin-left:-1px;background:var(--ink)}\n",
    "figure{margin:8px 0 0}\n",
    "figure svg{display:block;width:100%;min-width:680px;height:auto;"
    "font-family:inherit}\n",
    "figcaption{font-size:15px;font-weight:600;margin-bottom:10px}\n",
    ".scroll{overflow-x:auto}\n",
    "table{border-collapse:collapse;width:100%;font-size:15px;"
    "font-variant-numeric:tabular-nums}\n",
    "caption{text-align:left;color:var(--muted);font-size:14px;"
    "padding-bottom:8px}\n",
    "caption span{position:sticky;left:0;display:inline-block;"
    "max-width:calc(100vw - 58px)}\n",
    "th,td{padding:7px 8px;text-align:right;border-bottom:1px solid #e1e8f0;"
    "vertical-align:middle}\n",
    "thead th,thead td{border-bottom:2px solid var(--ink);font-size:13px;"
    "line-height:1.25;vertical-align:bottom;color:var(--muted)}\n",
    "th.text,td.text{text-align:left}\n",
    "tbody th.text{min-width:11.5em}\n",
    "tbody th{font-weight:400}\n",
    "tr.total th,tr.total td{font-weight:700;background:var(--panel)}\n",
    ".zero{color:#66788c}\n",
    ".chip{display:inline-block;min-width:24px;padding:0 5px;margin-right:9px;"
    "border-radius:6px;color:#fff;text-align:center;font-weight:700;"
    "font-size:14px;line-height:24px}\n",
    ".share{display:inline-flex;align-items:center;justify-content:flex-end;"
    "gap:8px}\n",
    ".share span+span{min-width:4.1em;text-align:right}\n",
    ".bar{position:relative;display:inline-block;width:54px;height:10px;"
    "background:#dde6f0;border-radius:3px;flex:none}\n",
    ".bar b{display:block;height:100%;background:var(--deep);border-radius:3px}\n",
    ".bar i{position:absolute;top:-3px;bottom:-3px;width:2px;margin-left:-1px;"
    "background:var(--ink)}\n",
    "dl{display:grid;grid-template-columns:minmax(120px,200px) 1fr;"
    "gap:8px 20px;margin:0}\n",
    "dt{font-weight:700}dd{margin:0}\n",
    "footer{max-width:1168px;margin:0 auto;padding:0 24px 40px;"
    "color:var(--muted);font-size:14px}\n",
    "@media screen and (max-width:800px){.cards{grid-template-columns:repeat(2,"
    "minmax(0,1fr))}.card{padding:12px 14px}.card .value{font-size:22px}main,"
    "section{padding-left:14px;padding-right:14px}dl{grid-template-columns:1fr;"
    "gap:2px}dd{margin-bottom:10px}}\n",
    "@media print{@page{size:A4;margin:12mm}figure svg{min-width:0}body{background:#fff;"
    "font-size:10.5pt}nav{display:none}header{padding:14px 18px;"
    "border-radius:8px;-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}main,footer{max-width:none;padding-left:0;"
    "padding-right:0}section{border:0;padding:8px 0;margin:10px 0}"
    "h2{break-after:avoid}.card,figure,tr{break-inside:avoid}"
    "thead{display:table-header-group}table{font-size:8.5pt}"
    "thead th{font-size:7.5pt}th,td{padding:3px 4px}.bar{width:34px}"
    "tbody th.text{min-width:9em}.cards{gap:8px}.card{padding:8px 12px}"
    ".card h3{font-size:8.5pt}.card .note{font-size:8pt}"
    ".card .value{font-size:15pt}.card.wide .value{font-size:24pt}"
    "dl{font-size:9pt;gap:4px 14px}dt,dd{break-inside:avoid}.gauge,.gauge span,"
    ".gauge i,.bar,.bar b,.bar i,.chip,.notice,tr.total th,"
    "tr.total td{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n",
};
/* clang-format on */

struct page {
    FILE *out;
    unsigned chart_count;
    bool is_in_section;
};

/* An opening tag with its attributes, and the text in it; closed by the caller. */
static void element(FILE *out, const char *tag, const char *text)
{
    (void)fprintf(out, "<%s>", tag);
    svg_write_text(text, out);
    (void)fprintf(out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

static void write_cards(FILE *out, const struct block *block)
{
    static const char *const tones[] = {
        [TONE_PLAIN] = "", [TONE_GOOD] = " good", [TONE_BAD] = " bad"};
    (void)fputs("<div class=\"cards\">\n", out);
    for (size_t i = 0; i < block->card_count; i++) {
        const struct card *card = &block->cards[i];
        (void)fprintf(out, "<div class=\"card%s%s\">\n", card->is_wide ? " wide" : "",
                      tones[card->tone]);
        element(out, "h3", card->label);
        element(out, "p class=\"value\"", card->value);
        if (card->has_gauge) {
            (void)fprintf(out,
                          "<div class=\"gauge\" aria-hidden=\"true\"><span "
                          "style=\"width:%.1f%%\"></span>",
                          card->gauge * 100.0);
            if (card->goal >= 0.0) {
                (void)fprintf(out, "<i style=\"left:%.1f%%\"></i>", card->goal * 100.0);
            }
            (void)fputs("</div>\n", out);
        }
        element(out, "p class=\"note\"", card->note);
        (void)fputs("</div>\n", out);
    }
    (void)fputs("</div>\n", out);
}

static void write_cell(FILE *out, const struct column *column, const struct cell *cell,
                       bool is_head)
{
    const char *tag = is_head ? "th scope=\"row\"" : "td";
    bool is_text = column->is_text;
    (void)fprintf(out, "<%s%s%s>", tag, is_text ? " class=\"text\"" : "",
                  !is_text && cell->is_muted ? " class=\"zero\"" : "");
    if (cell->has_chip) {
        (void)fprintf(out, "<span class=\"chip\" style=\"background:#%06x\">",
                      (unsigned)cell->chip_rgb);
        svg_write_text(cell->chip, out);
        (void)fputs("</span>", out);
    }
    if (cell->has_bar) {
        (void)fprintf(out,
                      "<span class=\"share\"><span class=\"bar\" aria-hidden=\"true\"><b "
                      "style=\"width:%.0f%%\"></b>",
                      cell->bar * 100.0);
        if (cell->goal >= 0.0) {
            (void)fprintf(out, "<i style=\"left:%.0f%%\"></i>", cell->goal * 100.0);
        }
        (void)fputs("</span>", out);
    }
    (void)fputs(cell->has_bar ? "<span>" : "", out);
    svg_write_text(cell->text, out);
    (void)fprintf(out, "%s</%s>", cell->has_bar ? "</span></span>" : "",
                  is_head ? "th" : "td");
}

static void write_table(FILE *out, const struct table *table)
{
    (void)fputs("<div class=\"scroll\" tabindex=\"0\"><table>\n", out);
    (void)fputs("<caption>", out);
    element(out, "span", table->caption); /* stays in view while the table scrolls */
    (void)fputs("</caption>\n", out);
    (void)fputs("<thead><tr>", out);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (column->title[0] == '\0') {
            (void)fputs("<td></td>", out);
            continue;
        }
        (void)fprintf(out, "<th scope=\"col\"%s>",
                      column->is_text ? " class=\"text\"" : "");
        svg_write_text(column->title, out);
        (void)fputs("</th>", out);
    }
    (void)fputs("</tr></thead>\n<tbody>\n", out);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct row *row = &table->rows[i];
        (void)fputs(row->is_total ? "<tr class=\"total\">" : "<tr>", out);
        for (size_t j = 0; j < table->column_count; j++) {
            write_cell(out, &table->columns[j], &row->cells[j], j == 0);
        }
        (void)fputs("</tr>\n", out);
    }
    (void)fputs("</tbody>\n</table></div>\n", out);
}

static void write_terms(FILE *out, const struct block *block)
{
    (void)fputs("<dl>\n", out);
    for (size_t i = 0; i < block->term_count; i++) {
        element(out, "dt", block->terms[i].name);
        element(out, "dd", block->terms[i].meaning);
    }
    (void)fputs("</dl>\n", out);
}

static void write_figure(struct page *page, const struct chart *chart)
{
    (void)fputs("<figure>\n", page->out);
    element(page->out, "figcaption", chart->title);
    page->chart_count++;
    (void)fputs("<div class=\"scroll\" tabindex=\"0\">\n", page->out);
    svg_write(chart, page->chart_count, page->out);
    (void)fputs("</div></figure>\n", page->out);
}

/* A heading begins a section; what stands before the first one has none but charts. */
static void begin_section(struct page *page, const char *anchor)
{
    if (page->is_in_section) {
        (void)fputs("</section>\n", page->out);
    }
    (void)fputs("<section", page->out);
    if (anchor) {
        (void)fprintf(page->out, " id=\"%s\"", anchor);
    }
    (void)fputs(">\n", page->out);
    page->is_in_section = true;
}

static void write_block(struct page *page, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        begin_section(page, block->anchor);
        element(page->out, "h2", block->text);
        break;
    case BLOCK_TEXT:
        element(page->out, "p", block->text);
        break;
    case BLOCK_NOTICE:
        element(page->out, "p class=\"notice\" role=\"note\"", block->text);
        break;
    case BLOCK_CARDS:
        write_cards(page->out, block);
        break;
    case BLOCK_TABLE:
        write_table(page->out, block->table);
        break;
    case BLOCK_CHART:
        if (!page->is_in_section) {
            begin_section(page, NULL);
        }
        write_figure(page, block->chart);
        break;
    case BLOCK_TERMS:
        write_terms(page->out, block);
        break;
    case BLOCK_KIND_COUNT:
        break;
    }
}

static void write_head(const struct document *document, FILE *out)
{
    (void)fprintf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<meta name=\"generator\" content=\"Guichet\">\n"
        "<title>",
        document->language);
    svg_write_text(document->title, out);
    (void)fputs(" – ", out);
    svg_write_text(document->site, out);
    (void)fputs(" – ", out);
    svg_write_text(document->date, out);
    (void)fputs("</title>\n<style>\n", out);
    for (size_t i = 0; i < sizeof(style) / sizeof(style[0]); i++) {
        (void)fputs(style[i], out);
    }
    (void)fputs("</style>\n</head>\n<body>\n<header>\n", out);
    element(out, "p", document->site);
    element(out, "h1", document->title);
    element(out, "p class=\"date\"", document->date);
    element(out, "p", document->state);
    (void)fputs("</header>\n<nav>\n", out);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct block *block = &document->blocks[i];
        if (block->kind == BLOCK_HEADING) {
            (void)fprintf(out, "<a href=\"#%s\">", block->anchor);
            svg_write_text(block->text, out);
            (void)fputs("</a>\n", out);
        }
    }
    (void)fputs("</nav>\n<main>\n", out);
}

void html_write(const struct document *document, FILE *out)
{
    struct page page = {.out = out};
    write_head(document, out);
    for (size_t i = 0; i < document->block_count; i++) {
        write_block(&page, &document->blocks[i]);
    }
    (void)fprintf(out, "%s</main>\n", page.is_in_section ? "</section>\n" : "");
    element(out, "footer", document->footer);
    (void)fputs("</body>\n</html>\n", out);
}
