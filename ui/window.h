/* The one window of a screen program: shows draw lists and brings what people do, without
 * a type of SDL in sight. It waits without polling; an unchanged picture costs nothing.
 *
 * Pictures are painted in memory and handed to X11 by shared memory, or to whatever else
 * SDL finds (SDL_VIDEODRIVER=dummy for tests). All functions belong to the thread that
 * created the window, except window_wake(). */
#ifndef GUICHET_UI_WINDOW_H
#define GUICHET_UI_WINDOW_H

#include <stdbool.h>

#include "core/error.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/painter.h"

struct window;

struct window_options {
    const char *title;
    int width_px; /* 0 or less, or is_fullscreen: the whole display */
    int height_px;
    bool is_fullscreen;
    bool hides_cursor; /* on a touch screen and a hall screen */
    bool takes_text;   /* INPUT_TEXT is wanted: somebody writes */
    int display_index; /* which of several displays, from 0 */
};

/* Open the window. `painter` must outlive it. Fails with ERR_UNAVAILABLE when there is no
 * display. One window per program. */
enum status window_create(const struct window_options *options, struct painter *painter,
                          struct window **ret_window, struct error *err);
void window_destroy(struct window *window);

/* Present size in pixels; changes are told by INPUT_RESIZED. */
int window_width_px(const struct window *window);
int window_height_px(const struct window *window);

/* Show `list`; only what differs from the picture before is painted and sent. The list
 * should have the window's size: a list of another size is cut or leaves old pixels.
 * Returns whether anything was painted, so that a display can tell what was shown. */
bool window_show(struct window *window, const struct draw_list *list);

/* Wait up to `timeout_ms` (0: not at all; negative: for ever) for the next event and
 * write it. INPUT_NONE when nothing came. Every event's `at_ms` is machine time
 * (CLOCK_MONOTONIC). */
void window_wait(struct window *window, int timeout_ms, struct input_event *ret_event);

/* Make the present or next window_wait() return INPUT_WAKE. From any thread; several
 * calls before it wakes are one. */
void window_wake(struct window *window);

/* Write what the window shows to the PNG file `path`. */
enum status window_save(const struct window *window, const char *path, struct error *err);

#endif
