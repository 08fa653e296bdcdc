/* Screens in the manner of the three programs, made of the widgets alone: for the picture
 * gallery, the bench and the tests of ui/. */
#ifndef GUICHET_TESTS_UI_SAMPLE_SCREENS_H
#define GUICHET_TESTS_UI_SAMPLE_SCREENS_H

#include "ui/screen.h"

/* A hall board as at 10:42; `call_count` calls so far (0 to 4 are shown). */
void sample_board(struct screen *screen, int call_count);

/* The kiosk's choice of services; with a dialogue over it when `has_dialogue`. */
void sample_kiosk(struct screen *screen, bool has_dialogue);

/* An agent's window; with a dialogue over it when `has_dialogue`. */
void sample_counter(struct screen *screen, bool has_dialogue);

/* One of everything: buttons of every kind and state, lights, icons, rows, notices. */
void sample_widgets(struct screen *screen);

#endif
