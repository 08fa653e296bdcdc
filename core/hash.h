/* The parts of queue_state_hash() that every state is made of, and those of the site. It
 * is FNV-1a of 64 bits: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV
 * Non-Cryptographic Hash Algorithm". What was added later is hashed only where it is not
 * at its default, so that older journals keep their hashes. */
#ifndef GUICHET_CORE_HASH_H
#define GUICHET_CORE_HASH_H

#include <stdint.h>

#include "core/site.h"

#define HASH_BEGIN 0xCBF29CE484222325U

/* 8 bytes, lowest first; the text's bytes and a zero; a name or detail in every language.
 */
void hash_number(uint64_t *hash, int64_t number);
void hash_text(uint64_t *hash, const char *text);
void hash_name(uint64_t *hash, const struct site_name *name);
void hash_detail(uint64_t *hash, const struct site_detail *detail);

/* What the site is; then, each at its place in the state's hash, its policies, what
 * limits the opening, and what counters and profiles are less good at. */
void hash_site(uint64_t *hash, const struct site *site);
void hash_policies(uint64_t *hash, const struct site *site);
void hash_opening(uint64_t *hash, const struct site *site);
void hash_skills(uint64_t *hash, const struct site *site);

#endif
