/* What is known of the ticket at a counter, in words for its agent. */
#ifndef GUICHET_COUNTER_TICKET_WORDS_H
#define GUICHET_COUNTER_TICKET_WORDS_H

#include "core/text.h"
#include "counter/agent.h"
#include "runtime/catalogue.h"

/* " × 3, then Licence" and the end of the line: how often, and what the visit is for
 * afterwards. */
void ticket_words_asked(const struct agent *agent, const struct catalogue *catalogue,
                        struct text *text);

/* A line of its own: which documents the reception missed; nothing where it missed none.
 */
void ticket_words_lacks(const struct agent *agent, const struct catalogue *catalogue,
                        struct text *text);

#endif
