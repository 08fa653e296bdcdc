/* The picture as text; see description.h. */
#include "ui/description.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All commands of a list at about 100 bytes, and its strings. */
#define DESCRIPTION_BYTES (DRAW_COMMANDS_MAX * 100 + DRAW_TEXT_BYTES_MAX + 65536)

struct description {
    char path[PATH_MAX];
    char path_new[PATH_MAX];
    char bytes[DESCRIPTION_BYTES];
    char written[DESCRIPTION_BYTES];
};

void description_write(const struct picture *picture, struct text *text)
{
    text_add_string(text, picture->head);
    for (size_t i = 0; i < picture->targets->count; i++) {
        const struct target *target = &picture->targets->targets[i];
        text_add(text, "target %d %d %d %d %d %s \"%s\"\n", target->id, target->at.x,
                 target->at.y, target->at.width, target->at.height,
                 target->is_enabled ? "enabled" : "disabled", target->label);
    }
    draw_list_text(picture->list, text);
}

struct description *description_create(const char *path)
{
    struct description *description = calloc(1, sizeof(*description));
    if (!description) {
        return NULL;
    }
    struct text text;
    text_init(&text, description->path_new, sizeof(description->path_new));
    text_add(&text, "%s.new", path);
    if (text.is_cut || !text_copy(description->path, sizeof(description->path), path)) {
        free(description);
        return NULL;
    }
    return description;
}

void description_destroy(struct description *description)
{
    free(description);
}

/* A reader finds the old file or the new one, never half of one. It need not survive a
 * power cut. */
static enum status replace(const struct description *description, size_t length,
                           struct error *err)
{
    FILE *file = fopen(description->path_new, "we");
    if (!file) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", description->path_new,
                         strerror(errno));
    }
    bool is_written = fwrite(description->bytes, 1, length, file) == length;
    bool is_closed = fclose(file) == 0;
    if (!is_written || !is_closed ||
        rename(description->path_new, description->path) != 0) {
        return error_set(err, ERR_IO, "cannot write '%s': %s", description->path,
                         strerror(errno));
    }
    return OK;
}

enum status description_update(struct description *description,
                               const struct picture *picture, struct error *err)
{
    struct text text;
    text_init(&text, description->bytes, sizeof(description->bytes));
    description_write(picture, &text);
    if (strcmp(description->bytes, description->written) == 0) {
        return OK;
    }
    memcpy(description->written, description->bytes, text.length + 1);
    return replace(description, text.length, err);
}
