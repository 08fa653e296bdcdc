/* Several services for one ticket: what is chosen on PAGE_SEVERAL. Pure; used by kiosk/
 * alone. */
#ifndef GUICHET_KIOSK_BASKET_H
#define GUICHET_KIOSK_BASKET_H

#include "kiosk/visit.h"

/* A touch of the page; returns true when a ticket is wanted for what is chosen. */
bool basket_touch(struct visit *visit, int target);

/* Take services out that have closed meanwhile. */
void basket_settle(struct visit *visit);

/* Write what is chosen into a command `take`; there is something. */
void basket_fill(const struct visit *visit, struct command_document *command);

#endif
