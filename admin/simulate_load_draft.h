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
    const struct site *site; /* borrowed */
};

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

#endif
