/* Looks a word up in a table of names indexed by an enum; the tables are the only place
 * where a name is spelled. Used inside core only. */
#ifndef GUICHET_CORE_NAMES_H
#define GUICHET_CORE_NAMES_H

#include <stdint.h>

/* Index of `name` among the `count` names, or `count` when it is not there. */
uint32_t names_find(const char *const *names, uint32_t count, const char *name);

#endif
