/* A dialogue that fills most of the window: rows of choices with a label above each, and
 * what can be done with them at the end. Draws only. */
#ifndef GUICHET_COUNTER_SHEET_H
#define GUICHET_COUNTER_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "counter/agent.h"
#include "counter/sheet_parts.h"
#include "runtime/catalogue.h"
#include "ui/screen.h"
#include "ui/widget.h"

struct sheet {
    struct screen *screen;
    const struct agent *agent;
    const struct catalogue *catalogue;
};

/* The text in the agent's language. */
const char *sheet_say(const struct sheet *sheet, const char *source);

/* Draw the frame over the screen; what lies behind can no longer be pressed. Returns the
 * place for rows and ends. */
struct rect sheet_begin(const struct sheet *sheet, const char *title);

/* What can be done, in a row at the bottom of `rest`, which is cut; the last button is
 * the way back. */
void sheet_ends(const struct sheet *sheet, struct rect *rest,
                const struct button buttons[], size_t count);

/* The button that closes the dialogue. */
struct button sheet_back(const struct sheet *sheet);

/* A line of text at the top of `rest`, which is cut: for what follows. */
void sheet_label(const struct sheet *sheet, struct rect *rest, const char *label);

void sheet_choice(const struct sheet *sheet, struct rect at, int id, const char *label,
                  bool is_chosen);

/* All services, by name where there are few, else by letter; ids from AGENT_LETTER. */
void sheet_services(const struct sheet *sheet, struct rect at, uint32_t chosen);

#endif
