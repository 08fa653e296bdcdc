/* Laws as a load file writes them: a name, its numbers, and what is done to the result:
 * "log-normal 480 0.6 plus 30 at-most 1800". */
#include "admin/simulate_load_draft.h"

#include <assert.h>
#include <string.h>

/* Seconds of a law: up to a week. */
#define LENGTH_S_MAX 604800.0

/* Above 0: a millisecond. */
#define LENGTH_S_MIN 0.001

/* A standard deviation of 20 means is more than any office has seen. */
#define CV_MIN 0.001
#define CV_MAX 20.0

struct law_form {
    uint32_t count;
    struct load_bounds bounds[LAW_NUMBERS_MAX];
    const char *wanted;
};

static const struct law_form forms[] = {
    [LAW_NONE] = {0, {{0.0, 0.0}}, "nothing"},
    [LAW_CONSTANT] = {1, {{0.0, LENGTH_S_MAX}}, "its mean in seconds"},
    [LAW_EXPONENTIAL] = {1, {{LENGTH_S_MIN, LENGTH_S_MAX}}, "its mean in seconds"},
    [LAW_LOG_NORMAL] = {2,
                        {{LENGTH_S_MIN, LENGTH_S_MAX}, {CV_MIN, CV_MAX}},
                        "its mean in seconds and its coefficient of variation"},
    [LAW_GAMMA] = {2,
                   {{LENGTH_S_MIN, LENGTH_S_MAX}, {CV_MIN, CV_MAX}},
                   "its mean in seconds and its coefficient of variation"},
    [LAW_ERLANG] = {2,
                    {{LENGTH_S_MIN, LENGTH_S_MAX}, {1.0, 1000.0}},
                    "its mean in seconds and its number of phases"},
    [LAW_WEIBULL] = {2,
                     {{LENGTH_S_MIN, LENGTH_S_MAX}, {0.1, 100.0}},
                     "its mean in seconds and its shape"},
    [LAW_NORMAL] = {2,
                    {{0.0, LENGTH_S_MAX}, {0.0, LENGTH_S_MAX}},
                    "its mean and its standard deviation in seconds"},
    [LAW_UNIFORM] = {2,
                     {{0.0, LENGTH_S_MAX}, {0.0, LENGTH_S_MAX}},
                     "its least and its greatest number of seconds"},
    [LAW_TRIANGULAR] = {3,
                        {{0.0, LENGTH_S_MAX}, {0.0, LENGTH_S_MAX}, {0.0, LENGTH_S_MAX}},
                        "its least, its most frequent and its greatest number of "
                        "seconds"},
    [LAW_HYPER] = {3,
                   {{0.0, 100.0},
                    {LENGTH_S_MIN, LENGTH_S_MAX},
                    {LENGTH_S_MIN, LENGTH_S_MAX}},
                   "the percent of its first part and the means of both in seconds"},
    [LAW_VALUES] = {0, {{0.0, 0.0}}, "its values"},
};
static_assert(sizeof(forms) / sizeof(forms[0]) == LAW_KIND_COUNT,
              "every law has its numbers");

/* What stands behind the numbers of a law. */
enum suffix { SUFFIX_PLUS, SUFFIX_MINUS, SUFFIX_AT_MOST, SUFFIX_COUNT };
static const char *const suffixes[] = {"plus", "minus", "at-most"};
static_assert(sizeof(suffixes) / sizeof(suffixes[0]) == SUFFIX_COUNT,
              "every suffix has its word");

struct word {
    const char *text;
    size_t length;
};

static bool next_word(const char **rest, struct word *ret_word)
{
    return config_next_word(rest, " ,\t", &ret_word->text, &ret_word->length);
}

static bool is_word(const struct word *word, const char *name)
{
    return strlen(name) == word->length && memcmp(name, word->text, word->length) == 0;
}

static enum law_kind find_law(const struct word *word)
{
    for (uint32_t i = 0; i < LAW_KIND_COUNT; i++) {
        if (is_word(word, law_name((enum law_kind)i))) {
            return (enum law_kind)i;
        }
    }
    return LAW_KIND_COUNT;
}

static enum suffix find_suffix(const struct word *word)
{
    uint32_t i = 0;
    while (i < SUFFIX_COUNT && !is_word(word, suffixes[i])) {
        i++;
    }
    return (enum suffix)i;
}

/* The numbers behind the name; `rest` is then at the first suffix. */
static enum status read_numbers(const char *text, enum law_kind kind, const char **rest,
                                double numbers[LAW_NUMBERS_MAX], struct error *err)
{
    const struct law_form *form = &forms[kind];
    uint32_t count = 0;
    const char *at = *rest;
    struct word word = {0};
    while (next_word(&at, &word) && find_suffix(&word) == SUFFIX_COUNT) {
        if (count == form->count) {
            count++;
            break;
        }
        enum status status = load_parse_decimal(
            word.text, word.length, form->bounds[count], &numbers[count], err);
        if (status != OK) {
            return status;
        }
        count++;
        *rest = at;
    }
    if (count != form->count) {
        return error_set(err, ERR_INVALID, "'%s': %s is followed by %s", text,
                         law_name(kind), form->wanted);
    }
    bool is_ordered = true;
    for (uint32_t i = 1; i < form->count; i++) {
        is_ordered &= numbers[i - 1] <= numbers[i];
    }
    if ((kind == LAW_UNIFORM || kind == LAW_TRIANGULAR) && !is_ordered) {
        return error_set(err, ERR_INVALID, "'%s': the numbers of %s do not rise", text,
                         law_name(kind));
    }
    return OK;
}

static enum status read_suffixes(const char *text, const char *rest, struct law *law,
                                 struct error *err)
{
    struct word word = {0};
    while (next_word(&rest, &word)) {
        enum suffix suffix = find_suffix(&word);
        struct word number_word = {.text = "", .length = 0};
        (void)next_word(&rest, &number_word); /* none: not a number, below */
        double number = 0.0;
        const struct load_bounds bounds = {suffix == SUFFIX_AT_MOST ? LENGTH_S_MIN : 0.0,
                                           LENGTH_S_MAX};
        if (suffix == SUFFIX_COUNT) {
            return error_set(err, ERR_INVALID,
                             "'%s': '%.*s' is not one of: plus, minus, at-most", text,
                             (int)(word.length < 80 ? word.length : 80), word.text);
        }
        enum status status = load_parse_decimal(number_word.text, number_word.length,
                                                bounds, &number, err);
        if (status != OK) {
            return status;
        }
        if (suffix == SUFFIX_AT_MOST) {
            law->most_s = number;
        } else {
            law->plus_s += suffix == SUFFIX_PLUS ? number : -number;
        }
    }
    return OK;
}

static enum status parse_length(const char *cell, size_t length, double *ret_number,
                                struct error *err)
{
    const struct load_bounds bounds = {0.0, LENGTH_S_MAX};
    return load_parse_decimal(cell, length, bounds, ret_number, err);
}

/* "values 120 90 300", "file services.csv seconds": nothing may follow. */
static enum status parse_values(const struct config_value *value, const char *list_text,
                                struct law *ret_law, struct error *err)
{
    struct load_list list = {0};
    enum status status = load_read_list(value->root, list_text, parse_length, &list, err);
    if (status == OK) {
        *ret_law = law_of_values(list.numbers, list.count);
    }
    return status;
}

enum status load_parse_law(const struct config_value *value, void *ret_field,
                           struct error *err)
{
    const char *rest = value->text;
    struct word word = {.text = "", .length = 0};
    (void)next_word(&rest, &word); /* empty: no law, below */
    bool is_file = is_word(&word, "file");
    enum law_kind kind = is_file ? LAW_VALUES : find_law(&word);
    if (kind == LAW_KIND_COUNT || (kind == LAW_NONE && value->key->min > 0)) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not a law: constant, exponential, erlang, gamma, "
                         "hyper-exponential, log-normal, normal, triangular, uniform, "
                         "weibull, values or file",
                         value->text);
    }
    struct law law = {.kind = kind};
    enum status status = OK;
    if (kind == LAW_VALUES) {
        status = parse_values(value, is_file ? value->text : rest, &law, err);
    } else {
        double numbers[LAW_NUMBERS_MAX] = {0.0};
        status = read_numbers(value->text, kind, &rest, numbers, err);
        if (status == OK && kind != LAW_NONE) {
            law = law_of(kind, numbers);
        }
        if (status == OK) {
            status = read_suffixes(value->text, rest, &law, err);
        }
    }
    if (status == OK) {
        memcpy(ret_field, &law, sizeof(law));
    }
    return status;
}

/* The shape of gaps between arrivals: a law with a mean, of which nothing is negative. */
static enum status parse_gaps(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    struct law law = {0};
    enum status status = load_parse_law(value, &law, err);
    bool is_plain = law.plus_s >= 0.0 && law.plus_s <= 0.0 && law.most_s <= 0.0;
    if (status == OK && law.kind != LAW_NONE &&
        (law.kind == LAW_NORMAL || law.mean_s <= 0.0 || !is_plain)) {
        return error_set(err, ERR_INVALID,
                         "'%s' cannot be the shape of gaps: a law above 0, not normal, "
                         "without plus, minus and at-most",
                         value->text);
    }
    if (status == OK) {
        memcpy(ret_field, &law, sizeof(law));
    }
    return status;
}

static enum status parse_group_law(const struct config_value *value, void *ret_field,
                                   struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t group = load_find_group(&draft->load, value->suffix);
    if (group == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no group '%s'", value->suffix);
    }
    struct law *laws = ret_field;
    return load_parse_law(value, &laws[group], err);
}

static uint32_t find_period(const struct load *load, const char *id)
{
    for (uint32_t i = 0; i < load->period_count; i++) {
        if (strcmp(load->periods[i].id, id) == 0) {
            return i;
        }
    }
    return SITE_NONE;
}

static enum status parse_period_law(const struct config_value *value, void *ret_field,
                                    struct error *err)
{
    const struct load_draft *draft = value->root;
    uint32_t period = find_period(&draft->load, value->suffix);
    if (period == SITE_NONE) {
        return error_set(err, ERR_NOT_FOUND, "there is no period '%s'", value->suffix);
    }
    struct law *laws = ret_field;
    return load_parse_law(value, &laws[period], err);
}

const struct config_type load_law = {
    "law, such as `exponential MEAN` or `log-normal MEAN CV`: docs/simulation.md",
    load_parse_law};
const struct config_type load_patience = {"law, or `none`", load_parse_law};
const struct config_type load_gaps = {"law, or `none`", parse_gaps};
const struct config_type load_group_law = {"law", parse_group_law};
const struct config_type load_period_law = {"law", parse_period_law};
