/* See replay_faults.h. */
#include "admin/replay_faults.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void replay_faults_add(struct replay_faults *faults, const char *file, uint32_t line,
                       const char *format, ...)
{
    if (faults->count == faults->capacity) {
        size_t capacity = faults->capacity > 0 ? 2 * faults->capacity : 16;
        struct replay_fault *items =
            realloc(faults->items, capacity * sizeof(*faults->items));
        if (!items) {
            abort();
        }
        faults->items = items;
        faults->capacity = capacity;
    }
    struct replay_fault *fault = &faults->items[faults->count];
    faults->count++;
    fault->file = file;
    fault->line = line;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault->text, sizeof(fault->text), format, arguments); /* may be cut */
    va_end(arguments);
}

static int compare(const void *a, const void *b)
{
    const struct replay_fault *left = a;
    const struct replay_fault *right = b;
    int files = strcmp(left->file, right->file);
    if (files != 0) {
        return files;
    }
    return (left->line > right->line) - (left->line < right->line);
}

void replay_faults_print(struct replay_faults *faults, FILE *out)
{
    if (faults->count > 0) {
        qsort(faults->items, faults->count, sizeof(*faults->items), compare);
    }
    for (size_t i = 0; i < faults->count; i++) {
        const struct replay_fault *fault = &faults->items[i];
        if (fault->line == 0) {
            (void)fprintf(out, "%s: %s\n", fault->file, fault->text);
        } else {
            (void)fprintf(out, "%s:%u: %s\n", fault->file, (unsigned)fault->line,
                          fault->text);
        }
    }
}

void replay_faults_finish(struct replay_faults *faults)
{
    free(faults->items);
    *faults = (struct replay_faults){0};
}
