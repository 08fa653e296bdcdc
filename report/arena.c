/* See arena.h. */
#include "report/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 65536

struct block {
    struct block *before;
    size_t used;
    size_t capacity;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *last;
};

struct arena *arena_create(void)
{
    return calloc(1, sizeof(struct arena));
}

void arena_destroy(struct arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->last) {
        struct block *block = arena->last;
        arena->last = block->before;
        free(block);
    }
    free(arena);
}

void *arena_take(struct arena *arena, size_t bytes)
{
    size_t rounded = (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct block *block = arena->last;
    if (!block || block->capacity - block->used < rounded) {
        size_t capacity = rounded > BLOCK_BYTES ? rounded : BLOCK_BYTES;
        block = calloc(1, sizeof(*block) + capacity);
        if (!block) {
            abort();
        }
        block->before = arena->last;
        block->capacity = capacity;
        arena->last = block;
    }
    void *memory = block->bytes + block->used;
    block->used += rounded;
    return memory;
}

const char *arena_text(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    char *copy = arena_take(arena, length + 1);
    memcpy(copy, text, length + 1);
    return copy;
}

const char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    char *text = arena_take(arena, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, format, again); /* it fits */
    va_end(again);
    return text;
}
