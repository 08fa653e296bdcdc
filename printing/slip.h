/* The paper slip a citizen takes away: one layout, as a PDF for the printer and as a PNG
 * for the screen and for people who check it.
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
    const char *copy;   /* "COPIE", on a slip printed again; NULL on the first */
};

/* A rendered slip. */
struct slip_page {
    unsigned char *bytes; /* owned */
    size_t length;
    uint32_t width_mm;
    uint32_t height_mm;
};

/* Render `slip` on paper `width_mm` wide (SLIP_WIDTH_MM_MIN to _MAX) as a PDF of one
 * page. The page is the caller's, who frees it with slip_page_finish(). ERR_INVALID for
 * a width out of range, a missing label or a text that is not UTF-8; ERR_IO when cairo
 * fails, mostly for want of memory. On failure nothing is written to `ret_page`. */
enum status slip_render_pdf(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err);

/* The same as a grey PNG at SLIP_DPI. */
enum status slip_render_png(const struct slip *slip, uint32_t width_mm,
                            struct slip_page *ret_page, struct error *err);

/* Free the bytes. Accepts a zeroed page. */
void slip_page_finish(struct slip_page *page);

#endif
