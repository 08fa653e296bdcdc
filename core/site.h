/* The configuration of one site as the queue and its screens know it: halls, services,
 * counters, priority classes, devices. It is data without behaviour; runtime/site_config
 * reads it from site.conf, the journal keeps every version that was in force. */
#ifndef GUICHET_CORE_SITE_H
#define GUICHET_CORE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/limits.h"

/* Languages of names and sentences; the order is the order of the tables. */
enum language { LANGUAGE_FR, LANGUAGE_EN, LANGUAGE_COUNT };

/* A name in every language; a missing one is filled with the French one by the reader. */
struct site_name {
    char in[LANGUAGE_COUNT][NAME_LENGTH_MAX + 1];
};

struct site_detail {
    char in[LANGUAGE_COUNT][DETAIL_LENGTH_MAX + 1];
};

struct hall {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
};

/* What people come for within a service, as agents say afterwards: a product or, under
 * one, a precision. */
struct topic {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
    uint64_t services; /* bit i: offered for services[i]; a precision has its product's */
    uint32_t under; /* 1 + index of its product, which stands before it; 0: a product */
};

/* A document that people bring, or did not. */
struct document_kind {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
    uint64_t services; /* bit i: asked for in services[i] */
};

/* Why a counter is left for a while. */
struct pause_reason {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
};

/* What somebody at a counter is less good at: left to others for a while. */
struct site_skills {
    uint64_t second;    /* of the services: those of second choice */
    uint32_t languages; /* bit 1 << enum language: spoken; 0: all */
};

/* What an agent is at a counter for: its services instead of the counter's own, while the
 * agent is signed in. */
struct site_profile {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
    uint64_t services;
    uint32_t policy; /* 1 + index into policies; 0: that of the counter */
    struct site_skills skills;
};

/* Whether agents say what a service was about before it ends. */
enum topic_rule {
    TOPICS_OFFERED, /* where there are any */
    TOPICS_REQUIRED,
    TOPIC_RULE_COUNT
};

/* How a policy chooses, see core/policy.h. */
enum policy_rule {
    POLICY_SHARE,        /* the largest share of the standard used up */
    POLICY_LONGEST_WAIT, /* the longest wait, head starts counted */
    POLICY_ORDER,        /* the first service of a list where anybody waits */
    POLICY_RATIO,        /* services take turns */
    POLICY_RULE_COUNT
};

struct policy_place {
    uint32_t service;
    uint32_t turns; /* rule ratio: 1 to TURNS_MAX; else 0 */
};

/* The service comes first while somebody has waited longer than this for it. */
struct policy_condition {
    uint32_t service;
    uint32_t over_s;
};

/* Who is next at the counters that name it. */
struct site_policy {
    char id[ID_LENGTH_MAX + 1];
    enum policy_rule rule;
    uint32_t place_count; /* rules order and ratio; else 0 */
    uint32_t condition_count;
    struct policy_place places[SERVICES_MAX];
    struct policy_condition conditions[CONDITIONS_MAX]; /* the first that holds rules */
};

/* Minutes after local midnight, half open: [from_minute, to_minute), 0 to 1440. */
struct hours_range {
    uint16_t from_minute;
    uint16_t to_minute;
};

/* Weekday 0 is Monday. Unused ranges have from_minute == to_minute. */
struct week_hours {
    struct hours_range day[7][HOURS_PER_DAY_MAX];
};

/* The hours of one date instead of its weekday's; none: closed. */
struct dated_hours {
    uint32_t date; /* yyyymmdd */
    struct hours_range ranges[HOURS_PER_DAY_MAX];
};

/* What a kiosk does when the people who wait fill the time until the service closes. */
enum last_ticket {
    LAST_TICKET_NONE,
    LAST_TICKET_WARN,
    LAST_TICKET_STOP, /* it gives no more; the reception may */
    LAST_TICKET_COUNT
};

struct service {
    char id[ID_LENGTH_MAX + 1];
    char letter[LETTER_LENGTH_MAX + 1]; /* A-Z, unique in the site: the ticket series */
    uint32_t color_rgb;                 /* 0xRRGGBB */
    struct site_name name;              /* "Certificat d'immatriculation" */
    struct site_name short_name;        /* "Immatriculation"; the name where not set */
    struct site_detail detail; /* "Carte grise, changement d'adresse"; may be empty */
    uint32_t standard_wait_s;  /* T of the standard "X % within T" */
    uint32_t standard_share_percent; /* X, 1 to 100 */
    uint32_t typical_service_s;      /* used by estimates until enough was observed */
    uint32_t first_number;           /* first number of each business day, >= 1 */
    uint32_t readmit_within_s; /* a no-show may come back this long after it; 0: never */
    uint32_t calls_before_no_show; /* calls and recalls; 0 and 1: the first is enough */
    uint32_t call_gap_s;           /* least time between calls of one person */
    struct week_hours hours;
    uint32_t dated_count;
    struct dated_hours dated[DATED_HOURS_MAX]; /* by date, no date twice */
    uint32_t tickets_before_s; /* tickets are given this long before the hours begin */
    uint32_t tickets_per_day;  /* 0: as many as there are numbers */
    enum last_ticket last_ticket;
    enum topic_rule topic_rule;
    bool keep_overnight;    /* whoever waits when the day closes keeps the place */
    uint32_t readmit_after; /* others before whoever is taken back; 0: by first arrival */
    uint32_t fallback_count;
    uint32_t fallbacks[FALLBACKS_MAX]; /* services, in the order in which they stand in */
};

struct counter_place {
    char id[ID_LENGTH_MAX + 1];            /* "3" */
    struct site_name name;                 /* "Guichet 3", "Salle 2" */
    char label[LETTER_LENGTH_MAX + 1 + 2]; /* on a light tile: "3", "S2" */
    uint32_t hall;                         /* index into halls */
    uint64_t services;                     /* bit i: serves services[i] */
    uint32_t policy; /* 1 + index into policies; 0: that of the site */
    struct site_skills skills;
};

/* A priority class gives a head start: its tickets are ordered as if they had arrived
 * `head_start_s` earlier. Ordinary tickets therefore always advance. Class 0 is always
 * "none" with 0 s. */
struct priority_class {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
    uint32_t head_start_s;   /* 0 to HEAD_START_S_MAX */
    bool at_kiosk;           /* a citizen may choose it at the kiosk */
    bool is_emergency;       /* before everybody, and above the guard */
    uint32_t weight_percent; /* under rule share; 0 is 100, an ordinary ticket */
    bool is_seated;          /* stays seated when called: the agent comes */
};

/* A kiosk, display, button, source, reception or supervisor and where it belongs. */
struct device {
    char id[ID_LENGTH_MAX + 1];
    uint32_t place; /* index of the hall; button: of the counter; source: 0 */
};

struct site {
    char id[ID_LENGTH_MAX + 1];
    struct site_name name;
    char time_zone[64];          /* IANA name, e.g. "Europe/Paris" */
    uint32_t day_change_minutes; /* local minutes after midnight when the business day
                                    changes */
    uint32_t
        no_show_within_s; /* a press this soon after a call means no-show (default 15) */
    bool call_chosen;     /* agents may call a given ticket */
    uint32_t policy;      /* 1 + index into policies; 0: share of the standard */
    uint32_t overtaken_max; /* nobody is overtaken more often; 0: no guard */
    bool wrap_up;           /* finishing leads to wrapping up instead of free */
    struct site_detail
        notice; /* the line at the foot of the hall screens; may be empty */
    struct site_detail slip_note; /* the office's own line on slips; may be empty */
    uint32_t closed_date_count;
    uint32_t closed_dates[CLOSED_DATES_MAX]; /* yyyymmdd: no service is open */

    uint32_t hall_count;
    uint32_t service_count;
    uint32_t counter_count;
    uint32_t class_count; /* at least 1: class 0 is "none" */
    uint32_t policy_count;
    uint32_t kiosk_count;
    uint32_t display_count;
    uint32_t button_count;
    uint32_t source_count;
    struct hall halls[HALLS_MAX];
    struct service services[SERVICES_MAX];
    struct counter_place counters[COUNTERS_MAX];
    struct priority_class classes[CLASSES_MAX];
    struct site_policy policies[POLICIES_MAX];
    struct device kiosks[DEVICES_PER_KIND_MAX];
    struct device displays[DEVICES_PER_KIND_MAX];
    struct device buttons[DEVICES_PER_KIND_MAX];
    struct device sources[DEVICES_PER_KIND_MAX];

    uint32_t topic_count;
    uint32_t document_count;
    uint32_t reason_count;
    struct topic topics[SERVICE_TOPICS_MAX];
    struct document_kind documents[DOCUMENTS_MAX];
    struct pause_reason reasons[REASONS_MAX];

    uint32_t services_per_visit; /* that a kiosk offers at once, 1 to 1 + FURTHER_MAX */

    bool choice_needs_reason; /* calling a given ticket is said why */
    uint32_t
        auto_call_s; /* windows call the next by themselves this long after; 0: not */
    uint32_t auto_start_s; /* … and begin the service this long after the call; 0: not */

    uint32_t burst_tickets; /* more from one kiosk within burst_seconds are confirmed and
                               suspect; 0: no such rule */
    uint32_t burst_seconds;

    uint32_t best_first_s; /* who waits is left so long to those who are best at it */

    bool sign_in; /* a counter opens for an agent who has signed in */
    uint32_t profile_count;
    struct site_profile profiles[PROFILES_MAX];
    uint32_t reception_count;
    uint32_t supervisor_count;
    struct device receptions[DEVICES_PER_KIND_MAX];
    struct device supervisors[DEVICES_PER_KIND_MAX];
};

/* Value of the find functions for "there is none". */
#define SITE_NONE UINT32_MAX

/* Index of the thing with this id, or SITE_NONE. Linear; ids are few. */
uint32_t site_find_hall(const struct site *site, const char *id);
uint32_t site_find_service(const struct site *site, const char *id);
uint32_t site_find_counter(const struct site *site, const char *id);
uint32_t site_find_class(const struct site *site, const char *id);
uint32_t site_find_policy(const struct site *site, const char *id);
uint32_t site_find_topic(const struct site *site, const char *id);
uint32_t site_find_profile(const struct site *site, const char *id);
uint32_t site_find_document(const struct site *site, const char *id);
uint32_t site_find_device(const struct device *devices, uint32_t device_count,
                          const char *id);

/* Whether the site keeps the rules that span fields: unique ids and letters, services and
 * halls that exist, at least one service, one hall and one class, limits. `err` names the
 * first rule broken. */
enum status site_check(const struct site *site, struct error *err);

/* The hours of a service on a date: HOURS_PER_DAY_MAX ranges, those not used empty. Hours
 * of the date itself go before a date on which all are closed, and both before those of
 * the weekday (0 is Monday), which the caller knows. */
const struct hours_range *site_hours_on(const struct site *site, uint32_t service,
                                        uint32_t date, uint32_t weekday);

/* Whether its ranges follow each other inside the day and its dates rise. */
bool site_hours_are_sound(const struct service *service);

/* "none", "warn", "stop"; LAST_TICKET_COUNT for another word. */
const char *last_ticket_name(enum last_ticket rule);
enum last_ticket last_ticket_find(const char *name);

/* "offered", "required"; TOPIC_RULE_COUNT for another word. */
const char *topic_rule_name(enum topic_rule rule);
enum topic_rule topic_rule_find(const char *name);

/* "share", "longest-wait", "order", "ratio"; POLICY_RULE_COUNT for another word. */
const char *policy_rule_name(enum policy_rule rule);
enum policy_rule policy_rule_find(const char *name);

/* "fr" or "en"; LANGUAGE_COUNT for another tag. */
enum language language_find(const char *tag);
const char *language_tag(enum language language);

#endif
