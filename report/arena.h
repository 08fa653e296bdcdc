/* Memory for the texts and shapes of one report: taken piece by piece, freed at once. */
#ifndef GUICHET_REPORT_ARENA_H
#define GUICHET_REPORT_ARENA_H

#include <stddef.h>

struct arena;

/* NULL when there is no memory. */
struct arena *arena_create(void);

/* Accepts NULL. */
void arena_destroy(struct arena *arena);

/* Zeroed memory for any type, valid until the arena is destroyed. Without memory the
 * program stops: a report has nothing half-written to save. */
void *arena_take(struct arena *arena, size_t bytes);

/* A copy of the text, or a printf-style text. */
const char *arena_text(struct arena *arena, const char *text);
const char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
