/* The words behind a verb of the command: options with a value, and what is said of wrong
 * ones. */
#ifndef GUICHET_ADMIN_WORDS_H
#define GUICHET_ADMIN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The exit status of wrong words. */
#define EXIT_WRONG_WORDS 2

/* An option and where its value goes; NULL there means that it was not given. */
struct word_option {
    const char *name; /* "--site" */
    const char **value;
};

struct word_flag {
    const char *name; /* "--json" */
    bool *is_given;
};

struct words_schema {
    const char *verb;
    const struct word_option *options;
    size_t option_count;
    const struct word_flag *flags;
    size_t flag_count;
    const char *
        *plain; /* where the one word without an option goes; NULL: there is none */
};

/* Say on stderr what is wrong with `subject`. Returns EXIT_WRONG_WORDS. */
int words_refuse(const char *verb, const char *sentence, const char *subject);

/* Read argv[1] and on, where argv[0] is the verb. Values are borrowed. Returns 0, or
 * EXIT_WRONG_WORDS when it has said what is wrong: an unknown option, one given twice, a
 * missing value. */
int words_read(const struct words_schema *schema, int argc, char **argv);

#endif
