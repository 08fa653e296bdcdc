/* See svg.h. Errors of the stream are looked at once, by who opened it. */
#include "report/svg.h"

void svg_write_text(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            (void)fputs("&amp;", out);
            break;
        case '<':
            (void)fputs("&lt;", out);
            break;
        case '>':
            (void)fputs("&gt;", out);
            break;
        case '"':
            (void)fputs("&quot;", out);
            break;
        default:
            (void)fputc(*text, out);
            break;
        }
    }
}

static void write_stroke(const struct shape *shape, FILE *out)
{
    if (!shape->has_stroke) {
        return;
    }
    (void)fprintf(out, " stroke=\"#%06x\" stroke-width=\"%.2f\"",
                  (unsigned)shape->stroke_rgb, shape->stroke_width);
    if (shape->is_dashed) {
        (void)fputs(" stroke-dasharray=\"5 4\"", out);
    }
}

static void write_rectangle(const struct shape *shape, FILE *out)
{
    (void)fprintf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"",
                  shape->x, shape->y, shape->width, shape->height);
    if (shape->radius > 0.0) {
        (void)fprintf(out, " rx=\"%.1f\"", shape->radius);
    }
    if (shape->has_fill) {
        (void)fprintf(out, " fill=\"#%06x\"", (unsigned)shape->fill_rgb);
    } else {
        (void)fputs(" fill=\"none\"", out);
    }
    write_stroke(shape, out);
    (void)fputs("/>", out);
}

static void write_path(const struct shape *shape, FILE *out)
{
    (void)fputs("<polyline fill=\"none\" stroke-linejoin=\"round\" points=\"", out);
    for (size_t i = 0; i < shape->point_count; i++) {
        (void)fprintf(out, "%s%.2f,%.2f", i > 0 ? " " : "", shape->points[i].x,
                      shape->points[i].y);
    }
    (void)fputs("\"", out);
    write_stroke(shape, out);
    (void)fputs("/>", out);
}

static void write_label(const struct shape *shape, FILE *out)
{
    static const char *const anchors[] = {
        [ANCHOR_START] = "start", [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"};
    (void)fprintf(out,
                  "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.1f\" fill=\"#%06x\" "
                  "text-anchor=\"%s\"%s>",
                  shape->x, shape->y, shape->size, (unsigned)shape->stroke_rgb,
                  anchors[shape->anchor], shape->is_bold ? " font-weight=\"700\"" : "");
    svg_write_text(shape->text, out);
    (void)fputs("</text>", out);
}

void svg_write(const struct chart *chart, unsigned id, FILE *out)
{
    (void)fprintf(out,
                  "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                  "aria-labelledby=\"chart%u-title chart%u-text\">\n<title "
                  "id=\"chart%u-title\">",
                  chart->width, chart->height, id, id, id);
    svg_write_text(chart->title, out);
    (void)fprintf(out, "</title><desc id=\"chart%u-text\">", id);
    svg_write_text(chart->description, out);
    (void)fputs("</desc>\n", out);
    for (size_t i = 0; i < chart->shape_count; i++) {
        const struct shape *shape = &chart->shapes[i];
        switch (shape->kind) {
        case SHAPE_RECTANGLE:
            write_rectangle(shape, out);
            break;
        case SHAPE_LINE:
            (void)fprintf(out, "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"",
                          shape->x, shape->y, shape->x2, shape->y2);
            write_stroke(shape, out);
            (void)fputs("/>", out);
            break;
        case SHAPE_PATH:
            write_path(shape, out);
            break;
        case SHAPE_TEXT:
            write_label(shape, out);
            break;
        }
        (void)fputc('\n', out);
    }
    (void)fputs("</svg>\n", out);
}
