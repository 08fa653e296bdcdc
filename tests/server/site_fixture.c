/* Sites from text; see site_fixture.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/site_config.h"
#include "site_fixture.h"

struct queue *queue_of_site(const char *text)
{
    struct queue *queue = queue_create();
    struct site *site = calloc(1, sizeof(*site));
    struct config_errors *errors = config_errors_create();
    assert_non_null(queue);
    assert_non_null(site);
    assert_non_null(errors);
    enum status status = site_config_parse("test", text, strlen(text), site, errors);
    if (status != OK) {
        config_errors_print(errors, stderr);
    }
    assert_int_equal(status, OK);
    struct event event = {
        .kind = EVENT_SITE_CONFIGURED, .seq = 1, .at_ms = 1, .site = site};
    queue_apply(queue, &event);
    config_errors_destroy(errors);
    free(site);
    return queue;
}
