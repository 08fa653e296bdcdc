/* Lists of numbers that a load file gives or names: values of a law, times of people who
 * are expected. A file has one number a line, or is a CSV table with a head line of which
 * one column is read. */
#include "admin/simulate_load_draft.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define PATH_BYTES 4096

/* A line of a table: some hundred columns. "'…' line 3 is longer than 4000 bytes" */
#define LINE_BYTES 4002

/* One list on its way from a file. */
struct list_source {
    const char *name; /* as the load file gives it */
    const char *column;
    size_t column_length; /* 0: the first one, without a head line */
    load_cell_parser *parse;
};

/* A list of the draft with room for `capacity` numbers; NULL with `err` set. */
static struct load_list *add_list(struct load_draft *draft, struct error *err)
{
    if (draft->load.list_count == LOAD_LISTS_MAX) {
        (void)error_set(err, ERR_LIMIT, "too many lists of numbers: at most %d",
                        LOAD_LISTS_MAX);
        return NULL;
    }
    struct load_list *list = &draft->load.lists[draft->load.list_count];
    *list = (struct load_list){0};
    draft->load.list_count++;
    return list;
}

static enum status add_number(struct load_list *list, double number, struct error *err)
{
    if (list->count == LOAD_LIST_NUMBERS_MAX) {
        return error_set(err, ERR_LIMIT, "there are more than %d numbers",
                         LOAD_LIST_NUMBERS_MAX);
    }
    if ((list->count & (list->count - 1)) == 0) { /* 0, 1, 2, 4, …: full */
        size_t capacity = list->count > 0 ? 2 * list->count : 1;
        double *numbers = realloc(list->numbers, capacity * sizeof(*numbers));
        if (!numbers) {
            return error_set(err, ERR_LIMIT, "out of memory");
        }
        list->numbers = numbers;
    }
    list->numbers[list->count] = number;
    list->count++;
    return OK;
}

/* The cell of the line at `index`, without blanks and quotes; false: it has fewer. */
static bool find_cell(const char *line, size_t index, const char **ret_cell,
                      size_t *ret_length)
{
    for (; index > 0; index--) {
        line += strcspn(line, ",;\t");
        if (*line == '\0') {
            return false;
        }
        line++;
    }
    static const char around[] = " \"\r\n";
    line += strspn(line, around);
    size_t length = strcspn(line, ",;\t");
    while (length > 0 && strchr(around, line[length - 1])) {
        length--;
    }
    *ret_cell = line;
    *ret_length = length;
    return true;
}

static enum status find_column(const struct list_source *source, const char *head,
                               size_t *ret_index, struct error *err)
{
    const char *cell = NULL;
    size_t length = 0;
    for (size_t i = 0; find_cell(head, i, &cell, &length); i++) {
        if (length == source->column_length &&
            memcmp(cell, source->column, length) == 0) {
            *ret_index = i;
            return OK;
        }
    }
    return error_set(err, ERR_NOT_FOUND, "'%s' has no column '%.*s'", source->name,
                     (int)source->column_length, source->column);
}

/* The number of one line, which is not the head. */
static enum status read_line(const struct list_source *source, const char *line,
                             size_t column, struct load_list *list, struct error *err)
{
    const char *cell = "";
    size_t length = 0;
    (void)find_cell(line, column, &cell, &length); /* too few: an empty cell */
    bool is_comment = line[strspn(line, " \t\r\n")] == '\0' || line[0] == '#';
    if (is_comment || (source->column_length > 0 && length == 0)) {
        return OK; /* a table leaves out what it does not know */
    }
    double number = 0.0;
    enum status status = source->parse(cell, length, &number, err);
    return status == OK ? add_number(list, number, err) : status;
}

static enum status read_lines(const struct list_source *source, FILE *file,
                              struct load_list *list, struct error *err)
{
    char line[LINE_BYTES];
    size_t column = 0;
    unsigned number = 0;
    bool has_head = source->column_length == 0;
    while (fgets(line, sizeof(line), file)) {
        number++;
        if (strlen(line) == sizeof(line) - 1) {
            return error_set(err, ERR_LIMIT, "'%s' line %u is longer than %d bytes",
                             source->name, number, LINE_BYTES - 2);
        }
        if (!has_head) {
            has_head = true;
            enum status status = find_column(source, line, &column, err);
            if (status != OK) {
                return status;
            }
        } else if (read_line(source, line, column, list, err) != OK) {
            return error_wrap(err, "'%s' line %u", source->name, number);
        }
    }
    if (ferror(file)) {
        return error_set(err, ERR_IO, "cannot read '%s': %s", source->name,
                         strerror(errno));
    }
    return list->count > 0
               ? OK
               : error_set(err, ERR_INVALID, "'%s' has no number in it", source->name);
}

/* "FILE" or "FILE COLUMN" behind the word `file`; a path is that of the load file's
 * folder. */
static enum status read_file(struct load_draft *draft, const char *rest,
                             load_cell_parser *parse, struct load_list *list,
                             struct error *err)
{
    char name[PATH_BYTES];
    char path[PATH_BYTES];
    const char *word = "";
    size_t length = 0;
    struct list_source source = {.name = name, .column = "", .parse = parse};
    (void)config_next_word(&rest, " \t", &word, &length); /* none: an empty name */
    (void)config_next_word(&rest, " \t", &source.column, &source.column_length);
    struct text text;
    text_init(&text, name, sizeof(name));
    text_add(&text, "%.*s", (int)(length < PATH_BYTES ? length : 0), word);
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s%s", name[0] == '/' ? "" : draft->folder, name);
    FILE *file = name[0] == '\0' ? NULL : fopen(path, "re");
    if (!file) {
        return error_set(err, ERR_IO, "cannot open the file '%s': %s", name,
                         name[0] == '\0' ? "it has no name" : strerror(errno));
    }
    enum status status = read_lines(&source, file, list, err);
    (void)fclose(file); /* it was only read */
    return status;
}

enum status load_read_list(struct load_draft *draft, const char *text,
                           load_cell_parser *parse, struct load_list *ret_list,
                           struct error *err)
{
    struct load_list *list = add_list(draft, err);
    if (!list) {
        return ERR_LIMIT;
    }
    enum status status = OK;
    if (strcspn(text, " \t") == 4 && strncmp(text, "file", 4) == 0) {
        status = read_file(draft, text + 4, parse, list, err);
    } else {
        const char *rest = text;
        const char *word = "";
        size_t length = 0;
        while (status == OK && config_next_word(&rest, " ,\t", &word, &length)) {
            double number = 0.0;
            status = parse(word, length, &number, err);
            if (status == OK) {
                status = add_number(list, number, err);
            }
        }
    }
    if (status == OK && list->count == 0) {
        status = error_set(err, ERR_INVALID, "there is no number");
    }
    if (status == OK) {
        *ret_list = *list;
    }
    return status;
}
