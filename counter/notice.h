/* Puts the codes of refusals into sentences for agents. */
#ifndef GUICHET_COUNTER_NOTICE_H
#define GUICHET_COUNTER_NOTICE_H

#include "core/site.h"
#include "core/text.h"
#include "runtime/catalogue.h"
#include "runtime/documents.h"

/* Append the sentence for `code` about `subject` in `language`: « Le ticket A042 est déjà
 * servi. » A code that is not known is told as such with the code. */
void notice_text(const struct catalogue *catalogue, enum language language,
                 const char *code, const struct reply_subject *subject,
                 struct text *text);

/* The state of a ticket or counter, as its name in the protocol, in words. */
const char *notice_state(const struct catalogue *catalogue, enum language language,
                         const char *state);

#endif
