/* The bounded store; see cache.h. Entries stand in one dense array; a chain of indices
 * per hash bucket finds them, and the tick of their last use tells which goes first. */
#include "ui/cache.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BUCKET_COUNT 512

/* End of a chain. */
#define NO_ENTRY SIZE_MAX

struct entry {
    int kind;
    int size_px;
    char *bytes;
    size_t length;
    struct cache_value value;
    size_t bucket;
    size_t next_in_bucket;
    uint64_t used_at; /* ticks of the cache: the smallest goes first */
};

struct cache {
    size_t entries_max;
    size_t bytes_max;
    size_t count;
    size_t byte_count;
    uint64_t tick;
    size_t buckets[BUCKET_COUNT];
    struct entry entries[];
};

struct cache *cache_create(size_t entries_max, size_t bytes_max)
{
    assert(entries_max >= 1);
    struct cache *cache =
        calloc(1, sizeof(struct cache) + entries_max * sizeof(struct entry));
    if (!cache) {
        return NULL;
    }
    cache->entries_max = entries_max;
    cache->bytes_max = bytes_max;
    for (size_t i = 0; i < BUCKET_COUNT; i++) {
        cache->buckets[i] = NO_ENTRY;
    }
    return cache;
}

void cache_destroy(struct cache *cache)
{
    if (!cache) {
        return;
    }
    for (size_t i = 0; i < cache->count; i++) {
        free(cache->entries[i].bytes);
        free(cache->entries[i].value.mask.cover);
    }
    free(cache);
}

/* FNV-1a, 64 bits. */
static size_t bucket_of(const struct cache_key *key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = (hash ^ (uint64_t)key->kind) * UINT64_C(0x100000001b3);
    hash = (hash ^ (uint64_t)key->size_px) * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < key->length; i++) {
        hash = (hash ^ (uint8_t)key->bytes[i]) * UINT64_C(0x100000001b3);
    }
    return (size_t)((hash ^ (hash >> 32)) % BUCKET_COUNT);
}

static size_t mask_bytes(const struct cache_value *value)
{
    return (size_t)value->mask.pitch * (size_t)value->mask.height_px;
}

static bool is_key_of(const struct entry *entry, const struct cache_key *key)
{
    return entry->kind == key->kind && entry->size_px == key->size_px &&
           entry->length == key->length &&
           (key->length == 0 || memcmp(entry->bytes, key->bytes, key->length) == 0);
}

static size_t index_of(const struct cache *cache, const struct cache_key *key)
{
    size_t index = cache->buckets[bucket_of(key)];
    while (index != NO_ENTRY && !is_key_of(&cache->entries[index], key)) {
        index = cache->entries[index].next_in_bucket;
    }
    return index;
}

/* The link (bucket head or a neighbour's) that points at entry `index`. */
static size_t *link_to(struct cache *cache, size_t index)
{
    size_t *link = &cache->buckets[cache->entries[index].bucket];
    while (*link != index) {
        link = &cache->entries[*link].next_in_bucket;
    }
    return link;
}

/* Take entry `index` out; the last one moves into its place, so that the array stays
 * dense. */
static void remove_entry(struct cache *cache, size_t index)
{
    struct entry *entry = &cache->entries[index];
    *link_to(cache, index) = entry->next_in_bucket;
    cache->byte_count -= mask_bytes(&entry->value);
    free(entry->bytes);
    free(entry->value.mask.cover);
    cache->count--;
    if (index != cache->count) {
        *link_to(cache, cache->count) = index;
        *entry = cache->entries[cache->count];
    }
}

static void remove_oldest(struct cache *cache)
{
    size_t oldest = 0;
    for (size_t i = 1; i < cache->count; i++) {
        if (cache->entries[i].used_at < cache->entries[oldest].used_at) {
            oldest = i;
        }
    }
    remove_entry(cache, oldest);
}

const struct cache_value *cache_find(struct cache *cache, const struct cache_key *key)
{
    size_t index = index_of(cache, key);
    if (index == NO_ENTRY) {
        return NULL;
    }
    cache->tick++;
    cache->entries[index].used_at = cache->tick;
    return &cache->entries[index].value;
}

const struct cache_value *cache_put(struct cache *cache, const struct cache_key *key,
                                    const struct cache_value *value)
{
    char *bytes = malloc(key->length + 1);
    if (!bytes) {
        free(value->mask.cover);
        return NULL;
    }
    memcpy(bytes, key->bytes, key->length);
    size_t present = index_of(cache, key);
    if (present != NO_ENTRY) {
        remove_entry(cache, present);
    }
    size_t added = mask_bytes(value);
    while (cache->count > 0 && (cache->count == cache->entries_max ||
                                cache->byte_count + added > cache->bytes_max)) {
        remove_oldest(cache);
    }
    size_t index = cache->count;
    size_t bucket = bucket_of(key);
    cache->tick++;
    cache->entries[index] = (struct entry){.kind = key->kind,
                                           .size_px = key->size_px,
                                           .bytes = bytes,
                                           .length = key->length,
                                           .value = *value,
                                           .bucket = bucket,
                                           .next_in_bucket = cache->buckets[bucket],
                                           .used_at = cache->tick};
    cache->buckets[bucket] = index;
    cache->count++;
    cache->byte_count += added;
    return &cache->entries[index].value;
}

size_t cache_count(const struct cache *cache)
{
    return cache->count;
}

size_t cache_bytes(const struct cache *cache)
{
    return cache->byte_count;
}
