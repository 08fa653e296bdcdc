/* The dialogue of a supervisor's order, and the keys that open one. Draws only. */
#ifndef GUICHET_COUNTER_ORDER_DIALOGUE_H
#define GUICHET_COUNTER_ORDER_DIALOGUE_H

#include "core/text.h"
#include "counter/hall_sheet.h"

/* Draw the order over the screen; what lies behind can no longer be pressed. */
void order_dialogue_draw(const struct hall_brush *brush);

/* What is out of the ordinary today: exceptional mode, the message on the screens. False:
 * nothing is. */
bool order_dialogue_write_in_force(const struct hall_brush *brush, struct text *text);

/* The orders that can be begun, a button each. */
void order_dialogue_draw_keys(const struct hall_brush *brush, struct rect at);

#endif
