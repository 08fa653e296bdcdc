/* The draw list; see draw.h. */
#include "ui/draw.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct colour colour_rgb(uint32_t rgb)
{
    return (struct colour){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb, 255};
}

struct draw_list *draw_list_create(void)
{
    return calloc(1, sizeof(struct draw_list));
}

void draw_list_destroy(struct draw_list *list)
{
    free(list);
}

void draw_list_begin(struct draw_list *list, int width_px, int height_px)
{
    assert(width_px >= 1 && height_px >= 1);
    list->width_px = width_px;
    list->height_px = height_px;
    list->command_count = 0;
    list->byte_count = 0;
    list->clip_count = 0;
    list->is_overflown = false;
}

void draw_list_end(struct draw_list *list)
{
    assert(list->clip_count == 0);
    assert(!list->is_overflown);
    (void)list; /* read by the assertions alone */
}

static struct rect present_clip(const struct draw_list *list)
{
    if (list->clip_count > 0) {
        return list->clips[list->clip_count - 1];
    }
    return (struct rect){0, 0, list->width_px, list->height_px};
}

void draw_clip_push(struct draw_list *list, struct rect rect)
{
    assert(list->clip_count < DRAW_CLIPS_MAX);
    list->clips[list->clip_count] = rect_intersect(rect, present_clip(list));
    list->clip_count++;
}

void draw_clip_pop(struct draw_list *list)
{
    assert(list->clip_count > 0);
    list->clip_count--;
}

/* Append `command` when a pixel of it can be seen; tells whether. */
static bool append(struct draw_list *list, struct draw_command command)
{
    command.clip = present_clip(list);
    if (rect_is_empty(rect_intersect(command.clip, draw_command_bounds(&command)))) {
        return false;
    }
    if (list->command_count == DRAW_COMMANDS_MAX) {
        list->is_overflown = true;
        return false;
    }
    list->commands[list->command_count] = command;
    list->command_count++;
    return true;
}

void draw_rect(struct draw_list *list, const struct draw_rect *rect)
{
    assert(rect->radius_px >= 0 && rect->stroke_px >= 0);
    if (rect_is_empty(rect->at)) {
        return;
    }
    struct draw_command command = {.kind = DRAW_RECT, .rect = *rect};
    if (command.rect.corners == 0) {
        command.rect.corners = CORNERS_ALL;
    }
    if (command.rect.stroke_px == 0) {
        command.rect.stroke = (struct colour){0};
    }
    (void)append(list, command); /* an unseen rectangle needs no more care */
}

void draw_text(struct draw_list *list, const struct draw_text *text, const char *string)
{
    draw_text_part(list, text, string, strlen(string));
}

void draw_text_part(struct draw_list *list, const struct draw_text *text,
                    const char *string, size_t length)
{
    assert(text->style.size_px >= TEXT_SIZE_MIN_PX);
    assert(text->style.size_px <= TEXT_SIZE_MAX_PX);
    if (length == 0) {
        return;
    }
    if (length >= DRAW_TEXT_BYTES_MAX - list->byte_count) {
        list->is_overflown = true;
        return;
    }
    struct draw_command command = {
        .kind = DRAW_TEXT, .text = *text, .string = list->byte_count};
    if (append(list, command)) {
        memcpy(list->bytes + list->byte_count, string, length);
        list->bytes[list->byte_count + length] = '\0';
        list->byte_count += length + 1;
    }
}

void draw_icon(struct draw_list *list, const struct draw_icon *icon)
{
    assert(icon->icon < ICON_COUNT);
    if (icon->icon == ICON_NONE || rect_is_empty(icon->at)) {
        return;
    }
    struct draw_command command = {.kind = DRAW_ICON, .icon = *icon};
    (void)append(list, command); /* an unseen icon needs no more care */
}

const char *draw_list_string(const struct draw_list *list,
                             const struct draw_command *command)
{
    assert(command->kind == DRAW_TEXT && command->string < list->byte_count);
    return list->bytes + command->string;
}

struct rect draw_text_box(const struct draw_text *text)
{
    int ascent_px = text_ascent_px(text->style.size_px);
    return (struct rect){text->x_px, text->baseline_px - ascent_px, text->width_px,
                         ascent_px + text_descent_px(text->style.size_px)};
}

struct rect draw_command_bounds(const struct draw_command *command)
{
    if (command->kind == DRAW_RECT) {
        return command->rect.at;
    }
    if (command->kind == DRAW_ICON) {
        return command->icon.at;
    }
    /* Arabic and stacked accents reach half an em beyond the Latin line. */
    int margin_px = command->text.style.size_px / 2 + 1;
    return rect_inset(draw_text_box(&command->text), -margin_px);
}

const struct draw_command *draw_list_find(const struct draw_list *list,
                                          const char *string)
{
    for (size_t i = 0; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        if (command->kind == DRAW_TEXT &&
            strcmp(draw_list_string(list, command), string) == 0) {
            return command;
        }
    }
    return NULL;
}

/* ---- the form for readers ---- */

static void add_colour(struct text *text, struct colour colour)
{
    text_add(text, " #%02x%02x%02x", colour.red, colour.green, colour.blue);
    if (colour.alpha != 255) {
        text_add(text, "%02x", colour.alpha);
    }
}

static const char *icon_name(enum icon icon)
{
    static const char *const names[] = {
        [ICON_NONE] = "none",       [ICON_FREE] = "free",
        [ICON_BUSY] = "busy",       [ICON_OFF] = "off",
        [ICON_PAUSED] = "paused",   [ICON_ARROW] = "arrow",
        [ICON_BACK] = "back",       [ICON_CHEVRON] = "chevron",
        [ICON_CHECK] = "check",     [ICON_CROSS] = "cross",
        [ICON_PAUSE] = "pause",     [ICON_WARNING] = "warning",
        [ICON_INFO] = "info",       [ICON_CLOCK] = "clock",
        [ICON_PRINTER] = "printer", [ICON_TICKET] = "ticket",
        [ICON_PERSON] = "person",   [ICON_PERSONS] = "persons",
        [ICON_SPEAKER] = "speaker",
    };
    static_assert(sizeof(names) / sizeof(names[0]) == ICON_COUNT, "one name per icon");
    return names[icon];
}

static void add_rect_line(struct text *text, const struct draw_rect *rect)
{
    text_add(text, "rect %d,%d %dx%d", rect->at.x, rect->at.y, rect->at.width,
             rect->at.height);
    if (rect->radius_px > 0) {
        text_add(text, " radius %d", rect->radius_px);
    }
    if (rect->radius_px > 0 && rect->corners != CORNERS_ALL) {
        text_add(text, " corners %u", rect->corners);
    }
    if (rect->fill.alpha > 0) {
        text_add(text, " fill");
        add_colour(text, rect->fill);
    }
    if (rect->stroke_px > 0) {
        text_add(text, " stroke %d", rect->stroke_px);
        add_colour(text, rect->stroke);
    }
}

static void add_command_line(struct text *text, const struct draw_list *list,
                             const struct draw_command *command)
{
    if (command->kind == DRAW_RECT) {
        add_rect_line(text, &command->rect);
    } else if (command->kind == DRAW_ICON) {
        const struct draw_icon *icon = &command->icon;
        text_add(text, "icon %d,%d %dx%d %s", icon->at.x, icon->at.y, icon->at.width,
                 icon->at.height, icon_name(icon->icon));
        add_colour(text, icon->body);
        add_colour(text, icon->ink);
    } else {
        const struct draw_text *what = &command->text;
        text_add(text, "text %d,%d size %d%s", what->x_px, what->baseline_px,
                 what->style.size_px, what->style.weight == TEXT_BOLD ? " bold" : "");
        add_colour(text, what->colour);
        text_add(text, " \"%s\"", draw_list_string(list, command));
    }
    text_add(text, "\n");
}

static bool is_same_rect(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

void draw_list_text(const struct draw_list *list, struct text *text)
{
    text_add(text, "size %dx%d\n", list->width_px, list->height_px);
    struct rect clip = {0, 0, list->width_px, list->height_px};
    for (size_t i = 0; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        if (!is_same_rect(clip, command->clip)) {
            clip = command->clip;
            text_add(text, "clip %d,%d %dx%d\n", clip.x, clip.y, clip.width, clip.height);
        }
        add_command_line(text, list, command);
    }
}
