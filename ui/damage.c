/* Finding what changed; see damage.h. */
#include "ui/damage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct damage {
    int width_px;
    int height_px;
    int columns;
    int rows;
    bool is_known; /* `before` is what the screen shows */
    uint64_t *before;
    uint64_t *after;
};

struct damage *damage_create(void)
{
    return calloc(1, sizeof(struct damage));
}

void damage_destroy(struct damage *damage)
{
    if (damage) {
        free(damage->before);
        free(damage->after);
        free(damage);
    }
}

void damage_reset(struct damage *damage)
{
    damage->is_known = false;
}

/* Make room for a picture of this size; false when memory is out. */
static bool resize(struct damage *damage, int width_px, int height_px)
{
    if (damage->width_px == width_px && damage->height_px == height_px) {
        return true;
    }
    int columns = (width_px + DAMAGE_CELL_PX - 1) / DAMAGE_CELL_PX;
    int rows = (height_px + DAMAGE_CELL_PX - 1) / DAMAGE_CELL_PX;
    size_t count = (size_t)columns * (size_t)rows;
    uint64_t *before = calloc(count, sizeof(*before));
    uint64_t *after = calloc(count, sizeof(*after));
    if (!before || !after) {
        free(before);
        free(after);
        return false;
    }
    free(damage->before);
    free(damage->after);
    *damage = (struct damage){width_px, height_px, columns, rows, false, before, after};
    return true;
}

/* FNV-1a, 64 bits, one number at a time. */
static uint64_t hashed(uint64_t hash, int64_t number)
{
    return (hash ^ (uint64_t)number) * UINT64_C(0x100000001b3);
}

static uint64_t hash_rect(uint64_t hash, struct rect rect)
{
    hash = hashed(hash, rect.x);
    hash = hashed(hash, rect.y);
    hash = hashed(hash, rect.width);
    return hashed(hash, rect.height);
}

static uint64_t hash_colour(uint64_t hash, struct colour colour)
{
    return hashed(hash,
                  (int64_t)((uint32_t)colour.red << 24 | (uint32_t)colour.green << 16 |
                            (uint32_t)colour.blue << 8 | colour.alpha));
}

static uint64_t command_hash(const struct draw_list *list,
                             const struct draw_command *command)
{
    uint64_t hash = hashed(UINT64_C(0xcbf29ce484222325), (int64_t)command->kind);
    hash = hash_rect(hash, command->clip);
    if (command->kind == DRAW_RECT) {
        hash = hash_rect(hash, command->rect.at);
        hash = hashed(hash, command->rect.radius_px);
        hash = hashed(hash, command->rect.corners);
        hash = hash_colour(hash, command->rect.fill);
        hash = hash_colour(hash, command->rect.stroke);
        return hashed(hash, command->rect.stroke_px);
    }
    if (command->kind == DRAW_ICON) {
        hash = hashed(hash, (int64_t)command->icon.icon);
        hash = hash_rect(hash, command->icon.at);
        hash = hash_colour(hash, command->icon.body);
        return hash_colour(hash, command->icon.ink);
    }
    hash = hashed(hash, command->text.x_px);
    hash = hashed(hash, command->text.baseline_px);
    hash = hashed(hash, command->text.style.size_px);
    hash = hashed(hash, (int64_t)command->text.style.weight);
    hash = hash_colour(hash, command->text.colour);
    for (const char *at = draw_list_string(list, command); *at; at++) {
        hash = hashed(hash, (unsigned char)*at);
    }
    return hash;
}

/* Mix the command into every cell it touches. */
static void add_command(struct damage *damage, const struct draw_list *list,
                        const struct draw_command *command)
{
    struct rect whole = {0, 0, damage->width_px, damage->height_px};
    struct rect seen = rect_intersect(draw_command_bounds(command), command->clip);
    seen = rect_intersect(seen, whole);
    if (rect_is_empty(seen)) {
        return;
    }
    uint64_t hash = command_hash(list, command);
    int last_row = (seen.y + seen.height - 1) / DAMAGE_CELL_PX;
    int last_column = (seen.x + seen.width - 1) / DAMAGE_CELL_PX;
    for (int row = seen.y / DAMAGE_CELL_PX; row <= last_row; row++) {
        for (int column = seen.x / DAMAGE_CELL_PX; column <= last_column; column++) {
            uint64_t *cell = &damage->after[(ptrdiff_t)row * damage->columns + column];
            *cell = (*cell ^ hash) * UINT64_C(0x100000001b3);
        }
    }
}

static bool is_changed(const struct damage *damage, int row, int column)
{
    ptrdiff_t cell = (ptrdiff_t)row * damage->columns + column;
    return damage->before[cell] != damage->after[cell];
}

/* Join the run of cells to a rectangle that ends just above it and is as wide, or add a
 * new one; false when there is no room for it. */
static bool add_run(struct rect rects[DAMAGE_RECTS_MAX], size_t *count, struct rect run)
{
    for (size_t i = 0; i < *count; i++) {
        if (rects[i].x == run.x && rects[i].width == run.width &&
            rects[i].y + rects[i].height == run.y) {
            rects[i].height += run.height;
            return true;
        }
    }
    if (*count == DAMAGE_RECTS_MAX) {
        return false;
    }
    rects[*count] = run;
    (*count)++;
    return true;
}

static size_t whole_picture(const struct draw_list *list,
                            struct rect ret_rects[DAMAGE_RECTS_MAX])
{
    ret_rects[0] = (struct rect){0, 0, list->width_px, list->height_px};
    return 1;
}

static size_t changed_cells(const struct damage *damage, const struct draw_list *list,
                            struct rect ret_rects[DAMAGE_RECTS_MAX])
{
    struct rect whole = {0, 0, damage->width_px, damage->height_px};
    size_t count = 0;
    for (int row = 0; row < damage->rows; row++) {
        int column = 0;
        while (column < damage->columns) {
            int start = column;
            while (column < damage->columns && is_changed(damage, row, column)) {
                column++;
            }
            struct rect run = {start * DAMAGE_CELL_PX, row * DAMAGE_CELL_PX,
                               (column - start) * DAMAGE_CELL_PX, DAMAGE_CELL_PX};
            if (column > start && !add_run(ret_rects, &count, run)) {
                return whole_picture(list, ret_rects);
            }
            column++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        ret_rects[i] = rect_intersect(ret_rects[i], whole);
    }
    return count;
}

size_t damage_update(struct damage *damage, const struct draw_list *list,
                     struct rect ret_rects[DAMAGE_RECTS_MAX])
{
    if (!resize(damage, list->width_px, list->height_px)) {
        damage->is_known = false;
        return whole_picture(list, ret_rects);
    }
    size_t cells = (size_t)damage->columns * (size_t)damage->rows;
    memset(damage->after, 0, cells * sizeof(*damage->after));
    for (size_t i = 0; i < list->command_count; i++) {
        add_command(damage, list, &list->commands[i]);
    }
    size_t count = damage->is_known ? changed_cells(damage, list, ret_rects)
                                    : whole_picture(list, ret_rects);
    uint64_t *swapped = damage->before;
    damage->before = damage->after;
    damage->after = swapped;
    damage->is_known = true;
    return count;
}
