/* The picture as text; see description.h. */
#include "display/description.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "display/memory.h"

/* All commands of a list at about 100 bytes, and its strings. */
#define DESCRIPTION_BYTES (DRAW_COMMANDS_MAX * 100 + DRAW_TEXT_BYTES_MAX + 65536)

struct description {
    char path[PATH_MAX];
    char bytes[DESCRIPTION_BYTES];
    char written[DESCRIPTION_BYTES];
};

void description_write(const struct draw_list *list, const struct target_list *targets,
                       struct text *text)
{
    draw_list_text(list, text);
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = &targets->targets[i];
        text_add(text, "target %d %d,%d %dx%d \"%s\"%s\n", target->id, target->at.x,
                 target->at.y, target->at.width, target->at.height, target->label,
                 target->is_enabled ? "" : " disabled");
    }
}

struct description *description_create(const char *path)
{
    struct description *description = calloc(1, sizeof(*description));
    if (description && !text_copy(description->path, sizeof(description->path), path)) {
        free(description);
        description = NULL;
    }
    return description;
}

void description_destroy(struct description *description)
{
    free(description);
}

enum status description_update(struct description *description,
                               const struct draw_list *list,
                               const struct target_list *targets, struct error *err)
{
    struct text text;
    text_init(&text, description->bytes, sizeof(description->bytes));
    description_write(list, targets, &text);
    if (strcmp(description->bytes, description->written) == 0) {
        return OK;
    }
    memcpy(description->written, description->bytes, text.length + 1);
    return memory_replace(description->path, description->bytes, text.length, false, err);
}
