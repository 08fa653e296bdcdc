/* Documents to encode: a plain one and the largest one of each kind that core/limits.h
 * allows, for the tests of the codecs and of docs/asyncapi.yaml. */
#ifndef GUICHET_TESTS_PROTOCOL_SAMPLES_H
#define GUICHET_TESTS_PROTOCOL_SAMPLES_H

#include "core/site.h"
#include "runtime/documents.h"
#include "runtime/hall_document.h"

/* Each fills a zeroed document. */
void sample_board(struct board_document *board);
void sample_board_largest(struct board_document *board);
void sample_counter(struct counter_document *counter);
void sample_counter_largest(struct counter_document *counter);
void sample_hall(struct hall_document *hall);
void sample_hall_largest(struct hall_document *hall);
void sample_service(struct service_document *service);
void sample_server_status(struct server_status *status);
void sample_server_status_largest(struct server_status *status);

/* A busy prefecture: `counters` counters, `services` services, every text as long as it
 * may be. */
void sample_site(struct site *site, uint32_t services, uint32_t counters);

/* A command with every field of its verb. */
struct command_document sample_command(enum action action, enum verb verb);

#endif
