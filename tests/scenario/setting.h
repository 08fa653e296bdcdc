/* What every stage of scenarios needs, whatever it is made of: the site files and the
 * clock on the wall. */
#ifndef GUICHET_TESTS_SCENARIO_SETTING_H
#define GUICHET_TESTS_SCENARIO_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/site.h"
#include "runtime/zone.h"
#include "script.h"

struct setting {
    const char *path;  /* of the scenario, borrowed */
    struct zone *zone; /* of the site; NULL before there is one */
    uint32_t date;     /* of clock times in the script; 0: none yet */
    int64_t now_ms;    /* office time */
    bool is_running;   /* the first time has come */
};

/* Release the zone. */
void setting_finish(struct setting *setting);

/* The path of the site file `name`. */
void setting_site_path(const struct setting *setting, const char *name, char *ret_path,
                       size_t capacity);

/* Read the site file `name`. ERR_INVALID with its first fault. */
enum status setting_read_site(const struct setting *setting, const char *name,
                              struct site *ret_site, struct error *err);

/* The clock on the wall is that of this site from now on. */
enum status setting_use_zone(struct setting *setting, const struct site *site,
                             struct error *err);

/* Clock times are of this date from now on. */
enum status setting_use_date(struct setting *setting, uint32_t date, struct error *err);

/* The office time at which the step happens, never before now; in the hour that the
 * change of clocks repeats, the first of the two that is not past. */
enum status setting_moment(const struct setting *setting, const struct step *step,
                           int64_t *ret_ms, struct error *err);

/* The index of the service with this letter. ERR_INVALID when there is none. */
enum status setting_find_service(const struct site *site, const char *letter,
                                 uint32_t *ret_service, struct error *err);

#endif
