/* See support.h. */
#include "support.h"

#include <dirent.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"

static void set_text(char *to, size_t capacity, const char *from)
{
    assert_true(text_copy(to, capacity, from));
}

static void set_name(struct site_name *name, const char *fr, const char *en)
{
    set_text(name->in[LANGUAGE_FR], sizeof(name->in[0]), fr);
    set_text(name->in[LANGUAGE_EN], sizeof(name->in[0]), en);
}

static void set_service(struct service *service, const char *id, const char *letter)
{
    set_text(service->id, sizeof(service->id), id);
    set_text(service->letter, sizeof(service->letter), letter);
    set_name(&service->name, "Certificat d'immatriculation \"été\"", "Vehicle papers");
    set_name(&service->short_name, "Immatriculation", "Vehicles \\ cars");
    set_text(service->detail.in[LANGUAGE_FR], DETAIL_LENGTH_MAX, "Carte grise ; 日本");
    set_text(service->detail.in[LANGUAGE_EN], DETAIL_LENGTH_MAX, "Log book");
    service->color_rgb = 0x00A1FF;
    service->standard_wait_s = 900;
    service->standard_share_percent = 80;
    service->typical_service_s = 300;
    service->readmit_within_s = 600;
    service->first_number = 1;
    service->hours.day[0][0] = (struct hours_range){510, 720};
    service->hours.day[0][1] = (struct hours_range){810, 990};
    service->hours.day[4][0] = (struct hours_range){0, 1440};
    service->hours.day[5][2] = (struct hours_range){540, 700};
    service->dated_count = 2;
    service->dated[0] = (struct dated_hours){.date = 20261224, .ranges = {{510, 720}}};
    service->dated[1] = (struct dated_hours){.date = 20261231};
    service->tickets_before_s = 900;
    service->tickets_per_day = 60000;
    service->last_ticket = LAST_TICKET_WARN;
}

static void set_counter(struct counter_place *counter, const char *id, uint64_t services,
                        uint32_t hall)
{
    set_text(counter->id, sizeof(counter->id), id);
    set_text(counter->label, sizeof(counter->label), id);
    set_name(&counter->name, "Guichet", "Counter");
    counter->services = services;
    counter->hall = hall;
}

static void set_class(struct priority_class *class, const char *id, uint32_t head_start_s)
{
    set_text(class->id, sizeof(class->id), id);
    set_name(&class->name, "Priorité", "Priority");
    class->head_start_s = head_start_s;
    class->at_kiosk = head_start_s > 1000;
}

void support_site(struct site *ret_site)
{
    memset(ret_site, 0, sizeof(*ret_site));
    set_text(ret_site->id, sizeof(ret_site->id), "prefecture");
    set_name(&ret_site->name, "Préfecture de l'Ain", "Prefecture");
    set_text(ret_site->time_zone, sizeof(ret_site->time_zone), "Europe/Paris");
    ret_site->closed_date_count = 2;
    ret_site->closed_dates[0] = 20261225;
    ret_site->closed_dates[1] = 20270101;
    ret_site->day_change_minutes = 180;
    ret_site->no_show_within_s = 15;
    ret_site->call_chosen = true;
    set_text(ret_site->notice.in[LANGUAGE_FR], DETAIL_LENGTH_MAX, "Fermé à midi");
    ret_site->hall_count = 2;
    set_text(ret_site->halls[0].id, ID_LENGTH_MAX, "main");
    set_name(&ret_site->halls[0].name, "Hall A", "Hall A");
    set_text(ret_site->halls[1].id, ID_LENGTH_MAX, "upstairs");
    ret_site->service_count = 3;
    set_service(&ret_site->services[0], "passports", "A");
    set_service(&ret_site->services[1], "vehicles", "B");
    set_service(&ret_site->services[2], "foreigners", "CDE");
    ret_site->services[2].first_number = 500;
    ret_site->counter_count = 4;
    set_counter(&ret_site->counters[0], "1", 1, 0);
    set_counter(&ret_site->counters[1], "2", 3, 0);
    set_counter(&ret_site->counters[2], "s3", 6, 1);
    set_counter(&ret_site->counters[3], "4", 7, 1);
    ret_site->class_count = 3;
    set_class(&ret_site->classes[0], "none", 0);
    set_class(&ret_site->classes[1], "reduced-mobility", 1800);
    set_class(&ret_site->classes[2], "first", HEAD_START_S_MAX);
    ret_site->kiosk_count = 2;
    set_text(ret_site->kiosks[0].id, ID_LENGTH_MAX, "hall1");
    set_text(ret_site->kiosks[1].id, ID_LENGTH_MAX, "hall2");
    ret_site->kiosks[1].place = 1;
    ret_site->display_count = 1;
    set_text(ret_site->displays[0].id, ID_LENGTH_MAX, "wall");
    ret_site->displays[0].place = 1;
    ret_site->button_count = 1;
    set_text(ret_site->buttons[0].id, ID_LENGTH_MAX, "b4");
    ret_site->buttons[0].place = 3;
    ret_site->source_count = 1;
    set_text(ret_site->sources[0].id, ID_LENGTH_MAX, "switchboard");
    ret_site->supervisor_count = 1;
    set_text(ret_site->supervisors[0].id, ID_LENGTH_MAX, "chief");
    ret_site->supervisors[0].place = 1;
}

uint32_t support_random(uint64_t *seed, uint32_t bound)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * UINT64_C(2685821657736338717) >> 32) % bound);
}

void office_begin(struct office *office)
{
    memset(office, 0, sizeof(*office));
    const char *base = getenv("TMPDIR");
    struct text text;
    text_init(&text, office->folder, sizeof(office->folder));
    text_add(&text, "%s/guichet-journal-XXXXXX", base ? base : "/tmp");
    assert_false(text.is_cut);
    assert_non_null(mkdtemp(office->folder));
    text_init(&text, office->path, sizeof(office->path));
    text_add(&text, "%s/journal.db", office->folder);
    support_site(&office->site);
    office->queue = queue_create();
    assert_non_null(office->queue);
    office->now_ms = OFFICE_START_MS;
    office->seed = 1;
    assert_ok(&office->err,
              journal_open(office->path, 0, &office->journal, &office->err));
}

void office_end(struct office *office)
{
    journal_close(office->journal);
    queue_destroy(office->queue);
    DIR *folder = opendir(office->folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') {
            assert_int_equal(unlinkat(dirfd(folder), entry->d_name, 0), 0);
        }
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(office->folder), 0);
}

const char *office_path_of(const struct office *office, const char *name)
{
    static char path[128];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/%s", office->folder, name);
    return path;
}

enum journal_answer office_find_answer(struct office *office,
                                       const struct journal_command *command,
                                       const char **ret_reply)
{
    enum journal_answer answer = ANSWER_COUNT;
    assert_ok(&office->err, journal_find_answer(office->journal, command, &answer,
                                                ret_reply, &office->err));
    return answer;
}

int office_setup(void **state)
{
    office_begin(*state);
    return 0;
}

int office_teardown(void **state)
{
    office_end(*state);
    return 0;
}

void office_reopen(struct office *office)
{
    journal_close(office->journal);
    office->journal = NULL;
    assert_ok(&office->err,
              journal_open(office->path, 0, &office->journal, &office->err));
}

struct command office_command(enum verb verb)
{
    return (struct command){
        .verb = verb, .counter = SITE_NONE, .kiosk = SITE_NONE, .version = VERSION_ANY};
}

enum status office_do(struct office *office, const struct command *command)
{
    struct event events[STEP_EVENTS_MAX];
    struct refused refused;
    size_t count = 0;
    enum status status = queue_decide(office->queue, command, office->now_ms, events,
                                      &count, &refused, &office->err);
    if (status == ERR_REFUSED) {
        return status;
    }
    assert_ok(&office->err, status);
    for (size_t i = 0; i < count; i++) {
        queue_apply(office->queue, &events[i]);
        const struct site *site =
            queue_has_site(office->queue) ? queue_site(office->queue) : NULL;
        assert_ok(&office->err,
                  journal_append(office->journal, &events[i], site, &office->err));
    }
    office->command_count++;
    return OK;
}

void office_commit(struct office *office, const struct command *command)
{
    assert_ok(&office->err, journal_begin(office->journal, &office->err));
    assert_ok(&office->err, office_do(office, command));
    assert_ok(&office->err, journal_commit(office->journal, &office->err));
}

void office_open(struct office *office, uint32_t date)
{
    struct command command = office_command(VERB_START_EPOCH);
    command.epoch = queue_epoch(office->queue) + 1;
    office_commit(office, &command);
    command = office_command(VERB_SET_CLOCK);
    command.clock_mode = CLOCK_STEPPED;
    command.clock_factor = 1;
    office_commit(office, &command);
    command = office_command(VERB_CONFIGURE);
    command.site = &office->site;
    office_commit(office, &command);
    command = office_command(VERB_OPEN_DAY);
    command.date = date;
    office_commit(office, &command);
    command = office_command(VERB_OPEN_SERVICE);
    for (command.service = 0; command.service < office->site.service_count;
         command.service++) {
        office_commit(office, &command);
    }
}

/* The verbs of a day with their weights. */
static const struct {
    enum verb verb;
    uint32_t weight;
} mix[] = {
    {VERB_TAKE, 30},     {VERB_CANCEL, 2},       {VERB_ABANDON, 2},
    {VERB_PRINTED, 10},  {VERB_CALL_NEXT, 20},   {VERB_PRESS, 10},
    {VERB_CALL, 3},      {VERB_RECALL, 3},       {VERB_START, 10},
    {VERB_FINISH, 10},   {VERB_NO_SHOW, 3},      {VERB_UNDO, 6},
    {VERB_OPEN, 8},      {VERB_PAUSE, 3},        {VERB_CLOSE, 1},
    {VERB_CONTACT, 3},   {VERB_OPEN_SERVICE, 1}, {VERB_CLOSE_SERVICE, 1},
    {VERB_CONFIGURE, 1}, {VERB_READMIT, 20},     {VERB_TRANSFER, 8},
    {VERB_PARK, 4},      {VERB_RESUME, 15},      {VERB_REQUALIFY, 5},
};

static enum verb random_verb(uint64_t *seed)
{
    uint32_t total = 0;
    for (size_t i = 0; i < sizeof(mix) / sizeof(mix[0]); i++) {
        total += mix[i].weight;
    }
    uint32_t pick = support_random(seed, total);
    size_t i = 0;
    while (pick >= mix[i].weight) {
        pick -= mix[i].weight;
        i++;
    }
    return mix[i].verb;
}

static bool is_agents_verb(enum verb verb)
{
    return (verb >= VERB_CALL_NEXT && verb <= VERB_CLOSE) || verb == VERB_TRANSFER ||
           verb == VERB_PARK;
}

static void fill_quote(struct office *office, struct quote *quote)
{
    quote->ahead = support_random(&office->seed, 20);
    quote->open_counters = support_random(&office->seed, 4);
    quote->is_given = quote->open_counters > 0;
    if (quote->is_given) {
        quote->mean_s = support_random(&office->seed, 3000);
        quote->p50_s = support_random(&office->seed, 3000);
        quote->p80_s = support_random(&office->seed, 6000);
        quote->p90_s = support_random(&office->seed, 9000);
    }
}

void office_random_step(struct office *office)
{
    uint64_t *seed = &office->seed;
    office->now_ms += support_random(seed, 9000);
    struct command command = office_command(random_verb(seed));
    uint32_t ticket_count = queue_ticket_count(office->queue);
    command.service = support_random(seed, office->site.service_count);
    command.class_index = support_random(seed, 10) < 8 ? 0 : support_random(seed, 3);
    command.kiosk = support_random(seed, 3) == 0 ? SITE_NONE : support_random(seed, 2);
    command.language = (enum language)support_random(seed, LANGUAGE_COUNT);
    command.ticket = ticket_count == 0 ? 1 : 1 + support_random(seed, ticket_count);
    command.print = (enum print_state)(1 + support_random(seed, 3));
    command.is_copy = support_random(seed, 2) == 0;
    if (is_agents_verb(command.verb)) {
        command.counter = support_random(seed, office->site.counter_count);
    }
    if (command.verb == VERB_TAKE) {
        fill_quote(office, &command.quote);
    }
    command.to_counter = support_random(seed, 3) > 0
                             ? SITE_NONE
                             : support_random(seed, office->site.counter_count);
    command.comes_back = support_random(seed, 3) == 0;
    command.after_s = support_random(seed, 4) == 0 ? 60 : 0;
    if (command.verb == VERB_PAUSE || command.verb == VERB_PARK) {
        set_text(command.reason, sizeof(command.reason), "pause \"café\"");
        command.back_at_ms = support_random(seed, 2) == 0 ? 0 : office->now_ms + 600000;
    }
    if (command.verb == VERB_CONTACT) {
        command.channel = (enum channel)support_random(seed, CHANNEL_COUNT);
        command.received_at_ms = office->now_ms - support_random(seed, 90000000);
        command.answered_at_ms = support_random(seed, 2) == 0 ? 0 : office->now_ms - 5;
        command.ended_at_ms = support_random(seed, 2) == 0 ? 0 : office->now_ms;
        command.outcome = TICKET_SERVED;
    }
    if (command.verb == VERB_CONFIGURE) {
        office->site.wrap_up = support_random(seed, 2) == 0;
        office->site.classes[1].head_start_s = 600 * support_random(seed, 6);
        command.site = &office->site;
    }
    (void)office_do(office, &command); /* Refusals are part of a day. */
}

void office_close_day(struct office *office)
{
    const struct command command = office_command(VERB_CLOSE_DAY);
    while (queue_day(office->queue) != 0) {
        office_commit(office, &command);
    }
}

void office_random_day(struct office *office, uint32_t date, uint32_t step_count)
{
    office_open(office, date);
    while (step_count > 0) {
        uint32_t group = 1 + support_random(&office->seed, 16);
        assert_ok(&office->err, journal_begin(office->journal, &office->err));
        for (; group > 0 && step_count > 0; group--, step_count--) {
            office_random_step(office);
        }
        assert_ok(&office->err, journal_commit(office->journal, &office->err));
    }
    office_close_day(office);
    office->now_ms += INT64_C(14) * 3600000;
}

void support_tamper(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s", message);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int64_t support_number(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return number;
}
