/* A prefecture in the morning; see sample_hall.h. */
#include "sample_hall.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

static const struct {
    const char *id;
    const char *letter;
    uint32_t color;
    const char *fr;
    const char *en;
    const char *short_fr;
    const char *short_en;
    uint32_t waiting;
    struct wait_range wait;
} services[] = {
    {"immatriculation",
     "A",
     0x1f6fd6,
     "Certificat d’immatriculation",
     "Vehicle registration",
     "Immatriculation",
     "Registration",
     12,
     {true, false, 15, 25}},
    {"permis",
     "B",
     0xb05c08,
     "Permis de conduire",
     "Driving licence",
     "Permis",
     "Licence",
     4,
     {true, false, 5, 10}},
    {"sejour",
     "C",
     0x7d4bc3,
     "Titre de séjour",
     "Residence permit",
     "Titre de séjour",
     "Residence permit",
     21,
     {true, false, 40, 60}},
    {"renseignements",
     "D",
     0x0d7a5c,
     "Renseignements",
     "Information",
     "Renseignements",
     "Information",
     0,
     {true, false, 0, 5}},
    {"identite",
     "E",
     0xa3315f,
     "Passeport et carte d’identité",
     "Passport and identity card",
     "Identité",
     "Identity",
     0,
     {false, false, 0, 0}},
};
#define SERVICE_COUNT (sizeof(services) / sizeof(services[0]))

static void copy(char *to, size_t capacity, const char *from)
{
    bool is_whole = text_copy(to, capacity, from);
    assert(is_whole);
}

static void name_both(struct site_name *name, const char *fr, const char *en)
{
    copy(name->in[LANGUAGE_FR], sizeof(name->in[LANGUAGE_FR]), fr);
    copy(name->in[LANGUAGE_EN], sizeof(name->in[LANGUAGE_EN]), en);
}

static void add_counter(struct site *site, const char *id, const char *label)
{
    struct counter_place *counter = &site->counters[site->counter_count];
    char fr[NAME_LENGTH_MAX + 1];
    char en[NAME_LENGTH_MAX + 1];
    bool is_room = id[0] == 's';
    (void)snprintf(fr, sizeof(fr), is_room ? "Salle %s" : "Guichet %s",
                   is_room ? id + 1 : id); /* short */
    (void)snprintf(en, sizeof(en), is_room ? "Room %s" : "Counter %s",
                   is_room ? id + 1 : id); /* short */
    copy(counter->id, sizeof(counter->id), id);
    copy(counter->label, sizeof(counter->label), label);
    name_both(&counter->name, fr, en);
    counter->services = 1;
    site->counter_count++;
}

void sample_site(struct site *ret_site)
{
    static const char *const ids[] = {"1", "2", "3", "4", "5", "6", "7", "s2"};
    struct site *site = ret_site;
    memset(site, 0, sizeof(*site));
    copy(site->id, sizeof(site->id), "prefecture");
    name_both(&site->name, "Préfecture — Accueil", "Prefecture — Reception");
    copy(site->time_zone, sizeof(site->time_zone), "Europe/Paris");
    copy(site->notice.in[LANGUAGE_FR], sizeof(site->notice.in[LANGUAGE_FR]),
         "Permis de conduire : munissez-vous d’une photo-signature numérique agréée.");
    copy(site->notice.in[LANGUAGE_EN], sizeof(site->notice.in[LANGUAGE_EN]),
         "Driving licence: please have an approved digital photo and signature ready.");
    site->hall_count = 1;
    copy(site->halls[0].id, sizeof(site->halls[0].id), "main");
    name_both(&site->halls[0].name, "Hall d’accueil", "Main hall");
    for (size_t i = 0; i < SERVICE_COUNT; i++) {
        struct service *service = &site->services[i];
        copy(service->id, sizeof(service->id), services[i].id);
        copy(service->letter, sizeof(service->letter), services[i].letter);
        service->color_rgb = services[i].color;
        name_both(&service->name, services[i].fr, services[i].en);
        name_both(&service->short_name, services[i].short_fr, services[i].short_en);
        site->service_count++;
    }
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        add_counter(site, ids[i], i == 7 ? "S2" : ids[i]);
    }
    site->display_count = 1;
    copy(site->displays[0].id, sizeof(site->displays[0].id), "hall1");
}

void sample_site_grow(struct site *site, uint32_t service_count, uint32_t counter_count)
{
    while (site->service_count < service_count) {
        struct service *service = &site->services[site->service_count];
        *service = site->services[site->service_count % SERVICE_COUNT];
        (void)snprintf(service->id, sizeof(service->id), "service-%u",
                       (unsigned)site->service_count); /* short */
        (void)snprintf(service->letter, sizeof(service->letter), "%c%c",
                       'A' + (int)site->service_count / 26,
                       'A' + (int)site->service_count % 26); /* two letters */
        site->service_count++;
    }
    while (site->counter_count < counter_count) {
        char id[16];
        (void)snprintf(id, sizeof(id), "%u", (unsigned)site->counter_count + 1);
        add_counter(site, id, id);
    }
}

void sample_board(const struct site *site, struct board_document *ret_board)
{
    struct board_document *board = ret_board;
    memset(board, 0, sizeof(*board));
    board->epoch = 3;
    board->seq = 1000;
    board->tick = 88;
    board->at_ms = SAMPLE_OFFICE_MS;
    board->factor = 1;
    board->day = 20261123;
    copy(board->hall, sizeof(board->hall), "main");
    for (uint32_t i = 0; i < site->service_count; i++) {
        struct board_service *service = &board->services[i];
        copy(service->id, sizeof(service->id), site->services[i].id);
        service->is_open = i % SERVICE_COUNT != 4;
        service->waiting_count = services[i % SERVICE_COUNT].waiting;
        service->wait = services[i % SERVICE_COUNT].wait;
        board->service_count++;
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        struct board_counter *counter = &board->counters[i];
        copy(counter->id, sizeof(counter->id), site->counters[i].id);
        counter->state = i % 8 == 3   ? COUNTER_CLOSED
                         : i % 8 == 6 ? COUNTER_PAUSED
                                      : COUNTER_FREE;
        counter->light = counter_light(counter->state);
        if (i == 6) {
            counter->back_at_ms = SAMPLE_OFFICE_MS + 18 * 60000LL;
        }
        board->counter_count++;
    }
}

void sample_call(struct board_document *board, const char *ticket, const char *service,
                 const char *counter, int64_t age_ms)
{
    assert(board->call_count < BOARD_CALLS_MAX);
    struct board_call *call = &board->calls[board->call_count];
    board->call_count++;
    board->seq++;
    *call =
        (struct board_call){.call = board->seq, .age_ms = age_ms, .state = TICKET_CALLED};
    copy(call->ticket, sizeof(call->ticket), ticket);
    copy(call->service, sizeof(call->service), service);
    copy(call->counter, sizeof(call->counter), counter);
    for (uint32_t i = 0; i < board->counter_count; i++) {
        struct board_counter *place = &board->counters[i];
        if (strcmp(place->id, counter) == 0) {
            place->state = COUNTER_CALLED;
            place->light = LIGHT_RED;
            copy(place->ticket, sizeof(place->ticket), ticket);
        }
    }
}

void sample_calls(struct board_document *board, int64_t age_ms)
{
    sample_call(board, "C018", "sejour", "s2", age_ms + 150000);
    sample_call(board, "A041", "immatriculation", "1", age_ms + 90000);
    sample_call(board, "B107", "permis", "5", age_ms + 40000);
    sample_call(board, "A042", "immatriculation", "3", age_ms);
}

void sample_burst(const struct site *site, struct board_document *board, int count)
{
    for (uint32_t i = 0; i < (uint32_t)count; i++) {
        const struct service *service = &site->services[i % SERVICE_COUNT];
        char label[LABEL_LENGTH_MAX + 1];
        ticket_label(service, 100 + i, label);
        sample_call(board, label, service->id, site->counters[i % site->counter_count].id,
                    ((int64_t)count - 1 - i) * 20);
    }
}
