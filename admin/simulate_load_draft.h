/* A load while its file is read; shared by the table and the types of its values. */
#ifndef GUICHET_ADMIN_SIMULATE_LOAD_DRAFT_H
#define GUICHET_ADMIN_SIMULATE_LOAD_DRAFT_H

#include "core/site.h"
#include "figures/load.h"
#include "runtime/config.h"

/* A target that the file does not give: the service's standard. */
#define LOAD_TARGET_STANDARD UINT32_MAX

struct load_draft {
    struct load load;
    const struct site *site;          /* borrowed */
    const char *folder;               /* of the file, "" or with '/' at its end */
    uint32_t next_line[SERVICES_MAX]; /* of the load's services; 0: none */
};

/* What a number may be. */
struct load_bounds {
    double min;
    double max;
};

/* "12", "0.5": digits with at most one point, within the bounds. */
enum status load_parse_decimal(const char *word, size_t length, struct load_bounds bounds,
                               double *ret_number, struct error *err);

/* Reads one number of a list. */
typedef enum status load_cell_parser(const char *cell, size_t length, double *ret_number,
                                     struct error *err);

/* Read "NUMBER NUMBER …", or "file FILE [COLUMN]" with a path of the load file's folder,
 * into a list that belongs to the draft's load: at least one number. */
enum status load_read_list(struct load_draft *draft, const char *text,
                           load_cell_parser *parse, struct load_list *ret_list,
                           struct error *err);

/* A law into a struct law; "none" where the key's `min` is 0. */
enum status load_parse_law(const struct config_value *value, void *ret_field,
                           struct error *err);

/* Index of the group with this id, or SITE_NONE. */
uint32_t load_find_group(const struct load *load, const char *id);

/* Types of values. Lists of ids end with SITE_NONE where there is room. */
extern const struct config_type load_shape;
extern const struct config_type load_percent;
extern const struct config_type load_class_percent;
extern const struct config_type load_arrivals;
extern const struct config_type load_staff;
extern const struct config_type load_law;
extern const struct config_type load_patience;
extern const struct config_type load_group_law;
extern const struct config_type load_period_law;
extern const struct config_type load_group;
extern const struct config_type load_counters;
extern const struct config_type load_groups;
extern const struct config_type load_target;
extern const struct config_type load_gaps;
extern const struct config_type load_shapes;
extern const struct config_type load_places;
extern const struct config_type load_time;
extern const struct config_type load_times;
extern const struct config_type load_next;
extern const struct config_type load_turn_back;
extern const struct config_type load_profile;

#endif
