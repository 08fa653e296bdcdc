/* The report's table of visits; see live_visits.h. */
#include "live_visits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "runtime/instant.h"

#define LINE_BYTES   1024
#define COLUMNS_MAX  32
#define COLUMN_BYTES 64

/* One line of the table in its columns. */
struct row {
    size_t count;
    char column[COLUMNS_MAX][COLUMN_BYTES];
};

/* Nothing that a scenario's site names needs quotes. */
static void read_row(const char *line, struct row *ret_row)
{
    assert_null(strchr(line, '"'));
    ret_row->count = 0;
    const char *rest = line;
    bool goes_on = true;
    while (goes_on) {
        size_t length = strcspn(rest, ",\r\n");
        assert_true(ret_row->count < COLUMNS_MAX && length < COLUMN_BYTES);
        memcpy(ret_row->column[ret_row->count], rest, length);
        ret_row->column[ret_row->count][length] = '\0';
        ret_row->count++;
        goes_on = rest[length] == ',';
        rest += length + 1;
    }
}

/* The row's value below this name of the table's head. */
static const char *value_of(const struct row *head, const struct row *row,
                            const char *name)
{
    assert_int_equal(head->count, row->count);
    for (size_t i = 0; i < head->count; i++) {
        if (strcmp(head->column[i], name) == 0) {
            return row->column[i];
        }
    }
    fail_msg("the report has no column '%s'", name);
    return "";
}

static int64_t time_of(const struct row *head, const struct row *row, const char *name)
{
    const char *value = value_of(head, row, name);
    int64_t at_ms = 0;
    if (value[0] != '\0') {
        assert_int_equal(instant_parse(value, &at_ms, NULL), OK);
    }
    return at_ms;
}

static void read_visit(const struct row *head, const struct row *row, struct visit *visit)
{
    assert_true(
        text_copy(visit->ticket, sizeof(visit->ticket), value_of(head, row, "ticket")) &&
        text_copy(visit->counter, sizeof(visit->counter),
                  value_of(head, row, "counter")) &&
        text_copy(visit->outcome, sizeof(visit->outcome),
                  value_of(head, row, "outcome")) &&
        text_copy(visit->topic, sizeof(visit->topic), value_of(head, row, "topic")));
    visit->taken_at_ms = time_of(head, row, "taken_at");
    visit->called_at_ms = time_of(head, row, "called_at");
    visit->started_at_ms = time_of(head, row, "started_at");
    visit->ended_at_ms = time_of(head, row, "ended_at");
    visit->call_count = (uint32_t)strtoul(value_of(head, row, "calls"), NULL, 10);
}

static void make_report(const struct test_office *office, const char *prefix)
{
    static const char program[] = GUICHET_BINARY_DIR "/bin/guichet-report";
    const char *const words[] = {
        program, "--journal", office->journal_path, "--live", "--csv", prefix, NULL};
    struct program_result result = program_run(words);
    if (result.exit_status != 0) {
        fail_msg("guichet-report: %s", result.errors);
    }
}

void visits_read(const struct test_office *office, struct visits *ret_visits)
{
    char prefix[PATH_MAX];
    char path[PATH_MAX];
    path_join(prefix, office->broker.dir, "/report", "", "");
    path_join(path, prefix, "-visits.csv", "", "");
    make_report(office, prefix);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    char line[LINE_BYTES];
    struct row head;
    struct row row;
    assert_non_null(fgets(line, sizeof(line), file));
    read_row(line, &head);
    ret_visits->count = 0;
    while (fgets(line, sizeof(line), file)) {
        assert_true(ret_visits->count < VISITS_MAX);
        read_row(line, &row);
        read_visit(&head, &row, &ret_visits->visits[ret_visits->count]);
        bool is_further = strcmp(value_of(&head, &row, "leg"), "0") != 0;
        if (is_further) { /* stands below its visit and says where that is now */
            assert_true(ret_visits->count > 0);
            ret_visits->visits[ret_visits->count - 1] =
                ret_visits->visits[ret_visits->count];
            continue;
        }
        ret_visits->count++;
    }
    assert_int_equal(fclose(file), 0);
}

const struct visit *visits_find(const struct visits *visits, const char *ticket)
{
    for (size_t i = 0; i < visits->count; i++) {
        if (strcmp(visits->visits[i].ticket, ticket) == 0) {
            return &visits->visits[i];
        }
    }
    return NULL;
}
