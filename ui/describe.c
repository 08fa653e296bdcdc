/* A picture as text; see describe.h. */
#include "ui/describe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* A draw list of the largest size as text. */
#define LIST_TEXT_BYTES (1 << 20)

static bool write_all(FILE *file, const char *head, const struct target_list *targets,
                      const char *list_text)
{
    bool is_written = fputs(head, file) >= 0;
    for (size_t i = 0; i < targets->count && is_written; i++) {
        const struct target *target = &targets->targets[i];
        is_written =
            fprintf(file, "target %d %d %d %d %d %s \"%s\"\n", target->id, target->at.x,
                    target->at.y, target->at.width, target->at.height,
                    target->is_enabled ? "enabled" : "disabled", target->label) > 0;
    }
    return is_written && fputs(list_text, file) >= 0;
}

enum status describe_write(const char *path, const char *head,
                           const struct draw_list *list,
                           const struct target_list *targets, struct error *err)
{
    char temporary[4096];
    struct text text;
    text_init(&text, temporary, sizeof(temporary));
    text_add(&text, "%s.new", path);
    char *list_text = malloc(LIST_TEXT_BYTES);
    if (!list_text || text.is_cut) {
        free(list_text);
        return error_set(err, ERR_LIMIT, "cannot describe the screen in '%s'", path);
    }
    text_init(&text, list_text, LIST_TEXT_BYTES);
    draw_list_text(list, &text);
    FILE *file = fopen(temporary, "we");
    bool is_written = file && write_all(file, head, targets, list_text);
    bool is_closed = file && fclose(file) == 0;
    free(list_text);
    if (!is_written || !is_closed || rename(temporary, path) != 0) {
        return error_set(err, ERR_IO, "cannot describe the screen in '%s': %s", path,
                         strerror(errno));
    }
    return OK;
}
