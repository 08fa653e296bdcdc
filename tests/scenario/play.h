/* Plays one scenario on whatever stage the program is linked with. */
#ifndef GUICHET_TESTS_SCENARIO_PLAY_H
#define GUICHET_TESTS_SCENARIO_PLAY_H

#include <stdbool.h>

#include "stage.h"

/* Play the scenario at `path` on the stage that was made for it. Prints one line for it,
 * and `file:line: expected …, got …` where it fails. */
bool play_day(struct stage *stage, const char *path);

#endif
