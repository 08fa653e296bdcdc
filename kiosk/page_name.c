/* The names of the kiosk's pages; see visit.h. */
#include <assert.h>

#include "kiosk/visit.h"

static const char *const page_names[] = {
    [PAGE_STARTING] = "starting",       [PAGE_SERVICES] = "services",
    [PAGE_PRIORITY] = "priority",       [PAGE_ANOTHER] = "another",
    [PAGE_TICKET] = "ticket",           [PAGE_SURE] = "sure",
    [PAGE_CANCELLED] = "cancelled",     [PAGE_REFUSED] = "refused",
    [PAGE_UNREACHABLE] = "unreachable", [PAGE_SEVERAL] = "several",
};
static_assert(sizeof(page_names) / sizeof(page_names[0]) == PAGE_COUNT,
              "every page has a name");

const char *page_name(enum page page)
{
    assert(page < PAGE_COUNT);
    return page_names[page];
}

const char *visit_page_name(const struct visit *visit, int64_t now_ms)
{
    if (visit_shows_sign(visit, now_ms)) {
        return "sending";
    }
    return visit_shows_warning(visit, now_ms) ? "warning" : page_name(visit->page);
}
