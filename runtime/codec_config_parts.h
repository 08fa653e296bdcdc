/* What the files that write and read topic config share. Used by runtime/codec_config*.c
 * only. */
#ifndef GUICHET_RUNTIME_CODEC_CONFIG_PARTS_H
#define GUICHET_RUNTIME_CODEC_CONFIG_PARTS_H

#include "core/site.h"
#include "runtime/codec_reader.h"
#include "runtime/json_writer.h"

/* A name in every language. */
void codec_write_name(struct json_writer *writer, const char *key,
                      const struct site_name *name);
void codec_read_name(const struct codec_reader *reader, const char *key,
                     struct site_name *name);

/* Field `services`: the ids of a set. */
void codec_write_services(struct json_writer *writer, const struct site *site,
                          uint64_t services);
uint64_t codec_read_services(const struct codec_reader *reader, const struct site *site);

/* Profiles and what agents may say of a service; absent from older servers
 * (codec_config_topics.c). */
void codec_write_topics(struct json_writer *writer, const struct site *site);
void codec_read_topics(const struct codec_reader *reader, struct site *site);
void codec_read_topic_rule(const struct codec_reader *reader, struct service *service);

#endif
