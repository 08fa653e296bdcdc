/* Painting draw lists; see painter.h. */
#include "ui/painter.h"

#include <stdlib.h>
#include <string.h>

#include "ui/cache.h"
#include "ui/font.h"
#include "ui/icon.h"

/* Widths and masks of some three full screens; a board of 1920 × 1080 has masks of about
 * 1 MiB, one of 4K about 4 MiB. */
#define CACHE_ENTRIES_MAX 1024
#define CACHE_BYTES_MAX   ((size_t)8 << 20)

struct painter {
    struct font_set *fonts;
    struct cache *cache;
};

/* Kinds of cache keys: texts by weight, then icons by layer and icon. */
#define KIND_ICON TEXT_WEIGHT_COUNT

enum status painter_create(const char *font_directory, struct painter **ret_painter,
                           struct error *err)
{
    struct painter *painter = calloc(1, sizeof(*painter));
    if (!painter) {
        return error_set(err, ERR_LIMIT, "cannot make painter: out of memory");
    }
    painter->cache = cache_create(CACHE_ENTRIES_MAX, CACHE_BYTES_MAX);
    enum status status = painter->cache
                             ? font_set_open(font_directory, &painter->fonts, err)
                             : error_set(err, ERR_LIMIT, "out of memory");
    if (status != OK) {
        painter_destroy(painter);
        return status;
    }
    *ret_painter = painter;
    return OK;
}

void painter_destroy(struct painter *painter)
{
    if (!painter) {
        return;
    }
    font_set_close(painter->fonts);
    cache_destroy(painter->cache);
    free(painter);
}

static struct cache_key text_key(const char *text, size_t length, struct text_style style)
{
    return (struct cache_key){(int)style.weight, style.size_px, text, length};
}

static int painter_width_px(void *context, const char *text, size_t length,
                            struct text_style style)
{
    struct painter *painter = context;
    struct cache_key key = text_key(text, length, style);
    const struct cache_value *known = cache_find(painter->cache, &key);
    if (known) {
        return known->width_px;
    }
    struct cache_value value = {.width_px =
                                    font_set_width(painter->fonts, text, length, style)};
    (void)cache_put(painter->cache, &key,
                    &value); /* without it the next time is slower */
    return value.width_px;
}

struct text_measure painter_measure(struct painter *painter)
{
    return (struct text_measure){painter_width_px, painter};
}

static const struct cache_value *text_mask(struct painter *painter, const char *text,
                                           struct text_style style)
{
    size_t length = strlen(text);
    struct cache_key key = text_key(text, length, style);
    const struct cache_value *known = cache_find(painter->cache, &key);
    if (known && known->mask.cover) {
        return known;
    }
    struct cache_value value;
    if (font_set_mask(painter->fonts, text, length, style, &value, NULL) != OK) {
        return NULL;
    }
    return cache_put(painter->cache, &key, &value);
}

static void paint_text(struct painter *painter, struct canvas *canvas, struct rect clip,
                       const struct draw_text *text, const char *string)
{
    const struct cache_value *value = text_mask(painter, string, text->style);
    if (value) {
        canvas_mask(canvas, clip, &value->mask, text->x_px,
                    text->baseline_px - value->baseline_px, text->colour);
    }
}

static const struct cache_value *icon_mask(struct painter *painter, enum icon icon,
                                           enum icon_layer layer, int size_px)
{
    int kind = KIND_ICON + (int)icon * ICON_LAYER_COUNT + (int)layer;
    struct cache_key key = {kind, size_px, "", 0};
    const struct cache_value *known = cache_find(painter->cache, &key);
    if (known) {
        return known;
    }
    uint8_t *cover = malloc((size_t)size_px * (size_t)size_px);
    if (!cover) {
        return NULL;
    }
    icon_paint(icon, layer, size_px, cover);
    struct cache_value value = {.mask = {cover, size_px, size_px, size_px}};
    return cache_put(painter->cache, &key, &value);
}

static void paint_icon(struct painter *painter, struct canvas *canvas, struct rect clip,
                       const struct draw_icon *icon)
{
    int size_px = icon->at.width < icon->at.height ? icon->at.width : icon->at.height;
    struct rect at = rect_centre(icon->at, size_px, size_px);
    const struct colour colours[ICON_LAYER_COUNT] = {
        [ICON_BODY] = icon->body, [ICON_INK] = icon->ink};
    for (int layer = 0; layer < ICON_LAYER_COUNT; layer++) {
        const struct cache_value *value =
            icon_mask(painter, icon->icon, (enum icon_layer)layer, size_px);
        if (value) {
            canvas_mask(canvas, clip, &value->mask, at.x, at.y, colours[layer]);
        }
    }
}

void painter_paint(struct painter *painter, struct canvas *canvas, struct rect clip,
                   const struct draw_list *list)
{
    for (size_t i = 0; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        struct rect seen = rect_intersect(clip, command->clip);
        if (rect_is_empty(rect_intersect(seen, draw_command_bounds(command)))) {
            continue;
        }
        if (command->kind == DRAW_RECT) {
            canvas_rect(canvas, seen, &command->rect);
        } else if (command->kind == DRAW_ICON) {
            paint_icon(painter, canvas, seen, &command->icon);
        } else {
            paint_text(painter, canvas, seen, &command->text,
                       draw_list_string(list, command));
        }
    }
}

enum status painter_save(struct painter *painter, const struct draw_list *list,
                         const char *path, struct error *err)
{
    size_t pixel_count = (size_t)list->width_px * (size_t)list->height_px;
    uint32_t *pixels = calloc(pixel_count, sizeof(*pixels));
    if (!pixels) {
        return error_set(err, ERR_LIMIT, "cannot write picture '%s': out of memory",
                         path);
    }
    struct canvas canvas = {pixels, list->width_px, list->height_px, list->width_px};
    struct rect all = {0, 0, list->width_px, list->height_px};
    painter_paint(painter, &canvas, all, list);
    enum status status = canvas_save(&canvas, path, err);
    free(pixels);
    return status;
}
