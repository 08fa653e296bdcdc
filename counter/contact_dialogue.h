/* The dialogue in which an agent records a contact of another channel. */
#ifndef GUICHET_COUNTER_CONTACT_DIALOGUE_H
#define GUICHET_COUNTER_CONTACT_DIALOGUE_H

#include <stdint.h>

#include "counter/agent.h"
#include "runtime/catalogue.h"
#include "runtime/phrase.h"
#include "ui/screen.h"

/* Draw it over the screen; what lies behind can no longer be pressed. */
void contact_dialogue_draw(struct screen *screen, const struct agent *agent,
                           const struct catalogue *catalogue, int64_t now_ms);

/* What a channel is called, to be translated. `channel` below CONTACT_CHANNEL_COUNT. */
const char *contact_channel_word(size_t channel);

/* What the contact's delay is called. `words` is used where the words are not fixed. */
const char *contact_delay_words(const struct catalogue *catalogue, enum language language,
                                const struct contact *contact, char words[PHRASE_BYTES]);

#endif
