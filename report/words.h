/* Says numbers, lengths of time and dates in the language of the report. */
#ifndef GUICHET_REPORT_WORDS_H
#define GUICHET_REPORT_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "figures/tally.h"
#include "report/arena.h"
#include "runtime/catalogue.h"
#include "runtime/zone.h"

/* What stands where there is no figure. */
#define WORDS_NONE "–"

struct words {
    const struct catalogue *catalogue;
    const struct zone *zone;
    enum language language;
    struct arena *arena; /* all texts live in it */
};

/* The translation of a marked source string: words_of(words, tr("Served")). */
const char *words_of(const struct words *words, const char *source);

/* The translation with one or two {parts} filled in; `second` may be NULL. */
const char *words_fill(const struct words *words, const char *source,
                       const struct catalogue_part *first,
                       const struct catalogue_part *second);

/* "1 499" or "1,499". */
const char *words_number(const struct words *words, int64_t number);

/* One decimal: "82,4" or "82.4". */
const char *words_decimal(const struct words *words, double number);

/* "82,4 %" or "82.4%"; WORDS_NONE where the share is not defined. */
const char *words_share(const struct words *words, struct share share);
const char *words_percent(const struct words *words, double percent);

/* A goal: "80 %", with a decimal only where it is not whole. */
const char *words_goal(const struct words *words, double percent);

/* For sentences and cards: "45 s", "12 min 30 s", "1 h 05 min", "3 d 4 h". Rounded to the
 * second. */
const char *words_length(const struct words *words, double length_ms);

/* For tables: minutes and seconds "12:30", hours "1:02:30". */
const char *words_length_short(const struct words *words, double length_ms);

/* "1 min", "20 s", "1 min 30 s" for the T of a standard. */
const char *words_seconds(const struct words *words, uint32_t seconds);

/* Local time "09:15". */
const char *words_clock(const struct words *words, int64_t at_ms);

/* "lundi 23 novembre 2026". */
const char *words_date(const struct words *words, uint32_t date);

/* A name of the site in the language of the report. */
const char *words_name(const struct words *words, const struct site_name *name);

#endif
