/* A site as JSON and back: the body of `site-configured`, every field of struct site. */
#ifndef GUICHET_JOURNAL_SITE_BODY_H
#define GUICHET_JOURNAL_SITE_BODY_H

#include "core/site.h"
#include "core/text.h"
#include "journal/fields.h"

/* Append the site as compact JSON in canonical order to `body`. */
void site_body_encode(const struct site *site, struct text *body);

/* Read the object that `fields` was started with; the site then passes site_check(). On
 * a fault, which `fields` keeps, `*ret_site` holds no usable site. */
void site_body_decode(struct fields *fields, struct site *ret_site);

/* Append `string` as a JSON string with its quotes. Only what must be escaped is, so that
 * there is one way to write it. */
void json_put_string(struct text *body, const char *string);

#endif
