/* The running hall screen; private to display/program*.c. */
#ifndef GUICHET_DISPLAY_PROGRAM_PARTS_H
#define GUICHET_DISPLAY_PROGRAM_PARTS_H

#include "display/hall.h"
#include "display/program.h"
#include "display/scene.h"
#include "runtime/link.h"
#include "runtime/signals.h"
#include "ui/description.h"
#include "ui/painter.h"
#include "ui/sound.h"
#include "ui/window.h"

struct program_display {
    const struct command_line *options;
    const struct program_config *config;
    struct catalogue *catalogue;
    struct painter *painter;
    struct text_measure measure;
    struct window *window;
    struct signals *signals;
    struct link *link;
    struct sound *sound;
    struct sound_clip *chime;        /* NULL: no sound */
    struct description *description; /* NULL: not asked for */

    int64_t site_epoch; /* of the configuration in `hall.site` */
    bool is_unassigned;
    struct zone *zone; /* NULL: not known yet, or not on this machine */
    struct hall_state hall;
    struct board_document board; /* the one that is being read */
    struct site site;            /* the same */
    struct target_list targets;  /* always empty: nobody touches a hall screen */
    struct draw_list *list;
    struct scene_sizes sizes; /* of the last picture, as logged */
    enum scene_layout layout;
    bool needs_drawing;
    int64_t next_draw_ms; /* when time alone changes the picture */
    bool has_shown;       /* a picture reached the window */
    bool has_complained;  /* about the description or the memory, once in a row */

    int64_t next_status_ms;
    struct shown_document
        shown; /* to be published when its sound is over; call 0: none */
};

/* Make the link with its subscriptions and start it. */
enum status display_connect(struct program_display *display, struct error *err);

/* Publish presence; publish an announcement that was drawn and sounded. Without a
 * connection they are left out: the one is repeated, the other is only news. */
void display_publish_status(struct program_display *display);
void display_publish_shown(struct program_display *display);

#endif
