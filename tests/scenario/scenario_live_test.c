/* Plays scenarios on the real programs: scenario_live_test FILE.day ...
 *
 * Each has a broker, a server and a hall screen of its own. Prints what scenario_test
 * prints; exits 0 only if all passed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "live_stage.h"
#include "play.h"

/* What one test has: its file, and the stage that is ended however the test ends. */
struct performance {
    const char *path;
    struct stage *stage;
};

static int setup(void **state)
{
    struct performance *performance = *state;
    performance->stage = stage_create(performance->path);
    return performance->stage ? 0 : -1;
}

static int teardown(void **state)
{
    struct performance *performance = *state;
    stage_destroy(performance->stage);
    performance->stage = NULL;
    return 0;
}

static void the_day_is_as_written(void **state)
{
    struct performance *performance = *state;
    assert_true(play_day(performance->stage, performance->path));
    stage_close(performance->stage);
}

int main(int argc, char **argv)
{
    int failure_count = argc > 1 ? 0 : 1;
    for (int i = 1; i < argc; i++) {
        struct performance performance = {.path = argv[i]};
        const struct CMUnitTest tests[] = {{.name = argv[i],
                                            .test_func = the_day_is_as_written,
                                            .setup_func = setup,
                                            .teardown_func = teardown,
                                            .initial_state = &performance}};
        failure_count += cmocka_run_group_tests_name(argv[i], tests, NULL, NULL);
    }
    return failure_count == 0 ? 0 : 1;
}
