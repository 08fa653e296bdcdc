/* A site.conf from a text, and what was said of it. */
#ifndef GUICHET_TESTS_RUNTIME_SITE_TEXT_H
#define GUICHET_TESTS_RUNTIME_SITE_TEXT_H

#include "runtime/site_config.h"

/* A whole site in few lines; tests change one of them. */
#define SITE  "[site]\nid = s\nname.fr = Accueil\n"       /* lines 1 to 3 */
#define HALL  "[hall main]\nname.fr = Hall\n"             /* 4, 5 */
#define A     "[service a]\nletter = A\nname.fr = Aide\n" /* 6 to 8 */
#define WHOLE SITE HALL A "[counter 1]\n"                 /* 9 */

struct fixture {
    struct site *site;
    struct config_errors *errors; /* of the last text */
};

/* For cmocka: an empty site. */
int site_text_setup(void **state);
int site_text_teardown(void **state);
#define SITE_TEXT_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, site_text_setup, site_text_teardown)

/* Read `length` bytes as "site.conf", or all of a text. */
enum status site_text_read(struct fixture *fixture, const char *bytes, size_t length);
enum status site_text_parse(struct fixture *fixture, const char *text);

#endif
