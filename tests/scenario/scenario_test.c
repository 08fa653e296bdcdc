/* Plays scenarios on the queue: scenario_test FILE.day ...
 *
 * Prints one line per scenario and `file:line: expected …, got …` where one fails; exits
 * 0 only if all passed. `scenario_test --sentences` prints the language. */
#include <stdio.h>
#include <string.h>

#include "play.h"
#include "script.h"

static bool play(const char *path)
{
    struct stage *stage = stage_create(path);
    bool has_passed = stage && play_day(stage, path);
    stage_destroy(stage);
    return has_passed;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--sentences") == 0) {
        script_print_sentences();
        return 0;
    }
    bool has_passed = argc > 1;
    for (int i = 1; i < argc; i++) {
        has_passed = play(argv[i]) && has_passed;
    }
    return has_passed ? 0 : 1;
}
