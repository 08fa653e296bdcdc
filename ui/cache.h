/* A bounded store of what is dear to make: widths of texts and masks of texts and icons.
 * The longest unused goes first when a bound is reached. */
#ifndef GUICHET_UI_CACHE_H
#define GUICHET_UI_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

struct cache;

struct cache_value {
    int width_px;     /* of a text: where the next one would begin */
    int baseline_px;  /* rows of the mask above the baseline */
    struct mask mask; /* width 0 when only the text's width is known */
};

/* What is kept under one key. The key's parts are compared byte by byte. */
struct cache_key {
    int kind; /* text or icon, style, layer: whatever the owner distinguishes by */
    int size_px;
    const char *bytes; /* not NUL-terminated; may be empty */
    size_t length;
};

/* At most `entries_max` entries (>= 1) whose masks have together at most `bytes_max`
 * bytes; the newest entry is kept whatever its size. NULL when memory is out. */
struct cache *cache_create(size_t entries_max, size_t bytes_max);
void cache_destroy(struct cache *cache);

/* The value under `key`, now the most recently used, or NULL. Valid until the next
 * cache_put(). */
const struct cache_value *cache_find(struct cache *cache, const struct cache_key *key);

/* Keep `value` under `key`, replacing what was there. The cache takes over
 * `value->mask.cover` (from malloc(), or NULL) and frees it, also when it returns NULL
 * because memory is out. */
const struct cache_value *cache_put(struct cache *cache, const struct cache_key *key,
                                    const struct cache_value *value);

/* Entries and mask bytes in the store now. */
size_t cache_count(const struct cache *cache);
size_t cache_bytes(const struct cache *cache);

#endif
