/* See words.h. */
#include "admin/words.h"

#include <stdio.h>
#include <string.h>

int words_refuse(const char *verb, const char *sentence, const char *subject)
{
    (void)fprintf(stderr, "guichet %s: %s '%s'; 'guichet %s --help' says more\n", verb,
                  sentence, subject, verb);
    return EXIT_WRONG_WORDS;
}

static const char **find_option(const struct words_schema *schema, const char *word)
{
    for (size_t i = 0; i < schema->option_count; i++) {
        if (strcmp(word, schema->options[i].name) == 0) {
            return schema->options[i].value;
        }
    }
    return NULL;
}

static bool take_flag(const struct words_schema *schema, const char *word)
{
    for (size_t i = 0; i < schema->flag_count; i++) {
        if (strcmp(word, schema->flags[i].name) == 0) {
            *schema->flags[i].is_given = true;
            return true;
        }
    }
    return false;
}

int words_read(const struct words_schema *schema, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (take_flag(schema, argv[i])) {
            continue;
        }
        const char **value = find_option(schema, argv[i]);
        bool is_plain = !value && schema->plain && argv[i][0] != '-';
        if (!value && !is_plain) {
            return words_refuse(schema->verb, "there is no option", argv[i]);
        }
        if (value && i + 1 == argc) {
            return words_refuse(schema->verb, "a value is missing behind", argv[i]);
        }
        value = is_plain ? schema->plain : value;
        if (*value) {
            return words_refuse(schema->verb, "this was given before:", argv[i]);
        }
        *value = is_plain ? argv[i] : argv[i + 1];
        i += is_plain ? 0 : 1;
    }
    return 0;
}
