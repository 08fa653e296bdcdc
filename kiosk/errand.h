/* What the kiosk tells the server besides what people ask for: what became of slips,
 * tickets that nobody has, and how many people got none. For visit.c. */
#ifndef GUICHET_KIOSK_ERRAND_H
#define GUICHET_KIOSK_ERRAND_H

#include "kiosk/visit.h"

void errand_add(struct visit *visit, const struct errand *errand);
void errand_add_cancel(struct visit *visit, const char *ticket);

/* The command of the first one, which is on its way then. */
void errand_fill(struct visit *visit, struct command_document *command);

/* The first one is over; sums of people that the server refuses are kept for later. */
void errand_end(struct visit *visit);
void errand_answered(struct visit *visit, const struct reply_document *reply,
                     int64_t now_ms);

/* The sums of people who got no ticket, once they are due and the way is free. */
void errand_add_turned(struct visit *visit, int64_t now_ms);

#endif
