/* See replay_csv.h. The file is read whole; fields are unquoted where they stand. */
#include "admin/replay_csv.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static enum status read_whole(const char *path, char **ret_bytes, size_t *ret_length,
                              struct error *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return error_set(err, ERR_IO, "cannot read '%s': %s", path, strerror(errno));
    }
    size_t length = 0;
    size_t capacity = 1 << 16;
    char *bytes = malloc(capacity);
    enum status status = OK;
    while (bytes) {
        length += fread(bytes + length, 1, capacity - length - 1, file);
        if (length + 1 < capacity) {
            break;
        }
        if (capacity > CSV_FILE_BYTES_MAX) {
            status = error_set(err, ERR_LIMIT, "'%s' is larger than %ld MiB", path,
                               CSV_FILE_BYTES_MAX >> 20);
            break;
        }
        capacity *= 2;
        char *larger = realloc(bytes, capacity);
        if (!larger) {
            free(bytes);
        }
        bytes = larger;
    }
    if (!bytes) {
        status = error_set(err, ERR_LIMIT, "cannot read '%s': out of memory", path);
    } else if (status == OK && ferror(file)) {
        status = error_set(err, ERR_IO, "cannot read '%s': %s", path, strerror(errno));
    }
    (void)fclose(file); /* it was only read */
    if (status != OK) {
        free(bytes);
        return status;
    }
    bytes[length] = '\0';
    *ret_bytes = bytes;
    *ret_length = length;
    return OK;
}

/* Where the reading stands. */
struct reader {
    const char *path;
    char *next;
    const char *end;
    uint32_t line;
    struct replay_faults *faults;
};

static bool at_line_end(const struct reader *reader)
{
    return reader->next == reader->end || *reader->next == '\n' ||
           (*reader->next == '\r' && reader->next + 1 < reader->end &&
            reader->next[1] == '\n');
}

/* Go behind the end of the line. */
static void next_line(struct reader *reader)
{
    while (reader->next < reader->end && *reader->next != '\n') {
        reader->next++;
    }
    if (reader->next < reader->end) {
        reader->next++;
        reader->line++;
    }
}

/* A field in quotes, unquoted where it stands; NULL with the reason in `ret_reason`. */
static char *read_quoted(struct reader *reader, const char **ret_reason)
{
    char *field = ++reader->next;
    char *to = field;
    for (; reader->next < reader->end; reader->next++) {
        char c = *reader->next;
        bool is_doubled =
            c == '"' && reader->next + 1 < reader->end && reader->next[1] == '"';
        if (is_doubled) {
            reader->next++;
        } else if (c == '"') {
            *to = '\0'; /* at the closing quote or before it */
            reader->next++;
            if (!at_line_end(reader) && *reader->next != ',') {
                *ret_reason = "there is text behind the closing quote of a field";
                return NULL;
            }
            return field;
        }
        reader->line += c == '\n' ? 1U : 0U;
        *to++ = c;
    }
    *ret_reason = "a quote is not closed before the end of the file";
    return NULL;
}

static char *read_plain(struct reader *reader, const char **ret_reason)
{
    char *field = reader->next;
    while (!at_line_end(reader) && *reader->next != ',') {
        if (*reader->next == '"') {
            *ret_reason = "there is a quote inside a field without quotes";
            return NULL;
        }
        reader->next++;
    }
    return field;
}

/* Read the fields of one record and go behind it; returns what is wrong, or NULL. */
static const char *read_record(struct reader *reader, struct csv_record *record)
{
    const char *reason = NULL;
    bool goes_on = true;
    while (goes_on) {
        bool is_quoted = reader->next < reader->end && *reader->next == '"';
        char *field =
            is_quoted ? read_quoted(reader, &reason) : read_plain(reader, &reason);
        if (!field) {
            next_line(reader);
            return reason;
        }
        char *field_end = reader->next;
        goes_on = field_end < reader->end && *field_end == ',';
        if (goes_on) {
            reader->next++;
        } else {
            next_line(reader);
        }
        *field_end = '\0';
        if (!text_is_utf8(field, strlen(field))) {
            reason = "a field is not UTF-8 or holds control characters";
        }
        if (record->field_count < CSV_FIELDS_MAX) {
            record->fields[record->field_count] = field;
        }
        record->field_count++;
    }
    return reason;
}

static enum status read_records(struct reader *reader, struct csv_file *file,
                                struct error *err)
{
    size_t capacity = 0;
    while (reader->next < reader->end) {
        if (at_line_end(reader)) {
            next_line(reader);
            continue;
        }
        if (file->record_count == capacity) {
            capacity = capacity > 0 ? 2 * capacity : 256;
            struct csv_record *records =
                realloc(file->records, capacity * sizeof(*records));
            if (!records) {
                return error_set(err, ERR_LIMIT, "cannot read '%s': out of memory",
                                 reader->path);
            }
            file->records = records;
        }
        struct csv_record *record = &file->records[file->record_count];
        *record = (struct csv_record){.line = reader->line};
        const char *reason = read_record(reader, record);
        if (reason) {
            replay_faults_add(reader->faults, reader->path, record->line, "%s", reason);
        } else {
            file->record_count++;
        }
    }
    return OK;
}

enum status csv_read(const char *path, struct csv_file *ret_file,
                     struct replay_faults *faults, struct error *err)
{
    struct csv_file file = {0};
    size_t length = 0;
    enum status status = read_whole(path, &file.bytes, &length, err);
    if (status != OK) {
        return status;
    }
    struct reader reader = {.path = path,
                            .next = file.bytes,
                            .end = file.bytes + length,
                            .line = 1,
                            .faults = faults};
    if (memchr(file.bytes, '\0', length)) {
        replay_faults_add(faults, path, 0, "is not a text: it holds a zero byte");
        reader.next = file.bytes + length;
    } else if (length >= 3 && memcmp(file.bytes, "\xEF\xBB\xBF", 3) == 0) {
        reader.next += 3;
    }
    status = read_records(&reader, &file, err);
    if (status != OK) {
        csv_finish(&file);
        return status;
    }
    *ret_file = file;
    return OK;
}

/* Whether the record says the columns in their order. */
static bool has_columns(const struct csv_record *record, const char *columns)
{
    const char *rest = columns;
    for (uint32_t i = 0; i < record->field_count; i++) {
        size_t length = strcspn(rest, ",");
        if (i >= CSV_FIELDS_MAX || strlen(record->fields[i]) != length ||
            strncmp(record->fields[i], rest, length) != 0) {
            return false;
        }
        rest += length;
        if (*rest == '\0') {
            return i + 1 == record->field_count;
        }
        rest++;
    }
    return false;
}

bool csv_check_columns(struct csv_file *file, const char *path, const char *columns,
                       struct replay_faults *faults)
{
    if (file->record_count == 0) {
        replay_faults_add(faults, path, 1, "the first line is not '%s'", columns);
        return false;
    }
    if (!has_columns(&file->records[0], columns)) {
        replay_faults_add(faults, path, file->records[0].line,
                          "the first line is not '%s'", columns);
        return false;
    }
    uint32_t wanted = file->records[0].field_count;
    assert(wanted <= CSV_FIELDS_MAX);
    for (size_t i = 1; i < file->record_count; i++) {
        struct csv_record *record = &file->records[i];
        if (record->field_count != wanted) {
            replay_faults_add(faults, path, record->line, "has %u fields, not %u",
                              (unsigned)record->field_count, (unsigned)wanted);
            record->field_count = 0;
        }
    }
    return true;
}

void csv_finish(struct csv_file *file)
{
    free(file->records);
    free(file->bytes);
    *file = (struct csv_file){0};
}
