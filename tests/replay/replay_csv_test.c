/* Reading CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "admin/replay_csv.h"

struct read {
    struct csv_file file;
    struct replay_faults faults;
    enum status status;
};

static struct read read_bytes(const char *bytes, size_t length)
{
    char path[] = "/tmp/guichet-csv-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, length), (ssize_t)length);
    assert_int_equal(close(descriptor), 0);
    struct read read = {0};
    struct error err;
    read.status = csv_read(path, &read.file, &read.faults, &err);
    assert_int_equal(unlink(path), 0);
    return read;
}

static struct read read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void finish(struct read *read)
{
    csv_finish(&read->file);
    replay_faults_finish(&read->faults);
}

static void assert_record(const struct read *read, size_t index, uint32_t line,
                          const char *joined)
{
    assert_true(index < read->file.record_count);
    const struct csv_record *record = &read->file.records[index];
    assert_int_equal(record->line, line);
    char text[256] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < record->field_count; i++) {
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%s[%s]",
                                   i > 0 ? " " : "", record->fields[i]);
    }
    assert_string_equal(text, joined);
}

static void fields_and_lines_are_found(void **state)
{
    (void)state;
    struct read read = read_text("a,b\n\n1,\r\n,2");
    assert_int_equal(read.status, OK);
    assert_int_equal(read.file.record_count, 3);
    assert_record(&read, 0, 1, "[a] [b]");
    assert_record(&read, 1, 3, "[1] []");
    assert_record(&read, 2, 4, "[] [2]");
    finish(&read);
}

static void quotes_hold_commas_and_quotes(void **state)
{
    (void)state;
    struct read read = read_text("\"a,b\",\"say \"\"no\"\"\",\"\"\nc,d,e\n");
    assert_int_equal(read.file.record_count, 2);
    assert_record(&read, 0, 1, "[a,b] [say \"no\"] []");
    assert_record(&read, 1, 2, "[c] [d] [e]");
    assert_int_equal(read.faults.count, 0);
    finish(&read);
}

static void malformed_records_are_named_and_left_out(void **state)
{
    (void)state;
    struct read read = read_text("a\n\"b\"c\nd\"e\n\"f\ng\"\nh\n\"open");
    assert_int_equal(read.file.record_count, 2);
    assert_record(&read, 0, 1, "[a]");
    assert_record(&read, 1, 6, "[h]");
    static const uint32_t lines[] = {2, 3, 4, 7};
    assert_int_equal(read.faults.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(read.faults.items[i].line, lines[i]);
    }
    finish(&read);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    struct read read = read_bytes("a\0b\n", 4);
    assert_int_equal(read.file.record_count, 0);
    assert_int_equal(read.faults.count, 1);
    assert_int_equal(read.faults.items[0].line, 0);
    finish(&read);
    read = read_text("a\x80\nb\t\n");
    assert_int_equal(read.faults.count, 2);
    finish(&read);
}

static void an_empty_file_has_no_record(void **state)
{
    (void)state;
    struct read read = read_text("");
    assert_int_equal(read.status, OK);
    assert_int_equal(read.file.record_count, 0);
    assert_false(csv_check_columns(&read.file, "x.csv", "a,b", &read.faults));
    finish(&read);
}

static void columns_must_be_those_named(void **state)
{
    (void)state;
    struct read read = read_text("a,b\n1,2\n1\n1,2,3\n");
    assert_false(csv_check_columns(&read.file, "x.csv", "a", &read.faults));
    assert_false(csv_check_columns(&read.file, "x.csv", "a,c", &read.faults));
    assert_false(csv_check_columns(&read.file, "x.csv", "a,b,c", &read.faults));
    assert_int_equal(read.faults.count, 3);
    assert_true(csv_check_columns(&read.file, "x.csv", "a,b", &read.faults));
    assert_int_equal(read.faults.count, 5); /* lines 3 and 4 */
    assert_int_equal(read.file.records[1].field_count, 2);
    assert_int_equal(read.file.records[2].field_count, 0);
    assert_int_equal(read.file.records[3].field_count, 0);
    finish(&read);
}

static void more_fields_than_kept_are_counted(void **state)
{
    (void)state;
    struct read read = read_text("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\n");
    assert_int_equal(read.file.records[0].field_count, 18);
    assert_string_equal(read.file.records[0].fields[15], "16");
    finish(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_lines_are_found),
        cmocka_unit_test(quotes_hold_commas_and_quotes),
        cmocka_unit_test(malformed_records_are_named_and_left_out),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(an_empty_file_has_no_record),
        cmocka_unit_test(columns_must_be_those_named),
        cmocka_unit_test(more_fields_than_kept_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
