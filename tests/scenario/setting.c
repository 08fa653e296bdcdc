/* Site files and the clock on the wall; see setting.h. */
#include "setting.h"

#include <string.h>

#include "core/text.h"
#include "runtime/instant.h"
#include "runtime/site_config.h"

#define SITE_PATH_BYTES 1024

void setting_finish(struct setting *setting)
{
    zone_destroy(setting->zone);
    setting->zone = NULL;
}

void setting_site_path(const struct setting *setting, const char *name, char *ret_path,
                       size_t capacity)
{
    const char *slash = strrchr(setting->path, '/');
    struct text text;
    text_init(&text, ret_path, capacity);
    text_add(&text, "%.*s/sites/%s.conf", slash ? (int)(slash - setting->path) : 1,
             slash ? setting->path : ".", name);
}

enum status setting_read_site(const struct setting *setting, const char *name,
                              struct site *ret_site, struct error *err)
{
    char path[SITE_PATH_BYTES];
    setting_site_path(setting, name, path, sizeof(path));
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return error_set(err, ERR_FULL, "no memory");
    }
    enum status status = site_config_load(path, ret_site, errors);
    if (status != OK) {
        const char *first = config_errors_line(errors, 0);
        status = error_set(err, ERR_INVALID, "%s", first ? first : path);
    }
    config_errors_destroy(errors);
    return status;
}

enum status setting_use_zone(struct setting *setting, const struct site *site,
                             struct error *err)
{
    struct zone *zone = NULL;
    enum status status = zone_load(site->time_zone, &zone, err);
    if (status == OK) {
        zone_destroy(setting->zone);
        setting->zone = zone;
    }
    return status;
}

enum status setting_use_date(struct setting *setting, uint32_t date, struct error *err)
{
    if (!date_is_valid(date)) {
        return error_set(err, ERR_INVALID, "there is no such date");
    }
    setting->date = date;
    return OK;
}

/* The instant at which the wall clock next shows the time. */
static enum status find_instant(const struct setting *setting, int64_t time_ms,
                                int64_t *ret_ms, struct error *err)
{
    int64_t instants[2];
    if (!setting->zone || setting->date == 0) {
        return error_set(err, ERR_INVALID, "a time needs a site and a date before it");
    }
    int count = zone_instants(setting->zone, setting->date, time_ms, instants);
    for (int i = 0; i < count; i++) {
        if (!setting->is_running || instants[i] >= setting->now_ms) {
            *ret_ms = instants[i];
            return OK;
        }
    }
    return error_set(err, ERR_INVALID,
                     count == 0 ? "the clock does not show this time on that day"
                                : "this time is before that of the line above");
}

enum status setting_moment(const struct setting *setting, const struct step *step,
                           int64_t *ret_ms, struct error *err)
{
    if (step->moment == MOMENT_CLOCK) {
        return find_instant(setting, step->time_ms, ret_ms, err);
    }
    if (!setting->is_running) {
        return error_set(err, ERR_INVALID, "the first thing that happens needs a time");
    }
    *ret_ms = setting->now_ms + (step->moment == MOMENT_LATER ? step->time_ms : 0);
    return OK;
}

enum status setting_find_service(const struct site *site, const char *letter,
                                 uint32_t *ret_service, struct error *err)
{
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (strcmp(site->services[i].letter, letter) == 0) {
            *ret_service = i;
            return OK;
        }
    }
    return error_set(err, ERR_INVALID, "no service has the letter '%s'", letter);
}
