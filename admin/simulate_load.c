/* The table of a load file; see simulate_load.h. Periods come first, then groups: a list
 * has one value a period, and a service names groups. */
#include "admin/simulate_load.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "admin/simulate_load_draft.h"
#include "core/text.h"

/* The next place of a list for a thing with an id; NULL with `err` set. */
static void *add_thing(void *things, size_t size, uint32_t *count, uint32_t limit,
                       const char *id)
{
    char *thing = (char *)things + (size_t)*count * size;
    if (*count == limit || !text_is_id(id, ID_LENGTH_MAX)) {
        return NULL;
    }
    (*count)++;
    memcpy(thing, id, strlen(id) + 1); /* every thing begins with its id */
    return thing;
}

static void *refuse_thing(const char *things, uint32_t limit, const char *id,
                          struct error *err)
{
    if (text_is_id(id, ID_LENGTH_MAX)) {
        (void)error_set(err, ERR_LIMIT, "too many %s: at most %u", things,
                        (unsigned)limit);
    } else {
        (void)error_set(err, ERR_INVALID,
                        "'%s' is not an id of 1 to %d characters a-z, 0-9 and -", id,
                        ID_LENGTH_MAX);
    }
    return NULL;
}

static void *add_period(void *root, const char *id, struct error *err)
{
    struct load *load = &((struct load_draft *)root)->load;
    void *period = add_thing(load->periods, sizeof(load->periods[0]), &load->period_count,
                             LOAD_PERIODS_MAX, id);
    return period ? period : refuse_thing("periods", LOAD_PERIODS_MAX, id, err);
}

static void *add_group(void *root, const char *id, struct error *err)
{
    struct load *load = &((struct load_draft *)root)->load;
    void *group = add_thing(load->groups, sizeof(load->groups[0]), &load->group_count,
                            LOAD_GROUPS_MAX, id);
    return group ? group : refuse_thing("groups", LOAD_GROUPS_MAX, id, err);
}

static void *add_break(void *root, const char *id, struct error *err)
{
    struct load *load = &((struct load_draft *)root)->load;
    void *pause = add_thing(load->breaks, sizeof(load->breaks[0]), &load->break_count,
                            LOAD_BREAKS_MAX, id);
    return pause ? pause : refuse_thing("breaks", LOAD_BREAKS_MAX, id, err);
}

static void *add_service(void *root, const char *id, struct error *err)
{
    struct load_draft *draft = root;
    struct load *load = &draft->load;
    uint32_t index = site_find_service(draft->site, id);
    if (index == SITE_NONE) {
        (void)error_set(err, ERR_NOT_FOUND, "the site has no service '%s'", id);
        return NULL;
    }
    struct load_service *service = add_thing(load->services, sizeof(load->services[0]),
                                             &load->service_count, SERVICES_MAX, id);
    assert(service); /* the site has no more services than there is room for */
    service->service = index;
    return service;
}

static void finish_period(const struct config_scope *scope, void *root, void *object)
{
    const struct load *load = &((struct load_draft *)root)->load;
    const struct load_period *period = object;
    if (period->to_minute <= period->from_minute) {
        config_scope_add(scope, CONFIG_ERROR, "to", "the period ends before it begins");
    }
    if (period > load->periods && period->from_minute != period[-1].to_minute) {
        config_scope_add(scope, CONFIG_ERROR, "from",
                         "the period does not begin at %02u:%02u, where '%s' ends",
                         (unsigned)period[-1].to_minute / 60,
                         (unsigned)period[-1].to_minute % 60, period[-1].id);
    }
}

static void finish_group(const struct config_scope *scope, void *root, void *object)
{
    const struct load_draft *draft = root;
    const struct load *load = &draft->load;
    struct load_group *group = object;
    while (group->counter_count < COUNTERS_MAX &&
           group->counters[group->counter_count] != SITE_NONE) {
        group->counter_count++;
    }
    for (uint32_t i = 0; i < load->period_count; i++) {
        if (group->staff[i] > group->counter_count) {
            config_scope_add(scope, CONFIG_ERROR, "staff",
                             "'%u' in period '%s' is more than the group's %u counters",
                             (unsigned)group->staff[i], load->periods[i].id,
                             (unsigned)group->counter_count);
        }
    }
    for (const struct load_group *other = load->groups; other < group; other++) {
        for (uint32_t i = 0; i < other->counter_count * group->counter_count; i++) {
            uint32_t counter = group->counters[i % group->counter_count];
            if (other->counters[i / group->counter_count] == counter) {
                config_scope_add(scope, CONFIG_ERROR, "counters",
                                 "counter '%s' is in group '%s' already",
                                 draft->site->counters[counter].id, other->id);
            }
        }
    }
}

/* The groups of the file's order come first, then the others that give the service. */
static void complete_groups(const struct config_scope *scope,
                            const struct load_draft *draft, struct load_service *service)
{
    const struct load *load = &draft->load;
    uint32_t named = 0;
    bool is_named[LOAD_GROUPS_MAX] = {false};
    while (named < LOAD_GROUPS_MAX && service->group_order[named] != SITE_NONE) {
        uint32_t group = service->group_order[named];
        is_named[group] = true;
        named++;
        if (!load_group_serves(load, draft->site, group, service->service)) {
            config_scope_add(scope, CONFIG_ERROR, "groups",
                             "no counter of group '%s' serves '%s'",
                             load->groups[group].id, service->id);
        }
    }
    service->group_count = named;
    for (uint32_t i = 0; i < load->group_count; i++) {
        if (!is_named[i] && load_group_serves(load, draft->site, i, service->service)) {
            service->group_order[service->group_count] = i;
            service->group_count++;
        }
    }
    if (service->group_count == 0) {
        config_scope_add(scope, CONFIG_WARNING, NULL,
                         "no group serves it: whoever comes waits in vain");
    }
}

/* Somebody comes by rates, by a list, or both; who leaves can come back. */
static void finish_arrivals(const struct config_scope *scope,
                            const struct load_draft *draft,
                            const struct load_service *service)
{
    if (!config_scope_has(scope, "arrivals_per_hour") && service->times.count == 0) {
        config_scope_add(scope, CONFIG_ERROR, NULL,
                         "neither arrivals_per_hour nor times says who comes");
    }
    if (service->times.count == 0 &&
        (service->late.kind != LAW_NONE || service->absent_percent > 0.0)) {
        config_scope_add(scope, CONFIG_ERROR, NULL,
                         "late_s and absent_percent are of people in times, and there "
                         "are none");
    }
    if (service->come_back_percent > 0.0 && service->come_back.kind == LAW_NONE) {
        config_scope_add(scope, CONFIG_ERROR, "come_back_percent",
                         "come_back_s does not say when they come back");
    }
    if (service->come_back_percent > 0.0 && !draft->load.leavers_are_seen) {
        config_scope_add(scope, CONFIG_ERROR, "come_back_percent",
                         "who leaves unseen keeps the ticket and cannot come back: "
                         "leavers_are_seen is 'no'");
    }
}

/* The other services of the load may stand below: they are looked at in the end. */
static void finish_next(const struct config_scope *scope, struct load_draft *draft,
                        const struct load_service *service)
{
    double percent = 0.0;
    for (uint32_t i = 0; i < draft->site->service_count; i++) {
        percent += service->next_percent[i];
    }
    if (percent > 100.0) {
        config_scope_add(scope, CONFIG_ERROR, NULL,
                         "%g %% of the people go on to another service, more than all",
                         percent);
    }
    draft->next_line[service - draft->load.services] = config_scope_line(scope, NULL);
}

static void finish_service(const struct config_scope *scope, void *root, void *object)
{
    struct load_draft *draft = root;
    struct load_service *service = object;
    if (service->target_s == LOAD_TARGET_STANDARD) {
        service->target_s = draft->site->services[service->service].standard_wait_s;
    }
    double percent = 0.0;
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        percent += service->class_percent[i];
    }
    if (percent > 100.0) {
        config_scope_add(scope, CONFIG_ERROR, NULL,
                         "its priority classes are %g %% of the people, more than all",
                         percent);
    }
    complete_groups(scope, draft, service);
    finish_arrivals(scope, draft, service);
    finish_next(scope, root, service);
}

static void finish_break(const struct config_scope *scope, void *root, void *object)
{
    const struct load *load = &((struct load_draft *)root)->load;
    const struct load_break *pause = object;
    if (pause->to_minute <= pause->from_minute) {
        config_scope_add(scope, CONFIG_ERROR, "to", "the break ends before it begins");
    }
    if (pause->counters > load->groups[pause->group].counter_count) {
        config_scope_add(scope, CONFIG_ERROR, "counters",
                         "'%u' is more than the %u counters of group '%s'",
                         (unsigned)pause->counters,
                         (unsigned)load->groups[pause->group].counter_count,
                         load->groups[pause->group].id);
    }
}

static const struct config_section sections[] = {
    {.name = "load", .help = "What concerns the whole day."},
    {.name = "period",
     .id_help = "the period in figures, such as `morning`.",
     .is_required = true,
     .help = "A part of the day. The next one begins where it ends; nobody comes after "
             "the last one, its staff stays, and the day ends when nobody is left.",
     .add = add_period,
     .finish = finish_period},
    {.name = "group",
     .id_help = "the group in figures, such as `front`.",
     .is_required = true,
     .help = "Counters that are staffed together. What they serve is in site.conf. A "
             "counter that goes off duty finishes its visit first.",
     .add = add_group,
     .finish = finish_group},
    {.name = "service",
     .id_help = "a service of site.conf.",
     .is_required = true,
     .help = "Who comes for it. Services of the site that have no section stay closed.",
     .add = add_service,
     .finish = finish_service},
    {.name = "break",
     .id_help = "the break, such as `lunch-1`.",
     .help = "Some counters of a group are away: paused, each when its visit is "
             "finished.",
     .add = add_break,
     .finish = finish_break},
};

#define FIELD(type, member) offsetof(type, member), sizeof(((type *)NULL)->member)

static const char *const choices[] = {"first-group", "longest-free", "random", NULL};
static_assert(sizeof(choices) / sizeof(choices[0]) == CHOICE_COUNT + 1,
              "every choice has its word");

static const struct config_key keys[] = {
    /* [load] */
    {"load", "day_factor_shape", &load_shape,
     FIELD(struct load_draft, load.day_factor_shape), 0, 0, NULL, "none",
     "All arrivals of a day are multiplied by one Gamma factor with mean 1 and this "
     "shape; its standard deviation is 1/sqrt(shape)."},
    {"load", "leavers_are_seen", &config_yes_no,
     FIELD(struct load_draft, load.leavers_are_seen), 0, 0, NULL, "yes",
     "Whether somebody who leaves is known to have left (abandoned). Otherwise the "
     "ticket is called in vain: a no-show, which costs no_show_s."},
    {"load", "sends_away", &config_yes_no, FIELD(struct load_draft, load.sends_away), 0,
     0, NULL, "no",
     "Whether who still waits when the last period ends is sent away; otherwise the "
     "staff "
     "stays until nobody waits."},
    {"load", "waiting_places", &load_places, FIELD(struct load_draft, load.waiting_limit),
     0, TICKETS_PER_DAY_MAX, NULL, "none",
     "How many can wait in the hall, all services together; who finds no place is turned "
     "away without a ticket. With 0 nobody waits."},
    {"load", "people_at_most", &load_places, FIELD(struct load_draft, load.people_limit),
     0, TICKETS_PER_DAY_MAX, NULL, "none",
     "How many can wait or be at a counter: lines of a switchboard, a fire limit."},
    /* [period ID] */
    {"period", "from", &load_time, FIELD(struct load_period, from_minute), 0, 0, NULL,
     NULL,
     "When it begins, such as `08:30`; `26:00` is two at night after the first "
     "midnight."},
    {"period", "to", &load_time, FIELD(struct load_period, to_minute), 0, 0, NULL, NULL,
     "When it ends."},
    {"period", "left_out", &config_yes_no, FIELD(struct load_period, is_left_out), 0, 0,
     NULL, "no",
     "Whether it is played without being counted: the hall fills, as it is not empty in "
     "a "
     "formula."},
    /* [group ID] */
    {"group", "counters", &load_counters, FIELD(struct load_group, counters), 0, 0, NULL,
     NULL, "The counters of site.conf that belong to it; they open in this order."},
    {"group", "staff", &load_staff, FIELD(struct load_group, staff), 0, 0, NULL, NULL,
     "How many of them are on duty, those on a break counted."},
    {"group", "profile", &load_profile, FIELD(struct load_group, profile), 0, 0, NULL,
     "none",
     "The profile of site.conf with which its agents sign in: its services instead of "
     "the counters' own."},
    {"group", "present", &load_patience, FIELD(struct load_group, present), 0, 0, NULL,
     "none",
     "How many of its staff are there, drawn once a day as a law: `values 3 3 3 3 2`. "
     "None: all of them."},
    /* [service ID] */
    {"service", "arrivals_per_hour", &load_arrivals,
     FIELD(struct load_service, arrivals_per_hour), 0, 0, NULL, "0",
     "People who come in an hour, on average: a Poisson process in each period. It must "
     "be given where `times` is not."},
    {"service", "service_s", &load_law, FIELD(struct load_service, service_time), 1, 0,
     NULL, NULL, "How long the service takes, in seconds."},
    {"service", "service_s_in_period.*", &load_period_law,
     FIELD(struct load_service, service_in_period), 1, 0, NULL, "",
     "The same for people who come in a period: `service_s_in_period.noon = exponential "
     "240`."},
    {"service", "service_s_in_group.*", &load_group_law,
     FIELD(struct load_service, service_in_group), 1, 0, NULL, "",
     "The same at the counters of a group; it goes before that of the period."},
    {"service", "patience_s", &load_patience, FIELD(struct load_service, patience), 0, 0,
     NULL, "none", "How long people wait before they leave, in seconds."},
    {"service", "patience_s_in_period.*", &load_period_law,
     FIELD(struct load_service, patience_in_period), 1, 0, NULL, "",
     "The same for people who come in a period."},
    {"service", "leave_at_once_percent", &load_percent,
     FIELD(struct load_service, leave_at_once_percent), 0, 0, NULL, "0",
     "Share of the people who leave unless they are called at once."},
    {"service", "no_show_percent", &load_percent,
     FIELD(struct load_service, no_show_percent), 0, 0, NULL, "0",
     "Share of the people who do not come when they are called."},
    {"service", "no_show_s", &config_number, FIELD(struct load_service, no_show_s), 0,
     3600, NULL, "60", "Seconds that a counter loses with somebody who does not come."},
    {"service", "walk_s", &config_number, FIELD(struct load_service, walk_s), 0, 3600,
     NULL, "0", "Seconds from the call to the start of the service."},
    {"service", "target_s", &load_target, FIELD(struct load_service, target_s), 0, 86400,
     NULL, "",
     "Acceptable wait of the service level, in seconds; the service's standard where it "
     "is empty."},
    {"service", "class_percent.*", &load_class_percent,
     FIELD(struct load_service, class_percent), 0, 0, NULL, "",
     "Share of a priority class: `class_percent.reduced-mobility = 4`; the others have "
     "none."},
    {"service", "groups", &load_groups, FIELD(struct load_service, group_order), 0, 0,
     NULL, "",
     "Where somebody goes who comes while counters are free: the first of these groups "
     "that has one. Groups that are not named follow in the order of the file."},
    {"service", "gaps", &load_gaps, FIELD(struct load_service, gaps), 0, 0, NULL, "none",
     "The shape of the gaps between arrivals as a law, of which only the shape counts: "
     "`constant 1` is one after the other at equal distances. None is a Poisson "
     "process."},
    {"service", "period_factor_shape", &load_shapes,
     FIELD(struct load_service, period_factor_shape), 0, 0, NULL, "none",
     "Its arrivals in a period are multiplied by a Gamma factor of the period's own, "
     "with "
     "mean 1 and this shape."},
    {"service", "times", &load_times, FIELD(struct load_service, times), 0, 0, NULL,
     "none",
     "When people are expected, one a time, beside those of arrivals_per_hour: "
     "appointments, or a recorded day. A file has one time a line, or is a CSV table "
     "with "
     "the named column."},
    {"service", "late_s", &load_patience, FIELD(struct load_service, late), 0, 0, NULL,
     "none",
     "How much later than expected they come, in seconds: `normal 0 300`, or with early "
     "ones `gamma 900 0.4 minus 900`."},
    {"service", "absent_percent", &load_percent,
     FIELD(struct load_service, absent_percent), 0, 0, NULL, "0",
     "Share of the expected people who never come."},
    {"service", "come_back_percent", &load_percent,
     FIELD(struct load_service, come_back_percent), 0, 0, NULL, "0",
     "Share of the people who leave that come again the same day, as often as they "
     "leave."},
    {"service", "come_back_s", &load_patience, FIELD(struct load_service, come_back), 0,
     0, NULL, "none", "How long after leaving, in seconds."},
    {"service", "waiting_places", &load_places, FIELD(struct load_service, waiting_limit),
     0, TICKETS_PER_DAY_MAX, NULL, "none", "How many can wait for this service."},
    {"service", "turn_back_percent", &load_turn_back,
     FIELD(struct load_service, turn_back), 0, 0, NULL, "none",
     "Share of the people who turn back at the sight of the line: when nobody waits for "
     "the service (and no counter is free), one waits, two wait …; longer lines have the "
     "last share. `0 0 0 20 40 60 80 100`."},
    {"service", "together", &load_patience, FIELD(struct load_service, together), 0, 0,
     NULL, "none",
     "How many people come at once, each with a ticket, as a law: `values 1 1 1 2 4`. "
     "None: one. arrivals_per_hour counts how often somebody comes."},
    {"service", "choice", &config_choice, FIELD(struct load_service, choice), 0, 0,
     choices, "first-group",
     "Which free counter calls a newcomer: of the first group in `groups` the one that "
     "has been free for longest, the longest free of all groups, or any of them."},
    {"service", "wrap_up_s", &load_patience, FIELD(struct load_service, wrap_up), 0, 0,
     NULL, "none", "How long the counter works on when the person has gone, in seconds."},
    {"service", "next.*", &load_next, FIELD(struct load_service, next_percent), 0, 0,
     NULL, "",
     "Share of the people who go on to another service of this file when this one is "
     "done, and wait for it: `next.cashier = 40`."},
    /* [break ID] */
    {"break", "group", &load_group, FIELD(struct load_break, group), 0, 0, NULL, NULL,
     "The group that has the break."},
    {"break", "counters", &config_number, FIELD(struct load_break, counters), 1,
     COUNTERS_MAX, NULL, "1", "How many counters are away."},
    {"break", "from", &load_time, FIELD(struct load_break, from_minute), 0, 0, NULL, NULL,
     "When it begins."},
    {"break", "to", &load_time, FIELD(struct load_break, to_minute), 0, 0, NULL, NULL,
     "When it ends."},
};

const struct config_schema *simulate_load_schema(void)
{
    static const struct config_schema schema = {
        .title = "load.conf",
        .help = "The load of a simulated day: guichet simulate.",
        .sections = sections,
        .section_count = sizeof(sections) / sizeof(sections[0]),
        .keys = keys,
        .key_count = sizeof(keys) / sizeof(keys[0]),
    };
    return &schema;
}

/* What spans services and periods. */
static enum status check_whole(const struct load_draft *draft, const char *path,
                               struct config_errors *errors)
{
    const struct load *load = &draft->load;
    enum status status = OK;
    for (uint32_t i = 0; i < load->service_count; i++) {
        struct config_place place = {.file = path, .line = draft->next_line[i]};
        for (uint32_t j = 0; j < draft->site->service_count; j++) {
            if (load->services[i].next_percent[j] > 0.0 &&
                load_find_service(load, j) == SITE_NONE) {
                config_errors_add(errors, CONFIG_ERROR, &place,
                                  "'%s' goes on to '%s', which has no section",
                                  load->services[i].id, draft->site->services[j].id);
                status = ERR_INVALID;
            }
        }
    }
    bool is_counted = false;
    for (uint32_t i = 0; i < load->period_count; i++) {
        is_counted |= !load->periods[i].is_left_out;
    }
    if (!is_counted) {
        struct config_place place = {.file = path};
        config_errors_add(errors, CONFIG_ERROR, &place, "every period is left out");
        status = ERR_INVALID;
    }
    return status;
}

/* The folder of the file at `path`, as the draft has it; the caller frees it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    char *folder = calloc(length + 1, 1);
    if (folder) {
        memcpy(folder, path, length);
    }
    return folder;
}

enum status simulate_load_read(const char *path, const struct site *site,
                               struct load *ret_load, struct config_errors *errors)
{
    struct load_draft *draft = calloc(1, sizeof(*draft));
    char *folder = folder_of(path);
    enum status status = ERR_INVALID;
    if (!draft || !folder) {
        struct config_place place = {.file = path};
        config_errors_add(errors, CONFIG_ERROR, &place, "out of memory");
    } else {
        draft->site = site;
        draft->folder = folder;
        status = config_load(simulate_load_schema(), path, draft, errors);
        if (status == OK) {
            status = check_whole(draft, path, errors);
        }
        if (status == OK) {
            *ret_load = draft->load;
        } else {
            load_finish(&draft->load);
        }
    }
    free(folder);
    free(draft);
    return status;
}
