/* Look-up in tables of names; see names.h. */
#include "core/names.h"

#include <assert.h>
#include <string.h>

uint32_t names_find(const char *const *names, uint32_t count, const char *name)
{
    assert(names && name);
    for (uint32_t i = 0; i < count; i++) {
        assert(names[i]);
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return count;
}
