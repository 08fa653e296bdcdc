/* The check that every text of a draw list can be read; see draw.h. */
#include "ui/draw.h"

#define VEIL_ALPHA_MIN 128

/* Whether a rectangle drawn after command `index` hides `box`. */
static bool is_covered_later(const struct draw_list *list, size_t index, struct rect box)
{
    for (size_t i = index + 1; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        if (command->kind == DRAW_RECT && command->rect.fill.alpha >= VEIL_ALPHA_MIN &&
            rect_covers(rect_intersect(command->rect.at, command->clip), box)) {
            return true;
        }
    }
    return false;
}

/* The text before command `index` that can be seen and shares a pixel with `box`, or
 * NULL. */
static const char *overlapped_text(const struct draw_list *list, size_t index,
                                   struct rect box)
{
    for (size_t i = 0; i < index; i++) {
        const struct draw_command *other = &list->commands[i];
        if (other->kind != DRAW_TEXT) {
            continue;
        }
        struct rect other_box = draw_text_box(&other->text);
        if (!rect_is_empty(rect_intersect(box, other_box)) &&
            !is_covered_later(list, i, other_box)) {
            return draw_list_string(list, other);
        }
    }
    return NULL;
}

enum status draw_list_check(const struct draw_list *list, struct error *err)
{
    for (size_t i = 0; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        if (command->kind != DRAW_TEXT) {
            continue;
        }
        struct rect box = draw_text_box(&command->text);
        if (is_covered_later(list, i, box)) {
            continue;
        }
        const char *string = draw_list_string(list, command);
        if (!rect_covers(command->clip, box)) {
            return error_set(err, ERR_INVALID, "text '%s' at %d,%d %dx%d is cut", string,
                             box.x, box.y, box.width, box.height);
        }
        const char *other = overlapped_text(list, i, box);
        if (other) {
            return error_set(err, ERR_INVALID, "text '%s' at %d,%d covers text '%s'",
                             string, box.x, box.y, other);
        }
    }
    return OK;
}
