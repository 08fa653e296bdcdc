/* What is still to happen in a simulated day, in order of time: a binary heap (Williams,
 * "Algorithm 232: heapsort", Communications of the ACM 7, 1964). Equal times come out in
 * the order in which they were added. */
#ifndef GUICHET_FIGURES_AGENDA_H
#define GUICHET_FIGURES_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

struct moment {
    int64_t at_ms;
    uint64_t order; /* given by agenda_add() */
    uint32_t kind;  /* the caller's */
    uint32_t index; /* the caller's */
};

/* Zeroed is empty and ready for use. */
struct agenda {
    struct moment *moments;
    size_t count;
    size_t capacity;
    uint64_t added;
};

/* Free the memory and be empty again. */
void agenda_finish(struct agenda *agenda);

/* Forget everything, keep the memory. */
void agenda_clear(struct agenda *agenda);

/* ERR_LIMIT when there is no memory. */
enum status agenda_add(struct agenda *agenda, const struct moment *moment,
                       struct error *err);

/* Take the earliest moment out; false when there is none. */
bool agenda_take(struct agenda *agenda, struct moment *ret_moment);

#endif
