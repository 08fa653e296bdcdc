/* What all windows of guichet-counter have in common: window, link, courier, status,
 * texts and the one loop. What a window shows and does is its work (struct frame_work).
 *
 * The loop waits for a person, for the link's thread (window_wake) and for the next
 * moment at which something changes by itself. Nothing is polled. */
#ifndef GUICHET_COUNTER_FRAME_H
#define GUICHET_COUNTER_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"
#include "runtime/catalogue.h"
#include "runtime/codec_reply.h"
#include "runtime/command_line.h"
#include "runtime/courier.h"
#include "runtime/link.h"
#include "runtime/program_config.h"
#include "ui/input.h"
#include "ui/screen.h"

/* What one kind of window does. All run on the window's thread, with the frame's `data`.
 */
struct frame_work {
    /* One message that is neither the site's configuration nor a reply; false: it is. */
    bool (*take_message)(void *data, const struct message *message);
    void (*take_site)(void *data, const struct site *site);
    void (*take_reply)(void *data, const struct reply_document *reply, int64_t now_ms);
    void (*draw)(void *data, struct screen *screen, int64_t now_ms);
    /* The first lines of the description: page, state and dialogue. */
    void (*describe)(const void *data, struct text *head);
    /* A character key; false: nothing is typed now, and it stands for no action. */
    bool (*take_character)(void *data, uint32_t code, int64_t now_ms);
    /* Any key or writing, before all else; false: it is left to the others. NULL: there
     * is nothing to write, and the window takes no text. */
    bool (*take_input)(void *data, const struct input_event *event, int64_t now_ms);
    /* A target was touched, clicked or chosen with the keyboard. */
    void (*press)(void *data, int target, int64_t now_ms);
    /* The next moment at which something changes by itself, and that it has come. */
    int64_t (*wake_ms)(const void *data, int64_t now_ms);
    void (*pass_time)(void *data, int64_t now_ms);
    /* Whether nobody is in the middle of something. */
    bool (*is_idle)(const void *data);
    /* What this kind of device adds to its status; may be NULL. */
    void (*add_status)(const void *data, struct status_document *status);
    /* What is to be done once the picture is on the screen, after whatever has come; may
     * be NULL. Returns whether the picture is another one now. */
    bool (*follow)(void *data);
};

/* A window's frame. The caller fills the first four in and zeroes the rest. */
struct frame {
    const struct command_line *line;
    const struct program_config *config;
    const struct frame_work *work;
    void *data;

    struct link *link;
    struct courier *courier;
    struct catalogue *catalogue;
    struct reply_document *reply;
    struct input input;
    bool must_draw;
    bool must_end;

    struct frame_parts *parts; /* of frame.c */
};

/* Make window, courier and link, which subscribes to the `topic_count` topics, the site's
 * configuration and the replies. frame_close() must be called whatever comes of it. */
enum status frame_open(struct frame *frame, const char *const *topics, size_t topic_count,
                       struct error *err);

/* Work until the window is closed or a signal ends it; signals must be blocked already.
 * Returns whether to start again with the configuration file as it is now (SIGHUP), which
 * is sound. */
bool frame_run(struct frame *frame);

void frame_close(struct frame *frame);

/* Send the command, unless it cannot be stored, which is logged. */
void frame_send(struct frame *frame, struct command_document *command, int64_t now_ms);

/* Let the loop go round: for other threads, with the frame as `data`. */
void frame_wake(void *data);

/* guichet/v1/<site>/<kind>/<id>/<leaf> of the window's own identity. */
void frame_topic(const struct program_config *config, const char *leaf,
                 char ret_topic[LINK_TOPIC_MAX + 1]);

#endif
