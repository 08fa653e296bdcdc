/* The figures of a simulation for people and for programs. */
#ifndef GUICHET_ADMIN_SIMULATE_PRINT_H
#define GUICHET_ADMIN_SIMULATE_PRINT_H

#include <stdint.h>
#include <stdio.h>

#include "core/site.h"
#include "figures/load.h"
#include "figures/simulation.h"
#include "runtime/catalogue.h"

struct simulate_figures {
    const struct site *site;
    const struct load *load;
    const struct simulation *simulation;
    uint64_t seed;
};

/* Tables in the language, each figure as mean and 95 % interval. */
void simulate_print(const struct simulate_figures *figures,
                    const struct catalogue *catalogue, enum language language, FILE *out);

/* One row a figure (RFC 4180): figure,service,period,group,mean,low,high. Columns that do
 * not apply are empty; so are the limits of a single day, and a figure that is not
 * defined has no row. */
void simulate_write_csv(const struct simulate_figures *figures, FILE *out);

#endif
