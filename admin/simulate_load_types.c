/* The types of values that only a load file has; see simulate_load_draft.h. */
#include "admin/simulate_load_draft.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Nobody has more arrivals of one service in an hour than tickets in a day. */
#define ARRIVALS_PER_HOUR_MAX ((double)TICKETS_PER_DAY_MAX)

/* The Gamma factor of days: from hardly any two alike to all the same. */
#define SHAPE_MIN 0.01
#define SHAPE_MAX 1000000.0

enum status load_parse_decimal(const char *word, size_t length, struct load_bounds bounds,
                               double *ret_number, struct error *err)
{
    char digits[32] = "";
    double number = -1.0;
    int shown = (int)(length < 80 ? length : 80);
    if (length < sizeof(digits)) {
        memcpy(digits, word, length);
        size_t span = strspn(digits, "0123456789.");
        const char *point = strchr(digits, '.');
        bool is_number = span == length && length > 0 && digits[0] != '.' &&
                         digits[length - 1] != '.' && (!point || !strchr(point + 1, '.'));
        number = is_number ? strtod(digits, NULL) : -1.0;
    }
    if (number < 0.0) {
        return error_set(err, ERR_INVALID, "'%.*s' is not a number like 12 or 0.5", shown,
                         word);
    }
    if (number < bounds.min || number > bounds.max) {
        return error_set(err, ERR_INVALID, "'%.*s' is not between %g and %g", shown, word,
                         bounds.min, bounds.max);
    }
    *ret_number = number;
    return OK;
}

static enum status parse_shape(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    double shape = 0.0;
    const struct load_bounds bounds = {SHAPE_MIN, SHAPE_MAX};
    if (strcmp(value->text, "none") != 0) {
        enum status status =
            load_parse_decimal(value->text, strlen(value->text), bounds, &shape, err);
        if (status != OK) {
            return status;
        }
    }
    memcpy(ret_field, &shape, sizeof(shape));
    return OK;
}

static enum status parse_percent(const struct config_value *value, void *ret_field,
                                 struct error *err)
{
    double percent = 0.0;
    const struct load_bounds bounds = {0.0, 100.0};
    enum status status =
        load_parse_decimal(value->text, strlen(value->text), bounds, &percent, err);
    if (status == OK) {
        memcpy(ret_field, &percent, sizeof(percent));
    }
    return status;
}

static enum status parse_class_percent(const struct config_value *value, void *ret_field,
                                       struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t class = site_find_class(draft->site, value->suffix);
    if (class == SITE_NONE || class == 0) {
        return error_set(err, ERR_NOT_FOUND, "the site has no priority class '%s'",
                         value->suffix);
    }
    double *percents = ret_field;
    return parse_percent(value, &percents[class], err);
}

/* The next value of a list with one value a period; one alone is for all periods. */
static enum status parse_list(const struct config_value *value, struct load_bounds bounds,
                              double ret_numbers[LOAD_PERIODS_MAX], struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t wanted = draft->load.period_count;
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t count = 0;
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        if (count == LOAD_PERIODS_MAX) {
            break;
        }
        enum status status =
            load_parse_decimal(word, length, bounds, &ret_numbers[count], err);
        if (status != OK) {
            return status;
        }
        count++;
    }
    if (count == 1) {
        for (uint32_t i = 1; i < LOAD_PERIODS_MAX; i++) {
            ret_numbers[i] = ret_numbers[0];
        }
    } else if (wanted > 0 && count != wanted) {
        return error_set(err, ERR_INVALID,
                         "'%s' has %u values, but there are %u periods: one a period, or "
                         "one for all",
                         value->text, (unsigned)count, (unsigned)wanted);
    }
    return OK;
}

static enum status parse_arrivals(const struct config_value *value, void *ret_field,
                                  struct error *err)
{
    double numbers[LOAD_PERIODS_MAX] = {0};
    const struct load_bounds bounds = {0.0, ARRIVALS_PER_HOUR_MAX};
    enum status status = parse_list(value, bounds, numbers, err);
    if (status == OK) {
        assert(value->key->size == sizeof(numbers));
        memcpy(ret_field, numbers, sizeof(numbers));
    }
    return status;
}

/* One shape a period, or one for all; none: no factor. */
static enum status parse_shapes(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    double numbers[LOAD_PERIODS_MAX] = {0};
    const struct load_bounds bounds = {SHAPE_MIN, SHAPE_MAX};
    enum status status =
        strcmp(value->text, "none") == 0 ? OK : parse_list(value, bounds, numbers, err);
    if (status == OK) {
        assert(value->key->size == sizeof(numbers));
        memcpy(ret_field, numbers, sizeof(numbers));
    }
    return status;
}

static enum status parse_staff(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    double numbers[LOAD_PERIODS_MAX] = {0};
    const struct load_bounds bounds = {0.0, COUNTERS_MAX};
    if (strchr(value->text, '.')) {
        return error_set(err, ERR_INVALID, "'%s' has a part of a counter", value->text);
    }
    enum status status = parse_list(value, bounds, numbers, err);
    uint32_t *staff = ret_field;
    for (uint32_t i = 0; i < LOAD_PERIODS_MAX && status == OK; i++) {
        staff[i] = (uint32_t)numbers[i];
    }
    return status;
}

uint32_t load_find_group(const struct load *load, const char *id)
{
    for (uint32_t i = 0; i < load->group_count; i++) {
        if (strcmp(load->groups[i].id, id) == 0) {
            return i;
        }
    }
    return SITE_NONE;
}

static enum status parse_group(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t group = load_find_group(&draft->load, value->text);
    if (group == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no group '%s'", value->text);
    }
    memcpy(ret_field, &group, sizeof(group));
    return OK;
}

/* Ids separated by blanks as indexes that `find` gives; none twice. `thing` is what they
 * name. */
struct id_list {
    const char *thing;
    uint32_t (*find)(const struct load_draft *draft, const char *id);
    uint32_t limit;
};

static enum status parse_ids(const struct config_value *value, const struct id_list *list,
                             uint32_t *ret_indexes, struct error *err)
{
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t count = 0;
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        char id[ID_LENGTH_MAX + 1] = "";
        if (length < sizeof(id)) {
            memcpy(id, word, length);
        }
        uint32_t index = list->find(value->root, id);
        if (index == SITE_NONE) {
            return error_set(err, ERR_NOT_FOUND, "there is no %s '%.*s'", list->thing,
                             (int)(length < 80 ? length : 80), word);
        }
        for (uint32_t i = 0; i < count; i++) {
            if (ret_indexes[i] == index) {
                return error_set(err, ERR_INVALID, "%s '%s' stands there twice",
                                 list->thing, id);
            }
        }
        assert(count < list->limit);
        ret_indexes[count] = index;
        count++;
    }
    if (count < list->limit) {
        ret_indexes[count] = SITE_NONE; /* the end, for whoever counts */
    }
    return OK;
}

static uint32_t find_counter(const struct load_draft *draft, const char *id)
{
    return site_find_counter(draft->site, id);
}

static uint32_t find_group_of(const struct load_draft *draft, const char *id)
{
    return load_find_group(&draft->load, id);
}

static enum status parse_counters(const struct config_value *value, void *ret_field,
                                  struct error *err)
{
    static const struct id_list list = {"counter", find_counter, COUNTERS_MAX};
    return parse_ids(value, &list, ret_field, err);
}

static enum status parse_groups(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    static const struct id_list list = {"group", find_group_of, LOAD_GROUPS_MAX};
    return parse_ids(value, &list, ret_field, err);
}

/* A number of places as the load keeps it: 1 more, or 0 for as many as come. */
static enum status parse_places(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    int64_t places = -1;
    enum status status = OK;
    if (strcmp(value->text, "none") != 0) {
        status = config_parse_number(value->text, value->key->min, value->key->max,
                                     &places, err);
    }
    uint32_t stored = (uint32_t)(places + 1);
    if (status == OK) {
        memcpy(ret_field, &stored, sizeof(stored));
    }
    return status;
}

/* "08:30", "08:30:15", "26:00" for two at night after the first midnight, in seconds. */
static enum status parse_clock(const char *cell, size_t length, double *ret_seconds,
                               struct error *err)
{
    bool has_form = length == 5 || length == 8;
    for (size_t i = 0; i < length && has_form; i++) {
        has_form = i % 3 == 2 ? cell[i] == ':' : cell[i] >= '0' && cell[i] <= '9';
    }
    uint32_t parts[3] = {0, 0, 0};
    for (size_t i = 0; i < length && has_form; i += 3) {
        parts[i / 3] = (uint32_t)(cell[i] - '0') * 10 + (uint32_t)(cell[i + 1] - '0');
    }
    uint32_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (!has_form || parts[1] >= 60 || parts[2] >= 60 || seconds > LOAD_MINUTE_MAX * 60) {
        return error_set(err, ERR_INVALID,
                         "'%.*s' is not a time from 00:00 to 48:00, such as 08:30",
                         (int)(length < 80 ? length : 80), cell);
    }
    *ret_seconds = (double)seconds;
    return OK;
}

static enum status parse_time(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    double seconds = 0.0;
    size_t length = strlen(value->text);
    /* Periods and breaks begin on the minute: a longer text is not one. */
    enum status status =
        parse_clock(value->text, length == 5 ? length : 0, &seconds, err);
    if (status != OK) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not a time from 00:00 to 48:00, such as 08:30",
                         value->text);
    }
    uint32_t minute = (uint32_t)(seconds / 60.0);
    memcpy(ret_field, &minute, sizeof(minute));
    return OK;
}

/* 1 + index of a profile of the site; 0: none. */
static enum status parse_profile(const struct config_value *value, void *ret_field,
                                 struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t stored = 0;
    if (strcmp(value->text, "none") != 0) {
        uint32_t profile = site_find_profile(draft->site, value->text);
        if (profile == SITE_NONE) {
            return error_set(err, ERR_NOT_FOUND, "the site has no profile '%s'",
                             value->text);
        }
        stored = profile + 1;
    }
    memcpy(ret_field, &stored, sizeof(stored));
    return OK;
}

static enum status parse_next(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t service = site_find_service(draft->site, value->suffix);
    if (service == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "the site has no service '%s'",
                         value->suffix);
    }
    double *percents = ret_field;
    return parse_percent(value, &percents[service], err);
}

static enum status parse_share(const char *cell, size_t length, double *ret_number,
                               struct error *err)
{
    const struct load_bounds bounds = {0.0, 100.0};
    return load_parse_decimal(cell, length, bounds, ret_number, err);
}

/* A list that `parse` reads, or none. */
static enum status parse_optional_list(const struct config_value *value,
                                       load_cell_parser *parse, void *ret_field,
                                       struct error *err)
{
    struct load_list list = {0};
    enum status status = OK;
    if (strcmp(value->text, "none") != 0) {
        status = load_read_list(value->root, value->text, parse, &list, err);
    }
    if (status == OK) {
        assert(value->key->size == sizeof(list));
        memcpy(ret_field, &list, sizeof(list));
    }
    return status;
}

static enum status parse_turn_back(const struct config_value *value, void *ret_field,
                                   struct error *err)
{
    return parse_optional_list(value, parse_share, ret_field, err);
}

/* "file appointments.csv time", or the times themselves. */
static enum status parse_times(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    return parse_optional_list(value, parse_clock, ret_field, err);
}

static enum status parse_target(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    int64_t seconds = LOAD_TARGET_STANDARD;
    if (value->text[0] != '\0') {
        enum status status = config_parse_number(value->text, value->key->min,
                                                 value->key->max, &seconds, err);
        if (status != OK) {
            return status;
        }
    }
    uint32_t stored = (uint32_t)seconds;
    memcpy(ret_field, &stored, sizeof(stored));
    return OK;
}

const struct config_type load_shape = {"number above 0, or `none`", parse_shape};
const struct config_type load_percent = {"percent, 0 to 100", parse_percent};
const struct config_type load_class_percent = {"percent, 0 to 100", parse_class_percent};
const struct config_type load_arrivals = {"numbers, one a period or one for all periods",
                                          parse_arrivals};
const struct config_type load_staff = {
    "whole numbers, one a period or one for all periods", parse_staff};
const struct config_type load_group = {"id of a group", parse_group};
const struct config_type load_counters = {"ids of counters", parse_counters};
const struct config_type load_groups = {"ids of groups", parse_groups};
const struct config_type load_target = {"seconds, 0 to 86400, or empty", parse_target};
const struct config_type load_shapes = {
    "numbers above 0, one a period or one for all periods, or `none`", parse_shapes};
const struct config_type load_places = {"number, or `none`", parse_places};
const struct config_type load_time = {"time, 00:00 to 48:00", parse_time};
const struct config_type load_times = {"times, or `file FILE [COLUMN]`, or `none`",
                                       parse_times};
const struct config_type load_next = {"percent, 0 to 100", parse_next};
const struct config_type load_turn_back = {"percents, 0 to 100, or `none`",
                                           parse_turn_back};
const struct config_type load_profile = {"id of a profile of site.conf, or `none`",
                                         parse_profile};
