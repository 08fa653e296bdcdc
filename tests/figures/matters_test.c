/* What the services of a day were about: who counts where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../core/fixture.h"
#include "figures/matters.h"

static struct site site;

static struct visit_record visit_about(uint32_t topic, uint32_t document,
                                       enum completeness completeness)
{
    return (struct visit_record){.service = PASSPORTS,
                                 .state = TICKET_SERVED,
                                 .started_at_ms = FIXTURE_START_MS,
                                 .ended_at_ms = FIXTURE_START_MS + 60000,
                                 .matter = {topic, document, completeness}};
}

static void a_precision_counts_in_its_product(void **state)
{
    (void)state;
    fixture_site(&site);
    site.topic_count = 3;
    site.topics[0].services = 1U << PASSPORTS;
    site.topics[1].services = 1U << PASSPORTS;
    site.topics[1].under = 1;
    site.topics[2].services = 1U << PASSPORTS;
    site.document_count = 1;
    site.documents[0].services = 1U << PASSPORTS;
    assert_true(matters_are_asked(&site));
    struct visit_record visits[] = {
        visit_about(1, 0, COMPLETE_YES),      visit_about(2, 1, COMPLETE_NO),
        visit_about(0, 0, COMPLETE_NOT_SAID), visit_about(3, 0, COMPLETE_YES),
        visit_about(3, 0, COMPLETE_YES),      visit_about(3, 0, COMPLETE_YES),
    };
    visits[1].ended_at_ms += 60000;
    visits[3].start_is_imputed = true; /* how long it took is not known */
    visits[4].state = TICKET_NO_SHOW;
    visits[5].service = VEHICLES; /* which has no topics */
    struct matters matters;
    matters_count(&site, visits, sizeof(visits) / sizeof(visits[0]), &matters);
    assert_int_equal(matters.all.served, 4);
    assert_int_equal(matters.by_topic[0].served, 2);
    assert_int_equal(matters.by_topic[0].complete, 1);
    assert_int_equal(matters.by_topic[0].incomplete, 1);
    assert_int_equal(matters.by_topic[0].missing, 1);
    assert_int_equal(matters.by_topic[0].service_ms, 180000);
    assert_int_equal(matters.by_topic[1].served, 1);
    assert_int_equal(matters.by_topic[2].served, 1);
    assert_int_equal(matters.by_topic[2].measured, 0);
    assert_int_equal(matters.unsaid.served, 1);
    assert_int_equal(matters.by_document[0], 1);
}

static void people_are_counted_once_and_documents_each(void **state)
{
    (void)state;
    static const struct lacked_record records[] = {
        {5, 0, 0, 0}, {5, 0, 0, 2}, {6, 0, 0, 2}, {9, 1, 7, 1}};
    struct lacking lacking;
    lacking_count(records, 4, &lacking);
    assert_int_equal(lacking.sent_home, 2);
    assert_int_equal(lacking.let_in, 1);
    assert_int_equal(lacking.sent_home_by[0], 1);
    assert_int_equal(lacking.sent_home_by[2], 2);
    assert_int_equal(lacking.sent_home_by[1], 0);
    assert_int_equal(lacking.let_in_by[1], 1);
    lacking_count(records, 0, &lacking);
    assert_int_equal(lacking.sent_home, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_counted_once_and_documents_each),
        cmocka_unit_test(a_precision_counts_in_its_product),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
