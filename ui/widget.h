/* The parts that all screens are made of. Each is a pure function that adds to the draw
 * list of a struct screen and, where it can be pressed, one target. Strings are UTF-8, in
 * the language of the screen; NULL or "" leaves its place out. Sizes follow the
 * box that is given: texts wrap, then shrink, and are never cut. */
#ifndef GUICHET_UI_WIDGET_H
#define GUICHET_UI_WIDGET_H

#include <stdbool.h>

#include "ui/screen.h"

/* The bar at the top: title at the left, clock or other large word at the right. `detail`
 * stands after the title, smaller. */
struct header {
    const char *title;
    const char *detail;
    const char *clock;
};
void widget_header(struct screen *screen, struct rect at, const struct header *header);

enum button_kind {
    BUTTON_PLAIN,   /* outlined */
    BUTTON_PRIMARY, /* filled */
    BUTTON_ACTION,  /* the one great button of a screen */
    BUTTON_QUIET,   /* no outline: least important */
    BUTTON_KIND_COUNT
};

struct button {
    int id; /* of its target */
    const char *label;
    const char *detail; /* second line: key hint, explanation */
    enum button_kind kind;
    enum icon icon; /* before the label, or ICON_NONE */
    enum key shortcut;
    int label_px;  /* wished size of the label; 0: from the height of the box */
    int detail_px; /* 0: three fifths of the label */
    bool is_disabled;
};
void widget_button(struct screen *screen, struct rect at, const struct button *button);

/* A white card with a border, not pressable; returns the inside, with a margin. */
struct rect widget_card(struct screen *screen, struct rect at, bool is_quiet);

/* A service's letter on its colour. */
struct badge {
    const char *letter;
    struct colour colour;
    bool is_quiet; /* closed: drawn without the service's colour */
};
void widget_badge(struct screen *screen, struct rect at, const struct badge *badge);

/* One service to choose at the kiosk: letter on its colour, name and detail, wait and
 * persons at the right. */
struct service_card {
    int id;
    struct badge badge;
    const char *name;
    const char *detail;
    const char *wait;    /* "15–25 min" or "Fermé" */
    const char *persons; /* "12 personnes" */
    bool is_disabled;    /* shown, but cannot be chosen */
};
void widget_service_card(struct screen *screen, struct rect at,
                         const struct service_card *card);

/* A light as shape, name and word: "2" over "Libre". With an empty name the word stands
 * beside the shape. The word is coloured, the name is not. */
struct light_sign {
    enum light_shape light;
    const char *name;
    const char *word;
    bool is_on_header; /* drawn on the header bar instead of a card */
};
void widget_light(struct screen *screen, struct rect at, const struct light_sign *sign);

/* One row of a table: badge, one or two lines at the left, one or two at the right. A
 * line under it separates it from the next. */
struct row {
    const struct badge *badge; /* NULL: none */
    const char *name;
    const char *detail;
    const char *value;
    const char *unit;
    int name_px;    /* wished size of the name; 0: from the height of the row */
    int value_px;   /* of the value; 0: from the height */
    bool is_strong; /* the value is bold */
    bool is_late;   /* the value is drawn as beyond the standard, and bold */
    bool has_line_below;
    int id; /* pressable when not TARGET_NONE */
};
void widget_row(struct screen *screen, struct rect at, const struct row *row);

/* `part` of `whole` as a bar; `whole` >= 1, 0 <= part <= whole. */
void widget_progress(struct screen *screen, struct rect at, int part, int whole);

/* A message in a coloured strip: what is stale, offline, or to be told for a while. */
enum notice_kind {
    NOTICE_INFO,    /* a message of the office */
    NOTICE_WARNING, /* something is not as it should be */
    NOTICE_KIND_COUNT
};
struct notice {
    enum notice_kind kind;
    const char *label; /* short: "Info"; "" for the icon alone */
    const char *text;
};
void widget_notice(struct screen *screen, struct rect at, const struct notice *notice);

#define DIALOGUE_BUTTONS_MAX 4
#define DIALOGUE_CHOICES_MAX 5

/* A question over the screen. What lies behind is dimmed and can no longer be pressed;
 * draw it last. */
struct dialogue {
    const char *title;
    const char *text;
    enum icon icon;               /* or ICON_NONE */
    const struct button *buttons; /* in reading order; drawn side by side */
    int button_count;             /* 1 to DIALOGUE_BUTTONS_MAX */
    int button_height_px;         /* where a finger needs more than the usual */
    const struct button *choices; /* a lower row over the buttons: what goes with them */
    int choice_count;             /* 0 to DIALOGUE_CHOICES_MAX */
    int part;                     /* of `whole` as a bar over the buttons: time left */
    int whole;                    /* 0: no bar */
};
void widget_dialogue(struct screen *screen, const struct dialogue *dialogue);

/* The ring of the keyboard focus around `at`, when `id` is in focus and the focus shows.
 * widget_… draw it themselves; for targets that a screen adds by itself. */
void widget_focus_ring(struct screen *screen, struct rect at, int id);

#endif
