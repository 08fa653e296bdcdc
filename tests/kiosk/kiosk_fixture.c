/* The sample kiosk; see kiosk_fixture.h. */
#include "kiosk_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/site_config.h"

/* 2026-11-23 10:42 in Paris. */
#define OFFICE_MS INT64_C(1795426920000)

static void die(const char *sentence)
{
    (void)fprintf(stderr, "fixture: %s\n", sentence); /* the test fails anyway */
    abort();
}

const struct site *fixture_site(void)
{
    static struct site site;
    static bool is_loaded;
    if (!is_loaded) {
        struct config_errors *errors = config_errors_create();
        if (!errors ||
            site_config_load(GUICHET_SOURCE_DIR "/assets/sample-site/site.conf", &site,
                             errors) != OK) {
            die("the sample site cannot be loaded");
        }
        config_errors_destroy(errors);
        is_loaded = true;
    }
    return &site;
}

const struct site *fixture_large_site(uint32_t service_count)
{
    static struct site site;
    site = *fixture_site();
    site.service_count = service_count;
    for (uint32_t i = 0; i < service_count; i++) {
        struct service *service = &site.services[i];
        *service = fixture_site()->services[i % 5];
        struct text text;
        text_init(&text, service->id, sizeof(service->id));
        text_add(&text, "service-%u", (unsigned)i);
        text_init(&text, service->letter, sizeof(service->letter));
        text_add(&text, "%c%c", 'A' + (int)(i / 26), 'A' + (int)(i % 26));
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            (void)text_copy(service->name.in[language], NAME_LENGTH_MAX + 1,
                            "Admission exceptionnelle au séjour, accompagnants et "
                            "changement de statut");
        }
    }
    return &site;
}

void fixture_board(struct visit *visit, int64_t now_ms)
{
    static struct board_document board;
    board = (struct board_document){.epoch = 3,
                                    .tick = now_ms,
                                    .at_ms = OFFICE_MS + (now_ms - START_MS),
                                    .clock = CLOCK_REAL,
                                    .factor = 1,
                                    .day = 20261123};
    (void)visit_set_board(visit, &board, false, now_ms);
}

static void add_service(struct visit *visit, uint32_t index)
{
    static const struct {
        uint32_t waiting_count;
        struct wait_range wait;
    } lines[] = {
        {12, {.is_given = true, .low_min = 15, .high_min = 25}},
        {4, {.is_given = true, .low_min = 5, .high_min = 10}},
        {21, {.is_given = true, .is_open_ended = true, .low_min = 120}},
        {0, {.is_given = true, .high_min = 5}},
        {1, {.is_given = false}},
    };
    bool is_last = index + 1 == visit->site.service_count;
    struct service_document service = {
        .epoch = 3,
        .is_open = !is_last,
        .opens_at_ms = is_last ? OFFICE_MS + INT64_C(138) * 60000 : 0,
        .waiting_count = is_last ? 0 : lines[index % 5].waiting_count,
        .open_counters = 2,
        .wait = lines[index % 5].wait};
    (void)text_copy(service.id, sizeof(service.id), visit->site.services[index].id);
    (void)visit_set_service(visit, &service);
}

void fixture_start(struct visit *visit, const struct site *site, bool has_printer)
{
    struct visit_options options = {.language = LANGUAGE_FR,
                                    .has_printer = has_printer,
                                    .idle_ms = 60000,
                                    .same_person_ms = 10000};
    visit_init(visit, &options, START_MS);
    (void)visit_set_site(visit, site);
    for (uint32_t i = 0; i < site->service_count; i++) {
        add_service(visit, i);
    }
    fixture_board(visit, START_MS);
}

void fixture_run(struct visit *visit, int64_t from_ms, int64_t to_ms)
{
    for (int64_t now_ms = from_ms; now_ms <= to_ms; now_ms += 100) {
        if ((now_ms - from_ms) % 1000 == 0) {
            fixture_board(visit, now_ms);
        }
        (void)visit_time(visit, now_ms);
    }
}

void fixture_ticket_reply(const struct visit *visit, const char *label,
                          struct reply_document *ret_reply)
{
    memset(ret_reply, 0, sizeof(*ret_reply));
    ret_reply->is_ok = true;
    ret_reply->has_ticket = true;
    struct reply_ticket *ticket = &ret_reply->ticket;
    (void)text_copy(ticket->label, sizeof(ticket->label), label);
    (void)text_copy(ticket->service, sizeof(ticket->service),
                    visit->site.services[visit->asked_service].id);
    (void)text_copy(ticket->class_id, sizeof(ticket->class_id),
                    visit->site.classes[visit->class_index].id);
    ticket->language = visit->language;
    ticket->taken_at_ms = OFFICE_MS;
    ticket->ahead = 12;
    ticket->open_counters = 2;
    ticket->wait = (struct wait_range){.is_given = true, .low_min = 15, .high_min = 25};
}

void fixture_refusal(const char *code, struct reply_document *ret_reply)
{
    memset(ret_reply, 0, sizeof(*ret_reply));
    (void)text_copy(ret_reply->code, sizeof(ret_reply->code), code);
}

struct visit_step fixture_take(struct visit *visit, uint32_t service, const char *label,
                               int64_t now_ms)
{
    static struct reply_document reply;
    struct command_document command;
    if (visit->page == PAGE_TICKET) {
        (void)visit_touch(visit, TOUCH_BACK, now_ms);
    }
    (void)visit_touch(visit, TOUCH_SERVICE + (int)service, now_ms);
    if (visit->page == PAGE_ANOTHER) {
        (void)visit_touch(visit, TOUCH_YES, now_ms);
    }
    if (!visit_next_command(visit, &command)) {
        die("the touch gave no command");
    }
    fixture_ticket_reply(visit, label, &reply);
    return visit_answered(visit, &reply, now_ms);
}
