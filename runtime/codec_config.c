/* The published part of a site as JSON; see codec_config.h. */
#include "runtime/codec_config.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "runtime/codec_config_parts.h"
#include "runtime/codec_reader.h"
#include "runtime/json_writer.h"

void codec_write_name(struct json_writer *writer, const char *key,
                      const struct site_name *name)
{
    json_writer_open_object(writer, key);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        json_writer_string(writer, language_tag((enum language)i), name->in[i]);
    }
    json_writer_close_object(writer);
}

static void write_detail(struct json_writer *writer, const char *key,
                         const struct site_detail *detail)
{
    json_writer_open_object(writer, key);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        json_writer_string(writer, language_tag((enum language)i), detail->in[i]);
    }
    json_writer_close_object(writer);
}

static void write_site(struct json_writer *writer, const struct site *site)
{
    json_writer_open_object(writer, "site");
    json_writer_string(writer, "id", site->id);
    codec_write_name(writer, "name", &site->name);
    json_writer_string(writer, "time_zone", site->time_zone);
    json_writer_bool(writer, "call_chosen", site->call_chosen);
    json_writer_bool(writer, "wrap_up", site->wrap_up);
    json_writer_integer(writer, "no_show_within_s", site->no_show_within_s);
    write_detail(writer, "notice", &site->notice);
    write_detail(writer, "slip_note", &site->slip_note);
    json_writer_close_object(writer);
}

static void write_services(struct json_writer *writer, const struct site *site)
{
    json_writer_open_array(writer, "services");
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        char color[8];
        (void)snprintf(color, sizeof(color), "#%06x",
                       (unsigned)(service->color_rgb & 0xFFFFFFU)); /* always fits */
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", service->id);
        json_writer_string(writer, "letter", service->letter);
        json_writer_string(writer, "color", color);
        codec_write_name(writer, "name", &service->name);
        codec_write_name(writer, "short_name", &service->short_name);
        write_detail(writer, "detail", &service->detail);
        json_writer_integer(writer, "standard_wait_s", service->standard_wait_s);
        json_writer_integer(writer, "standard_share_percent",
                            service->standard_share_percent);
        json_writer_string(writer, "topic_rule", topic_rule_name(service->topic_rule));
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

void codec_write_services(struct json_writer *writer, const struct site *site,
                          uint64_t services)
{
    json_writer_open_array(writer, "services");
    for (uint32_t i = 0; i < site->service_count; i++) {
        if ((services >> i & 1U) != 0) {
            json_writer_string(writer, NULL, site->services[i].id);
        }
    }
    json_writer_close_array(writer);
}

static void write_counters(struct json_writer *writer, const struct site *site)
{
    json_writer_open_array(writer, "counters");
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct counter_place *counter = &site->counters[i];
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", counter->id);
        json_writer_string(writer, "label", counter->label);
        codec_write_name(writer, "name", &counter->name);
        json_writer_string(writer, "hall", site->halls[counter->hall].id);
        codec_write_services(writer, site, counter->services);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

static void write_halls_and_classes(struct json_writer *writer, const struct site *site)
{
    json_writer_open_array(writer, "halls");
    for (uint32_t i = 0; i < site->hall_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", site->halls[i].id);
        codec_write_name(writer, "name", &site->halls[i].name);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
    json_writer_open_array(writer, "classes");
    for (uint32_t i = 0; i < site->class_count; i++) {
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", site->classes[i].id);
        codec_write_name(writer, "name", &site->classes[i].name);
        json_writer_bool(writer, "at_kiosk", site->classes[i].at_kiosk);
        json_writer_bool(writer, "seated", site->classes[i].is_seated);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

/* The devices of one kind with the id of their place. */
static void write_devices(struct json_writer *writer, const char *key,
                          const struct device *devices, uint32_t count,
                          const struct site *site)
{
    bool is_at_counter = devices == site->buttons;
    json_writer_open_array(writer, key);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = devices[i].place;
        json_writer_open_object(writer, NULL);
        json_writer_string(writer, "id", devices[i].id);
        json_writer_string(writer, is_at_counter ? "counter" : "hall",
                           is_at_counter ? site->counters[place].id
                                         : site->halls[place].id);
        json_writer_close_object(writer);
    }
    json_writer_close_array(writer);
}

enum status config_encode(int64_t epoch, const struct site *site, char *buffer,
                          size_t capacity, size_t *ret_length, struct error *err)
{
    assert(site && buffer && ret_length);
    struct json_writer writer;
    json_writer_init(&writer, buffer, capacity);
    json_writer_open_object(&writer, NULL);
    json_writer_integer(&writer, "epoch", epoch);
    write_site(&writer, site);
    write_halls_and_classes(&writer, site);
    write_services(&writer, site);
    write_counters(&writer, site);
    write_devices(&writer, "kiosks", site->kiosks, site->kiosk_count, site);
    write_devices(&writer, "displays", site->displays, site->display_count, site);
    write_devices(&writer, "buttons", site->buttons, site->button_count, site);
    codec_write_topics(&writer, site);
    write_devices(&writer, "receptions", site->receptions, site->reception_count, site);
    write_devices(&writer, "supervisors", site->supervisors, site->supervisor_count,
                  site);
    json_writer_close_object(&writer);
    return json_writer_finish(&writer, "the site, as devices get it,", ret_length, err);
}

void codec_read_name(const struct codec_reader *reader, const char *key,
                     struct site_name *name)
{
    struct codec_reader inner = codec_object(reader, key);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        codec_string(&inner, language_tag((enum language)i), name->in[i],
                     sizeof(name->in[i]));
    }
}

static void read_detail(const struct codec_reader *reader, const char *key,
                        struct site_detail *detail)
{
    struct codec_reader inner = codec_object(reader, key);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        codec_string(&inner, language_tag((enum language)i), detail->in[i],
                     sizeof(detail->in[i]));
    }
}

static void read_site(const struct codec_reader *reader, struct site *site)
{
    codec_id(reader, "id", site->id);
    codec_read_name(reader, "name", &site->name);
    codec_string(reader, "time_zone", site->time_zone, sizeof(site->time_zone));
    site->call_chosen = codec_bool(reader, "call_chosen");
    site->wrap_up = codec_bool(reader, "wrap_up");
    site->no_show_within_s =
        (uint32_t)codec_integer(reader, "no_show_within_s", 0, 86400);
    read_detail(reader, "notice", &site->notice);
    if (codec_has(reader, "slip_note")) { /* absent from older servers */
        read_detail(reader, "slip_note", &site->slip_note);
    }
}

static void read_halls_and_classes(const struct codec_reader *reader, struct site *site)
{
    site->hall_count = codec_array(reader, "halls", HALLS_MAX);
    for (uint32_t i = 0; i < site->hall_count; i++) {
        struct codec_reader hall = codec_element(reader, "halls", i);
        codec_id(&hall, "id", site->halls[i].id);
        codec_read_name(&hall, "name", &site->halls[i].name);
    }
    site->class_count = codec_array(reader, "classes", CLASSES_MAX);
    for (uint32_t i = 0; i < site->class_count; i++) {
        struct codec_reader class = codec_element(reader, "classes", i);
        codec_id(&class, "id", site->classes[i].id);
        codec_read_name(&class, "name", &site->classes[i].name);
        site->classes[i].at_kiosk = codec_bool(&class, "at_kiosk");
        site->classes[i].is_seated = codec_bool_if_any(&class, "seated");
    }
}

static uint32_t read_color(const struct codec_reader *reader)
{
    char text[CODEC_WORD_BYTES];
    codec_string(reader, "color", text, sizeof(text));
    if (text[0] != '#' || strlen(text) != 7 ||
        strspn(text + 1, "0123456789abcdefABCDEF") != 6) {
        codec_reader_fail(reader, "color", "is not a colour like #1f6fd6");
        return 0;
    }
    return (uint32_t)strtoul(text + 1, NULL, 16);
}

static void read_services(const struct codec_reader *reader, struct site *site)
{
    site->service_count = codec_array(reader, "services", SERVICES_MAX);
    for (uint32_t i = 0; i < site->service_count; i++) {
        struct codec_reader element = codec_element(reader, "services", i);
        struct service *service = &site->services[i];
        codec_id(&element, "id", service->id);
        codec_string(&element, "letter", service->letter, sizeof(service->letter));
        service->color_rgb = read_color(&element);
        codec_read_name(&element, "name", &service->name);
        codec_read_name(&element, "short_name", &service->short_name);
        read_detail(&element, "detail", &service->detail);
        service->standard_wait_s =
            (uint32_t)codec_integer(&element, "standard_wait_s", 0, 86400);
        service->standard_share_percent =
            (uint32_t)codec_integer(&element, "standard_share_percent", 1, 100);
        service->first_number = 1;
        codec_read_topic_rule(&element, service);
    }
}

/* The hall named by the field `hall` of an element. */
static uint32_t read_hall(const struct codec_reader *reader, const struct site *site)
{
    char id[ID_LENGTH_MAX + 1];
    codec_id(reader, "hall", id);
    uint32_t hall = site_find_hall(site, id);
    if (hall == SITE_NONE) {
        codec_reader_fail(reader, "hall", "names no hall: '%s'", id);
    }
    return hall;
}

uint64_t codec_read_services(const struct codec_reader *reader, const struct site *site)
{
    uint64_t services = 0;
    uint32_t count = codec_array(reader, "services", SERVICES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        char id[ID_LENGTH_MAX + 1];
        codec_element_string(reader, "services", i, id, sizeof(id));
        uint32_t service = site_find_service(site, id);
        if (service == SITE_NONE) {
            codec_reader_fail(reader, "services", "names no service: '%s'", id);
            return 0;
        }
        services |= UINT64_C(1) << service;
    }
    return services;
}

static void read_counters(const struct codec_reader *reader, struct site *site)
{
    site->counter_count = codec_array(reader, "counters", COUNTERS_MAX);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        struct codec_reader element = codec_element(reader, "counters", i);
        struct counter_place *counter = &site->counters[i];
        codec_id(&element, "id", counter->id);
        codec_string(&element, "label", counter->label, sizeof(counter->label));
        codec_read_name(&element, "name", &counter->name);
        counter->hall = read_hall(&element, site);
        counter->services = codec_read_services(&element, site);
    }
}

static uint32_t read_devices(const struct codec_reader *reader, const char *key,
                             struct device *devices, const struct site *site)
{
    uint32_t count = codec_array(reader, key, DEVICES_PER_KIND_MAX);
    for (uint32_t i = 0; i < count; i++) {
        struct codec_reader element = codec_element(reader, key, i);
        codec_id(&element, "id", devices[i].id);
        if (devices != site->buttons) {
            devices[i].place = read_hall(&element, site);
            continue;
        }
        char id[ID_LENGTH_MAX + 1];
        codec_id(&element, "counter", id);
        devices[i].place = site_find_counter(site, id);
        if (devices[i].place == SITE_NONE) {
            codec_reader_fail(&element, "counter", "names no counter: '%s'", id);
        }
    }
    return count;
}

static void read_config(const struct codec_reader *reader, struct site *site)
{
    struct codec_reader whole = codec_object(reader, "site");
    read_site(&whole, site);
    read_halls_and_classes(reader, site);
    read_services(reader, site);
    read_counters(reader, site);
    codec_read_topics(reader, site);
    site->kiosk_count = read_devices(reader, "kiosks", site->kiosks, site);
    site->display_count = read_devices(reader, "displays", site->displays, site);
    site->button_count = read_devices(reader, "buttons", site->buttons, site);
    if (codec_has(reader, "supervisors")) { /* absent from older servers */
        site->reception_count =
            read_devices(reader, "receptions", site->receptions, site);
        site->supervisor_count =
            read_devices(reader, "supervisors", site->supervisors, site);
    }
}

enum status config_decode(const char *bytes, size_t length, int64_t *ret_epoch,
                          struct site *ret_site, struct error *err)
{
    assert(bytes);
    json_t *tree = NULL;
    enum status status = codec_parse(bytes, length, &tree, err);
    if (status != OK) {
        return status;
    }
    struct site *site = calloc(1, sizeof(*site));
    if (!site) {
        json_decref(tree);
        return error_set(err, ERR_FULL, "there is no memory for a site");
    }
    struct codec_fault fault;
    struct codec_reader reader = codec_reader_init(tree, &fault, err);
    int64_t epoch = codec_integer(&reader, "epoch", 0, INT64_MAX);
    read_config(&reader, site);
    status = fault.status == OK ? site_check(site, err) : fault.status;
    if (status == OK && ret_epoch) {
        *ret_epoch = epoch;
    }
    if (status == OK && ret_site) {
        *ret_site = *site;
    }
    free(site);
    json_decref(tree);
    return status;
}
