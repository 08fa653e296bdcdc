/* Types of configuration values; see config.h. */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/config.h"

enum status config_parse_number(const char *text, int64_t min, int64_t max,
                                int64_t *ret_number, struct error *err)
{
    assert(text && ret_number && min <= max);
    char *end = NULL;
    errno = 0;
    bool starts_well = text[0] == '-' || (text[0] >= '0' && text[0] <= '9');
    long long number = starts_well ? strtoll(text, &end, 10) : 0;
    if (!starts_well || *end != '\0' || end == text + (text[0] == '-')) {
        return error_set(err, ERR_INVALID, "'%s' is not a number", text);
    }
    if (errno == ERANGE || number < min || number > max) {
        return error_set(err, ERR_INVALID, "'%s' is not between %" PRId64 " and %" PRId64,
                         text, min, max);
    }
    *ret_number = number;
    return OK;
}

bool config_next_word(const char **rest, const char *separators, const char **ret_word,
                      size_t *ret_length)
{
    const char *word = *rest + strspn(*rest, separators);
    size_t length = strcspn(word, separators);
    if (length == 0) {
        return false;
    }
    *ret_word = word;
    *ret_length = length;
    *rest = word + length;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum status config_parse_day_time(const char *text, size_t length, uint32_t *ret_minutes,
                                  struct error *err)
{
    bool has_form = length == 5 && is_digit(text[0]) && is_digit(text[1]) &&
                    text[2] == ':' && is_digit(text[3]) && is_digit(text[4]);
    if (has_form) {
        uint32_t hours = (uint32_t)(text[0] - '0') * 10 + (uint32_t)(text[1] - '0');
        uint32_t minutes = (uint32_t)(text[3] - '0') * 10 + (uint32_t)(text[4] - '0');
        if (minutes < 60 && hours * 60 + minutes <= 1440) {
            *ret_minutes = hours * 60 + minutes;
            return OK;
        }
    }
    return error_set(
        err, ERR_INVALID,
        "'%.*s' is not a time of day from 00:00 to 24:00, with two digits each",
        (int)(length < 80 ? length : 80), text);
}

static enum status parse_text(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    size_t length = strlen(value->text);
    if (length < (size_t)value->key->min) {
        return error_set(err, ERR_INVALID, "may not be empty");
    }
    if (length >= value->key->size) {
        return error_set(err, ERR_LIMIT,
                         "'%s' is %zu bytes long, at most %zu are allowed", value->text,
                         length, value->key->size - 1);
    }
    if (!text_is_utf8(value->text, length)) {
        return error_set(err, ERR_INVALID,
                         "the text is not UTF-8 or has control characters");
    }
    memcpy(ret_field, value->text, length + 1);
    return OK;
}

static enum status parse_id(const struct config_value *value, void *ret_field,
                            struct error *err)
{
    bool may_be_empty = value->key->min == 0;
    if (!text_is_id(value->text, value->key->size - 1) &&
        !(may_be_empty && value->text[0] == '\0')) {
        return error_set(err, ERR_INVALID,
                         "'%s' is not an id of 1 to %zu characters a-z, 0-9 and -",
                         value->text, value->key->size - 1);
    }
    memcpy(ret_field, value->text, strlen(value->text) + 1);
    return OK;
}

static enum status store_number(const struct config_value *value, int64_t factor,
                                void *ret_field, struct error *err)
{
    int64_t number = 0;
    enum status status =
        config_parse_number(value->text, value->key->min, value->key->max, &number, err);
    if (status != OK) {
        return status;
    }
    assert(number >= 0 && number * factor <= UINT32_MAX);
    assert(value->key->size == sizeof(uint32_t));
    uint32_t stored = (uint32_t)(number * factor);
    memcpy(ret_field, &stored, sizeof(stored));
    return OK;
}

static enum status parse_number(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    return store_number(value, 1, ret_field, err);
}

/* Minutes alone, or with two digits of seconds: "15", "1:30". */
static enum status parse_minutes(const struct config_value *value, void *ret_field,
                                 struct error *err)
{
    const char *colon = strchr(value->text, ':');
    if (!colon) {
        return store_number(value, 60, ret_field, err);
    }
    char minutes_text[8] = "";
    size_t length = (size_t)(colon - value->text);
    int64_t minutes = 0;
    int64_t seconds = 0;
    if (length < sizeof(minutes_text)) {
        memcpy(minutes_text, value->text, length);
    }
    if (strlen(colon + 1) != 2 ||
        config_parse_number(minutes_text, 0, value->key->max, &minutes, NULL) != OK ||
        config_parse_number(colon + 1, 0, 59, &seconds, NULL) != OK) {
        return error_set(err, ERR_INVALID, "'%s' is not minutes and seconds like 1:30",
                         value->text);
    }
    int64_t total = minutes * 60 + seconds;
    if (total < value->key->min * 60 || total > value->key->max * 60) {
        return error_set(err, ERR_INVALID, "'%s' is not between %lld and %lld minutes",
                         value->text, (long long)value->key->min,
                         (long long)value->key->max);
    }
    assert(value->key->size == sizeof(uint32_t));
    uint32_t stored = (uint32_t)total;
    memcpy(ret_field, &stored, sizeof(stored));
    return OK;
}

static enum status parse_yes_no(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    assert(value->key->size == sizeof(bool));
    bool is_yes = strcmp(value->text, "yes") == 0;
    if (!is_yes && strcmp(value->text, "no") != 0) {
        return error_set(err, ERR_INVALID, "'%s' is not yes or no", value->text);
    }
    memcpy(ret_field, &is_yes, sizeof(is_yes));
    return OK;
}

static enum status parse_choice(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    assert(value->key->choices && value->key->size == sizeof(uint32_t));
    char list[200];
    struct text text;
    text_init(&text, list, sizeof(list));
    for (uint32_t i = 0; value->key->choices[i]; i++) {
        if (strcmp(value->text, value->key->choices[i]) == 0) {
            memcpy(ret_field, &i, sizeof(i));
            return OK;
        }
        text_add(&text, "%s%s", i > 0 ? ", " : "", value->key->choices[i]);
    }
    return error_set(err, ERR_INVALID, "'%s' is not one of: %s", value->text, list);
}

static enum status parse_color(const struct config_value *value, void *ret_field,
                               struct error *err)
{
    assert(value->key->size == sizeof(uint32_t));
    const char *text = value->text;
    if (text[0] != '#' || strlen(text) != 7 ||
        strspn(text + 1, "0123456789abcdefABCDEF") != 6) {
        return error_set(err, ERR_INVALID, "'%s' is not a colour like #1f6fd6", text);
    }
    uint32_t color = (uint32_t)strtoul(text + 1, NULL, 16);
    memcpy(ret_field, &color, sizeof(color));
    return OK;
}

static enum status parse_day_time(const struct config_value *value, void *ret_field,
                                  struct error *err)
{
    uint32_t minutes = 0;
    enum status status =
        config_parse_day_time(value->text, strlen(value->text), &minutes, err);
    if (status == OK && (minutes < value->key->min || minutes > value->key->max)) {
        status = error_set(err, ERR_INVALID, "'%s' is not before 24:00", value->text);
    }
    if (status == OK) {
        assert(value->key->size == sizeof(minutes));
        memcpy(ret_field, &minutes, sizeof(minutes));
    }
    return status;
}

const struct config_type config_text = {"text", parse_text};
const struct config_type config_id = {"id", parse_id};
const struct config_type config_number = {"number", parse_number};
const struct config_type config_minutes = {"minutes", parse_minutes};
const struct config_type config_yes_no = {"yes or no", parse_yes_no};
const struct config_type config_choice = {"choice", parse_choice};
const struct config_type config_color = {"colour", parse_color};
const struct config_type config_day_time = {"time of day", parse_day_time};
const struct config_type config_path = {"path", parse_text};
