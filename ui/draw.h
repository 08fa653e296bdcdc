/* The draw list: what a screen shows, as a bounded list of rectangles, texts and icons.
 *
 * Every screen is a pure function that fills such a list; nothing here draws. The window
 * (ui/window.h) paints a list and the tests read it, so screens are tested without SDL.
 *
 * Use: draw_list_begin(), any number of draw_…(), draw_list_end(). Later commands cover
 * earlier ones. */
#ifndef GUICHET_UI_DRAW_H
#define GUICHET_UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"
#include "ui/geometry.h"
#include "ui/measure.h"

/* A board with 64 counters, 16 services and 16 calls needs about 600 commands and 8 KiB
 * of text; a list has room for three times that. */
#define DRAW_COMMANDS_MAX   2048
#define DRAW_TEXT_BYTES_MAX 32768
#define DRAW_CLIPS_MAX      8

struct colour {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
    uint8_t alpha; /* 0 draws nothing, 255 covers */
};

/* A covering colour from its 24-bit form, e.g. 0x127a42. */
struct colour colour_rgb(uint32_t rgb);

enum icon {
    ICON_NONE,    /* draws nothing */
    ICON_FREE,    /* disc with tick: the green light */
    ICON_BUSY,    /* square with bar: the red light */
    ICON_OFF,     /* ring: no light */
    ICON_PAUSED,  /* ring with two bars: no light, back soon */
    ICON_ARROW,   /* to the right: from a ticket to its counter */
    ICON_BACK,    /* arrow to the left */
    ICON_CHEVRON, /* to the right: more behind this */
    ICON_CHECK,   /* tick alone */
    ICON_CROSS,   /* two crossing strokes */
    ICON_PAUSE,   /* two bars alone */
    ICON_WARNING, /* triangle with exclamation mark */
    ICON_INFO,    /* disc with i */
    ICON_CLOCK,   /* ring with two hands */
    ICON_PRINTER, /* paper leaving a box */
    ICON_TICKET,  /* slip with notches */
    ICON_PERSON,  /* head and shoulders */
    ICON_PERSONS, /* two of them */
    ICON_SPEAKER, /* loudspeaker with waves */
    ICON_COUNT
};

/* Corners that `radius_px` rounds; 0 means all four. */
enum draw_corner {
    CORNER_TOP_LEFT = 1,
    CORNER_TOP_RIGHT = 2,
    CORNER_BOTTOM_RIGHT = 4,
    CORNER_BOTTOM_LEFT = 8,
    CORNERS_LEFT = CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT,
    CORNERS_TOP = CORNER_TOP_LEFT | CORNER_TOP_RIGHT,
    CORNERS_ALL = 15
};

struct draw_rect {
    struct rect at;
    int radius_px;        /* 0: square corners; cut to half of the shorter side */
    unsigned corners;     /* of enum draw_corner; 0 means CORNERS_ALL */
    struct colour fill;   /* alpha 0: outline only */
    struct colour stroke; /* lies inside `at` */
    int stroke_px;        /* 0: no outline */
};

struct draw_text {
    int x_px;        /* left end, whatever the reading direction */
    int baseline_px; /* where the letters stand */
    int width_px; /* as the layout measured it; for checks, the painter does not need it
                   */
    struct text_style style;
    struct colour colour;
};

struct draw_icon {
    enum icon icon;
    struct rect at; /* drawn as the largest centred square */
    struct colour body;
    struct colour ink; /* of what lies on the body: tick, bar, exclamation mark */
};

enum draw_kind { DRAW_RECT, DRAW_TEXT, DRAW_ICON, DRAW_KIND_COUNT };

struct draw_command {
    enum draw_kind kind;
    struct rect clip; /* nothing outside it is touched */
    union {
        struct draw_rect rect;
        struct draw_text text;
        struct draw_icon icon;
    };
    size_t string; /* DRAW_TEXT: where its string begins in the list's bytes */
};

struct draw_list {
    int width_px;
    int height_px;
    size_t command_count;
    size_t byte_count;
    size_t clip_count;
    bool is_overflown; /* something did not fit; draw_list_end() stops the program */
    struct rect clips[DRAW_CLIPS_MAX];
    struct draw_command commands[DRAW_COMMANDS_MAX];
    char bytes[DRAW_TEXT_BYTES_MAX];
};

/* A list on the heap (it is too large for a stack); NULL when memory is out. The caller
 * frees it with draw_list_destroy(), which accepts NULL. */
struct draw_list *draw_list_create(void);
void draw_list_destroy(struct draw_list *list);

/* Empty the list for a picture of `width_px` × `height_px` (both >= 1). */
void draw_list_begin(struct draw_list *list, int width_px, int height_px);

/* The picture is complete. Stops the program when a clip was left pushed or the list's
 * bounds were passed: both are mistakes of the screen's code. */
void draw_list_end(struct draw_list *list);

/* Restrict what follows to `rect` (and to what was already in force), until the pop. */
void draw_clip_push(struct draw_list *list, struct rect rect);
void draw_clip_pop(struct draw_list *list);

/* Add one command. A rectangle, text or icon without any visible pixel (empty, or wholly
 * outside the clip) is left out. A string is UTF-8 and is copied; draw_text_part() takes
 * its first `length` bytes. */
void draw_rect(struct draw_list *list, const struct draw_rect *rect);
void draw_text(struct draw_list *list, const struct draw_text *text, const char *string);
void draw_text_part(struct draw_list *list, const struct draw_text *text,
                    const char *string, size_t length);
void draw_icon(struct draw_list *list, const struct draw_icon *icon);

/* The string of a DRAW_TEXT command of this list; valid until the next draw_list_begin().
 */
const char *draw_list_string(const struct draw_list *list,
                             const struct draw_command *command);

/* The line that the letters of a text stand in, accents and descending letters included.
 */
struct rect draw_text_box(const struct draw_text *text);

/* The pixels a command may touch, generously: a text's marks may reach beyond its line.
 */
struct rect draw_command_bounds(const struct draw_command *command);

/* Write the list for a reader, one command a line, e.g.
 *   text 520,96 size 40 bold #0b1f33 "Guichet 3"
 * Positions are pixels; texts give their left end and baseline. */
void draw_list_text(const struct draw_list *list, struct text *text);

/* The first text command whose string is `string`, or NULL. */
const struct draw_command *draw_list_find(const struct draw_list *list,
                                          const char *string);

/* Whether every visible text lies wholly inside the picture and its clip and covers no
 * other visible text. A text under a later rectangle of at least half opacity is not
 * visible. Returns ERR_INVALID with a sentence that names the first text that breaks the
 * rule. */
enum status draw_list_check(const struct draw_list *list, struct error *err);

#endif
