/* States and lights of a counter as tables; see counter.h. */
#include "core/counter.h"

#include <assert.h>

#include "core/names.h"

static const enum light lights[] = {
    [COUNTER_CLOSED] = LIGHT_OFF,      [COUNTER_FREE] = LIGHT_GREEN,
    [COUNTER_CALLED] = LIGHT_RED,      [COUNTER_SERVING] = LIGHT_RED,
    [COUNTER_WRAPPING_UP] = LIGHT_RED, [COUNTER_PAUSED] = LIGHT_OFF,
};
static_assert(sizeof(lights) / sizeof(lights[0]) == COUNTER_STATE_COUNT,
              "every state has a light");

static const bool is_manned[] = {
    [COUNTER_CLOSED] = false, [COUNTER_FREE] = true,        [COUNTER_CALLED] = true,
    [COUNTER_SERVING] = true, [COUNTER_WRAPPING_UP] = true, [COUNTER_PAUSED] = false,
};
static_assert(sizeof(is_manned) / sizeof(is_manned[0]) == COUNTER_STATE_COUNT,
              "every state says whether somebody works there");

static const char *const state_names[] = {
    [COUNTER_CLOSED] = "closed",           [COUNTER_FREE] = "free",
    [COUNTER_CALLED] = "called",           [COUNTER_SERVING] = "serving",
    [COUNTER_WRAPPING_UP] = "wrapping-up", [COUNTER_PAUSED] = "paused",
};
static_assert(sizeof(state_names) / sizeof(state_names[0]) == COUNTER_STATE_COUNT,
              "every state has a name");

static const char *const light_names[] = {
    [LIGHT_OFF] = "off",
    [LIGHT_GREEN] = "green",
    [LIGHT_RED] = "red",
};
static_assert(sizeof(light_names) / sizeof(light_names[0]) == LIGHT_COUNT,
              "every light has a name");

const char *counter_state_name(enum counter_state state)
{
    assert(state < COUNTER_STATE_COUNT);
    return state_names[state];
}

enum counter_state counter_state_find(const char *name)
{
    return (enum counter_state)names_find(state_names, COUNTER_STATE_COUNT, name);
}

const char *light_name(enum light light)
{
    assert(light < LIGHT_COUNT);
    return light_names[light];
}

enum light counter_light(enum counter_state state)
{
    assert(state < COUNTER_STATE_COUNT);
    return lights[state];
}

bool counter_state_is_open(enum counter_state state)
{
    assert(state < COUNTER_STATE_COUNT);
    return is_manned[state];
}
