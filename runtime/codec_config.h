/* What devices need to know of the site, as payload of topic config. */
#ifndef GUICHET_RUNTIME_CODEC_CONFIG_H
#define GUICHET_RUNTIME_CODEC_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"

/* Write the published part of `site` as board_encode() does. ERR_LIMIT when the site's
 * names and lists make more than `capacity` bytes; site_config_load() refuses a site.conf
 * that would (PAYLOAD_BYTES_MAX). */
enum status config_encode(int64_t epoch, const struct site *site, char *buffer,
                          size_t capacity, size_t *ret_length, struct error *err);

/* Read a config. `ret_site` keeps the rules of site_check(); what is not published has a
 * neutral value (hours: never open, head starts: 0, first numbers: 1, sources: none). On
 * failure `err` names the field and the outputs are untouched. Either output may be NULL.
 */
enum status config_decode(const char *bytes, size_t length, int64_t *ret_epoch,
                          struct site *ret_site, struct error *err);

#endif
