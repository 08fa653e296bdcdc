/* Documents for tests; see samples.h. */
#include "samples.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

/* 2026-11-23T09:42:10.000Z */
#define NOON_MS INT64_C(1795426930000)

static void set(char *to, size_t capacity, const char *from)
{
    bool fits = text_copy(to, capacity, from);
    assert(fits);
}

/* Fill `capacity` bytes with characters of two bytes, and end with `index` in two digits
 * so that ids differ. */
static void fill_text(char *to, size_t capacity)
{
    struct text text;
    text_init(&text, to, capacity);
    while (text.length + 2 < capacity) {
        text_add_string(&text, "é");
    }
}

/* An id of the greatest length, `index` 0 to 999. */
static void fill_id(char *to, uint32_t index)
{
    struct text text;
    text_init(&text, to, ID_LENGTH_MAX + 1);
    text_add(&text, "an-id-of-the-greatest-length-%03u", (unsigned)index);
    assert(text.length == ID_LENGTH_MAX && !text.is_cut);
}

void sample_board(struct board_document *board)
{
    board->epoch = 3;
    board->seq = 1042;
    board->tick = 88;
    board->at_ms = NOON_MS;
    board->clock = CLOCK_SCALED;
    board->factor = 60;
    board->day = 20261123;
    set(board->hall, sizeof(board->hall), "main");
    board->call_count = 2;
    board->calls[0] = (struct board_call){.call = 1040,
                                          .ticket = "A041",
                                          .service = "immatriculation",
                                          .counter = "1",
                                          .age_ms = 61200,
                                          .state = TICKET_SERVED};
    board->calls[1] = (struct board_call){.call = 1042,
                                          .is_recall = true,
                                          .ticket = "A042",
                                          .service = "immatriculation",
                                          .counter = "3",
                                          .age_ms = 1200,
                                          .state = TICKET_CALLED,
                                          .is_seated = true};
    board->counter_count = 3;
    board->counters[0] =
        (struct board_counter){.id = "1", .state = COUNTER_FREE, .light = LIGHT_GREEN};
    board->counters[1] = (struct board_counter){.id = "2",
                                                .state = COUNTER_PAUSED,
                                                .light = LIGHT_OFF,
                                                .reason = "Pause \"café\" \\ thé",
                                                .back_at_ms = NOON_MS + 600000};
    board->counters[2] = (struct board_counter){
        .id = "3", .state = COUNTER_CALLED, .light = LIGHT_RED, .ticket = "A042"};
    board->service_count = 4;
    board->services[0] =
        (struct board_service){.id = "immatriculation",
                               .is_open = true,
                               .waiting_count = 12,
                               .wait = {.is_given = true, .low_min = 15, .high_min = 25}};
    board->services[1] = (struct board_service){
        .id = "sejour",
        .is_open = true,
        .waiting_count = 40,
        .wait = {.is_given = true, .is_open_ended = true, .low_min = 120}};
    board->services[2] =
        (struct board_service){.id = "permis", .is_open = true, .waiting_count = 4};
    board->services[3] = (struct board_service){.id = "identite"};
}

/* A counter is largest while it is paused: the longest reason and a time, but no ticket.
 * Quotes and backslashes count twice in a reason (codec_command), so a reason of plain
 * bytes is the longest there is. */
void sample_board_largest(struct board_document *board)
{
    sample_board(board);
    board->epoch = INT32_MAX;
    board->seq = INT64_C(1) << 40;
    board->tick = INT64_C(1) << 40;
    board->factor = 1000;
    fill_id(board->hall, 0);
    board->message.until_ms = NOON_MS;
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        fill_text(board->message.words.in[i], sizeof(board->message.words.in[i]));
    }
    board->call_count = BOARD_CALLS_MAX;
    for (uint32_t i = 0; i < BOARD_CALLS_MAX; i++) {
        struct board_call *call = &board->calls[i];
        *call = (struct board_call){.call = (INT64_C(1) << 40) + i,
                                    .is_recall = true,
                                    .ticket = "ABC1234",
                                    .age_ms = 59999,
                                    .state = TICKET_CLOSED_AT_NIGHT};
        fill_id(call->service, i % SERVICES_MAX);
        fill_id(call->counter, i);
    }
    board->counter_count = COUNTERS_MAX;
    for (uint32_t i = 0; i < COUNTERS_MAX; i++) {
        struct board_counter *counter = &board->counters[i];
        *counter = (struct board_counter){
            .state = COUNTER_PAUSED, .light = LIGHT_OFF, .back_at_ms = NOON_MS};
        fill_id(counter->id, i);
        fill_text(counter->reason, sizeof(counter->reason));
    }
    board->service_count = SERVICES_MAX;
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        struct board_service *service = &board->services[i];
        *service = (struct board_service){
            .waiting_count = TICKETS_PER_DAY_MAX,
            .wait = {.is_given = true, .low_min = 120, .high_min = 1440}};
        fill_id(service->id, i);
    }
}

void sample_hall(struct hall_document *hall)
{
    hall->epoch = 3;
    hall->seq = 1042;
    hall->tick = 88;
    hall->at_ms = NOON_MS;
    hall->factor = 1;
    hall->day = 20261123;
    set(hall->hall, sizeof(hall->hall), "main");
    hall->service_count = 2;
    hall->services[0] = (struct hall_service){.id = "immatriculation",
                                              .is_open = true,
                                              .waiting_count = 12,
                                              .longest_wait_s = 1080,
                                              .first_count = 1,
                                              .first = {{"A043", "none", 720}}};
    hall->services[1] = (struct hall_service){.id = "sejour"};
    hall->counter_count = 2;
    hall->counters[0] = (struct hall_counter){.id = "1",
                                              .state = COUNTER_CALLED,
                                              .light = LIGHT_RED,
                                              .ticket = "A042",
                                              .since_ms = NOON_MS - 60000,
                                              .asks_help = true,
                                              .reserved_count = 2,
                                              .served_count = 31};
    hall->counters[1] = (struct hall_counter){.id = "2",
                                              .state = COUNTER_PAUSED,
                                              .light = LIGHT_OFF,
                                              .reason = "Pause \"café\" \\ thé",
                                              .parked_count = 1};
    hall->ended_count = 1;
    hall->ended[0] = (struct hall_ended){"A031", TICKET_NO_SHOW, NOON_MS - 120000};
    hall->services[0].given_count = 43;
    hall->services[0].quota = 60;
    hall->services[0].until_ms = NOON_MS + 3600000;
    set(hall->counters[0].profile, sizeof(hall->counters[0].profile), "titres");
    hall->remark_count = 2;
    hall->remarks[0] = (struct hall_remark){.number = 3,
                                            .text = "Panne \"réseau\"",
                                            .service = "sejour",
                                            .from_ms = NOON_MS - 3600000,
                                            .until_ms = NOON_MS};
    hall->remarks[1] = hall->remarks[0];
    hall->remarks[1].number = 1;
    memset(hall->remarks[1].service, 0, sizeof(hall->remarks[1].service));
    hall->message = (struct board_message){
        {{"Le service ferme à 16 h", "The service closes at 4 p.m."}}, NOON_MS + 60000};
    hall->exceptional = (struct hall_exceptional){NOON_MS + 7200000, "sejour"};
}

void sample_hall_largest(struct hall_document *hall)
{
    sample_hall(hall);
    hall->epoch = INT32_MAX;
    hall->seq = INT64_C(1) << 40;
    hall->tick = INT64_C(1) << 40;
    hall->factor = 1000;
    fill_id(hall->hall, 0);
    hall->suspect_count = TICKETS_PER_DAY_MAX;
    hall->service_count = SERVICES_MAX;
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        struct hall_service *service = &hall->services[i];
        *service = (struct hall_service){.waiting_count = TICKETS_PER_DAY_MAX,
                                         .longest_wait_s = 86400,
                                         .given_count = TICKETS_PER_DAY_MAX,
                                         .quota = TICKETS_PER_DAY_MAX,
                                         .until_ms = NOON_MS,
                                         .first_count = hall_first_max(SERVICES_MAX)};
        fill_id(service->id, i);
        for (uint32_t j = 0; j < service->first_count; j++) {
            service->first[j] = (struct hall_ticket){
                .label = "ABC1234", .waited_s = 86400, .mark = MARK_SUSPECT};
            fill_id(service->first[j].class_id, j);
        }
    }
    hall->counter_count = COUNTERS_MAX;
    for (uint32_t i = 0; i < COUNTERS_MAX; i++) {
        struct hall_counter *counter = &hall->counters[i];
        *counter = (struct hall_counter){.state = COUNTER_WRAPPING_UP,
                                         .light = LIGHT_GREEN,
                                         .ticket = "ABC1234",
                                         .since_ms = NOON_MS,
                                         .parked_count = 9999,
                                         .reserved_count = 9999,
                                         .served_count = 9999};
        fill_id(counter->id, i);
        fill_id(counter->profile, i);
        fill_text(counter->reason, sizeof(counter->reason));
    }
    hall->ended_count = HALL_ENDED_MAX;
    for (uint32_t i = 0; i < HALL_ENDED_MAX; i++) {
        hall->ended[i] = (struct hall_ended){"ABC1234", TICKET_CLOSED_AT_NIGHT, NOON_MS};
    }
    hall->remark_count = HALL_REMARKS_MAX;
    for (uint32_t i = 0; i < HALL_REMARKS_MAX; i++) {
        struct hall_remark *remark = &hall->remarks[i];
        *remark = (struct hall_remark){
            .number = REMARKS_PER_DAY_MAX, .from_ms = NOON_MS, .until_ms = NOON_MS + 1};
        memset(remark->text, '"', REASON_LENGTH_MAX); /* written as two bytes each */
        fill_id(remark->service, i);
    }
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        fill_text(hall->message.words.in[i], sizeof(hall->message.words.in[i]));
    }
    fill_id(hall->exceptional.service, 0);
}

void sample_counter(struct counter_document *counter)
{
    *counter = (struct counter_document){
        .epoch = 3,
        .seq = 1042,
        .tick = 88,
        .at_ms = NOON_MS,
        .id = "3",
        .state = COUNTER_SERVING,
        .light = LIGHT_RED,
        .version = 1042,
        .since_ms = NOON_MS - 60000,
        .reason = "Pause",
        .pauses_after = true,
        .asks_help = true,
        .help_count = 2,
        .help_at = {"1", "5"},
        .can_undo = true,
        .undo_until_ms = NOON_MS + 10000,
        .has_ticket = true,
        .ticket = {.label = "A042",
                   .service = "immatriculation",
                   .class_id = "none",
                   .language = LANGUAGE_EN,
                   .state = TICKET_SERVING,
                   .taken_at_ms = NOON_MS - 900000,
                   .called_at_ms = NOON_MS - 120000,
                   .started_at_ms = NOON_MS - 60000,
                   .waited_s = 780,
                   .call_count = 1},
        .has_next = true,
        .next = {.label = "A043",
                 .service = "immatriculation",
                 .class_id = "reduced-mobility",
                 .waited_s = 720},
        .queue_count = 2,
        .queues = {{.service = "immatriculation",
                    .waiting_count = 12,
                    .longest_wait_s = 1080,
                    .open_counters = 3},
                   {.service = "permis"}},
        .today = {.served_count = 31,
                  .in_standard_count = 26,
                  .offered_count = 33,
                  .has_share = true,
                  .share_percent = 78,
                  .target_percent = 80},
        .reserved_count = 1,
        .parked_count = 2,
        .parked_shown_count = 2,
        .parked = {{.label = "A031",
                    .service = "immatriculation",
                    .due_at_ms = NOON_MS + 600000,
                    .reason = "Photo"},
                   {.label = "A032", .service = "sejour"}},
    };
}

void sample_counter_largest(struct counter_document *counter)
{
    sample_counter(counter);
    fill_id(counter->id, 1);
    fill_text(counter->reason, sizeof(counter->reason));
    counter->back_at_ms = NOON_MS;
    counter->queue_count = SERVICES_MAX;
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        fill_id(counter->queues[i].service, i);
        counter->queues[i].waiting_count = TICKETS_PER_DAY_MAX;
        counter->queues[i].longest_wait_s = 86400;
        counter->queues[i].open_counters = COUNTERS_MAX;
    }
    counter->parked_shown_count = PARKED_SHOWN_MAX;
    for (uint32_t i = 0; i < PARKED_SHOWN_MAX; i++) {
        set(counter->parked[i].label, sizeof(counter->parked[i].label), "ABC9999");
        fill_id(counter->parked[i].service, i);
        counter->parked[i].due_at_ms = NOON_MS;
        fill_text(counter->parked[i].reason, sizeof(counter->parked[i].reason));
    }
    fill_id(counter->ticket.service, 1);
    fill_id(counter->ticket.class_id, 1);
    fill_id(counter->next.service, 1);
    fill_id(counter->next.class_id, 1);
}

void sample_service(struct service_document *service)
{
    *service = (struct service_document){
        .epoch = 3,
        .seq = 1042,
        .tick = 88,
        .id = "immatriculation",
        .is_open = true,
        .waiting_count = 12,
        .open_counters = 3,
        .wait = {.is_given = true, .low_min = 0, .high_min = 5},
    };
}

void sample_server_status(struct server_status *status)
{
    set(status->version, sizeof(status->version), "0.1.0");
    status->started_at_ms = NOON_MS - 3600000;
    status->epoch = 3;
    status->seq = 1042;
    status->clock = CLOCK_REAL;
    status->factor = 1;
    set(status->time_zone, sizeof(status->time_zone), "Europe/Paris");
    status->day = 20261123;
    status->ticket_count = 87;
    status->waiting_count = 37;
    status->open_counters = 5;
    status->open_services = 4;
    status->device_count = 2;
    status->devices[0] = (struct device_presence){.kind = "kiosk",
                                                  .id = "hall1",
                                                  .is_online = true,
                                                  .version = "0.1.0",
                                                  .printer = "low",
                                                  .paper = "low",
                                                  .age_ms = 900};
    status->devices[1] =
        (struct device_presence){.kind = "button", .id = "b3", .age_ms = -1};
}

void sample_server_status_largest(struct server_status *status)
{
    sample_server_status(status);
    status->device_count = STATUS_DEVICES_MAX;
    for (uint32_t i = 0; i < STATUS_DEVICES_MAX; i++) {
        status->devices[i] = (struct device_presence){.kind = "supervisor",
                                                      .version = "100.100.100",
                                                      .printer = "cover-open",
                                                      .paper = "unknown",
                                                      .age_ms = 86400000};
        fill_id(status->devices[i].id, i);
    }
}

static void fill_name(struct site_name *name)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        fill_text(name->in[i], sizeof(name->in[i]));
    }
}

static void fill_detail(struct site_detail *detail)
{
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        fill_text(detail->in[i], sizeof(detail->in[i]));
    }
}

static void fill_service(struct service *service, uint32_t index)
{
    *service = (struct service){
        .letter = {'P', (char)('A' + index / 26), (char)('A' + index % 26), '\0'},
        .color_rgb = 0x1f6fd6,
        .standard_wait_s = 900,
        .standard_share_percent = 80,
        .typical_service_s = 600,
        .first_number = 1,
    };
    fill_id(service->id, index);
    fill_name(&service->name);
    fill_name(&service->short_name);
    fill_detail(&service->detail);
}

void sample_site(struct site *site, uint32_t services, uint32_t counters)
{
    set(site->id, sizeof(site->id), "prefecture");
    set(site->time_zone, sizeof(site->time_zone), "Europe/Paris");
    fill_name(&site->name);
    fill_detail(&site->notice);
    fill_detail(&site->slip_note);
    site->hall_count = 2;
    for (uint32_t i = 0; i < site->hall_count; i++) {
        fill_id(site->halls[i].id, i);
        fill_name(&site->halls[i].name);
    }
    site->class_count = 2;
    set(site->classes[0].id, sizeof(site->classes[0].id), "none");
    fill_name(&site->classes[0].name);
    fill_id(site->classes[1].id, 1);
    fill_name(&site->classes[1].name);
    site->classes[1].at_kiosk = true;
    site->profile_count = 1;
    fill_id(site->profiles[0].id, 1);
    fill_name(&site->profiles[0].name);
    site->profiles[0].services = 1;
    site->topic_count = 2;
    site->document_count = 1;
    site->reason_count = 1;
    fill_id(site->topics[0].id, 1);
    fill_name(&site->topics[0].name);
    site->topics[0].services = 1;
    fill_id(site->topics[1].id, 2);
    fill_name(&site->topics[1].name);
    site->topics[1].services = 1;
    site->topics[1].under = 1;
    fill_id(site->documents[0].id, 1);
    fill_name(&site->documents[0].name);
    site->documents[0].services = 1;
    fill_id(site->reasons[0].id, 1);
    set(site->reasons[0].name.in[LANGUAGE_FR], NAME_LENGTH_MAX + 1, "Déjeuner");
    set(site->reasons[0].name.in[LANGUAGE_EN], NAME_LENGTH_MAX + 1, "Lunch");
    site->service_count = services;
    for (uint32_t i = 0; i < services; i++) {
        fill_service(&site->services[i], i);
    }
    site->counter_count = counters;
    for (uint32_t i = 0; i < counters; i++) {
        struct counter_place *counter = &site->counters[i];
        fill_id(counter->id, i);
        fill_name(&counter->name);
        set(counter->label, sizeof(counter->label), "G999");
        counter->services = services < 8 ? (UINT64_C(1) << services) - 1 : 0xFF;
        counter->hall = i % site->hall_count;
    }
    site->kiosk_count = 1;
    site->display_count = 1;
    site->button_count = counters > 0 ? 1 : 0;
    fill_id(site->kiosks[0].id, 1);
    fill_id(site->displays[0].id, 1);
    fill_id(site->buttons[0].id, 1);
    site->reception_count = 1;
    site->supervisor_count = 1;
    fill_id(site->receptions[0].id, 1);
    fill_id(site->supervisors[0].id, 1);
    site->supervisors[0].place = 1;
}

struct command_document sample_command(enum action action, enum verb verb)
{
    return (struct command_document){
        .id = "01930000-0000-7000-8000-000000000001",
        .action = action,
        .verb = verb,
        .version = 1042,
        .epoch = 3,
        .tick = 88,
        .service = "immatriculation",
        .class_id = "reduced-mobility",
        .language = LANGUAGE_EN,
        .ticket = "A042",
        .print = PRINT_FAILED,
        .is_copy = true,
        .reason = "Pause déjeuner",
        .back_at_ms = NOON_MS + 600000,
        .channel = CHANNEL_EMAIL,
        .received_at_ms = NOON_MS - 7200000,
        .answered_at_ms = NOON_MS - 3600000,
        .ended_at_ms = NOON_MS,
        .outcome = verb == VERB_SETTLE ? TICKET_ABANDONED : TICKET_SERVED,
        .seconds = 60,
        .to_counter = "4",
        .after_s = 600,
        .comes_back = true,
        .topic = "carte-grise",
        .missing = "domicile",
        .lacks = {2, {"domicile", "photo"}},
        .completeness = COMPLETE_NO,
        .asked = {.quantity = 3, .further_count = 1, .further = {{"permis", 2}}},
        .agent = "1024",
        .code = "482913",
        .from_ms = NOON_MS - 3600000,
        .until_ms = NOON_MS,
        .number = 3,
        .to_service = "permis",
        .hall = "main",
        .is_on = true,
        .counter = "3",
        .other_ticket = "A043",
        .is_confirmed = true,
        .is_test = true,
        .words = {{"Évacuation", "Evacuation"}},
    };
}
