/* The table of `guichet status`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "admin/status_print.h"

/* The table as one text, to be freed. */
static char *printed(const struct server_status *status)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    assert_non_null(stream);
    status_print(status, stream);
    assert_int_equal(fclose(stream), 0);
    return bytes;
}

static void an_age_is_said_in_one_unit(void **state)
{
    (void)state;
    static const struct {
        int64_t age_ms;
        const char *text;
    } ages[] = {
        {-1, "never"},           {0, "0 s ago"},
        {900, "1 s ago"},        {59499, "59 s ago"},
        {59500, "1 min ago"},    {3599000, "59 min ago"},
        {3600000, "1 h ago"},    {86399000, "23 h ago"},
        {86400000, "1 day ago"}, {172800000, "2 days ago"},
    };
    for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
        char text[STATUS_AGE_BYTES];
        status_age_text(ages[i].age_ms, text);
        assert_string_equal(text, ages[i].text);
    }
}

static void the_columns_stand_below_each_other(void **state)
{
    (void)state;
    struct server_status *status = server_status_create();
    assert_non_null(status);
    *status = (struct server_status){
        .version = "0.1.0",
        .started_at_ms = 1795426930000,
        .epoch = 3,
        .seq = 1042,
        .clock = CLOCK_SCALED,
        .factor = 60,
        .day = 20261123,
        .ticket_count = 87,
        .waiting_count = 37,
        .open_counters = 1,
        .open_services = 4,
        .device_count = 2,
        .devices = {{"kiosk", "hall1", true, "0.1.0", "cover-open", "unknown", 900},
                    {"counter", "salle-2", false, "", "", "", -1}}};
    char *table = printed(status);
    assert_string_equal(
        table, "server        0.1.0, since 2026-11-23 09:42:10 UTC\n"
               "epoch         3\n"
               "last event    1042\n"
               "office clock  scaled, 60 times as fast\n"
               "business day  2026-11-23\n"
               "tickets       87, 37 waiting\n"
               "open          1 counter, 4 services\n"
               "\n"
               "device           state   version  printer     paper    last seen\n"
               "kiosk hall1      online  0.1.0    cover-open  unknown  1 s ago\n"
               "counter salle-2  gone    -        -           -        never\n");
    free(table);
    server_status_destroy(status);
}

static void a_closed_office_without_devices_says_so(void **state)
{
    (void)state;
    struct server_status *status = server_status_create();
    assert_non_null(status);
    status->factor = 1;
    char *table = printed(status);
    assert_non_null(strstr(table, "office clock  real\nbusiness day  none is open\n"));
    assert_non_null(strstr(table, "\nno device has been seen since the server started"));
    free(table);
    server_status_destroy(status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_age_is_said_in_one_unit),
        cmocka_unit_test(the_columns_stand_below_each_other),
        cmocka_unit_test(a_closed_office_without_devices_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
