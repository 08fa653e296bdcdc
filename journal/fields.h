/* Reads the fields of a JSON object strictly: every field once, none unknown, every value
 * in its range. The first fault is kept; readers after it return a harmless value, so
 * that a caller checks once, at the end. */
#ifndef GUICHET_JOURNAL_FIELDS_H
#define GUICHET_JOURNAL_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

/* More fields than any object of ours has. */
#define FIELDS_MAX 32

struct fields {
    json_t *object; /* borrowed */
    struct error *err;
    bool has_failed;
    size_t count;
    const char *names[FIELDS_MAX]; /* the fields asked for so far */
};

/* Start to read `object`; anything but an object is the first fault. */
void fields_init(struct fields *fields, json_t *object, struct error *err);

/* Keep a fault if it is the first. */
void fields_fail(struct fields *fields, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether the object has the field; it must be read then. */
bool fields_has(const struct fields *fields, const char *name);

/* The value of a field, NULL (and a fault) when it is missing. */
json_t *fields_value(struct fields *fields, const char *name);

int64_t fields_integer(struct fields *fields, const char *name, int64_t min, int64_t max);
uint32_t fields_count(struct fields *fields, const char *name, uint32_t max);
/* The same where the field may be left out: 0 then. */
uint32_t fields_count_if_any(struct fields *fields, const char *name, uint32_t max);
bool fields_bool(struct fields *fields, const char *name);

/* The text of a field, "" after a fault. Borrowed from the object. */
const char *fields_text(struct fields *fields, const char *name);

/* Copy a text of well-formed UTF-8 without control characters; one that does not fit is a
 * fault. */
void fields_copy(struct fields *fields, const char *name, char *ret_text,
                 size_t capacity);

/* A moment in the form of moment.h, 0 after a fault. */
int64_t fields_moment(struct fields *fields, const char *name);

/* Check a name of a table: `found` is what the …_find function said to fields_text() of
 * the field, `count` what it says to an unknown name. Returns `found`, 0 after a fault.
 */
uint32_t fields_named(struct fields *fields, const char *name, uint32_t found,
                      uint32_t count);

/* The end: a field that nobody asked for is a fault. ERR_CORRUPT when there was one. */
enum status fields_end(struct fields *fields);

#endif
