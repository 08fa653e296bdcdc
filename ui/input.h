/* What people do at a screen, as plain events, and the rules by which a press counts.
 *
 * The rules (EN 301 549 5.7–5.9, WCAG 2.5.2): a target is activated when the finger or
 * mouse button is let go on the target it went down on; sliding off cancels; nothing
 * depends on how long it is held; a second activation in the same place within half a
 * second is ignored, so that a double tap counts once even when the first tap changed the
 * page (the same for one key pressed twice; two different keys are both meant); a key
 * held down counts once. One pointer at a time; others are ignored until it
 * is let go.
 *
 * Keyboard: Tab and Shift-Tab go through the targets in the order they were added, arrows
 * to the nearest one in their direction, Enter and Space activate the one in focus. The
 * focus shows once a key has moved it and hides when a pointer is used. A target may have
 * a shortcut key of its own; Enter and Space reach such a target only while no focus
 * shows, because a person who moved the focus expects them to mean what is in focus.
 *
 * Pure: machine time comes in with each event. */
#ifndef GUICHET_UI_INPUT_H
#define GUICHET_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/geometry.h"

#define TARGETS_MAX        320
#define TARGET_LABEL_BYTES 128

/* No target. Identifiers of targets are > 0 and each means one thing on one page. */
#define TARGET_NONE 0

enum key {
    KEY_NONE,
    KEY_TAB,
    KEY_BACK_TAB,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_ENTER,
    KEY_SPACE,
    KEY_ESCAPE,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_HOME,
    KEY_END,
    KEY_F1,
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F5,
    KEY_F6,
    KEY_F7,
    KEY_F8,
    KEY_F9,
    KEY_F10,
    KEY_F11,
    KEY_F12,
    KEY_CHARACTER, /* any other: `code` says which */
    KEY_COUNT
};

enum input_kind {
    INPUT_NONE, /* waiting ended without an event */
    INPUT_DOWN, /* finger or left mouse button */
    INPUT_MOVE,
    INPUT_UP,
    INPUT_CANCEL,  /* the system took the pointer away */
    INPUT_KEY,     /* a key went down */
    INPUT_WAKE,    /* window_wake() was called */
    INPUT_RESIZED, /* the window has another size: draw again */
    INPUT_CLOSE,   /* the window shall close */
    INPUT_TEXT,    /* characters were written, beside the key's own event */
    INPUT_KIND_COUNT
};

/* What one event of writing holds at most, with its final NUL. */
#define INPUT_TEXT_BYTES 32

/* The mouse among the pointers; fingers have other numbers. */
#define POINTER_MOUSE (-1)

struct input_event {
    enum input_kind kind;
    int64_t at_ms;   /* machine time */
    int64_t pointer; /* which finger, or POINTER_MOUSE */
    int x;           /* pixels of the window */
    int y;
    enum key key;
    uint32_t code;  /* KEY_CHARACTER: the Unicode character, upper case for letters */
    bool is_repeat; /* the key is held down */
    char text[INPUT_TEXT_BYTES]; /* INPUT_TEXT: UTF-8, as the keyboard's layout has it */
};

/* Something that can be activated; part of a screen beside its draw list. */
struct target {
    int id;
    struct rect at;
    bool is_enabled;
    enum key shortcut;              /* KEY_NONE: only by pointer and focus */
    char label[TARGET_LABEL_BYTES]; /* what it is called: spoken, and named in tests */
};

/* The targets of one picture, in reading order. */
struct target_list {
    size_t count;
    struct target targets[TARGETS_MAX];
};

/* Empty the list, for the next picture or because a dialogue now covers what was added.
 */
void target_list_clear(struct target_list *list);

/* Add a target; its `id` must not yet be in the list and the list not full (both are
 * mistakes of the screen's code and stop the program). A label too long is cut. */
void target_list_add(struct target_list *list, const struct target *target,
                     const char *label);

/* The target `id`, or NULL. */
const struct target *target_list_find(const struct target_list *list, int id);

/* The topmost (last added) target at a point, or NULL. */
const struct target *target_list_at(const struct target_list *list, int x, int y);

/* Where the person is between two events. Start with all zero: {0}. */
struct input {
    int pressed; /* held down and still under the pointer: draw it pressed */
    int focused; /* where the keyboard is */
    bool shows_focus;
    bool has_pointer; /* a pointer is down: `held` is what it went down on */
    int held;
    int64_t pointer;
    int64_t pointer_since_ms;
    bool has_activated; /* the last activation, for the rule of half a second */
    int64_t activated_at_ms;
    enum key activated_key; /* KEY_NONE: by a pointer */
    uint32_t activated_code;
    struct rect activated_at;
};

struct input_outcome {
    int activated;   /* TARGET_NONE or the target whose turn it is */
    int refused;     /* TARGET_NONE or the disabled target that a finger came down on */
    bool is_changed; /* pressed or focus look different: draw again */
    enum key key; /* a key that meant nothing here, for the screen itself; or KEY_NONE */
    uint32_t code;
};

/* Apply one event on the targets of the picture that is on the screen now. */
struct input_outcome input_feed(struct input *input, const struct target_list *targets,
                                const struct input_event *event);

/* Put the focus on `id` (or TARGET_NONE) without showing it: where Tab goes on from, e.g.
 * the first button of a new page. Also forgets what is held. */
void input_reset(struct input *input, int id);

#endif
