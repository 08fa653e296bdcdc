/* See agenda.h. */
#include "figures/agenda.h"

#include <assert.h>
#include <stdlib.h>

static bool is_before(const struct moment *a, const struct moment *b)
{
    return a->at_ms < b->at_ms || (a->at_ms == b->at_ms && a->order < b->order);
}

void agenda_finish(struct agenda *agenda)
{
    free(agenda->moments);
    *agenda = (struct agenda){0};
}

void agenda_clear(struct agenda *agenda)
{
    agenda->count = 0;
    agenda->added = 0;
}

enum status agenda_add(struct agenda *agenda, const struct moment *moment,
                       struct error *err)
{
    if (agenda->count == agenda->capacity) {
        size_t capacity = agenda->capacity == 0 ? 256 : 2 * agenda->capacity;
        struct moment *grown = realloc(agenda->moments, capacity * sizeof(*grown));
        if (!grown) {
            return error_set(err, ERR_LIMIT, "out of memory for %zu moments of a day",
                             capacity);
        }
        agenda->moments = grown;
        agenda->capacity = capacity;
    }
    struct moment added = *moment;
    added.order = agenda->added;
    agenda->added++;
    size_t place = agenda->count;
    agenda->count++;
    while (place > 0 && is_before(&added, &agenda->moments[(place - 1) / 2])) {
        agenda->moments[place] = agenda->moments[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    agenda->moments[place] = added;
    return OK;
}

bool agenda_take(struct agenda *agenda, struct moment *ret_moment)
{
    if (agenda->count == 0) {
        return false;
    }
    struct moment *moments = agenda->moments;
    *ret_moment = moments[0];
    agenda->count--;
    struct moment last = moments[agenda->count];
    size_t place = 0;
    for (;;) {
        size_t child = 2 * place + 1;
        if (child + 1 < agenda->count &&
            is_before(&moments[child + 1], &moments[child])) {
            child++;
        }
        if (child >= agenda->count || !is_before(&moments[child], &last)) {
            break;
        }
        moments[place] = moments[child];
        place = child;
    }
    if (agenda->count > 0) {
        assert(place < agenda->count);
        moments[place] = last;
    }
    return true;
}
