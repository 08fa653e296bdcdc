/* Puts the figures of a day into words, tables and charts: the document that page and
 * print show alike. */
#ifndef GUICHET_REPORT_CONTENT_H
#define GUICHET_REPORT_CONTENT_H

#include "report/document.h"
#include "report/gather.h"
#include "report/words.h"

/* The whole report; everything lives in words->arena. */
struct document *content_create(struct day_figures *figures, const struct words *words);

/* Parts of it (content_tables.c, content_quality.c,
 * content_topics.c). */
void content_add_lengths(struct document *document, struct day_figures *figures,
                         const struct words *words);
void content_add_services(struct document *document, struct day_figures *figures,
                          const struct words *words);
void content_add_counters(struct document *document, struct day_figures *figures,
                          const struct words *words);
void content_add_channels(struct document *document, struct day_figures *figures,
                          const struct words *words);
void content_add_intervals(struct document *document, struct day_figures *figures,
                           const struct words *words);
void content_add_topics(struct document *document, struct day_figures *figures,
                        const struct words *words);
void content_add_quotes(struct document *document, struct day_figures *figures,
                        const struct words *words);
void content_add_formulas(struct document *document, struct day_figures *figures,
                          const struct words *words);
void content_add_remarks(struct document *document, struct day_figures *figures,
                         const struct words *words);
void content_add_corrections(struct document *document, struct day_figures *figures,
                             const struct words *words);
void content_add_exceptional(struct document *document, const struct day_figures *figures,
                             const struct words *words);
void content_add_turned(struct document *document, const struct day_figures *figures,
                        const struct words *words);

/* What no figure counts; swept ones are among the suspect. */
struct beside_counts {
    uint32_t tests;
    uint32_t suspect;
    uint32_t swept;
    uint32_t kept;    /* for the next day */
    uint32_t carried; /* from the day before, which figures count */
};
struct beside_counts count_beside(const struct day_figures *figures);
void content_add_beside(struct document *document, const struct day_figures *figures,
                        const struct words *words);
void content_add_definitions(struct document *document, const struct words *words);

/* " [1] [3]": the remarks on [from_ms, to_ms); "" where there is none. */
const char *content_remarks_of(const struct day_figures *figures,
                               const struct words *words, int64_t from_ms, int64_t to_ms);

/* The name of a channel in the language of the report. */
const char *content_channel(const struct words *words, enum channel channel);

/* The share that the standards promise, weighted by those they were promised to; -1 where
 * nobody was. In percent. */
double content_goal_percent(const struct tally *tally);

#endif
