/* Finding things of a site by id, and the rules that span its fields; see site.h. */
#include "core/site.h"

#include <assert.h>
#include <string.h>

#include "core/names.h"
#include "core/site_parts.h"
#include "core/text.h"

#define MINUTES_PER_DAY 1440U

static const char *const language_tags[] = {
    [LANGUAGE_FR] = "fr",
    [LANGUAGE_EN] = "en",
};
static_assert(sizeof(language_tags) / sizeof(language_tags[0]) == LANGUAGE_COUNT,
              "every language has a tag");

enum language language_find(const char *tag)
{
    return (enum language)names_find(language_tags, LANGUAGE_COUNT, tag);
}

const char *language_tag(enum language language)
{
    assert(language < LANGUAGE_COUNT);
    return language_tags[language];
}

static const char *id_at(const struct id_list *list, uint32_t index)
{
    assert(index < list->count);
    return list->first_id + index * list->stride;
}

uint32_t site_id_find(const struct id_list *list, const char *id)
{
    assert(list && id);
    for (uint32_t i = 0; i < list->count; i++) {
        if (strcmp(id_at(list, i), id) == 0) {
            return i;
        }
    }
    return SITE_NONE;
}

static struct id_list hall_ids(const struct site *site)
{
    assert(site->hall_count <= HALLS_MAX);
    return (struct id_list){site->halls[0].id, sizeof(site->halls[0]), site->hall_count};
}

static struct id_list service_ids(const struct site *site)
{
    assert(site->service_count <= SERVICES_MAX);
    return (struct id_list){site->services[0].id, sizeof(site->services[0]),
                            site->service_count};
}

static struct id_list counter_ids(const struct site *site)
{
    assert(site->counter_count <= COUNTERS_MAX);
    return (struct id_list){site->counters[0].id, sizeof(site->counters[0]),
                            site->counter_count};
}

static struct id_list class_ids(const struct site *site)
{
    assert(site->class_count <= CLASSES_MAX);
    return (struct id_list){site->classes[0].id, sizeof(site->classes[0]),
                            site->class_count};
}

uint32_t site_find_hall(const struct site *site, const char *id)
{
    assert(site);
    struct id_list list = hall_ids(site);
    return site_id_find(&list, id);
}

uint32_t site_find_service(const struct site *site, const char *id)
{
    assert(site);
    struct id_list list = service_ids(site);
    return site_id_find(&list, id);
}

uint32_t site_find_counter(const struct site *site, const char *id)
{
    assert(site);
    struct id_list list = counter_ids(site);
    return site_id_find(&list, id);
}

uint32_t site_find_class(const struct site *site, const char *id)
{
    assert(site);
    struct id_list list = class_ids(site);
    return site_id_find(&list, id);
}

static struct id_list policy_ids(const struct site *site)
{
    assert(site->policy_count <= POLICIES_MAX);
    return (struct id_list){site->policies[0].id, sizeof(site->policies[0]),
                            site->policy_count};
}

uint32_t site_find_policy(const struct site *site, const char *id)
{
    assert(site);
    struct id_list list = policy_ids(site);
    return site_id_find(&list, id);
}

static const char *const policy_rules[] = {
    [POLICY_SHARE] = "share",
    [POLICY_LONGEST_WAIT] = "longest-wait",
    [POLICY_ORDER] = "order",
    [POLICY_RATIO] = "ratio",
};
static_assert(sizeof(policy_rules) / sizeof(policy_rules[0]) == POLICY_RULE_COUNT,
              "every rule has a name");

const char *policy_rule_name(enum policy_rule rule)
{
    assert(rule < POLICY_RULE_COUNT);
    return policy_rules[rule];
}

enum policy_rule policy_rule_find(const char *name)
{
    return (enum policy_rule)names_find(policy_rules, POLICY_RULE_COUNT, name);
}

uint32_t site_find_device(const struct device *devices, uint32_t device_count,
                          const char *id)
{
    assert(devices && device_count <= DEVICES_PER_KIND_MAX);
    struct id_list list = {devices[0].id, sizeof(devices[0]), device_count};
    return site_id_find(&list, id);
}

static enum status check_count(const char *things, uint32_t count, uint32_t minimum,
                               uint32_t maximum, struct error *err)
{
    assert(minimum <= maximum);
    if (count < minimum) {
        return error_set(err, ERR_INVALID, "a site needs at least %u of its %s",
                         (unsigned)minimum, things);
    }
    if (count > maximum) {
        return error_set(err, ERR_LIMIT, "too many %s: at most %u per site", things,
                         (unsigned)maximum);
    }
    return OK;
}

enum status site_check_ids(const char *thing, const struct id_list *list,
                           struct error *err)
{
    assert(thing && list);
    for (uint32_t i = 0; i < list->count; i++) {
        const char *id = id_at(list, i);
        if (!memchr(id, '\0', ID_LENGTH_MAX + 1) || !text_is_id(id, ID_LENGTH_MAX)) {
            return error_set(err, ERR_INVALID,
                             "%s %u: '%.*s' is not an id of 1 to %d characters a-z, 0-9 "
                             "and -",
                             thing, (unsigned)(i + 1), ID_LENGTH_MAX, id, ID_LENGTH_MAX);
        }
        if (site_id_find(list, id) != i) {
            return error_set(err, ERR_INVALID, "%s '%s' is there twice", thing, id);
        }
    }
    return OK;
}

/* Whether the field holds a terminated, well-formed text (it may be empty). */
static bool text_is_sound(const char *field, size_t bytes)
{
    assert(field && bytes > 0);
    const char *end = memchr(field, '\0', bytes);
    return end && text_is_utf8(field, (size_t)(end - field));
}

bool site_name_is_sound(const struct site_name *name)
{
    assert(name);
    bool is_sound = true;
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        is_sound = is_sound && text_is_sound(name->in[i], sizeof(name->in[i]));
    }
    return is_sound;
}

static bool detail_is_sound(const struct site_detail *detail)
{
    assert(detail);
    bool is_sound = true;
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        is_sound = is_sound && text_is_sound(detail->in[i], sizeof(detail->in[i]));
    }
    return is_sound;
}

static bool letter_is_sound(const char *letter)
{
    assert(letter);
    if (!memchr(letter, '\0', LETTER_LENGTH_MAX + 1) || letter[0] == '\0') {
        return false;
    }
    for (; *letter != '\0'; letter++) {
        if (*letter < 'A' || *letter > 'Z') {
            return false;
        }
    }
    return true;
}

static enum status check_service(const struct site *site, uint32_t index,
                                 struct error *err)
{
    assert(index < site->service_count);
    const struct service *service = &site->services[index];
    const char *id = service->id;
    if (!letter_is_sound(service->letter)) {
        return error_set(err, ERR_INVALID,
                         "service '%s': its letter is not 1 to %d of A-Z", id,
                         LETTER_LENGTH_MAX);
    }
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(site->services[i].letter, service->letter) == 0) {
            return error_set(err, ERR_INVALID,
                             "service '%s': letter '%s' is already that of service '%s'",
                             id, service->letter, site->services[i].id);
        }
    }
    if (!site_name_is_sound(&service->name) ||
        !site_name_is_sound(&service->short_name) || !detail_is_sound(&service->detail)) {
        return error_set(err, ERR_INVALID, "service '%s': a name is not UTF-8 text", id);
    }
    if (service->color_rgb > 0xFFFFFF) {
        return error_set(err, ERR_INVALID, "service '%s': its colour is not 0xRRGGBB",
                         id);
    }
    if (service->standard_share_percent < 1 || service->standard_share_percent > 100) {
        return error_set(
            err, ERR_INVALID,
            "service '%s': the share of its standard is not 1 to 100 percent", id);
    }
    if (service->first_number < 1 || service->first_number > TICKET_NUMBER_MAX) {
        return error_set(err, ERR_INVALID,
                         "service '%s': its first number is not 1 to %d", id,
                         TICKET_NUMBER_MAX);
    }
    if (service->last_ticket >= LAST_TICKET_COUNT ||
        service->tickets_per_day > TICKETS_PER_DAY_MAX ||
        service->topic_rule >= TOPIC_RULE_COUNT) {
        return error_set(err, ERR_INVALID,
                         "service '%s': its tickets a day, last ticket or topics are out "
                         "of range",
                         id);
    }
    bool is_sound = service->readmit_after <= READMIT_AFTER_MAX &&
                    service->fallback_count <= FALLBACKS_MAX;
    for (uint32_t i = 0; is_sound && i < service->fallback_count; i++) {
        is_sound =
            service->fallbacks[i] < site->service_count && service->fallbacks[i] != index;
    }
    if (!is_sound) {
        return error_set(err, ERR_INVALID,
                         "service '%s': what stands in for it does not exist, or whoever "
                         "comes back waits behind too many",
                         id);
    }
    if (!site_hours_are_sound(service)) {
        return error_set(err, ERR_INVALID,
                         "service '%s': its hours overlap or leave the day", id);
    }
    return OK;
}

/* The set of all services: the bits that a counter may have. */
static uint64_t all_services(const struct site *site)
{
    assert(site->service_count >= 1 && site->service_count <= SERVICES_MAX);
    return UINT64_MAX >> (SERVICES_MAX - site->service_count);
}

static enum status check_counter(const struct site *site, uint32_t index,
                                 struct error *err)
{
    assert(index < site->counter_count);
    const struct counter_place *counter = &site->counters[index];
    if (counter->hall >= site->hall_count) {
        return error_set(err, ERR_INVALID,
                         "counter '%s' is in a hall that does not exist", counter->id);
    }
    if (counter->services == 0) {
        return error_set(err, ERR_INVALID, "counter '%s' serves no service", counter->id);
    }
    if ((counter->services & ~all_services(site)) != 0) {
        return error_set(err, ERR_INVALID,
                         "counter '%s' serves a service that does not exist",
                         counter->id);
    }
    if (!site_skills_are_sound(&counter->skills, counter->services)) {
        return error_set(err, ERR_INVALID,
                         "counter '%s': a service of second choice is not among its "
                         "services, or there is no such language",
                         counter->id);
    }
    if (counter->policy > site->policy_count) {
        return error_set(err, ERR_INVALID,
                         "counter '%s' has a policy that does not exist", counter->id);
    }
    if (!site_name_is_sound(&counter->name) ||
        !text_is_sound(counter->label, sizeof(counter->label))) {
        return error_set(err, ERR_INVALID, "counter '%s': a name is not UTF-8 text",
                         counter->id);
    }
    return OK;
}

static enum status check_classes(const struct site *site, struct error *err)
{
    assert(site->class_count >= 1);
    if (strcmp(site->classes[0].id, "none") != 0 || site->classes[0].head_start_s != 0) {
        return error_set(err, ERR_INVALID,
                         "the first priority class is not 'none' without a head start");
    }
    for (uint32_t i = 0; i < site->class_count; i++) {
        const struct priority_class *class = &site->classes[i];
        if (class->head_start_s > HEAD_START_S_MAX) {
            return error_set(err, ERR_LIMIT,
                             "priority class '%s': its head start is above %d s",
                             class->id, HEAD_START_S_MAX);
        }
        if (class->weight_percent > WEIGHT_PERCENT_MAX) {
            return error_set(err, ERR_LIMIT,
                             "priority class '%s': its weight is above %d %%", class->id,
                             WEIGHT_PERCENT_MAX);
        }
        if (!site_name_is_sound(&class->name)) {
            return error_set(err, ERR_INVALID,
                             "priority class '%s': a name is not UTF-8 text", class->id);
        }
    }
    return OK;
}

/* Services that exist, each once, with turns exactly where the rule has turns. */
static enum status check_places(const struct site *site, const struct site_policy *policy,
                                struct error *err)
{
    bool has_places = policy->rule == POLICY_ORDER || policy->rule == POLICY_RATIO;
    if (policy->place_count > SERVICES_MAX || has_places != (policy->place_count > 0)) {
        return error_set(err, ERR_INVALID,
                         "policy '%s': rules 'order' and 'ratio', and no others, list "
                         "services",
                         policy->id);
    }
    uint64_t seen = 0;
    for (uint32_t i = 0; i < policy->place_count; i++) {
        const struct policy_place *place = &policy->places[i];
        if (place->service >= site->service_count || (seen >> place->service & 1U) != 0) {
            return error_set(err, ERR_INVALID,
                             "policy '%s' lists a service twice, or one that does not "
                             "exist",
                             policy->id);
        }
        seen |= UINT64_C(1) << place->service;
        bool fits = policy->rule == POLICY_RATIO
                        ? place->turns >= 1 && place->turns <= TURNS_MAX
                        : place->turns == 0;
        if (!fits) {
            return error_set(err, ERR_INVALID,
                             "policy '%s': service '%s' has not 1 to %d turns in a ratio",
                             policy->id, site->services[place->service].id, TURNS_MAX);
        }
    }
    return OK;
}

static enum status check_policies(const struct site *site, struct error *err)
{
    assert(site->policy_count <= POLICIES_MAX);
    if (site->policy > site->policy_count || site->overtaken_max > OVERTAKEN_MAX) {
        return error_set(err, ERR_INVALID,
                         "site '%s' has a policy that does not exist, or a guard above "
                         "%d",
                         site->id, OVERTAKEN_MAX);
    }
    for (uint32_t i = 0; i < site->policy_count; i++) {
        const struct site_policy *policy = &site->policies[i];
        bool is_sound =
            policy->rule < POLICY_RULE_COUNT && policy->condition_count <= CONDITIONS_MAX;
        for (uint32_t k = 0; is_sound && k < policy->condition_count; k++) {
            is_sound = policy->conditions[k].service < site->service_count &&
                       policy->conditions[k].over_s <= HEAD_START_S_MAX;
        }
        if (!is_sound) {
            return error_set(err, ERR_INVALID,
                             "policy '%s': its rule or a condition does not exist",
                             policy->id);
        }
        enum status status = check_places(site, policy, err);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

/* The devices of one kind; their place is an index below `place_count`, 0: no place. */
static enum status check_devices(const char *kind, const struct device *devices,
                                 uint32_t count, uint32_t place_count, struct error *err)
{
    assert(kind && devices);
    if (count > DEVICES_PER_KIND_MAX) {
        return error_set(err, ERR_LIMIT, "too many devices of kind '%s': at most %d",
                         kind, DEVICES_PER_KIND_MAX);
    }
    struct id_list list = {devices[0].id, sizeof(devices[0]), count};
    enum status status = site_check_ids(kind, &list, err);
    for (uint32_t i = 0; status == OK && i < count; i++) {
        if (place_count > 0 && devices[i].place >= place_count) {
            status =
                error_set(err, ERR_INVALID, "%s '%s' is at a place that does not exist",
                          kind, devices[i].id);
        }
    }
    return status;
}

static enum status check_whole(const struct site *site, struct error *err)
{
    assert(site);
    if (!memchr(site->id, '\0', sizeof(site->id)) ||
        !text_is_id(site->id, ID_LENGTH_MAX)) {
        return error_set(err, ERR_INVALID,
                         "site: '%.*s' is not an id of 1 to %d characters a-z, 0-9 and -",
                         ID_LENGTH_MAX, site->id, ID_LENGTH_MAX);
    }
    if (site->time_zone[0] == '\0' ||
        !text_is_sound(site->time_zone, sizeof(site->time_zone))) {
        return error_set(err, ERR_INVALID, "site '%s' has no time zone", site->id);
    }
    if (site->closed_date_count > CLOSED_DATES_MAX) {
        return error_set(err, ERR_LIMIT, "more than %d dates are closed",
                         CLOSED_DATES_MAX);
    }
    if (site->services_per_visit > 1 + FURTHER_MAX) {
        return error_set(err, ERR_LIMIT, "site '%s' offers more than %d services at once",
                         site->id, 1 + FURTHER_MAX);
    }
    if (site->burst_tickets > BURST_TICKETS_MAX ||
        site->burst_seconds > BURST_SECONDS_MAX ||
        (site->burst_tickets > 0 && site->burst_seconds == 0)) {
        return error_set(err, ERR_LIMIT,
                         "site '%s': a burst is more than 1 to %d tickets within 1 to %d "
                         "s",
                         site->id, BURST_TICKETS_MAX, BURST_SECONDS_MAX);
    }
    if (site->auto_call_s > AUTO_S_MAX || site->auto_start_s > AUTO_S_MAX) {
        return error_set(err, ERR_LIMIT, "site '%s' waits more than %d s by itself",
                         site->id, AUTO_S_MAX);
    }
    if (site->day_change_minutes >= MINUTES_PER_DAY) {
        return error_set(err, ERR_INVALID,
                         "site '%s': its business day does not change within a day",
                         site->id);
    }
    if (!site_name_is_sound(&site->name) || !detail_is_sound(&site->notice) ||
        !detail_is_sound(&site->slip_note)) {
        return error_set(err, ERR_INVALID, "site '%s': a name is not UTF-8 text",
                         site->id);
    }
    return OK;
}

static enum status check_counts(const struct site *site, struct error *err)
{
    assert(site);
    const struct {
        const char *things;
        uint32_t count;
        uint32_t minimum;
        uint32_t maximum;
    } lists[] = {
        {"halls", site->hall_count, 1, HALLS_MAX},
        {"services", site->service_count, 1, SERVICES_MAX},
        {"counters", site->counter_count, 0, COUNTERS_MAX},
        {"priority classes", site->class_count, 1, CLASSES_MAX},
        {"policies", site->policy_count, 0, POLICIES_MAX},
        {"profiles", site->profile_count, 0, PROFILES_MAX},
        {"topics", site->topic_count, 0, SERVICE_TOPICS_MAX},
        {"documents", site->document_count, 0, DOCUMENTS_MAX},
        {"reasons of a pause", site->reason_count, 0, REASONS_MAX},
    };
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        enum status status = check_count(lists[i].things, lists[i].count,
                                         lists[i].minimum, lists[i].maximum, err);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

static enum status check_all_ids(const struct site *site, struct error *err)
{
    assert(site);
    struct id_list halls = hall_ids(site);
    struct id_list services = service_ids(site);
    struct id_list counters = counter_ids(site);
    struct id_list classes = class_ids(site);
    struct id_list policies = policy_ids(site);
    enum status status = site_check_ids("hall", &halls, err);
    status = status == OK ? site_check_ids("service", &services, err) : status;
    status = status == OK ? site_check_ids("counter", &counters, err) : status;
    status = status == OK ? site_check_ids("priority class", &classes, err) : status;
    return status == OK ? site_check_ids("policy", &policies, err) : status;
}

static enum status check_all_devices(const struct site *site, struct error *err)
{
    assert(site);
    enum status status =
        check_devices("kiosk", site->kiosks, site->kiosk_count, site->hall_count, err);
    if (status == OK) {
        status = check_devices("display", site->displays, site->display_count,
                               site->hall_count, err);
    }
    if (status == OK && site->button_count > 0 && site->counter_count == 0) {
        status =
            error_set(err, ERR_INVALID, "a button needs a counter, and there is none");
    }
    if (status == OK) {
        status = check_devices("button", site->buttons, site->button_count,
                               site->counter_count, err);
    }
    if (status == OK) {
        status = check_devices("source", site->sources, site->source_count, 0, err);
    }
    if (status == OK) {
        status = check_devices("reception", site->receptions, site->reception_count,
                               site->hall_count, err);
    }
    if (status == OK) {
        status = check_devices("supervisor", site->supervisors, site->supervisor_count,
                               site->hall_count, err);
    }
    return status;
}

enum status site_check(const struct site *site, struct error *err)
{
    assert(site);
    enum status status = check_whole(site, err);
    status = status == OK ? check_counts(site, err) : status;
    status = status == OK ? check_all_ids(site, err) : status;
    for (uint32_t i = 0; status == OK && i < site->hall_count; i++) {
        if (!site_name_is_sound(&site->halls[i].name)) {
            status = error_set(err, ERR_INVALID, "hall '%s': a name is not UTF-8 text",
                               site->halls[i].id);
        }
    }
    for (uint32_t i = 0; status == OK && i < site->service_count; i++) {
        status = check_service(site, i, err);
    }
    for (uint32_t i = 0; status == OK && i < site->counter_count; i++) {
        status = check_counter(site, i, err);
    }
    status = status == OK ? check_classes(site, err) : status;
    status = status == OK ? check_policies(site, err) : status;
    status = status == OK ? site_check_topics(site, err) : status;
    status = status == OK ? site_check_profiles(site, err) : status;
    return status == OK ? check_all_devices(site, err) : status;
}
