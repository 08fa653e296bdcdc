/* Rules of pressing; see input.h. */
#include "ui/input.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* A second press in the same place within this time is the same press (A11). */
#define REPEAT_GUARD_MS 500

/* A pointer held longer than this was lost (a screen unplugged in mid-touch); the next
 * one takes its place. */
#define POINTER_LOST_MS 10000

void target_list_clear(struct target_list *list)
{
    list->count = 0;
}

void target_list_add(struct target_list *list, const struct target *target,
                     const char *label)
{
    assert(list->count < TARGETS_MAX);
    assert(target->id > TARGET_NONE && !target_list_find(list, target->id));
    struct target *slot = &list->targets[list->count];
    list->count++;
    *slot = *target;
    (void)text_copy(slot->label, sizeof(slot->label), label); /* cutting is documented */
}

const struct target *target_list_find(const struct target_list *list, int id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->targets[i].id == id) {
            return &list->targets[i];
        }
    }
    return NULL;
}

const struct target *target_list_at(const struct target_list *list, int x, int y)
{
    for (size_t i = list->count; i > 0; i--) {
        if (rect_contains(list->targets[i - 1].at, x, y)) {
            return &list->targets[i - 1];
        }
    }
    return NULL;
}

void input_reset(struct input *input, int id)
{
    input->pressed = TARGET_NONE;
    input->held = TARGET_NONE;
    input->focused = id;
    input->shows_focus = false;
}

/* Whether an activation of something at `at` by `event` would repeat the one just before:
 * the same finger or key twice. Two different keys are meant. */
static bool is_repeated(const struct input *input, struct rect at,
                        const struct input_event *event)
{
    bool is_same_key =
        event->key == input->activated_key && event->code == input->activated_code;
    return input->has_activated && is_same_key &&
           event->at_ms - input->activated_at_ms < REPEAT_GUARD_MS &&
           !rect_is_empty(rect_intersect(at, input->activated_at));
}

static void activate(struct input *input, const struct target *target,
                     const struct input_event *event, struct input_outcome *outcome)
{
    if (!target->is_enabled || is_repeated(input, target->at, event)) {
        return;
    }
    input->has_activated = true;
    input->activated_at_ms = event->at_ms;
    input->activated_key = event->key;
    input->activated_code = event->code;
    input->activated_at = target->at;
    outcome->activated = target->id;
    outcome->is_changed = true;
}

static void pointer_down(struct input *input, const struct target_list *targets,
                         const struct input_event *event, struct input_outcome *outcome)
{
    if (input->has_pointer && event->at_ms - input->pointer_since_ms < POINTER_LOST_MS) {
        return;
    }
    const struct target *target = target_list_at(targets, event->x, event->y);
    bool is_live = target && target->is_enabled;
    input->has_pointer = true;
    input->pointer = event->pointer;
    input->pointer_since_ms = event->at_ms;
    input->held = is_live ? target->id : TARGET_NONE;
    input->pressed = input->held;
    outcome->is_changed = is_live || input->shows_focus;
    input->shows_focus = false;
    if (is_live) {
        input->focused = target->id;
    } else if (target) {
        outcome->refused = target->id;
    }
}

/* Sliding off lets go; sliding back onto the same target takes it up again. */
static void pointer_move(struct input *input, const struct target_list *targets,
                         const struct input_event *event, struct input_outcome *outcome)
{
    const struct target *target = target_list_at(targets, event->x, event->y);
    bool is_on_held = target && input->held != TARGET_NONE && target->id == input->held;
    int pressed = is_on_held ? input->held : TARGET_NONE;
    outcome->is_changed = pressed != input->pressed;
    input->pressed = pressed;
}

static void pointer_up(struct input *input, const struct target_list *targets,
                       const struct input_event *event, struct input_outcome *outcome)
{
    pointer_move(input, targets, event, outcome);
    int released = input->pressed;
    outcome->is_changed = outcome->is_changed || released != TARGET_NONE;
    input->has_pointer = false;
    input->held = TARGET_NONE;
    input->pressed = TARGET_NONE;
    const struct target *target = target_list_find(targets, released);
    if (target) {
        activate(input, target, event, outcome);
    }
}

static void pointer_event(struct input *input, const struct target_list *targets,
                          const struct input_event *event, struct input_outcome *outcome)
{
    if (event->kind == INPUT_DOWN) {
        pointer_down(input, targets, event, outcome);
        return;
    }
    if (!input->has_pointer || event->pointer != input->pointer) {
        return;
    }
    if (event->kind == INPUT_MOVE) {
        pointer_move(input, targets, event, outcome);
    } else if (event->kind == INPUT_UP) {
        pointer_up(input, targets, event, outcome);
    } else {
        outcome->is_changed = input->pressed != TARGET_NONE;
        input->has_pointer = false;
        input->held = TARGET_NONE;
        input->pressed = TARGET_NONE;
    }
}

/* The enabled target `step` (1 or -1) after the focus in reading order, round the ends.
 */
static int neighbour_in_order(const struct target_list *targets, int focused, int step)
{
    size_t count = targets->count;
    size_t at = step > 0 ? count - 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (targets->targets[i].id == focused) {
            at = i;
        }
    }
    for (size_t tried = 0; tried < count; tried++) {
        at = (at + (step > 0 ? 1 : count - 1)) % count;
        if (targets->targets[at].is_enabled) {
            return targets->targets[at].id;
        }
    }
    return TARGET_NONE;
}

struct way {
    int x; /* -1, 0 or 1 */
    int y;
};

/* How far `to` lies from `from` along `way`, or -1 when it does not lie there. Sideways
 * distance counts double, so that a column or row is followed. */
static int distance_along(struct rect from, struct rect to, struct way way)
{
    int x = to.x + to.width / 2 - (from.x + from.width / 2);
    int y = to.y + to.height / 2 - (from.y + from.height / 2);
    int ahead = x * way.x + y * way.y;
    int aside = abs(x * way.y) + abs(y * way.x);
    return ahead > 0 && aside <= 2 * ahead ? ahead + 2 * aside : -1;
}

static int neighbour_along(const struct target_list *targets, int focused, struct way way)
{
    const struct target *from = target_list_find(targets, focused);
    if (!from) {
        return neighbour_in_order(targets, TARGET_NONE, 1);
    }
    int nearest = focused;
    int nearest_distance = -1;
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *to = &targets->targets[i];
        int distance = distance_along(from->at, to->at, way);
        bool is_nearer = nearest_distance < 0 || distance < nearest_distance;
        if (to->is_enabled && distance > 0 && is_nearer) {
            nearest = to->id;
            nearest_distance = distance;
        }
    }
    return nearest;
}

static bool is_way(enum key key, struct way *ret_way)
{
    static const struct way ways[KEY_COUNT] = {[KEY_LEFT] = {-1, 0},
                                               [KEY_RIGHT] = {1, 0},
                                               [KEY_UP] = {0, -1},
                                               [KEY_DOWN] = {0, 1}};
    *ret_way = ways[key];
    return ways[key].x != 0 || ways[key].y != 0;
}

/* Move the focus when `key` does that; tells whether it does. The first such key only
 * shows where the focus is, unless it is nowhere. */
static bool move_focus(struct input *input, const struct target_list *targets,
                       enum key key)
{
    struct way way;
    bool is_arrow = is_way(key, &way);
    if (targets->count == 0 || (!is_arrow && key != KEY_TAB && key != KEY_BACK_TAB)) {
        return false;
    }
    const struct target *present = target_list_find(targets, input->focused);
    bool only_shows = !input->shows_focus && present && present->is_enabled;
    if (!only_shows) {
        input->focused = is_arrow ? neighbour_along(targets, input->focused, way)
                                  : neighbour_in_order(targets, input->focused,
                                                       key == KEY_TAB ? 1 : -1);
    }
    input->shows_focus = input->focused != TARGET_NONE;
    return true;
}

/* The target that `key` means: the one in focus for Enter and Space, else the one that
 * has the key as its shortcut. */
static const struct target *target_of_key(const struct input *input,
                                          const struct target_list *targets, enum key key)
{
    bool activates_focus = key == KEY_ENTER || key == KEY_SPACE;
    const struct target *focused = target_list_find(targets, input->focused);
    if (activates_focus && input->shows_focus && focused) {
        return focused;
    }
    for (size_t i = 0; i < targets->count; i++) {
        if (key != KEY_NONE && targets->targets[i].shortcut == key) {
            return &targets->targets[i];
        }
    }
    return NULL;
}

static void key_event(struct input *input, const struct target_list *targets,
                      const struct input_event *event, struct input_outcome *outcome)
{
    if (move_focus(input, targets, event->key)) {
        outcome->is_changed = true;
        return;
    }
    if (event->is_repeat) {
        return;
    }
    const struct target *target = target_of_key(input, targets, event->key);
    if (target) {
        activate(input, target, event, outcome);
        return;
    }
    if (event->key == KEY_ESCAPE && input->shows_focus) {
        input->shows_focus = false;
        outcome->is_changed = true;
    }
    outcome->key = event->key;
    outcome->code = event->code;
}

struct input_outcome input_feed(struct input *input, const struct target_list *targets,
                                const struct input_event *event)
{
    struct input_outcome outcome = {0};
    bool is_pointer = event->kind == INPUT_DOWN || event->kind == INPUT_MOVE ||
                      event->kind == INPUT_UP || event->kind == INPUT_CANCEL;
    if (is_pointer) {
        pointer_event(input, targets, event, &outcome);
    } else if (event->kind == INPUT_KEY) {
        key_event(input, targets, event, &outcome);
    }
    return outcome;
}
