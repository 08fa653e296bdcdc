/* Colours by their part in a screen, and the contrast they must keep.
 *
 * Every pair of text and ground that the widgets use stands in a table, and a test holds
 * it to the contrast of WCAG 2.x: 4.5:1, and 7:1 for called numbers and for the whole
 * theme of high contrast. */
#ifndef GUICHET_UI_THEME_H
#define GUICHET_UI_THEME_H

#include <stddef.h>

#include "ui/draw.h"

enum theme_id {
    THEME_DAY,      /* kiosk and counter: dark text on light grounds */
    THEME_HALL,     /* hall screens: light text on dark grounds, seen from afar */
    THEME_CONTRAST, /* for low vision: white and yellow on black */
    THEME_COUNT
};

enum role {
    ROLE_BACKGROUND,
    ROLE_SURFACE,       /* cards, rows, dialogues */
    ROLE_SURFACE_QUIET, /* cards of what is closed */
    ROLE_TEXT,
    ROLE_TEXT_MUTED, /* details, units, column heads */
    ROLE_TEXT_QUIET, /* on ROLE_SURFACE_QUIET and on what cannot be pressed */
    ROLE_TEXT_LATE,  /* beyond the standard */
    ROLE_TEXT_GOOD,
    ROLE_BORDER,  /* around cards, between rows: decoration */
    ROLE_OUTLINE, /* around what can be pressed: at least 3:1 */
    ROLE_HEADER,
    ROLE_HEADER_TEXT,
    ROLE_PRIMARY, /* the usual strong button */
    ROLE_PRIMARY_TEXT,
    ROLE_ACTION, /* the one great button */
    ROLE_ACTION_TEXT,
    ROLE_HIGHLIGHT, /* the newest call */
    ROLE_HIGHLIGHT_TEXT,
    ROLE_NOTICE, /* label of a message, stale or offline sign */
    ROLE_NOTICE_TEXT,
    ROLE_FOCUS, /* ring of the keyboard focus: at least 3:1 on every ground */
    ROLE_TRACK, /* the part of a progress bar still to come */
    ROLE_VEIL,  /* over the screen behind a dialogue */
    ROLE_FREE,
    ROLE_FREE_INK,
    ROLE_FREE_TEXT,
    ROLE_BUSY,
    ROLE_BUSY_INK,
    ROLE_BUSY_TEXT,
    ROLE_OFF,
    ROLE_COUNT
};

struct theme {
    enum theme_id id;
    const char *name; /* as written in a configuration file */
    struct colour colours[ROLE_COUNT];
};

/* The theme `id`; lives as long as the program. */
const struct theme *theme_get(enum theme_id id);

struct colour theme_colour(const struct theme *theme, enum role role);

/* Contrast of two covering colours by WCAG 2.x: (L1 + 0.05) / (L2 + 0.05) with the
 * relative luminances of sRGB; 1 to 21. */
double colour_contrast(struct colour a, struct colour b);

/* Relative luminance of WCAG 2.x, 0 (black) to 1 (white); the grey a colour turns into.
 */
double colour_luminance(struct colour colour);

/* `part` 0 to 255 of `b` mixed into `a`. */
struct colour colour_mix(struct colour a, struct colour b, int part);

/* White or black, whichever reads on `ground`: white when it has 4.5:1, else the better.
 * One of them always has at least 4.5:1. */
struct colour colour_ink_on(struct colour ground);

struct ground {
    struct colour fill;
    struct colour ink;
};

/* Ground and ink of a service's letter, at least 4.5:1: the service's own colour (a
 * little darker where white would just miss it), or white with black in the theme of high
 * contrast, where 7:1 is promised. */
struct ground theme_service(const struct theme *theme, struct colour service);

enum light_shape {
    LIGHT_SHAPE_OFF,
    LIGHT_SHAPE_FREE,
    LIGHT_SHAPE_BUSY,
    LIGHT_SHAPE_PAUSED,
    LIGHT_SHAPE_COUNT
};

/* How a counter's light looks: the shape tells the state without the colour. */
struct light_look {
    enum icon icon;
    struct colour body;
    struct colour ink;
    struct colour word; /* of the word or number beside it */
};
struct light_look theme_light(const struct theme *theme, enum light_shape light);

/* A pair that the widgets draw, with the contrast it must have. */
struct theme_pair {
    enum role ink;
    enum role ground;
    double contrast_min;
};

/* The pairs; `*ret_count` is their number. */
const struct theme_pair *theme_pairs(size_t *ret_count);

#endif
