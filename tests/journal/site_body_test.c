/* The body of a site: everything of it comes back, of the largest one, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "body_bench.h"

static struct body_bench bench;

static int set_up(void **state)
{
    (void)state;
    body_bench_init(&bench);
    return 0;
}

static void a_site_comes_back_byte_for_byte(void **state)
{
    (void)state;
    struct error err = {.text = ""};
    struct event event = {.kind = EVENT_SITE_CONFIGURED, .seq = 3, .at_ms = AT_MS};
    struct event read;
    bench.site.best_first_s = 90;
    bench.site.counters[0].skills =
        (struct site_skills){bench.site.counters[0].services, 1U << LANGUAGE_EN};
    bench.site.classes[bench.site.class_count - 1].is_seated = true;
    event.site = &bench.site;
    assert_body(&bench, &event, NULL);
    struct event_row row = body_bench_row(&bench, &event);
    assert_ok(&err, event_body_decode(&row, NULL, &bench.site_read, &read, &err));
    assert_ptr_equal(read.site, &bench.site_read);
    assert_memory_equal(&bench.site_read, &bench.site, sizeof(bench.site));
}

static void fill_name(struct site_name *name)
{
    for (size_t language = 0; language < LANGUAGE_COUNT; language++) {
        memset(name->in[language], '"', NAME_LENGTH_MAX);
    }
}

static void fill_detail(struct site_detail *detail)
{
    for (size_t language = 0; language < LANGUAGE_COUNT; language++) {
        memset(detail->in[language], '\\', DETAIL_LENGTH_MAX);
    }
}

static void fill_id(char *id, uint32_t index)
{
    memset(id, 'x', ID_LENGTH_MAX);
    id[0] = (char)('a' + index % 26);
    id[1] = (char)('a' + index / 26);
}

static void fill_devices(struct device devices[DEVICES_PER_KIND_MAX], uint32_t place)
{
    for (uint32_t i = 0; i < DEVICES_PER_KIND_MAX; i++) {
        fill_id(devices[i].id, i);
        devices[i].place = place;
    }
}

static void fill_ranges(struct hours_range ranges[HOURS_PER_DAY_MAX])
{
    ranges[0] = (struct hours_range){1000, 1001};
    ranges[1] = (struct hours_range){1002, 1003};
    ranges[2] = (struct hours_range){1439, 1440};
}

static void fill_service(struct service *service, uint32_t index)
{
    fill_id(service->id, index);
    service->letter[0] = (char)('A' + index % 26);
    service->letter[1] = (char)('A' + index / 26);
    service->letter[2] = 'Z';
    service->color_rgb = 0xFFFFFF;
    fill_name(&service->name);
    fill_name(&service->short_name);
    fill_detail(&service->detail);
    service->standard_wait_s = UINT32_MAX;
    service->standard_share_percent = 100;
    service->typical_service_s = UINT32_MAX;
    service->first_number = TICKET_NUMBER_MAX;
    service->readmit_within_s = UINT32_MAX;
    service->calls_before_no_show = UINT32_MAX;
    service->call_gap_s = UINT32_MAX;
    for (size_t day = 0; day < 7; day++) {
        fill_ranges(service->hours.day[day]);
    }
    service->dated_count = DATED_HOURS_MAX;
    for (uint32_t i = 0; i < DATED_HOURS_MAX; i++) {
        service->dated[i].date = 20261201 + i;
        fill_ranges(service->dated[i].ranges);
    }
    service->tickets_before_s = UINT32_MAX;
    service->tickets_per_day = TICKETS_PER_DAY_MAX;
    service->last_ticket = LAST_TICKET_WARN;
}

static void fill_policy(struct site_policy *policy, uint32_t index)
{
    fill_id(policy->id, index);
    policy->rule = index == 0 ? POLICY_ORDER : POLICY_RATIO;
    policy->place_count = SERVICES_MAX;
    for (uint32_t k = 0; k < SERVICES_MAX; k++) {
        policy->places[k].service = SERVICES_MAX - 1 - k;
        policy->places[k].turns = index == 0 ? 0 : TURNS_MAX;
    }
    policy->condition_count = CONDITIONS_MAX;
    for (uint32_t k = 0; k < CONDITIONS_MAX; k++) {
        policy->conditions[k] = (struct policy_condition){k, HEAD_START_S_MAX};
    }
}

static void fill_counter(struct counter_place *counter, uint32_t index)
{
    fill_id(counter->id, index);
    fill_name(&counter->name);
    memset(counter->label, '"', sizeof(counter->label) - 1);
    counter->services = UINT64_MAX;
    counter->hall = HALLS_MAX - 1;
    counter->policy = POLICIES_MAX;
}

static void fill_class(struct priority_class *class, uint32_t index)
{
    fill_id(class->id, index);
    fill_name(&class->name);
    class->head_start_s = HEAD_START_S_MAX;
    class->weight_percent = WEIGHT_PERCENT_MAX;
    class->is_emergency = true;
    if (index == 0) { /* every site has it */
        memset(class->id, 0, sizeof(class->id));
        memcpy(class->id, "none", 4);
        class->head_start_s = 0;
    }
}

/* The largest site that the limits allow, every text full of characters to escape. */
static void fill_site(struct site *site)
{
    memset(site, 0, sizeof(*site));
    fill_id(site->id, 0);
    fill_name(&site->name);
    fill_detail(&site->notice);
    fill_detail(&site->slip_note);
    memset(site->time_zone, 'Z', sizeof(site->time_zone) - 1);
    site->closed_date_count = CLOSED_DATES_MAX;
    for (uint32_t i = 0; i < CLOSED_DATES_MAX; i++) {
        site->closed_dates[i] = 20270101 + 100 * (i / 28) + i % 28;
    }
    site->hall_count = HALLS_MAX;
    for (uint32_t i = 0; i < HALLS_MAX; i++) {
        fill_id(site->halls[i].id, i);
        fill_name(&site->halls[i].name);
    }
    site->service_count = SERVICES_MAX;
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        fill_service(&site->services[i], i);
    }
    site->counter_count = COUNTERS_MAX;
    for (uint32_t i = 0; i < COUNTERS_MAX; i++) {
        fill_counter(&site->counters[i], i);
    }
    site->class_count = CLASSES_MAX;
    for (uint32_t i = 0; i < CLASSES_MAX; i++) {
        fill_class(&site->classes[i], i);
    }
    site->policy_count = site->policy = POLICIES_MAX;
    site->overtaken_max = OVERTAKEN_MAX;
    for (uint32_t i = 0; i < POLICIES_MAX; i++) {
        fill_policy(&site->policies[i], i);
    }
    site->kiosk_count = site->display_count = DEVICES_PER_KIND_MAX;
    site->button_count = site->source_count = DEVICES_PER_KIND_MAX;
    fill_devices(site->kiosks, HALLS_MAX - 1);
    fill_devices(site->displays, HALLS_MAX - 1);
    fill_devices(site->buttons, COUNTERS_MAX - 1);
    fill_devices(site->sources, 0);
    site->reception_count = site->supervisor_count = DEVICES_PER_KIND_MAX;
    fill_devices(site->receptions, HALLS_MAX - 1);
    fill_devices(site->supervisors, HALLS_MAX - 1);
}

static void the_largest_site_fits_and_comes_back(void **state)
{
    (void)state;
    fill_site(&bench.site);
    struct event event = {.kind = EVENT_SITE_CONFIGURED, .seq = 3, .at_ms = AT_MS};
    event.site = &bench.site;
    assert_body(&bench, &event, NULL);
    assert_memory_equal(&bench.site_read, &bench.site, sizeof(bench.site));
    assert_true(bench.body.length < (size_t)EVENT_BODY_BYTES_MAX / 4 * 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_site_comes_back_byte_for_byte, set_up),
        cmocka_unit_test_setup(the_largest_site_fits_and_comes_back, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
