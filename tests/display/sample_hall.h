/* A prefecture on a Monday morning at 10:42, as a hall screen knows it: for the tests and
 * pictures of the display. */
#ifndef GUICHET_TESTS_DISPLAY_SAMPLE_HALL_H
#define GUICHET_TESTS_DISPLAY_SAMPLE_HALL_H

#include "display/hall.h"

/* 2026-11-23 10:42:10 in Paris. */
#define SAMPLE_OFFICE_MS 1795426930000LL

/* Fill `ret_site` with five services, eight counters and one screen, "hall1". */
void sample_site(struct site *ret_site);

/* Grow a site to this many services and counters, for large offices. */
void sample_site_grow(struct site *site, uint32_t service_count, uint32_t counter_count);

/* Fill `ret_board` with the state of the sketch: every service and counter of `site`, no
 * call. */
void sample_board(const struct site *site, struct board_document *ret_board);

/* Make the present call of a board: newest last, `age_ms` old, numbered by the board's
 * next seq. The ticket goes to a counter, which turns red. */
void sample_call(struct board_document *board, const char *ticket, const char *service,
                 const char *counter, int64_t age_ms);

/* The four calls of the sketch, the newest `age_ms` old. */
void sample_calls(struct board_document *board, int64_t age_ms);

/* `count` calls within the last `count` × 20 ms, of numbers from 100 on, all different:
 * the last one made is the newest. */
void sample_burst(const struct site *site, struct board_document *board, int count);

#endif
