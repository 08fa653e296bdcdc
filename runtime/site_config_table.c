/* The table of site.conf: every section and key with its type, range, default and help;
 * and the types that only a site has. */
#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "runtime/site_config.h"
#include "runtime/site_config_draft.h"
#include "runtime/zone.h"

/* Letters of a ticket series. */
static enum status parse_letter(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    size_t length = strlen(value->text);
    if (length < 1 || length > LETTER_LENGTH_MAX ||
        strspn(value->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != length) {
        return error_set(err, ERR_INVALID, "'%s' is not 1 to %d of the letters A to Z",
                         value->text, LETTER_LENGTH_MAX);
    }
    memcpy(ret_field, value->text, length + 1);
    return OK;
}

static enum status parse_time_zone(const struct config_value *value, void *ret_field,
                                   struct error *err)
{
    struct zone *zone = NULL;
    enum status status = zone_load(value->text, &zone, err);
    zone_destroy(zone);
    if (status == OK && !text_copy(ret_field, value->key->size, value->text)) {
        status = error_set(err, ERR_LIMIT, "'%s' is longer than %zu bytes", value->text,
                           value->key->size - 1);
    }
    return status;
}

/* A list of services by id, or "all". */
static enum status parse_services(const struct config_value *value, void *ret_field,
                                  struct error *err)
{
    const struct site_draft *draft = value->root;
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    uint64_t services = 0;
    if (strcmp(value->text, "all") == 0) {
        services = draft->site.service_count == 0
                       ? 0
                       : UINT64_MAX >> (SERVICES_MAX - draft->site.service_count);
        memcpy(ret_field, &services, sizeof(services));
        return OK;
    }
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        char id[ID_LENGTH_MAX + 1];
        struct text text;
        text_init(&text, id, sizeof(id));
        text_add(&text, "%.*s", (int)length, word);
        uint32_t service = site_find_service(&draft->site, id);
        if (text.is_cut || service == SITE_NONE) {
            return error_set(err, ERR_NOT_FOUND, "there is no service '%.*s'",
                             (int)(length < 80 ? length : 80), word);
        }
        services |= UINT64_C(1) << service;
    }
    if (services == 0) {
        return error_set(err, ERR_INVALID, "no service is named");
    }
    memcpy(ret_field, &services, sizeof(services));
    return OK;
}

/* The id of a hall; empty is the first one. */
static enum status parse_hall(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    const struct site_draft *draft = value->root;
    uint32_t hall =
        value->text[0] == '\0' ? 0 : site_find_hall(&draft->site, value->text);
    if (hall == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no hall '%s'", value->text);
    }
    memcpy(ret_field, &hall, sizeof(hall));
    return OK;
}

static enum status parse_counter(const struct config_value *value, void *ret_field,
                                 struct error *err)
{
    const struct site_draft *draft = value->root;
    uint32_t counter = site_find_counter(&draft->site, value->text);
    if (counter == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no counter '%s'", value->text);
    }
    memcpy(ret_field, &counter, sizeof(counter));
    return OK;
}

static const struct config_type letter_type = {"1 to 3 of the letters A to Z",
                                               parse_letter};
static const struct config_type time_zone_type = {"name of a time zone", parse_time_zone};
const struct config_type site_services_type = {"ids of services, or `all`",
                                               parse_services};
static const struct config_type hall_type = {"id of a hall", parse_hall};
static const struct config_type counter_type = {"id of a counter", parse_counter};

void *site_draft_add_thing(void *things, size_t size, uint32_t *count, uint32_t limit,
                           const char *id)
{
    char *thing = (char *)things + (size_t)*count * size;
    if (*count == limit || !text_is_id(id, ID_LENGTH_MAX)) {
        return NULL;
    }
    (*count)++;
    memcpy(thing, id, strlen(id) + 1);
    return thing;
}

void *site_draft_refuse_thing(const char *things, uint32_t limit, const char *id,
                              struct error *err)
{
    if (text_is_id(id, ID_LENGTH_MAX)) {
        error_set(err, ERR_LIMIT, "too many %s: at most %u", things, (unsigned)limit);
    } else {
        error_set(err, ERR_INVALID,
                  "'%s' is not an id of 1 to %d characters a-z, 0-9 and -", id,
                  ID_LENGTH_MAX);
    }
    return NULL;
}

static void *add_site(void *root, const char *id, struct error *err)
{
    (void)id;
    (void)err;
    static_assert(offsetof(struct site_draft, site) == 0,
                  "keys of [site] are fields of the site and of its draft");
    return root;
}

static void *add_hall(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *hall = site_draft_add_thing(site->halls, sizeof(site->halls[0]),
                                      &site->hall_count, HALLS_MAX, id);
    return hall ? hall : site_draft_refuse_thing("halls", HALLS_MAX, id, err);
}

static void *add_service(void *root, const char *id, struct error *err)
{
    struct site_draft *draft = root;
    struct site *site = &draft->site;
    draft->days_given = 0;
    void *service = site_draft_add_thing(site->services, sizeof(site->services[0]),
                                         &site->service_count, SERVICES_MAX, id);
    return service ? service : site_draft_refuse_thing("services", SERVICES_MAX, id, err);
}

static void *add_counter(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *counter = site_draft_add_thing(site->counters, sizeof(site->counters[0]),
                                         &site->counter_count, COUNTERS_MAX, id);
    return counter ? counter : site_draft_refuse_thing("counters", COUNTERS_MAX, id, err);
}

static void *add_class(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    if (strcmp(id, "none") == 0) {
        error_set(err, ERR_INVALID, "class 'none' is there by itself");
        return NULL;
    }
    void *class = site_draft_add_thing(site->classes, sizeof(site->classes[0]),
                                       &site->class_count, CLASSES_MAX, id);
    return class ? class
                 : site_draft_refuse_thing("priority classes", CLASSES_MAX - 1, id, err);
}

static void *add_policy(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    void *policy = site_draft_add_thing(site->policies, sizeof(site->policies[0]),
                                        &site->policy_count, POLICIES_MAX, id);
    return policy ? policy : site_draft_refuse_thing("policies", POLICIES_MAX, id, err);
}

static void *add_device(struct device *devices, uint32_t *count, const char *things,
                        const char *id, struct error *err)
{
    void *device = site_draft_add_thing(devices, sizeof(devices[0]), count,
                                        DEVICES_PER_KIND_MAX, id);
    return device ? device
                  : site_draft_refuse_thing(things, DEVICES_PER_KIND_MAX, id, err);
}

static void *add_kiosk(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->kiosks, &site->kiosk_count, "kiosks", id, err);
}

static void *add_display(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->displays, &site->display_count, "displays", id, err);
}

static void *add_button(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->buttons, &site->button_count, "buttons", id, err);
}

static void *add_source(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->sources, &site->source_count, "sources", id, err);
}

static void *add_reception(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->receptions, &site->reception_count, "receptions", id, err);
}

static void *add_supervisor(void *root, const char *id, struct error *err)
{
    struct site *site = &((struct site_draft *)root)->site;
    return add_device(site->supervisors, &site->supervisor_count, "supervisors", id, err);
}

static const struct config_section sections[] = {
    {.name = "site",
     .is_required = true,
     .help = "The office itself.",
     .add = add_site,
     .finish = site_draft_finish_site},
    {.name = "hall",
     .id_help = "the hall in topics, such as `main`.",
     .help = "A waiting room with its screens. A site has at least one.",
     .add = add_hall,
     .finish = site_draft_finish_hall},
    {.name = "service",
     .id_help = "the service in topics, such as `immatriculation`.",
     .help = "What people come for: one ticket series. A site has at least "
             "one.",
     .add = add_service,
     .finish = site_draft_finish_service},
    {.name = "fallback",
     .id_help = "a service.",
     .help =
         "What stands in for a service where nobody gives it: a person who is sent on "
         "to it waits for the first of these that is given.",
     .add = site_draft_add_fallback},
    {.name = "class",
     .id_help = "the class in commands and reports, such as `reduced-mobility`.",
     .help =
         "A priority class. Its tickets are ordered as if they had been taken earlier "
         "by the head start, so that ordinary tickets always advance, too.",
     .add = add_class,
     .finish = site_draft_finish_class},
    {.name = "policy",
     .id_help = "the policy where counters and the site name it, such as `permis-first`.",
     .help = "Who is next: docs/policies.md works every rule out by hand.",
     .add = add_policy,
     .finish = site_draft_finish_policy},
    {.name = "profile",
     .id_help = "the profile where agents.conf names it, such as `titres`.",
     .help = "What an agent who signs in is there for, whatever the counter gives.",
     .add = site_draft_add_profile,
     .finish = site_draft_finish_profile},
    {.name = "topic",
     .id_help = "the topic in reports, such as `carte-grise-perdue`.",
     .help = "What a service can be about, as agents say before they end it: a product, "
             "or a precision under one that stands before it.",
     .add = site_draft_add_topic,
     .finish = site_draft_finish_topic},
    {.name = "document",
     .id_help = "the document in reports, such as `justificatif-domicile`.",
     .help = "A document that people may have been without.",
     .add = site_draft_add_document,
     .finish = site_draft_finish_document},
    {.name = "reason",
     .id_help = "the reason in this file, such as `dejeuner`.",
     .help =
         "Why a counter is left for a while. Without any the window offers a break, a "
         "meeting and back office; with some, these alone.",
     .add = site_draft_add_reason,
     .finish = site_draft_finish_reason},
    {.name = "counter",
     .id_help = "the counter in topics, such as `3`.",
     .help = "Where people are called to: a counter or a room.",
     .add = add_counter,
     .finish = site_draft_finish_counter},
    {.name = "kiosk",
     .id_help = "the kiosk in topics, such as `hall1`.",
     .help = "A kiosk that may take tickets.",
     .add = add_kiosk,
     .finish = site_draft_finish_screen},
    {.name = "display",
     .id_help = "the display in topics, such as `hall1`.",
     .help = "A hall screen.",
     .add = add_display,
     .finish = site_draft_finish_screen},
    {.name = "button",
     .id_help = "the button in topics, such as `b3`.",
     .help = "A call button without a screen, bound to a counter.",
     .add = add_button},
    {.name = "source",
     .id_help = "the source in topics, such as `phone`.",
     .help = "A system that reports requests of other channels: telephone, e-mail, "
             "letter, web.",
     .add = add_source},
    {.name = "reception",
     .id_help = "the reception in topics, such as `main`.",
     .help = "A post that issues tickets for people and helps them with those they have.",
     .add = add_reception,
     .finish = site_draft_finish_screen},
    {.name = "supervisor",
     .id_help = "the supervisor in topics, such as `main`.",
     .help = "A post that sees the whole hall and orders what is to be done today: "
             "services, counters, waiting lines, message.",
     .add = add_supervisor,
     .finish = site_draft_finish_screen},
};

static_assert(sizeof(enum last_ticket) == sizeof(uint32_t),
              "config_choice stores an enum");
/* In the order of enum last_ticket. */
static const char *const last_ticket_choices[] = {"none", "warn", "stop", NULL};
/* In the order of enum topic_rule. */
static const char *const topic_rule_choices[] = {"offered", "required", NULL};

#define FIELD(type, member) offsetof(type, member), sizeof(((type *)NULL)->member)

/* Names per language; the French one is required. */
#define NAME_KEYS(of, thing, what)                                                       \
    {.section = (of),                                                                    \
     .name = "name.fr",                                                                  \
     .type = &config_text,                                                               \
     .offset = offsetof(thing, name.in[LANGUAGE_FR]),                                    \
     .size = NAME_LENGTH_MAX + 1,                                                        \
     .min = 1,                                                                           \
     .help = "The French name of the " what "."},                                        \
    {                                                                                    \
        .section = (of), .name = "name.en", .type = &config_text,                        \
        .offset = offsetof(thing, name.in[LANGUAGE_EN]), .size = NAME_LENGTH_MAX + 1,    \
        .default_text = "",                                                              \
        .help = "The English name; the French one where it is empty."                    \
    }

static const struct config_key keys[] = {
    /* [site] */
    {"site", "id", &config_id, FIELD(struct site, id), 1, 0, NULL, NULL,
     "The site in topics, such as `prefecture`."},
    NAME_KEYS("site", struct site, "office, as screens and tickets show it"),
    {"site", "time_zone", &time_zone_type, FIELD(struct site, time_zone), 1, 0, NULL,
     "Europe/Paris", "Where the clock on the wall is: it makes the business day."},
    {"site", "day_change", &config_day_time, FIELD(struct site, day_change_minutes), 0,
     1439, NULL, "00:00", "Local time at which the business day changes."},
    {"site", "no_show_within_s", &config_number, FIELD(struct site, no_show_within_s), 0,
     600, NULL, "15",
     "Calling the next person this many seconds after a call means that the one called "
     "did not come; later, that the service was given and is finished."},
    {"site", "call_chosen", &config_yes_no, FIELD(struct site, call_chosen), 0, 0, NULL,
     "yes", "Whether agents may call a given ticket."},
    {"site", "services_per_visit", &config_number, FIELD(struct site, services_per_visit),
     0, 1 + FURTHER_MAX, NULL, "0",
     "How many services a kiosk lets people choose for one ticket, each with a quantity; "
     "0 "
     "and 1: one service, once."},
    {"site", "burst_tickets", &config_number, FIELD(struct site, burst_tickets), 0,
     BURST_TICKETS_MAX, NULL, "0",
     "More tickets than this from one kiosk within `burst_seconds` are a burst: the "
     "kiosk "
     "asks whether one more is wanted, and what is taken is suspect until somebody comes "
     "with it. 0: no such rule."},
    {"site", "burst_seconds", &config_number, FIELD(struct site, burst_seconds), 1,
     BURST_SECONDS_MAX, NULL, "60", "The time of a burst."},
    {"site", "best_first_seconds", &config_number, FIELD(struct site, best_first_s), 0,
     BEST_FIRST_S_MAX, NULL, "30",
     "How long people are left to the open counters that are best at what they came for; "
     "0: not at all. `docs/policies.md`."},
    {"site", "choice_needs_reason", &config_yes_no,
     FIELD(struct site, choice_needs_reason), 0, 0, NULL, "no",
     "Whether an agent who calls a given ticket says why."},
    {"site", "auto_call_seconds", &config_number, FIELD(struct site, auto_call_s), 0,
     AUTO_S_MAX, NULL, "0",
     "A counter's window calls the next by itself this long after a service has ended; "
     "0: "
     "never."},
    {"site", "auto_start_seconds", &config_number, FIELD(struct site, auto_start_s), 0,
     AUTO_S_MAX, NULL, "0",
     "A counter's window takes the service to have begun this long after the call; 0: "
     "never."},
    {"site", "sign_in", &config_yes_no, FIELD(struct site, sign_in), 0, 0, NULL, "no",
     "Whether a counter opens only for an agent who signs in with number and code."},
    {"site", "wrap_up", &config_yes_no, FIELD(struct site, wrap_up), 0, 0, NULL, "no",
     "Whether a counter wraps up after a service before it is free again."},
    {"site", "notice.fr", &config_text, FIELD(struct site, notice.in[LANGUAGE_FR]), 0, 0,
     NULL, "", "The French line at the foot of the hall screens."},
    {"site", "notice.en", &config_text, FIELD(struct site, notice.in[LANGUAGE_EN]), 0, 0,
     NULL, "", "The English line; the French one where it is empty."},
    {"site", "slip_note.fr", &config_text, FIELD(struct site, slip_note.in[LANGUAGE_FR]),
     0, 0, NULL, "", "The office's own French line on every printed ticket."},
    {"site", "slip_note.en", &config_text, FIELD(struct site, slip_note.in[LANGUAGE_EN]),
     0, 0, NULL, "", "The English line; the French one where it is empty."},
    {"site", "closed_dates", &site_closed_dates_type, FIELD(struct site, closed_dates), 0,
     0, NULL, "",
     "Dates on which no service is open, like `2026-12-25 2027-01-01`; hours that a "
     "service has for the date itself go before."},
    {"site", "policy", &config_id, FIELD(struct site_draft, policy_id), 0, 0, NULL, "",
     "The policy of counters that name none; rule `share` where it is empty."},
    {"site", "overtaken_max", &config_number, FIELD(struct site, overtaken_max), 0,
     OVERTAKEN_MAX, NULL, "0",
     "The guard: whoever was overtaken this often by people who came later is next, "
     "whatever the policy. 0: no guard."},
    /* [hall ID] */
    NAME_KEYS("hall", struct hall, "hall"),
    /* [service ID] */
    {"service", "letter", &letter_type, FIELD(struct service, letter), 0, 0, NULL, NULL,
     "What stands before the number on tickets; no other service may have it."},
    {"service", "color", &config_color, FIELD(struct service, color_rgb), 0, 0, NULL,
     "#1f4e9e", "The colour of the service on screens, beside its letter."},
    NAME_KEYS("service", struct service, "service"),
    {"service", "short_name.fr", &config_text,
     FIELD(struct service, short_name.in[LANGUAGE_FR]), 0, 0, NULL, "",
     "A short French name for narrow places; the name where it is empty."},
    {"service", "short_name.en", &config_text,
     FIELD(struct service, short_name.in[LANGUAGE_EN]), 0, 0, NULL, "",
     "A short English name; the name where it is empty."},
    {"service", "detail.fr", &config_text, FIELD(struct service, detail.in[LANGUAGE_FR]),
     0, 0, NULL, "", "The French line below the name at the kiosk: what it is for."},
    {"service", "detail.en", &config_text, FIELD(struct service, detail.in[LANGUAGE_EN]),
     0, 0, NULL, "", "The English line; the French one where it is empty."},
    {"service", "standard_minutes", &config_minutes,
     FIELD(struct service, standard_wait_s), 1, 1440, NULL, "15",
     "The declared promise: people are called within this time."},
    {"service", "standard_share_percent", &config_number,
     FIELD(struct service, standard_share_percent), 1, 100, NULL, "80",
     "The declared promise: the share of people for whom it is kept."},
    {"service", "typical_service_minutes", &config_minutes,
     FIELD(struct service, typical_service_s), 1, 480, NULL, "10",
     "How long a service usually takes; estimates start from it and learn."},
    {"service", "first_number", &config_number, FIELD(struct service, first_number), 1,
     TICKET_NUMBER_MAX, NULL, "1", "The first number of each business day."},
    {"service", "readmit_within_minutes", &config_minutes,
     FIELD(struct service, readmit_within_s), 0, 1440, NULL, "0",
     "How long after a no-show the person may still come back; 0 is never."},
    {"service", "calls_before_no_show", &config_number,
     FIELD(struct service, calls_before_no_show), 0, 9, NULL, "0",
     "How often a person is called before the agent may give up; 0 and 1: the first call "
     "is enough. The one button then calls again instead of giving up."},
    {"service", "call_gap_seconds", &config_number, FIELD(struct service, call_gap_s), 0,
     600, NULL, "0", "The least time between two calls of one person."},
    {"service", "hours.*", &site_hours_type, FIELD(struct service, hours), 0, 0, NULL, "",
     "Opening hours by weekday: `hours.mon-fri`, `hours.sat`, `hours.mon,wed`. Without "
     "any, the service is always open; with some, it is closed on the other days. With a "
     "date, `hours.2026-12-24`, they are for that day instead of its weekday's."},
    {"service", "tickets_before_minutes", &config_minutes,
     FIELD(struct service, tickets_before_s), 0, 720, NULL, "0",
     "How long before its hours begin the service gives tickets."},
    {"service", "tickets_per_day", &config_number, FIELD(struct service, tickets_per_day),
     0, TICKETS_PER_DAY_MAX, NULL, "0",
     "How many tickets the service gives on one business day; 0: no limit."},
    {"service", "last_ticket", &config_choice, FIELD(struct service, last_ticket), 0, 0,
     last_ticket_choices, "none",
     "What a kiosk does when the people who wait fill the time until the hours end, by "
     "the mean of the estimate: `warn` says so, `stop` gives no more tickets."},
    {"service", "readmit_after", &config_number, FIELD(struct service, readmit_after), 0,
     READMIT_AFTER_MAX, NULL, "0",
     "How many others are before whoever comes back after a no-show; 0: the place that "
     "the "
     "first arrival gives. The guard does not count for those who are put behind "
     "others."},
    {"service", "keep_overnight", &config_yes_no, FIELD(struct service, keep_overnight),
     0, 0, NULL, "no",
     "Whether whoever still waits when the business day closes keeps number and place, "
     "up to 80 people; the next day goes on with them."},
    {"service", "topics", &config_choice, FIELD(struct service, topic_rule), 0, 0,
     topic_rule_choices, "offered",
     "Whether agents may (`offered`) or must (`required`) say the topic before a service "
     "ends, where it has any; a call button asks for none."},
    /* [fallback SERVICE] */
    {"fallback", "services", &site_fallbacks_type, offsetof(struct service, fallbacks),
     sizeof(((struct service *)NULL)->fallbacks), 0, 0, NULL, NULL,
     "Up to 4 services, in the order in which they stand in."},
    /* [class ID] */
    NAME_KEYS("class", struct priority_class, "class"),
    {"class", "head_start_minutes", &config_minutes,
     FIELD(struct priority_class, head_start_s), 0, HEAD_START_S_MAX / 60, NULL, NULL,
     "By how much earlier its tickets count as taken; 1440 is before everybody."},
    {"class", "at_kiosk", &config_yes_no, FIELD(struct priority_class, at_kiosk), 0, 0,
     NULL, "no", "Whether people may choose it at the kiosk themselves."},
    {"class", "weight_percent", &config_number,
     FIELD(struct priority_class, weight_percent), 1, WEIGHT_PERCENT_MAX, NULL, "100",
     "How fast its wait counts under rule `share`: 200 is twice as fast as an ordinary "
     "ticket's."},
    {"class", "emergency", &config_yes_no, FIELD(struct priority_class, is_emergency), 0,
     0, NULL, "no",
     "Whether its tickets go before everybody whatever else is configured, the guard "
     "included."},
    {"class", "seated", &config_yes_no, FIELD(struct priority_class, is_seated), 0, 0,
     NULL, "no", "Whether they stay seated when called, and the agent comes to them."},
    /* [policy ID] */
    {"policy", "rule", &site_policy_rule_type, FIELD(struct site_policy, rule), 0, 0,
     NULL, "share",
     "`share`: the largest share of the standard used up; `longest-wait`: the longest "
     "wait, head starts counted; `order`: the first service of `order` where anybody "
     "waits; `ratio`: the services of `ratio` take turns."},
    {"policy", "order", &site_policy_order_type, offsetof(struct site_policy, places),
     sizeof(((struct site_policy *)NULL)->places), 0, 0, NULL, "",
     "For rule `order`: the services, the first one first."},
    {"policy", "ratio", &site_policy_ratio_type, offsetof(struct site_policy, places),
     sizeof(((struct site_policy *)NULL)->places), 0, 0, NULL, "",
     "For rule `ratio`: how many turns of a round each service has."},
    {"policy", "when", &site_policy_when_type, offsetof(struct site_policy, conditions),
     sizeof(((struct site_policy *)NULL)->conditions), 0, 0, NULL, "",
     "Services that come first while somebody has waited longer than so many minutes "
     "for them; of several, the first that holds."},
    /* [counter ID] */
    {"counter", "name.fr", &config_text,
     FIELD(struct counter_place, name.in[LANGUAGE_FR]), 0, 0, NULL, "",
     "The French name, as people are called; `Guichet ID` where it is empty."},
    {"counter", "name.en", &config_text,
     FIELD(struct counter_place, name.in[LANGUAGE_EN]), 0, 0, NULL, "",
     "The English name; `Counter ID`, or the French name where that is given."},
    {"counter", "label", &config_text, FIELD(struct counter_place, label), 0, 0, NULL, "",
     "What stands on its light tile; the id where it is empty."},
    {"counter", "hall", &hall_type, FIELD(struct counter_place, hall), 0, 0, NULL, "",
     "The hall that it calls from; may be left out where there is only one."},
    {"counter", "services", &site_services_type, FIELD(struct counter_place, services), 0,
     0, NULL, "all", "The services that it gives."},
    {"counter", "policy", &site_policy_type, FIELD(struct counter_place, policy), 0, 0,
     NULL, "", "Who is next here; the policy of the site where it is empty."},
    {"counter", "second_services", &site_second_type,
     FIELD(struct counter_place, skills.second), 0, 0, NULL, "",
     "Services that the counter gives as second choice, besides `services` or among "
     "them: "
     "people who come for them are left to counters of first choice for "
     "`best_first_seconds`."},
    {"counter", "languages", &site_languages_type,
     FIELD(struct counter_place, skills.languages), 0, 0, NULL, "",
     "The languages that the counter speaks, all where it is empty: people of another "
     "one are "
     "left to those who speak it for `best_first_seconds`."},
    /* [profile ID] */
    NAME_KEYS("profile", struct site_profile, "profile"),
    {"profile", "services", &site_services_type, FIELD(struct site_profile, services), 0,
     0, NULL, "all", "The services that such an agent gives."},
    {"profile", "policy", &site_policy_type, FIELD(struct site_profile, policy), 0, 0,
     NULL, "", "Who is next for such an agent; the counter's policy where it is empty."},
    {"profile", "second_services", &site_second_type,
     FIELD(struct site_profile, skills.second), 0, 0, NULL, "",
     "Services that such an agent gives as second choice, besides `services` or among "
     "them: "
     "people who come for them are left to counters of first choice for "
     "`best_first_seconds`."},
    {"profile", "languages", &site_languages_type,
     FIELD(struct site_profile, skills.languages), 0, 0, NULL, "",
     "The languages that such an agent speaks, all where it is empty: people of another "
     "one are "
     "left to those who speak it for `best_first_seconds`."},
    /* [topic ID], [document ID], [reason ID] */
    NAME_KEYS("topic", struct topic, "topic"),
    {"topic", "services", &site_services_type, FIELD(struct topic, services), 0, 0, NULL,
     "all", "The services that it can be chosen for; a precision has its product's."},
    {"topic", "under", &site_topic_under_type, FIELD(struct topic, under), 0, 0, NULL, "",
     "The product that it is a precision of; empty for a product."},
    NAME_KEYS("document", struct document_kind, "document"),
    {"document", "services", &site_services_type, FIELD(struct document_kind, services),
     0, 0, NULL, "all", "The services that ask for it."},
    NAME_KEYS("reason", struct pause_reason, "reason"),
    /* Devices */
    {"kiosk", "hall", &hall_type, FIELD(struct device, place), 0, 0, NULL, "",
     "The hall that it stands in; may be left out where there is only one."},
    {"display", "hall", &hall_type, FIELD(struct device, place), 0, 0, NULL, "",
     "The hall that it shows; may be left out where there is only one."},
    {"button", "counter", &counter_type, FIELD(struct device, place), 0, 0, NULL, NULL,
     "The counter that it works for."},
    {"reception", "hall", &hall_type, FIELD(struct device, place), 0, 0, NULL, "",
     "The hall that it stands in; may be left out where there is only one."},
    {"supervisor", "hall", &hall_type, FIELD(struct device, place), 0, 0, NULL, "",
     "The hall that it watches; may be left out where there is only one."},
};

const struct config_schema *site_config_schema(void)
{
    static const struct config_schema schema = {
        .title = "site.conf",
        .help = "The office: halls, services, counters, priority classes and devices.",
        .sections = sections,
        .section_count = sizeof(sections) / sizeof(sections[0]),
        .keys = keys,
        .key_count = sizeof(keys) / sizeof(keys[0]),
    };
    return &schema;
}
