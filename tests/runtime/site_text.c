/* See site_text.h. */
#include "site_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int site_text_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    fixture->site = calloc(1, sizeof(*fixture->site));
    fixture->errors = config_errors_create();
    assert_non_null(fixture->site);
    assert_non_null(fixture->errors);
    *state = fixture;
    return 0;
}

int site_text_teardown(void **state)
{
    struct fixture *fixture = *state;
    config_errors_destroy(fixture->errors);
    free(fixture->site);
    free(fixture);
    return 0;
}

enum status site_text_read(struct fixture *fixture, const char *bytes, size_t length)
{
    config_errors_destroy(fixture->errors);
    fixture->errors = config_errors_create();
    assert_non_null(fixture->errors);
    return site_config_parse("site.conf", bytes, length, fixture->site, fixture->errors);
}

enum status site_text_parse(struct fixture *fixture, const char *text)
{
    return site_text_read(fixture, text, strlen(text));
}
