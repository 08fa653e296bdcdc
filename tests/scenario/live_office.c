/* Opening the office, its clock, and what happens to its server; see live_parts.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/refusal.h"
#include "core/text.h"
#include "live_parts.h"
#include "runtime/codec_board.h"
#include "runtime/instant.h"
#include "runtime/secret_code.h"

/* Days begin and services open at such times: waits are passed in these steps. */
#define QUARTER_MS 900000

static void read_site_text(struct stage *stage, const char *name)
{
    char path[PATH_MAX];
    setting_site_path(&stage->setting, name, path, sizeof(path));
    file_read(path, stage->site_text, sizeof(stage->site_text));
}

enum status live_configure(struct stage *stage, const char *name, struct error *err)
{
    struct site *site = &stage->site;
    if (!stage->setting.is_running) {
        (void)text_copy(stage->site_name, sizeof(stage->site_name), name); /* an id */
        if (setting_read_site(&stage->setting, name, site, err) != OK) {
            return err->status;
        }
        return setting_use_zone(&stage->setting, site, err);
    }
    read_site_text(stage, name);
    live_settle(stage);
    stage->is_settled = false;
    enum status status = office_reload(&stage->office, stage->site_text, err);
    stage->reply.is_refused = status == ERR_REFUSED;
    if (status != OK) {
        (void)text_copy(stage->reply.code, sizeof(stage->reply.code),
                        refusal_code(REFUSAL_SITE_ORPHANS)); /* fits */
        return status;
    }
    return setting_read_site(&stage->setting, name, site, err);
}

static void make_identities(const struct stage *stage)
{
    const struct test_office *office = &stage->office;
    const struct site *site = &stage->site;
    office_add_device(office, "admin", "ops", NULL);
    for (uint32_t i = 0; i < site->kiosk_count; i++) {
        office_add_device(office, "kiosk", site->kiosks[i].id, NULL);
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        office_add_device(office, "counter", site->counters[i].id, NULL);
    }
    for (uint32_t i = 0; i < site->button_count; i++) {
        office_add_device(office, "button", site->buttons[i].id,
                          site->counters[site->buttons[i].place].id);
    }
}

/* An agent for each profile, by its place from 1, and agent 100 without one. */
static void make_agents(const struct stage *stage)
{
    const struct test_office *office = &stage->office;
    const struct site *site = &stage->site;
    char path[PATH_MAX];
    char line[PATH_MAX + 32];
    struct text text;
    path_join(path, office->broker.dir, "/agents.conf", "", "");
    text_init(&text, line, sizeof(line));
    text_add(&text, "agents_file = %s\n", path);
    file_append(office->config_path, line);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    for (uint32_t i = 0; site->sign_in && i <= site->profile_count; i++) {
        char hash[SECRET_CODE_HASH_BYTES];
        struct error err = {0};
        bool has_profile = i < site->profile_count;
        assert_int_equal(secret_code_hash(LIVE_CODE, hash, &err), OK);
        assert_true(fprintf(file, "[agent %u]\nprofile = %s\ncode_hash = %s\n",
                            has_profile ? (unsigned)i + 1 : 100U,
                            has_profile ? site->profiles[i].id : "", hash) > 0);
    }
    assert_int_equal(fclose(file), 0);
}

static bool hall_is_open(const struct stage *stage, const void *wanted)
{
    return stage->hall.has_display && stage->hall.board.epoch > *(const int64_t *)wanted;
}

/* The first time of the scenario: everything starts. */
static void open_office(struct stage *stage, int64_t at_ms)
{
    read_site_text(stage, stage->site_name);
    stage->has_office = true;
    office_prepare(&stage->office, stage->site_text);
    make_identities(stage);
    make_agents(stage);
    char start[INSTANT_TEXT_BYTES];
    instant_text(at_ms, start);
    office_use_stepped_clock(&stage->office, start);
    office_start_display(&stage->office);
    device_connect(&stage->admin, &stage->office, "admin", "ops", &stage->watch);
    office_restart(&stage->office);
    int64_t no_epoch = 0;
    if (!live_hall_comes_to(stage, hall_is_open, &no_epoch)) {
        fail_msg("there is no board, or no hall screen");
    }
    stage->setting.is_running = true;
    stage->setting.now_ms = at_ms;
}

/* A board of a tick that came after the step: the day has followed. */
struct wanted_tick {
    int64_t at_ms;
    int64_t tick; /* newest board before office time was there */
};

static bool tick_has_come(const struct stage *stage, const void *wanted)
{
    const struct wanted_tick *tick = wanted;
    return stage->hall.board.at_ms >= tick->at_ms && stage->hall.board.tick > tick->tick;
}

static enum status step_clock(struct stage *stage, int64_t to_ms, struct error *err)
{
    char fields[48];
    struct text text;
    text_init(&text, fields, sizeof(fields));
    text_add(&text, "\"seconds\":%lld",
             (long long)(to_ms - stage->setting.now_ms) / 1000);
    live_settle(stage);
    struct wanted_tick wanted = {.at_ms = to_ms, .tick = stage->hall.board.tick};
    stage->is_settled = false;
    device_do(&stage->admin, "step-clock", fields);
    if (!device_was_told(&stage->admin, "\"ok\":true")) {
        return error_set(err, ERR_INVALID, "the clock was not stepped: %s",
                         stage->admin.reply);
    }
    if (!live_hall_comes_to(stage, tick_has_come, &wanted)) {
        fail_msg("no tick came after the step of the clock");
    }
    stage->setting.now_ms = to_ms;
    return OK;
}

/* How far to step at once on the way: whole days of a long absence, then quarters. */
static int64_t next_stop(int64_t now_ms, int64_t to_ms)
{
    int64_t quarter_ms = (now_ms / QUARTER_MS + 1) * QUARTER_MS;
    if (to_ms - now_ms > 2 * (int64_t)DAY_MS) {
        return now_ms + DAY_MS;
    }
    return quarter_ms < to_ms ? quarter_ms : to_ms;
}

enum status live_move_to(struct stage *stage, const struct step *step, struct error *err)
{
    int64_t to_ms = 0;
    enum status status = setting_moment(&stage->setting, step, &to_ms, err);
    if (status == OK && !stage->setting.is_running) {
        open_office(stage, to_ms);
    }
    while (status == OK && stage->setting.now_ms < to_ms) {
        status = step_clock(stage, next_stop(stage->setting.now_ms, to_ms), err);
    }
    return status;
}

/* Write what of the hall's board a restart leaves as it was. */
static void write_lasting(struct stage *stage, char ret_text[PAYLOAD_BYTES_MAX])
{
    struct board_document *board = &stage->board;
    *board = stage->hall.board;
    board->epoch = 0;
    board->seq = 0;
    board->tick = 0;
    board->at_ms = 0;
    for (uint32_t i = 0; i < board->call_count; i++) {
        board->calls[i].age_ms = 0;
    }
    for (uint32_t i = 0; i < board->service_count; i++) {
        board->services[i].wait = (struct wait_range){0}; /* is settled anew */
    }
    size_t length = 0;
    assert_int_equal(board_encode(board, ret_text, PAYLOAD_BYTES_MAX - 1, &length, NULL),
                     OK);
    ret_text[length] = '\0';
}

/* The last command once more, byte by byte: it gets the stored reply and does nothing. */
static void ask_again(struct stage *stage)
{
    if (stage->asker) {
        device_ask(stage->asker, stage->asked);
        assert_string_equal(stage->asker->reply, stage->answer);
    }
}

/* A stepped clock is where the journal ended, not where it had been stepped to. */
static enum status catch_up(struct stage *stage, struct error *err)
{
    int64_t to_ms = stage->setting.now_ms;
    stage->setting.now_ms = stage->hall.board.at_ms;
    return stage->setting.now_ms < to_ms ? step_clock(stage, to_ms, err) : OK;
}

enum status live_restart(struct stage *stage, struct error *err)
{
    live_settle(stage);
    write_lasting(stage, stage->board_before);
    int64_t epoch = stage->hall.board.epoch;
    office_kill(&stage->office);
    office_restart(&stage->office);
    if (!live_hall_comes_to(stage, hall_is_open, &epoch)) {
        fail_msg("no board came after the restart");
    }
    ask_again(stage);
    stage->is_settled = false;
    if (catch_up(stage, err) != OK) {
        return err->status;
    }
    live_settle(stage);
    write_lasting(stage, stage->board_after);
    if (strcmp(stage->board_before, stage->board_after) != 0) {
        return error_set(err, ERR_CORRUPT,
                         "after the restart the board is another one: %s",
                         stage->board_after);
    }
    return OK;
}
