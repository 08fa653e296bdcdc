/* A site as JSON; see site_body.h. Lists keep their order, because indexes are positions;
 * references inside the site (hall of a counter, its services) are ids. */
#include "journal/site_body.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "journal/site_body_parts.h"

/* Minutes of a day: the highest bound of an opening range. */
#define DAY_MINUTES 1440

void json_put_string(struct text *body, const char *string)
{
    text_add_string(body, "\"");
    while (*string != '\0') {
        size_t plain =
            strcspn(string, "\"\\\001\002\003\004\005\006\007\010\011\012\013\014"
                            "\015\016\017\020\021\022\023\024\025\026\027\030\031"
                            "\032\033\034\035\036\037");
        text_add(body, "%.*s", (int)plain, string);
        string += plain;
        if (*string == '"' || *string == '\\') {
            text_add(body, "\\%c", *string);
            string++;
        } else if (*string != '\0') {
            text_add(body, "\\u%04x", (unsigned)*string);
            string++;
        }
    }
    text_add_string(body, "\"");
}

/* ,"KEY": — or without the comma at the start of an object. */
void site_put_key(struct text *body, const char *key)
{
    bool is_first = body->length == 0 || body->bytes[body->length - 1] == '{';
    text_add(body, "%s\"%s\":", is_first ? "" : ",", key);
}

void site_put_string(struct text *body, const char *key, const char *string)
{
    site_put_key(body, key);
    json_put_string(body, string);
}

void site_put_count(struct text *body, const char *key, uint32_t count)
{
    site_put_key(body, key);
    text_add(body, "%" PRIu32, count);
}

static void put_bool(struct text *body, const char *key, bool value)
{
    site_put_key(body, key);
    text_add_string(body, value ? "true" : "false");
}

static void put_languages(struct text *body, const char *key, const char *fr,
                          const char *en)
{
    site_put_key(body, key);
    text_add_string(body, "{");
    site_put_string(body, language_tag(LANGUAGE_FR), fr);
    site_put_string(body, language_tag(LANGUAGE_EN), en);
    text_add_string(body, "}");
}

void site_put_name(struct text *body, const char *key, const struct site_name *name)
{
    put_languages(body, key, name->in[LANGUAGE_FR], name->in[LANGUAGE_EN]);
}

static void put_detail(struct text *body, const char *key,
                       const struct site_detail *detail)
{
    put_languages(body, key, detail->in[LANGUAGE_FR], detail->in[LANGUAGE_EN]);
}
static_assert(LANGUAGE_COUNT == 2,
              "a new language needs a new version of site-configured");

static bool has_detail(const struct site_detail *detail)
{
    return detail->in[LANGUAGE_FR][0] != '\0' || detail->in[LANGUAGE_EN][0] != '\0';
}

/* Start of element `index` of a list of objects. */
void site_put_element(struct text *body, uint32_t index)
{
    text_add_string(body, index == 0 ? "{" : ",{");
}

/* Ranges of a day that are written: unused ones at the end are left out. */
/* Seven lists, from Monday on, of [from, to] in minutes. */
static void put_hours(struct text *body, const struct week_hours *hours)
{
    site_put_key(body, "hours");
    for (size_t weekday = 0; weekday < 7; weekday++) {
        text_add_string(body, weekday == 0 ? "[[" : ",[");
        const struct hours_range *ranges = hours->day[weekday];
        site_put_ranges(body, ranges);
        text_add_string(body, "]");
    }
    text_add_string(body, "]");
}

/* Left out where the first call is enough and calls may follow each other at once. */
static void put_calls(struct text *body, const struct service *service)
{
    if (service->calls_before_no_show > 1) {
        site_put_count(body, "calls_before_no_show", service->calls_before_no_show);
    }
    if (service->call_gap_s != 0) {
        site_put_count(body, "call_gap_s", service->call_gap_s);
    }
}

static void put_services(struct text *body, const struct site *site)
{
    site_put_key(body, "services");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        site_put_element(body, i);
        site_put_string(body, "id", service->id);
        site_put_string(body, "letter", service->letter);
        text_add(body, ",\"color\":\"#%06" PRIx32 "\"", service->color_rgb & 0xFFFFFFU);
        site_put_name(body, "name", &service->name);
        site_put_name(body, "short_name", &service->short_name);
        put_detail(body, "detail", &service->detail);
        site_put_count(body, "standard_wait_s", service->standard_wait_s);
        site_put_count(body, "standard_share_percent", service->standard_share_percent);
        site_put_count(body, "typical_service_s", service->typical_service_s);
        site_put_count(body, "first_number", service->first_number);
        if (service->readmit_within_s != 0) { /* absent in older journals */
            site_put_count(body, "readmit_within_s", service->readmit_within_s);
        }
        put_calls(body, service);
        put_hours(body, &service->hours);
        site_put_opening(body, service);
        site_put_topic_rule(body, service);
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
}

void site_put_services(struct text *body, const char *key, const struct site *site,
                       uint64_t services)
{
    site_put_key(body, key);
    const char *separator = "[";
    for (uint32_t bit = 0; bit < site->service_count; bit++) {
        if ((services >> bit & 1U) != 0) {
            text_add(body, "%s\"%s\"", separator, site->services[bit].id);
            separator = ",";
        }
    }
    text_add_string(body, *separator == '[' ? "[]" : "]");
}

static void put_counters(struct text *body, const struct site *site)
{
    site_put_key(body, "counters");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct counter_place *counter = &site->counters[i];
        assert(counter->hall < site->hall_count);
        site_put_element(body, i);
        site_put_string(body, "id", counter->id);
        site_put_name(body, "name", &counter->name);
        site_put_string(body, "label", counter->label);
        site_put_string(body, "hall", site->halls[counter->hall].id);
        site_put_services(body, "services", site, counter->services);
        site_put_policy(body, site, counter->policy);
        site_put_skills(body, site, &counter->skills);
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
}

static void put_classes(struct text *body, const struct site *site)
{
    site_put_key(body, "classes");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->class_count; i++) {
        const struct priority_class *class = &site->classes[i];
        site_put_element(body, i);
        site_put_string(body, "id", class->id);
        site_put_name(body, "name", &class->name);
        site_put_count(body, "head_start_s", class->head_start_s);
        put_bool(body, "at_kiosk", class->at_kiosk);
        if (class->weight_percent != 0) { /* absent in older journals */
            site_put_count(body, "weight_percent", class->weight_percent);
        }
        if (class->is_emergency) {
            put_bool(body, "emergency", true);
        }
        if (class->is_seated) {
            put_bool(body, "seated", true);
        }
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
}

/* A list of devices and where each belongs. */
struct device_list {
    const char *key;
    const char *place_key; /* NULL: the kind has no place */
    const struct device *devices;
    uint32_t count;
    bool may_lack; /* older journals do not have it */
};

static const char *place_id(const struct site *site, const struct device_list *list,
                            uint32_t place)
{
    if (strcmp(list->place_key, "hall") == 0) {
        assert(place < site->hall_count);
        return site->halls[place].id;
    }
    assert(place < site->counter_count);
    return site->counters[place].id;
}

static void put_devices(struct text *body, const struct site *site,
                        const struct device_list *list)
{
    site_put_key(body, list->key);
    text_add_string(body, "[");
    for (uint32_t i = 0; i < list->count; i++) {
        site_put_element(body, i);
        site_put_string(body, "id", list->devices[i].id);
        if (list->place_key) {
            site_put_string(body, list->place_key,
                            place_id(site, list, list->devices[i].place));
        }
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
}

void site_body_encode(const struct site *site, struct text *body)
{
    text_add_string(body, "{");
    site_put_string(body, "id", site->id);
    site_put_name(body, "name", &site->name);
    site_put_string(body, "time_zone", site->time_zone);
    site_put_count(body, "day_change_minutes", site->day_change_minutes);
    site_put_count(body, "no_show_within_s", site->no_show_within_s);
    put_bool(body, "call_chosen", site->call_chosen);
    put_bool(body, "wrap_up", site->wrap_up);
    put_detail(body, "notice", &site->notice);
    if (has_detail(&site->slip_note)) { /* absent in older journals */
        put_detail(body, "slip_note", &site->slip_note);
    }
    site_put_closed_dates(body, site);
    site_put_policy(body, site, site->policy);
    if (site->overtaken_max != 0) {
        site_put_count(body, "overtaken_max", site->overtaken_max);
    }
    site_put_key(body, "halls");
    text_add_string(body, "[");
    for (uint32_t i = 0; i < site->hall_count; i++) {
        site_put_element(body, i);
        site_put_string(body, "id", site->halls[i].id);
        site_put_name(body, "name", &site->halls[i].name);
        text_add_string(body, "}");
    }
    text_add_string(body, "]");
    put_services(body, site);
    if (site->policy_count > 0) { /* absent in older journals */
        site_put_policies(body, site);
    }
    put_counters(body, site);
    put_classes(body, site);
    site_put_topics(body, site);
    site_put_profiles(body, site);
    const struct device_list lists[] = {
        {"kiosks", "hall", site->kiosks, site->kiosk_count, false},
        {"displays", "hall", site->displays, site->display_count, false},
        {"buttons", "counter", site->buttons, site->button_count, false},
        {"sources", NULL, site->sources, site->source_count, false},
        {"receptions", "hall", site->receptions, site->reception_count, true},
        {"supervisors", "hall", site->supervisors, site->supervisor_count, true},
    };
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (lists[i].count > 0 || !lists[i].may_lack) {
            put_devices(body, site, &lists[i]);
        }
    }
    text_add_string(body, "}");
}

/* Reading. The parent keeps the first fault of its parts, with where it is. */

void site_part_end(struct fields *parent, struct fields *part, const char *what,
                   size_t index)
{
    struct error *err = part->err;
    if (fields_end(part) != OK && !parent->has_failed) {
        fields_fail(parent, "%s %zu: %s", what, index + 1, err->text);
    }
}

static void read_languages(struct fields *fields, const char *key, char *ret_fr,
                           char *ret_en, size_t capacity)
{
    struct error err;
    struct fields part;
    json_t *value = fields_value(fields, key);
    if (!value) {
        return;
    }
    fields_init(&part, value, &err);
    fields_copy(&part, language_tag(LANGUAGE_FR), ret_fr, capacity);
    fields_copy(&part, language_tag(LANGUAGE_EN), ret_en, capacity);
    if (fields_end(&part) != OK) {
        fields_fail(fields, "'%s': %s", key, err.text);
    }
}

void site_read_name(struct fields *fields, const char *key, struct site_name *ret_name)
{
    read_languages(fields, key, ret_name->in[LANGUAGE_FR], ret_name->in[LANGUAGE_EN],
                   sizeof(ret_name->in[0]));
}

static void read_detail(struct fields *fields, const char *key,
                        struct site_detail *ret_detail)
{
    read_languages(fields, key, ret_detail->in[LANGUAGE_FR], ret_detail->in[LANGUAGE_EN],
                   sizeof(ret_detail->in[0]));
}

/* A list of at most `max` elements; its length, 0 after a fault. */
uint32_t site_read_list(struct fields *fields, const char *key, size_t max,
                        json_t **ret_list)
{
    *ret_list = fields_value(fields, key);
    if (*ret_list && !json_is_array(*ret_list)) {
        fields_fail(fields, "'%s' is not a list", key);
    }
    size_t size = json_array_size(*ret_list);
    if (size > max) {
        fields_fail(fields, "'%s' has more than %zu elements", key, max);
    }
    return fields->has_failed ? 0 : (uint32_t)size;
}

/* Index of the thing that a field names by its id. */
static uint32_t read_reference(struct fields *fields, const struct site *site,
                               const char *key)
{
    const char *id = fields_text(fields, key);
    bool is_hall = strcmp(key, "hall") == 0;
    uint32_t index = is_hall ? site_find_hall(site, id) : site_find_counter(site, id);
    if (index == SITE_NONE) {
        fields_fail(fields, "'%s' names '%s', which the site does not have", key, id);
        return 0;
    }
    return index;
}

static uint32_t read_color(struct fields *fields)
{
    const char *text = fields_text(fields, "color");
    uint32_t color = 0;
    bool is_color = strlen(text) == 7 && text[0] == '#';
    for (size_t i = 1; is_color && i < 7; i++) {
        const char *const digits = "0123456789abcdef";
        const char *digit = strchr(digits, text[i]);
        is_color = digit != NULL;
        color = color << 4 | (is_color ? (uint32_t)(digit - digits) : 0);
    }
    if (!is_color) {
        fields_fail(fields, "'color' is not a colour like #1f6fd6");
        return 0;
    }
    return color;
}

static void read_hours(struct fields *fields, struct week_hours *ret_hours)
{
    json_t *week = NULL;
    if (site_read_list(fields, "hours", 7, &week) != 7) {
        fields_fail(fields, "'hours' has not seven days");
        return;
    }
    for (size_t weekday = 0; weekday < 7; weekday++) {
        json_t *day = json_array_get(week, weekday);
        if (!site_read_ranges(day, 0, ret_hours->day[weekday])) {
            fields_fail(fields, "'hours': day %zu is not a list of [from, to] minutes",
                        weekday + 1);
        }
    }
}

static void read_service(struct fields *fields, struct service *ret_service)
{
    fields_copy(fields, "id", ret_service->id, sizeof(ret_service->id));
    fields_copy(fields, "letter", ret_service->letter, sizeof(ret_service->letter));
    ret_service->color_rgb = read_color(fields);
    site_read_name(fields, "name", &ret_service->name);
    site_read_name(fields, "short_name", &ret_service->short_name);
    read_detail(fields, "detail", &ret_service->detail);
    ret_service->standard_wait_s = fields_count(fields, "standard_wait_s", UINT32_MAX);
    ret_service->standard_share_percent =
        fields_count(fields, "standard_share_percent", 100);
    ret_service->typical_service_s =
        fields_count(fields, "typical_service_s", UINT32_MAX);
    ret_service->first_number = fields_count(fields, "first_number", TICKET_NUMBER_MAX);
    if (fields_has(fields, "readmit_within_s")) {
        ret_service->readmit_within_s =
            fields_count(fields, "readmit_within_s", UINT32_MAX);
    }
    ret_service->calls_before_no_show =
        fields_count_if_any(fields, "calls_before_no_show", UINT32_MAX);
    ret_service->call_gap_s = fields_count_if_any(fields, "call_gap_s", UINT32_MAX);
    read_hours(fields, &ret_service->hours);
    site_read_opening(fields, ret_service);
    site_read_topic_rule(fields, ret_service);
}

uint64_t site_read_services(struct fields *fields, const char *key,
                            const struct site *site)
{
    json_t *list = NULL;
    uint64_t services = 0;
    uint32_t count = site_read_list(fields, key, SERVICES_MAX, &list);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        uint32_t service = id ? site_find_service(site, id) : SITE_NONE;
        if (service == SITE_NONE) {
            fields_fail(fields, "'%s' names a service that the site does not have", key);
            return 0;
        }
        services |= UINT64_C(1) << service;
    }
    return services;
}

static void read_counter(struct fields *fields, const struct site *site,
                         struct counter_place *ret_counter)
{
    fields_copy(fields, "id", ret_counter->id, sizeof(ret_counter->id));
    site_read_name(fields, "name", &ret_counter->name);
    fields_copy(fields, "label", ret_counter->label, sizeof(ret_counter->label));
    ret_counter->hall = read_reference(fields, site, "hall");
    ret_counter->policy = site_read_policy(fields, site);
    ret_counter->services = site_read_services(fields, "services", site);
    site_read_skills(fields, site, &ret_counter->skills);
}

static void read_class(struct fields *fields, struct priority_class *ret_class)
{
    fields_copy(fields, "id", ret_class->id, sizeof(ret_class->id));
    site_read_name(fields, "name", &ret_class->name);
    ret_class->head_start_s = fields_count(fields, "head_start_s", HEAD_START_S_MAX);
    ret_class->at_kiosk = fields_bool(fields, "at_kiosk");
    ret_class->weight_percent =
        fields_count_if_any(fields, "weight_percent", WEIGHT_PERCENT_MAX);
    ret_class->is_emergency =
        fields_has(fields, "emergency") && fields_bool(fields, "emergency");
    ret_class->is_seated = fields_has(fields, "seated") && fields_bool(fields, "seated");
}

static uint32_t read_devices(struct fields *fields, const struct site *site,
                             const struct device_list *list, struct device *ret_devices)
{
    json_t *elements = NULL;
    if (!fields_has(fields, list->key) && list->may_lack) {
        return 0;
    }
    uint32_t count = site_read_list(fields, list->key, DEVICES_PER_KIND_MAX, &elements);
    for (uint32_t i = 0; i < count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(elements, i), &err);
        fields_copy(&part, "id", ret_devices[i].id, sizeof(ret_devices[i].id));
        if (list->place_key) {
            ret_devices[i].place = read_reference(&part, site, list->place_key);
        }
        site_part_end(fields, &part, list->key, i);
    }
    return count;
}

static void read_halls(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    ret_site->hall_count = site_read_list(fields, "halls", HALLS_MAX, &list);
    for (uint32_t i = 0; i < ret_site->hall_count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        fields_copy(&part, "id", ret_site->halls[i].id, sizeof(ret_site->halls[i].id));
        site_read_name(&part, "name", &ret_site->halls[i].name);
        site_part_end(fields, &part, "hall", i);
    }
}

static void read_services(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    ret_site->service_count = site_read_list(fields, "services", SERVICES_MAX, &list);
    for (uint32_t i = 0; i < ret_site->service_count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        read_service(&part, &ret_site->services[i]);
        site_part_end(fields, &part, "service", i);
    }
}

static void read_counters(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    ret_site->counter_count = site_read_list(fields, "counters", COUNTERS_MAX, &list);
    for (uint32_t i = 0; i < ret_site->counter_count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        read_counter(&part, ret_site, &ret_site->counters[i]);
        site_part_end(fields, &part, "counter", i);
    }
}

static void read_classes(struct fields *fields, struct site *ret_site)
{
    json_t *list = NULL;
    ret_site->class_count = site_read_list(fields, "classes", CLASSES_MAX, &list);
    for (uint32_t i = 0; i < ret_site->class_count; i++) {
        struct error err;
        struct fields part;
        fields_init(&part, json_array_get(list, i), &err);
        read_class(&part, &ret_site->classes[i]);
        site_part_end(fields, &part, "class", i);
    }
}

void site_body_decode(struct fields *fields, struct site *ret_site)
{
    memset(ret_site, 0, sizeof(*ret_site));
    fields_copy(fields, "id", ret_site->id, sizeof(ret_site->id));
    site_read_name(fields, "name", &ret_site->name);
    fields_copy(fields, "time_zone", ret_site->time_zone, sizeof(ret_site->time_zone));
    ret_site->day_change_minutes =
        fields_count(fields, "day_change_minutes", DAY_MINUTES);
    ret_site->no_show_within_s = fields_count(fields, "no_show_within_s", UINT32_MAX);
    ret_site->call_chosen = fields_bool(fields, "call_chosen");
    ret_site->wrap_up = fields_bool(fields, "wrap_up");
    read_detail(fields, "notice", &ret_site->notice);
    if (fields_has(fields, "slip_note")) {
        read_detail(fields, "slip_note", &ret_site->slip_note);
    }
    site_read_closed_dates(fields, ret_site);
    read_halls(fields, ret_site);
    read_services(fields, ret_site);
    site_read_policies(fields, ret_site);
    read_counters(fields, ret_site);
    read_classes(fields, ret_site);
    site_read_topics(fields, ret_site);
    site_read_profiles(fields, ret_site);
    const struct device_list kiosks = {.key = "kiosks", .place_key = "hall"};
    const struct device_list displays = {.key = "displays", .place_key = "hall"};
    const struct device_list buttons = {.key = "buttons", .place_key = "counter"};
    const struct device_list sources = {.key = "sources"};
    ret_site->kiosk_count = read_devices(fields, ret_site, &kiosks, ret_site->kiosks);
    ret_site->display_count =
        read_devices(fields, ret_site, &displays, ret_site->displays);
    ret_site->button_count = read_devices(fields, ret_site, &buttons, ret_site->buttons);
    ret_site->source_count = read_devices(fields, ret_site, &sources, ret_site->sources);
    const struct device_list receptions = {
        .key = "receptions", .place_key = "hall", .may_lack = true};
    const struct device_list supervisors = {
        .key = "supervisors", .place_key = "hall", .may_lack = true};
    ret_site->reception_count =
        read_devices(fields, ret_site, &receptions, ret_site->receptions);
    ret_site->supervisor_count =
        read_devices(fields, ret_site, &supervisors, ret_site->supervisors);
    struct error err;
    if (!fields->has_failed && site_check(ret_site, &err) != OK) {
        fields_fail(fields, "%s", err.text);
    }
}
