/* Reads site.conf by the table of site_config_table.c; see site_config.h. */
#include "runtime/site_config.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/codec_config.h"
#include "runtime/site_config_draft.h"

/* WCAG 2.x 1.4.3: least contrast of text and its ground. */
#define TEXT_CONTRAST_MIN 4.5

/* Fill the texts of other languages, where they are empty, with the French one. */
static void complete_name(struct site_name *name)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (name->in[i][0] == '\0') {
            memcpy(name->in[i], name->in[LANGUAGE_FR], sizeof(name->in[i]));
        }
    }
}

static void complete_detail(struct site_detail *detail)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (detail->in[i][0] == '\0') {
            memcpy(detail->in[i], detail->in[LANGUAGE_FR], sizeof(detail->in[i]));
        }
    }
}

static void note_translation(struct site_draft *draft, const struct site_name *name)
{
    draft->is_translated = draft->is_translated || name->in[LANGUAGE_EN][0] != '\0';
}

void site_draft_finish_name(struct site_draft *draft, struct site_name *name)
{
    note_translation(draft, name);
    complete_name(name);
}

void site_draft_finish_site(const struct config_scope *scope, void *root, void *object)
{
    (void)object;
    struct site_draft *draft = root;
    draft->policy_line = config_scope_line(scope, "policy");
    note_translation(draft, &draft->site.name);
    complete_name(&draft->site.name);
    complete_detail(&draft->site.notice);
    complete_detail(&draft->site.slip_note);
}

void site_draft_finish_hall(const struct config_scope *scope, void *root, void *object)
{
    (void)scope;
    struct hall *hall = object;
    note_translation(root, &hall->name);
    complete_name(&hall->name);
}

/* Relative luminance of WCAG 2.x for one channel, 0 to 255. */
static double channel_luminance(uint32_t channel)
{
    double share = (double)channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Contrast of white text on this colour, 1 to 21 (WCAG 2.x). */
static double contrast_with_white(uint32_t color_rgb)
{
    double luminance = 0.2126 * channel_luminance(color_rgb >> 16 & 0xFF) +
                       0.7152 * channel_luminance(color_rgb >> 8 & 0xFF) +
                       0.0722 * channel_luminance(color_rgb & 0xFF);
    return 1.05 / (luminance + 0.05);
}

static void look_at_letter(const struct config_scope *scope, const struct site *site,
                           const struct service *service)
{
    for (const struct service *other = site->services; other < service; other++) {
        if (strcmp(other->letter, service->letter) == 0) {
            config_scope_add(scope, CONFIG_ERROR, "letter",
                             "'%s' is already the letter of service '%s'",
                             service->letter, other->id);
        }
    }
    if (strpbrk(service->letter, "IO")) {
        config_scope_add(scope, CONFIG_WARNING, "letter",
                         "'%s' is easily taken for a 1, a small L or a 0",
                         service->letter);
    }
}

void site_draft_finish_service(const struct config_scope *scope, void *root, void *object)
{
    struct site_draft *draft = root;
    struct service *service = object;
    note_translation(draft, &service->name);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        /* An English short name may be missing because the English name is short. */
        if (service->short_name.in[i][0] == '\0' && service->name.in[i][0] != '\0') {
            memcpy(service->short_name.in[i], service->name.in[i],
                   sizeof(service->name.in[i]));
        }
    }
    complete_name(&service->name);
    complete_name(&service->short_name);
    complete_detail(&service->detail);
    look_at_letter(scope, &draft->site, service);
    double contrast = contrast_with_white(service->color_rgb);
    if (contrast < TEXT_CONTRAST_MIN) {
        config_scope_add(scope, CONFIG_WARNING, "color",
                         "white letters on '#%06x' have a contrast of %.1f:1, less than "
                         "%.1f:1; screens write the letter in black",
                         (unsigned)service->color_rgb, contrast, TEXT_CONTRAST_MIN);
    }
    if (draft->days_given == 0) {
        for (uint32_t day = 0; day < 7; day++) {
            service->hours.day[day][0] = (struct hours_range){0, 1440};
        }
    }
}

/* The hall of a thing that names none: the only one. */
static void complete_hall(const struct config_scope *scope, const struct site *site)
{
    if (!config_scope_has(scope, "hall") && site->hall_count > 1) {
        config_scope_add(scope, CONFIG_ERROR, "hall",
                         "the key is missing: there is more than one hall");
    }
}

void site_draft_finish_counter(const struct config_scope *scope, void *root, void *object)
{
    struct site_draft *draft = root;
    struct counter_place *counter = object;
    counter->services |= counter->skills.second;
    complete_hall(scope, &draft->site);
    struct text text;
    if (counter->name.in[LANGUAGE_FR][0] == '\0') {
        text_init(&text, counter->name.in[LANGUAGE_FR], NAME_LENGTH_MAX + 1);
        text_add(&text, "Guichet %s", counter->id);
        if (counter->name.in[LANGUAGE_EN][0] == '\0') {
            text_init(&text, counter->name.in[LANGUAGE_EN], NAME_LENGTH_MAX + 1);
            text_add(&text, "Counter %s", counter->id);
        }
    } else {
        note_translation(draft, &counter->name);
    }
    complete_name(&counter->name);
    if (counter->label[0] == '\0' &&
        !text_copy(counter->label, sizeof(counter->label), counter->id)) {
        config_scope_add(scope, CONFIG_ERROR, "label",
                         "the key is missing: the id '%s' is too long for a light tile",
                         counter->id);
        return;
    }
    const struct site *site = &draft->site;
    for (const struct counter_place *other = site->counters; other < counter; other++) {
        if (strcmp(other->label, counter->label) == 0) {
            config_scope_add(scope, CONFIG_ERROR, "label",
                             "'%s' is already the label of counter '%s'", counter->label,
                             other->id);
        }
    }
}

void site_draft_finish_class(const struct config_scope *scope, void *root, void *object)
{
    (void)scope;
    struct priority_class *class = object;
    note_translation(root, &class->name);
    complete_name(&class->name);
}

void site_draft_finish_screen(const struct config_scope *scope, void *root, void *object)
{
    (void)object;
    const struct site_draft *draft = root;
    complete_hall(scope, &draft->site);
}

static bool is_in_france(const char *time_zone)
{
    static const char *const zones[] = {
        "Europe/Paris",       "America/Cayenne",  "America/Guadeloupe", "America/Marigot",
        "America/Martinique", "America/Miquelon", "Indian/Mayotte",     "Indian/Reunion",
        "Pacific/Noumea",     "Pacific/Tahiti",   "Pacific/Wallis",
    };
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        if (strcmp(zones[i], time_zone) == 0) {
            return true;
        }
    }
    return false;
}

/* Rules that span sections and are no reason to refuse the site. */
static void look_at_whole(const struct site_draft *draft, const char *name,
                          struct config_errors *errors)
{
    const struct site *site = &draft->site;
    uint64_t served = 0;
    uint64_t first = 0; /* the first choice of somebody */
    for (uint32_t i = 0; i < site->counter_count; i++) {
        served |= site->counters[i].services;
        first |= site->counters[i].services & ~site->counters[i].skills.second;
    }
    for (uint32_t i = 0; i < site->profile_count; i++) {
        first |= site->profiles[i].services & ~site->profiles[i].skills.second;
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (((served & first) >> i & 1U) == 0) {
            char section[ID_LENGTH_MAX + 16];
            struct text text;
            text_init(&text, section, sizeof(section));
            text_add(&text, "service %s", site->services[i].id);
            struct config_place place = {.file = name, .section = section};
            config_errors_add(errors, CONFIG_WARNING, &place,
                              (served >> i & 1U) == 0
                                  ? "no counter serves it"
                                  : "it is the second choice wherever it is served");
        }
    }
    if (draft->is_translated && is_in_france(site->time_zone)) {
        struct config_place place = {.file = name, .section = "site"};
        config_errors_add(errors, CONFIG_WARNING, &place,
                          "texts are in French and one other language; a French public "
                          "body translates into at least two or into none "
                          "(circulaire of 19 March 1996, 2.6.2)");
    }
}

/* What a whole site must keep: site_check(), and one payload of config. */
static enum status check_whole(const struct site_draft *draft, const char *name,
                               struct config_errors *errors)
{
    struct config_place place = {.file = name};
    struct error err = {.status = OK};
    char *payload = malloc(PAYLOAD_BYTES_MAX);
    size_t length = 0;
    enum status status =
        payload ? site_check(&draft->site, &err)
                : error_set(&err, ERR_FULL, "there is no memory to check the site");
    if (status == OK) {
        status =
            config_encode(1, &draft->site, payload, PAYLOAD_BYTES_MAX, &length, &err);
    }
    free(payload);
    if (status != OK) {
        config_errors_add(errors, CONFIG_ERROR, &place, "%s", err.text);
        return ERR_INVALID;
    }
    look_at_whole(draft, name, errors);
    return OK;
}

/* A draft with the class that every site has. NULL without memory, which is reported. */
static struct site_draft *draft_create(const char *name, struct config_errors *errors)
{
    struct site_draft *draft = calloc(1, sizeof(*draft));
    if (!draft) {
        struct config_place place = {.file = name};
        config_errors_add(errors, CONFIG_ERROR, &place, "there is no memory to read it");
        return NULL;
    }
    struct priority_class *none = &draft->site.classes[0];
    *none = (struct priority_class){
        .id = "none",
        .name.in = {[LANGUAGE_FR] = "Aucune", [LANGUAGE_EN] = "None"},
    };
    draft->site.class_count = 1;
    return draft;
}

/* Checks the draft, gives it to the caller where it is sound, and frees it. */
static enum status draft_finish(struct site_draft *draft, enum status status,
                                const char *name, struct site *ret_site,
                                struct config_errors *errors)
{
    if (status == OK) {
        status = site_draft_find_policy(draft, name, errors);
    }
    if (draft->site.burst_tickets == 0) {
        draft->site.burst_seconds = 0; /* the record leaves both out */
    }
    if (status == OK) {
        status = check_whole(draft, name, errors);
    }
    if (status == OK) {
        *ret_site = draft->site;
    }
    free(draft);
    return status;
}

enum status site_config_load(const char *path, struct site *ret_site,
                             struct config_errors *errors)
{
    assert(path && ret_site && errors);
    struct site_draft *draft = draft_create(path, errors);
    if (!draft) {
        return ERR_INVALID;
    }
    enum status status = config_load(site_config_schema(), path, draft, errors);
    return draft_finish(draft, status, path, ret_site, errors);
}

enum status site_config_parse(const char *name, const char *bytes, size_t length,
                              struct site *ret_site, struct config_errors *errors)
{
    assert(name && bytes && ret_site && errors);
    struct site_draft *draft = draft_create(name, errors);
    if (!draft) {
        return ERR_INVALID;
    }
    enum status status =
        config_parse(site_config_schema(), name, bytes, length, draft, errors);
    return draft_finish(draft, status, name, ret_site, errors);
}
