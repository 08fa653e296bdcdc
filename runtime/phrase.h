/* Times, waits and counts in words of French and English, as every screen and the slip
 * say them. Each function appends nothing else and cuts nothing: `ret_text` has
 * PHRASE_BYTES bytes. The catalogue must have the domain `common`. */
#ifndef GUICHET_RUNTIME_PHRASE_H
#define GUICHET_RUNTIME_PHRASE_H

#include <stdint.h>

#include "core/site.h"
#include "core/wait_range.h"
#include "runtime/catalogue.h"

#define PHRASE_BYTES 128

/* "10:42" in every language: the clock, lists, tickets. `minute_of_day` 0 to 1439. */
void phrase_clock(uint32_t minute_of_day, char ret_text[PHRASE_BYTES]);

/* A time inside a sentence: fr "14 h 05", en "2:05 pm". */
void phrase_time(const struct catalogue *catalogue, enum language language,
                 uint32_t minute_of_day, char ret_text[PHRASE_BYTES]);

/* A date in full: fr "lundi 23 novembre 2026", en "Monday 23 November 2026". `date` is
 * yyyymmdd. */
void phrase_date(const struct catalogue *catalogue, enum language language, uint32_t date,
                 char ret_text[PHRASE_BYTES]);

/* A wait for narrow places: "15–25 min", "< 5 min", "> 2 h". Empty where the wait is not
 * given, as in all of these. */
void phrase_wait_short(const struct catalogue *catalogue, enum language language,
                       const struct wait_range *wait, char ret_text[PHRASE_BYTES]);

/* Its figures and its unit apart, for a tile that sets them differently: "15–25" and
 * "min". */
void phrase_wait_figures(const struct wait_range *wait, char ret_text[PHRASE_BYTES]);
const char *phrase_wait_unit(const struct catalogue *catalogue, enum language language,
                             const struct wait_range *wait);

/* A wait in words where there is room: fr "15–25 min", "moins de 5 min", "plus de 2 h".
 */
void phrase_wait(const struct catalogue *catalogue, enum language language,
                 const struct wait_range *wait, char ret_text[PHRASE_BYTES]);

/* A wait as a sentence: "Between 15 and 25 minutes", "Less than 5 minutes", "More than 2
 * hours". */
void phrase_wait_long(const struct catalogue *catalogue, enum language language,
                      const struct wait_range *wait, char ret_text[PHRASE_BYTES]);

/* "personne", "1 personne", "12 personnes"; "nobody", "1 person", "12 people". */
void phrase_people(const struct catalogue *catalogue, enum language language,
                   uint32_t count, char ret_text[PHRASE_BYTES]);

/* A counted text of the caller with its number for {count}: phrase_count(catalogue,
 * language, (struct phrase_counted){tr_plural("{count} ticket", "{count} tickets")}, 3,
 * text).
 */
struct phrase_counted {
    const char *one;
    const char *many;
};
void phrase_count(const struct catalogue *catalogue, enum language language,
                  struct phrase_counted text, uint32_t count,
                  char ret_text[PHRASE_BYTES]);

/* People ahead as a sentence: "Nobody is ahead of you", "12 people are ahead of you". */
void phrase_ahead(const struct catalogue *catalogue, enum language language,
                  uint32_t count, char ret_text[PHRASE_BYTES]);

/* A time already waited, for agents: "13 min", "1 h 05", "< 1 min". */
void phrase_duration(const struct catalogue *catalogue, enum language language,
                     uint32_t seconds, char ret_text[PHRASE_BYTES]);

/* Minutes and seconds that run: "04:12", "1:04:12". */
void phrase_stopwatch(uint32_t seconds, char ret_text[PHRASE_BYTES]);

#endif
