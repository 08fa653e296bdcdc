/* The paper slip a citizen takes away: one layout, as a PDF for the printer and as a PNG
 * for the screen and for people who check it.
 * A printer that takes no PDF gets the same page as dots.
 *
 * A roll printer cuts where the page ends, so the page is as high as its content. The
 * number stands alone on its line, at least 10 mm high; every other text has at least 13
 * points (4.6 mm); all is black on white in Noto Sans, which the PDF carries within it.
 * Long names wrap and are never cut. The same slip always gives the same bytes. */
#ifndef GUICHET_PRINTING_SLIP_H
#define GUICHET_PRINTING_SLIP_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* Widths of paper rolls on sale, in mm. */
#define SLIP_WIDTH_MM_MIN     58
#define SLIP_WIDTH_MM_DEFAULT 80
#define SLIP_WIDTH_MM_MAX     112

/* Resolution of the PNG: that of receipt printers. */
#define SLIP_DPI 203

/* What the slip says, in the citizen's language and in UTF-8. Borrowed for the rendering.
 * Only `label` is required; a text that is NULL or empty takes no room. */
struct slip {
    const char *language;       /* BCP 47, e.g. "fr"; NULL: "fr" */
    const char *site;           /* "Préfecture du Rhône" */
    const char *service_letter; /* "A" */
    const char *service_name;   /* "Certificat d’immatriculation" */
    const char *label;          /* "A042" */
    const char *wait;           /* "Attente estimée : 15–25 min" */
    const char *ahead;          /* "12 personnes avant vous" */
    const char *notice; /* "Les numéros ne sont pas toujours appelés dans l’ordre." */
    const char *taken;  /* "lundi 23 novembre 2026, 10:42" */
    const char
        *note; /* what the office adds, "Préparez votre justificatif de domicile" */
    const char *copy; /* "COPIE", on a slip printed again; NULL on the first */
};

/* The page as a thermal head burns it, at SLIP_DPI over the whole width of the paper. */
struct slip_dots {
    unsigned char *rows; /* owned; 1 is black, the leftmost dot in the highest bit */
    uint32_t width;      /* in dots; a row has slip_row_bytes() */
    uint32_t height;
};

/* A rendered slip. */
struct slip_page {
    unsigned char *bytes; /* owned */
    size_t length;
    uint32_t width_mm;
    uint32_t height_mm;
    struct slip_dots dots; /* of a PDF only; rows is NULL otherwise */
};

/* Bytes of one row of `width` dots. */
static inline size_t slip_row_bytes(uint32_t width)
{
    return ((size_t)width + 7) / 8;
}

/* White on either side of paper `width_mm` wide, where no head reaches: heads for rolls
 * of 58 mm have 48 mm, those for 80 mm have 72 mm. */
static inline uint32_t slip_margin_mm(uint32_t width_mm)
{
    return width_mm < 72 ? 5 : 4;
}

/* Render `slip` on paper `width_mm` wide (SLIP_WIDTH_MM_MIN to _MAX) as a PDF of one
 * page and as dots. The page is the caller's, who frees it with slip_page_finish().
 * ERR_INVALID for a width out of range, a missing label or a text that is not UTF-8;
 * ERR_IO when cairo fails, mostly for want of memory. On failure nothing is written to
 * `ret_page`. */
enum status slip_render_pdf(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err);

/* The same as a grey PNG at SLIP_DPI. */
enum status slip_render_png(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err);

/* Free the bytes. Accepts a zeroed page. */
void slip_page_finish(struct slip_page *page);

#endif
