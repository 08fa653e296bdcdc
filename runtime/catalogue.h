/* Texts of the programs in every language at once. Sources are English; translations are
 * gettext catalogues (assets/catalogue/<domain>.<language>.po) compiled by msgfmt and
 * read here, without setlocale(): a hall screen may show two languages side by side.
 *
 *   catalogue_text(catalogue, LANGUAGE_FR, tr("Take your ticket"))
 *
 * tr() marks a source string for xgettext and tr_plural() a pair; a test sees that every
 * marked string of a program has its translation in the program's domain or in `common`.
 */
#ifndef GUICHET_RUNTIME_CATALOGUE_H
#define GUICHET_RUNTIME_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"

/* Marks a source string where it stands; its value is the string. */
#define tr(source) (source)

/* Marks a pair of source strings, for tables; the value is the pair as two values. */
#define tr_plural(one, many) (one), (many)

/* Domains that one program may load beside each other. */
#define CATALOGUE_DOMAINS_MAX 8

struct catalogue;

/* Load the `count` domains named in `domains` ("kiosk", "common") for every language from
 * `folder`, where <domain>.<language>.mo lie. English needs no file. A string is looked
 * up in the order of the domains. ERR_NOT_FOUND when a file is missing, ERR_CORRUPT when
 * it is no catalogue; the sentence names it. */
enum status catalogue_load(const char *folder, const char *const domains[], size_t count,
                           struct catalogue **ret_catalogue, struct error *err);

/* Accepts NULL. */
void catalogue_destroy(struct catalogue *catalogue);

/* The folder of compiled catalogues: `folder_of_assets`/catalogue when that is not empty,
 * else where they were installed or built. `ret_folder` has `capacity` bytes. */
void catalogue_folder(const char *folder_of_assets, char *ret_folder, size_t capacity);

/* The translation of `source` (English); `source` itself where there is none. Borrowed
 * from the catalogue. A NULL catalogue gives the source. */
const char *catalogue_text(const struct catalogue *catalogue, enum language language,
                           const char *source);

/* The same for a source that means several things; translators see the context:
 * catalogue_context(catalogue, language, "counter", "Open"), marked tr_context(). */
#define tr_context(context, source) (context), (source)
const char *catalogue_context(const struct catalogue *catalogue, enum language language,
                              const char *context, const char *source);

/* The form of a counted text for `count`: "{count} person" or "{count} people". */
const char *catalogue_plural(const struct catalogue *catalogue, enum language language,
                             const char *one, const char *many, uint32_t count);

/* What stands for {name} in a pattern. */
struct catalogue_part {
    const char *name;
    const char *text;
};

/* Write `pattern` with every {name} of `parts` replaced, into `capacity` bytes; a name
 * that is not among them stays. Returns false when it had to be cut. A translation may
 * order the parts as its language needs, which printf's formats do not allow safely. */
bool catalogue_fill(const char *pattern, const struct catalogue_part *parts, size_t count,
                    char *ret_text, size_t capacity);

#endif
