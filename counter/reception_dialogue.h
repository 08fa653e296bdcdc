/* The dialogues that are reception's own, and its parts of others. */
#ifndef GUICHET_COUNTER_RECEPTION_DIALOGUE_H
#define GUICHET_COUNTER_RECEPTION_DIALOGUE_H

#include "counter/hall_sheet.h"

/* Draw the open dialogue if it is one of them: contact, split, link. */
void reception_dialogue_draw(const struct hall_brush *brush);

/* The label over the services of a new ticket, cut from the top of `rest`: which were
 * chosen before. */
void reception_draw_wishes(const struct hall_brush *brush, struct rect *rest);

/* The documents of the chosen service, to be ticked where they are missing; cut from the
 * bottom of `rest`. */
void reception_draw_documents(const struct hall_brush *brush, struct rect *rest);

/* Whether the new ticket is a test. */
void reception_draw_test(const struct hall_brush *brush, struct rect at);

/* How often the chosen service is asked for, and a way to a further one. */
void reception_draw_quantity(const struct hall_brush *brush, struct rect at);

#endif
