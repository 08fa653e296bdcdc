/* Reads INI configuration by one table that describes every key: the table makes the
 * parser, the errors, --print-config, the manual's text and docs/configuration.md.
 *
 * A file is read whole, every section and key is looked up in the table, and only then
 * are values stored, section by section in the order of the table: a value may therefore
 * name a thing that stands further down in the file. Everything wrong is collected; the
 * caller prints the list and exits 2. */
#ifndef GUICHET_RUNTIME_CONFIG_H
#define GUICHET_RUNTIME_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/config_errors.h"

/* Bytes of a configuration file. A site of the largest size has some 100 KiB. */
#define CONFIG_FILE_BYTES_MAX 1048576

struct config_key;

/* One value on its way from the file into its field. */
struct config_value {
    const struct config_key *key;
    const char *suffix; /* what stands in the file for the '*' of the key's name */
    const char *text;   /* without spaces around it */
    void *root;         /* the object that the file is read into */
};

/* How a value is read. `parse` stores into `ret_field` or says in `err` what is wrong
 * with the text ("'15m' is not a number"). */
struct config_type {
    const char *name; /* "minutes", for people */
    enum status (*parse)(const struct config_value *value, void *ret_field,
                         struct error *err);
};

/* One key. A key whose name ends in '*' stands for every key that begins so and may be
 * given several times with different endings; it is never required. */
struct config_key {
    const char *section;
    const char *name;
    const struct config_type *type;
    size_t offset;              /* of the field in the section's object */
    size_t size;                /* bytes of the field */
    int64_t min;                /* numbers: least value; texts: least bytes */
    int64_t max;                /* numbers: greatest value; texts: see `size` */
    const char *const *choices; /* config_choice: ended by NULL */
    const char *default_text;   /* NULL: the key must be given */
    const char *help;           /* one or two sentences, ended by a full stop */
};

/* One section of one file while it is read: for the table's own functions. */
struct config_scope;

struct config_section {
    const char *name;
    const char *id_help; /* what the id after the name is; NULL: a section without id */
    bool is_required;    /* it must be there even if all its keys have defaults */
    const char *help;
    /* The object that the keys' offsets belong to; NULL with `err` set when there can be
     * no more. A section without `add` stores into the root. */
    void *(*add)(void *root, const char *id, struct error *err);
    /* Rules that span the section's keys, and defaults that come from other keys; runs
     * when all keys are stored without an error. May be NULL. */
    void (*finish)(const struct config_scope *scope, void *root, void *object);
};

struct config_schema {
    const char *title; /* "site.conf" */
    const char *help;
    const struct config_section *sections;
    size_t section_count;
    const struct config_key *keys;
    size_t key_count;
};

/* Types of values. Field: char array for texts, uint32_t for numbers, bool for yes/no. */
extern const struct config_type config_text;    /* UTF-8, `min` to `size` - 1 bytes */
extern const struct config_type config_id;      /* a-z 0-9 - ; may be empty if min is 0 */
extern const struct config_type config_number;  /* whole number */
extern const struct config_type config_minutes; /* "15" or "1:30", stored as seconds */
extern const struct config_type config_yes_no;
extern const struct config_type config_choice;   /* index of the word in `choices` */
extern const struct config_type config_color;    /* #rrggbb, stored as 0xRRGGBB */
extern const struct config_type config_day_time; /* 08:30, stored as minutes */
extern const struct config_type config_path;     /* of a file; may be empty if min is 0 */

/* Read the file at `path` into `root`, which is zeroed by the caller. OK when it was
 * taken (there may be warnings); ERR_INVALID when `errors` lists what is wrong; `root` is
 * then not to be used. */
enum status config_load(const struct config_schema *schema, const char *path, void *root,
                        struct config_errors *errors);

/* The same for `length` bytes of text; `name` stands for the file in messages. */
enum status config_parse(const struct config_schema *schema, const char *name,
                         const char *bytes, size_t length, void *root,
                         struct config_errors *errors);

/* Read the whole number `text`, `min` to `max`, or say in `err` why not. */
enum status config_parse_number(const char *text, int64_t min, int64_t max,
                                int64_t *ret_number, struct error *err);

/* "08:30" as minutes after midnight, 0 to 1440 ("24:00"). */
enum status config_parse_day_time(const char *text, size_t length, uint32_t *ret_minutes,
                                  struct error *err);

/* Take the next part of `*rest` between characters of `separators`, as its start and
 * length; false at the end. */
bool config_next_word(const char **rest, const char *separators, const char **ret_word,
                      size_t *ret_length);

/* Whether the file gives this key in the section (`name` as in the file). */
bool config_scope_has(const struct config_scope *scope, const char *name);

/* The line of the key in the file, or of the section where the file does not give it. */
uint32_t config_scope_line(const struct config_scope *scope, const char *name);

/* Add a message at the line of key `name` of the section, or at the line of the section
 * where the file does not give the key or `name` is NULL. */
void config_scope_add(const struct config_scope *scope, enum config_severity severity,
                      const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

enum config_print_form {
    CONFIG_PRINT_INI,      /* a template: --print-config */
    CONFIG_PRINT_MARKDOWN, /* docs/configuration.md */
    CONFIG_PRINT_MAN,      /* the keys of a manual page, roff */
    CONFIG_PRINT_FORM_COUNT
};

/* Write every section and key with help, type, range and default. */
void config_print(const struct config_schema *schema, enum config_print_form form,
                  FILE *out);

#endif
