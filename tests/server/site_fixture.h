/* A queue with a site that is written as text, for the server's unit tests. */
#ifndef GUICHET_TESTS_SITE_FIXTURE_H
#define GUICHET_TESTS_SITE_FIXTURE_H

#include "core/queue.h"

/* A queue in which the site of `text` (site.conf) is in force; stops the test when it is
 * wrong. The caller destroys it. */
struct queue *queue_of_site(const char *text);

#endif
