/* Profiles, topics, documents and reasons of a pause in topic config; see
 * codec_config_parts.h. */
#include "runtime/codec_config_parts.h"

static void write_profiles(struct json_writer *writer, const struct site *site)
{
    json_writer_integer(writer, "services_per_visit",
                        site->services_per_visit > 1 ? site->services_per_visit : 1);
    json_writer_bool(writer, "sign_in", site->sign_in);
    json_writer_bool(writer, "choice_needs_reason", site->choice_needs_reason);
    json_writer_integer(writer, "auto_call_s", site->auto_call_s);
    json_writer_integer(writer, "auto_start_s", site->auto_start_s);
    json_writer_open_array(writer, "profiles");
    for (uint32_t i = 0; i < site->profile_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", site->profiles[i].id);
        codec_write_name(writer, "name", &site->profiles[i].name);
        codec_write_services(writer, site, site->profiles[i].services);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void read_profiles(const struct codec_reader *reader, struct site *site)
{
    site->services_per_visit =
        (uint32_t)codec_integer(reader, "services_per_visit", 1, 1 + FURTHER_MAX);
    site->sign_in = codec_bool(reader, "sign_in");
    site->choice_needs_reason = codec_bool(reader, "choice_needs_reason");
    site->auto_call_s = (uint32_t)codec_integer(reader, "auto_call_s", 0, AUTO_S_MAX);
    site->auto_start_s = (uint32_t)codec_integer(reader, "auto_start_s", 0, AUTO_S_MAX);
    site->profile_count = codec_array(reader, "profiles", PROFILES_MAX);
    for (uint32_t i = 0; i < site->profile_count; i++) {
        struct codec_reader element = codec_element(reader, "profiles", i);
        codec_id(&element, "id", site->profiles[i].id);
        codec_read_name(&element, "name", &site->profiles[i].name);
        site->profiles[i].services = codec_read_services(&element, site);
    }
}

void codec_write_topics(struct json_writer *writer, const struct site *site)
{
    write_profiles(writer, site);
    json_writer_open_array(writer, "topics");
    for (uint32_t i = 0; i < site->topic_count; i++) {
        const struct topic *topic = &site->topics[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", topic->id);
        codec_write_name(writer, "name", &topic->name);
        codec_write_services(writer, site, topic->services);
        json_writer_string(writer, "under",
                           topic->under == 0 ? "" : site->topics[topic->under - 1].id);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
    json_writer_open_array(writer, "documents");
    for (uint32_t i = 0; i < site->document_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", site->documents[i].id);
        codec_write_name(writer, "name", &site->documents[i].name);
        codec_write_services(writer, site, site->documents[i].services);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
    json_writer_open_array(writer, "reasons");
    for (uint32_t i = 0; i < site->reason_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", site->reasons[i].id);
        codec_write_name(writer, "name", &site->reasons[i].name);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void read_topic(const struct codec_reader *reader, const struct site *site,
                       struct topic *topic)
{
    codec_id(reader, "id", topic->id);
    codec_read_name(reader, "name", &topic->name);
    topic->services = codec_read_services(reader, site);
    char under[ID_LENGTH_MAX + 1];
    codec_string(reader, "under", under, sizeof(under));
    if (under[0] != '\0') {
        uint32_t product = site_find_topic(site, under);
        if (product == SITE_NONE) {
            codec_reader_fail(reader, "under", "names no topic before it: '%s'", under);
            return;
        }
        topic->under = product + 1;
    }
}

void codec_read_topics(const struct codec_reader *reader, struct site *site)
{
    if (codec_has(reader, "profiles")) {
        read_profiles(reader, site);
    }
    if (!codec_has(reader, "topics")) {
        return;
    }
    uint32_t count = codec_array(reader, "topics", SERVICE_TOPICS_MAX);
    for (uint32_t i = 0; i < count; i++) {
        struct codec_reader element = codec_element(reader, "topics", i);
        read_topic(&element, site, &site->topics[i]);
        site->topic_count++; /* what stands before can be named */
    }
    site->document_count = codec_array(reader, "documents", DOCUMENTS_MAX);
    for (uint32_t i = 0; i < site->document_count; i++) {
        struct codec_reader element = codec_element(reader, "documents", i);
        codec_id(&element, "id", site->documents[i].id);
        codec_read_name(&element, "name", &site->documents[i].name);
        site->documents[i].services = codec_read_services(&element, site);
    }
    site->reason_count = codec_array(reader, "reasons", REASONS_MAX);
    for (uint32_t i = 0; i < site->reason_count; i++) {
        struct codec_reader element = codec_element(reader, "reasons", i);
        codec_id(&element, "id", site->reasons[i].id);
        codec_read_name(&element, "name", &site->reasons[i].name);
    }
}

void codec_read_topic_rule(const struct codec_reader *reader, struct service *service)
{
    if (!codec_has(reader, "topic_rule")) {
        return;
    }
    char word[CODEC_WORD_BYTES];
    codec_word(reader, "topic_rule", word);
    service->topic_rule = topic_rule_find(word);
    if (service->topic_rule == TOPIC_RULE_COUNT) {
        codec_reader_fail_word(reader, "topic_rule", word);
    }
}
