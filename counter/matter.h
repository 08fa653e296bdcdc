/* What an agent says of the service that is given: what is chosen in the dialogue becomes
 * one command. Pure. */
#ifndef GUICHET_COUNTER_MATTER_H
#define GUICHET_COUNTER_MATTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/site.h"
#include "core/ticket.h"
#include "runtime/documents.h"

/* Topics and documents are named as in struct matter: 1 + index, 0: not said. */
struct matter_choice {
    uint32_t service;   /* index: of the ticket at the counter */
    uint32_t product;   /* a topic without another above it */
    uint32_t precision; /* a topic under the product */
    uint32_t document;
    enum completeness completeness;
};

/* Begin with what was said before of the ticket, whose service the site has. */
void matter_begin(struct matter_choice *choice, const struct site *site,
                  const struct counter_ticket *ticket);

/* Choose a topic (1 + index): a product, whose precisions are then offered, or one of
 * those. Chosen again it is not said any more. */
void matter_choose_topic(struct matter_choice *choice, const struct site *site,
                         uint32_t topic);

/* The n-th product of the service, and the n-th precision of the product, from 0; 0 where
 * there are fewer. */
uint32_t matter_product(const struct matter_choice *choice, const struct site *site,
                        uint32_t n);
uint32_t matter_precision(const struct matter_choice *choice, const struct site *site,
                          uint32_t n);

/* The n-th document of the service, from 0; 0 where there are fewer. */
uint32_t matter_document(const struct matter_choice *choice, const struct site *site,
                         uint32_t n);

/* Whether anything can be said of the service with this id at all. */
bool matter_is_offered(const struct site *site, const char *service);

/* Whether a topic must be said before the service of the ticket ends, and is not. */
bool matter_is_needed(const struct site *site, const struct counter_ticket *ticket);

/* Write the fields of verb `note` into `command`. */
void matter_fill(const struct matter_choice *choice, const struct site *site,
                 struct command_document *command);

#endif
