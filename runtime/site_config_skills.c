/* What counters and profiles are less good at, in site.conf; see site_config_draft.h. */
#include <string.h>

#include "runtime/site_config_draft.h"

static enum status parse_second(const struct config_value *value, void *ret_field,
                                struct error *err)
{
    if (value->text[0] == '\0') {
        memset(ret_field, 0, sizeof(uint64_t));
        return OK;
    }
    return site_services_type.parse(value, ret_field, err);
}

static enum status parse_languages(const struct config_value *value, void *ret_field,
                                   struct error *err)
{
    const char *rest = value->text;
    const char *word = NULL;
    size_t length = 0;
    uint32_t languages = 0;
    while (config_next_word(&rest, " ,\t", &word, &length)) {
        uint32_t k = 0;
        while (k < LANGUAGE_COUNT && (strlen(language_tag(k)) != length ||
                                      memcmp(language_tag(k), word, length) != 0)) {
            k++;
        }
        if (k == LANGUAGE_COUNT) {
            return error_set(err, ERR_NOT_FOUND, "'%.*s' is none of fr and en",
                             (int)(length < 80 ? length : 80), word);
        }
        languages |= 1U << k;
    }
    memcpy(ret_field, &languages, sizeof(languages));
    return OK;
}

const struct config_type site_second_type = {"ids of services", parse_second};
const struct config_type site_languages_type = {"some of fr, en", parse_languages};
