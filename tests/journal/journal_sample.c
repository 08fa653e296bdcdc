/* Makes the journal that a release leaves behind for the tests of later ones.
 *
 * usage: journal_sample FILE
 *
 * A closed business day and one that is still open, with every kind of event, from a
 * fixed seed. Prints the line for the table of journal_released_test.c. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "support.h"

#define STEP_COUNT 150

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: journal_sample FILE\n");
        return 2;
    }
    struct office *office = calloc(1, sizeof(*office));
    if (!office) {
        return 1;
    }
    office_begin(office);
    office->seed = OFFICE_DATE;
    office_random_day(office, OFFICE_DATE, STEP_COUNT);
    office_open(office, OFFICE_DATE + 1);
    for (uint32_t i = 0; i < STEP_COUNT; i++) {
        if (journal_begin(office->journal, &office->err) != OK) {
            return 1;
        }
        office_random_step(office);
        if (journal_commit(office->journal, &office->err) != OK) {
            return 1;
        }
    }
    (void)printf("{\"%s\", %" PRId64 ", UINT64_C(0x%016" PRIx64 ")},\n", argv[1],
                 journal_seq(office->journal), queue_state_hash(office->queue));
    /* Closing moves everything from the log into the one file. */
    journal_close(office->journal);
    office->journal = NULL;
    if (rename(office->path, argv[1]) != 0) {
        perror(argv[1]);
        return 1;
    }
    office_end(office);
    free(office);
    return 0;
}
