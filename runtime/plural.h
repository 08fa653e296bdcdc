/* The rule that says which form of a counted text a number takes, as gettext's
 * catalogues state it: "nplurals=2; plural=(n > 1);". */
#ifndef GUICHET_RUNTIME_PLURAL_H
#define GUICHET_RUNTIME_PLURAL_H

#include <stdbool.h>
#include <stdint.h>

#define PLURAL_RULE_BYTES 400
#define PLURAL_FORMS_MAX  6

struct plural {
    uint32_t form_count;          /* 1 to PLURAL_FORMS_MAX */
    char rule[PLURAL_RULE_BYTES]; /* an expression of C in `n` */
};

/* Read the rule; NULL is "one form for all". False when it cannot be read. */
bool plural_parse(const char *header, struct plural *ret_plural);

/* The form for `count`, 0 to form_count - 1. */
uint32_t plural_form(const struct plural *plural, uint32_t count);

#endif
