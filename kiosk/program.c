/* The kiosk's loop; see program.h.
 *
 * It waits in the window. What wakes it: a finger, a message of the broker, a signal or
 * the printer (the last three from other threads), and the next point in time at which
 * something is to happen, which every step tells. */
#include "kiosk/program.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "kiosk/program_parts.h"
#include "runtime/clock.h"
#include "runtime/log.h"
#include "ui/font.h"

#define MODULE "kiosk"

#define STATUS_EVERY_MS 2000

/* Longest sleep: the window counts in int. */
#define WAIT_MS_MAX 60000

/* The window's size where neither a configuration nor the command line gives one. */
#define WIDTH_PX  1080
#define HEIGHT_PX 1920

/* ---- beginning ---- */

static void wake(void *data)
{
    window_wake(data);
}

static enum status open_catalogue(struct program_kiosk *kiosk, struct error *err)
{
    static const char *const domains[] = {"kiosk", "common"};
    char folder[PATH_MAX];
    catalogue_folder(kiosk->config->device.assets_directory, folder, sizeof(folder));
    return catalogue_load(folder, domains, 2, &kiosk->catalogue, err);
}

static enum status open_window(struct program_kiosk *kiosk, struct error *err)
{
    const struct screen_config *screen = &kiosk->config->screen;
    const struct command_line *options = kiosk->options;
    struct window_options window = {
        .title = "Guichet",
        .width_px = screen->width_px > 0 ? (int)screen->width_px : WIDTH_PX,
        .height_px = screen->height_px > 0 ? (int)screen->height_px : HEIGHT_PX,
        .is_fullscreen = screen->full_screen,
        .hides_cursor = screen->full_screen,
        .display_index = (int)screen->output};
    if (options->has_size) {
        window.width_px = options->width_px;
        window.height_px = options->height_px;
        window.is_fullscreen = false;
        window.hides_cursor = false;
    }
    if (painter_create(FONT_DIRECTORY, &kiosk->painter, err) != OK) {
        return err->status;
    }
    kiosk->measure = painter_measure(kiosk->painter);
    return window_create(&window, kiosk->painter, &kiosk->window, err);
}

static void begin_visit(struct program_kiosk *kiosk)
{
    const struct program_config *config = kiosk->config;
    struct visit_options options = {
        .language = kiosk->options->has_language ? kiosk->options->language
                                                 : config->device.language,
        .is_high_contrast = config->screen.is_high_contrast,
        .has_printer = config->printer.queue[0] != '\0',
        .idle_ms = (int64_t)config->kiosk.idle_s * 1000,
        .same_person_ms = (int64_t)config->kiosk.same_person_s * 1000};
    visit_init(&kiosk->visit, &options, clock_machine_ms());
}

static enum status open_courier(struct program_kiosk *kiosk, struct error *err)
{
    const struct program_config *config = kiosk->config;
    const struct courier_options options = {.site = config->broker.site,
                                            .sender = SENDER_KIOSK,
                                            .id = config->broker.id,
                                            .folder = config->device.state_directory};
    return courier_create(&options, clock_machine_ms(), &kiosk->courier, err);
}

/* Take up what a former run left without an answer. */
static void resume(struct program_kiosk *kiosk)
{
    struct command_document command;
    int64_t age_ms = 0;
    struct clock_sample now = clock_sample_now();
    if (courier_find(kiosk->courier, now.wall_ms, &command, &age_ms)) {
        log_notice(MODULE, "a command of the last run has no answer yet: sent again");
        visit_resume(&kiosk->visit, &command, age_ms, now.machine_ms);
    }
}

static enum status open_parts(struct program_kiosk *kiosk, struct error *err)
{
    kiosk->list = draw_list_create();
    if (kiosk->options->describe_path) {
        kiosk->description = description_create(kiosk->options->describe_path);
    }
    if (!kiosk->list || (kiosk->options->describe_path && !kiosk->description)) {
        return error_set(err, ERR_IO, "out of memory");
    }
    if (open_catalogue(kiosk, err) != OK || open_window(kiosk, err) != OK ||
        signals_start(&kiosk->signals, err, wake, kiosk->window) != OK ||
        open_courier(kiosk, err) != OK) {
        return err->status;
    }
    begin_visit(kiosk);
    kiosk_open_printer(kiosk);
    resume(kiosk);
    return kiosk_connect(kiosk, err);
}

enum status kiosk_create(const struct command_line *options,
                         const struct program_config *config,
                         struct program_kiosk **ret_kiosk, struct error *err)
{
    struct program_kiosk *kiosk = calloc(1, sizeof(*kiosk));
    if (!kiosk) {
        return error_set(err, ERR_IO, "out of memory");
    }
    kiosk->options = options;
    kiosk->config = config;
    if (open_parts(kiosk, err) != OK) {
        kiosk_destroy(kiosk);
        return err->status;
    }
    *ret_kiosk = kiosk;
    return OK;
}

void kiosk_destroy(struct program_kiosk *kiosk)
{
    if (!kiosk) {
        return;
    }
    printer_destroy(kiosk->printer); /* both before the window that they wake */
    link_destroy(kiosk->link);
    signals_stop(kiosk->signals);
    courier_destroy(kiosk->courier);
    description_destroy(kiosk->description);
    window_destroy(kiosk->window);
    painter_destroy(kiosk->painter);
    draw_list_destroy(kiosk->list);
    zone_destroy(kiosk->zone);
    catalogue_destroy(kiosk->catalogue);
    free(kiosk);
}

/* ---- the picture ---- */

/* Log a failure that may come back with every picture only once in a row. */
static void complain(struct program_kiosk *kiosk, enum status status,
                     const struct error *err)
{
    if (status != OK && !kiosk->has_complained) {
        log_failure(MODULE, err);
    }
    kiosk->has_complained = status != OK;
}

static void draw(struct program_kiosk *kiosk, int64_t now_ms)
{
    struct visit *visit = &kiosk->visit;
    struct scene scene = {.width_px = window_width_px(kiosk->window),
                          .height_px = window_height_px(kiosk->window),
                          .width_mm = (int)kiosk->config->screen.width_mm,
                          .measure = &kiosk->measure,
                          .catalogue = kiosk->catalogue,
                          .zone = kiosk->zone,
                          .input = &kiosk->input};
    visit_set_page_size(visit, scene_services_per_page(&scene, visit, now_ms));
    scene_draw(&scene, visit, now_ms, kiosk->list, &kiosk->targets);
    (void)window_show(kiosk->window, kiosk->list); /* the same picture again is no news */
    kiosk->needs_drawing = false;
    if (kiosk->description) {
        char head[64];
        struct text text;
        text_init(&text, head, sizeof(head));
        text_add(&text, "page %s\n", visit_page_name(visit, now_ms));
        struct picture picture = {head, kiosk->list, &kiosk->targets};
        struct error err = {0};
        enum status status = description_update(kiosk->description, &picture, &err);
        complain(kiosk, status, &err);
    }
}

static void save_screenshot(struct program_kiosk *kiosk)
{
    struct error err = {0};
    char path[PATH_MAX];
    struct text text;
    if (!kiosk->options->screenshot_path) {
        return;
    }
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s.new", kiosk->options->screenshot_path);
    enum status status = window_save(kiosk->window, path, &err);
    if (status == OK && rename(path, kiosk->options->screenshot_path) != 0) {
        status =
            error_set(&err, ERR_IO, "cannot write '%s'", kiosk->options->screenshot_path);
    }
    if (status != OK) {
        log_failure(MODULE, &err);
    }
}

/* ---- the loop ---- */

/* Send the next command when nothing is on its way. */
static void send_next(struct program_kiosk *kiosk)
{
    struct command_document command;
    struct error err = {0};
    while (courier_may_begin(kiosk->courier) &&
           visit_next_command(&kiosk->visit, &command)) {
        int64_t now_ms = clock_machine_ms();
        if (courier_begin(kiosk->courier, &command, now_ms, &err) == OK) {
            continue; /* it is on its way now */
        }
        log_failure(MODULE, &err);
        struct visit_step step = visit_not_stored(&kiosk->visit, now_ms);
        kiosk->needs_drawing = kiosk->needs_drawing || step.is_changed;
    }
}

void kiosk_follow(struct program_kiosk *kiosk, const struct visit_step *step)
{
    kiosk->needs_drawing = kiosk->needs_drawing || step->is_changed;
    kiosk->must_print = kiosk->must_print || step->must_print;
    if (step->has_command) {
        send_next(kiosk);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Do what is due; returns the machine time of the next thing to do. */
static int64_t step(struct program_kiosk *kiosk)
{
    int64_t now_ms = clock_machine_ms();
    if (now_ms >= kiosk->next_visit_ms) {
        struct visit_step step = visit_time(&kiosk->visit, now_ms);
        step.is_changed = true; /* the clock, a sign or a page */
        kiosk_follow(kiosk, &step);
    }
    if (now_ms >= courier_wake_ms(kiosk->courier)) {
        courier_tick(kiosk->courier, now_ms);
    }
    if (now_ms >= kiosk->next_status_ms) {
        kiosk_publish_status(kiosk);
        kiosk->next_status_ms = now_ms + STATUS_EVERY_MS;
    }
    if (kiosk->needs_drawing) {
        draw(kiosk, now_ms);
    }
    if (kiosk->must_print) {
        kiosk->must_print = false;
        kiosk_print_ticket(kiosk); /* the number is on the screen already */
    }
    if (signals_take_screenshot(kiosk->signals)) {
        save_screenshot(kiosk);
    }
    kiosk->next_visit_ms = visit_wake_ms(&kiosk->visit, now_ms);
    if (kiosk->needs_drawing) {
        return now_ms; /* printing failed at once: say so */
    }
    return earlier(earlier(kiosk->next_visit_ms, courier_wake_ms(kiosk->courier)),
                   kiosk->next_status_ms);
}

static void take_input(struct program_kiosk *kiosk, const struct input_event *event)
{
    struct input_outcome outcome = input_feed(&kiosk->input, &kiosk->targets, event);
    kiosk->needs_drawing = kiosk->needs_drawing || outcome.is_changed;
    if (outcome.refused != TARGET_NONE) {
        visit_refuse(&kiosk->visit, outcome.refused, event->at_ms);
        kiosk->next_visit_ms = visit_wake_ms(&kiosk->visit, event->at_ms);
    }
    bool is_touch = event->kind == INPUT_UP || event->kind == INPUT_KEY;
    if (outcome.activated == TARGET_NONE && !is_touch) {
        return;
    }
    enum page before = kiosk->visit.page;
    struct visit_step step = visit_touch(&kiosk->visit, outcome.activated, event->at_ms);
    if (kiosk->visit.page != before) {
        input_reset(&kiosk->input, TARGET_NONE);
    }
    kiosk_follow(kiosk, &step);
}

/* Take one event of the window; false when the window shall close. */
static bool take_event(struct program_kiosk *kiosk, const struct input_event *event)
{
    if (event->kind == INPUT_WAKE) {
        (void)link_dispatch(kiosk->link); /* how many came does not matter */
        if (kiosk->printer) {
            (void)printer_dispatch(kiosk->printer); /* the same */
        }
    } else if (event->kind == INPUT_RESIZED) {
        kiosk->needs_drawing = true;
    } else if (event->kind != INPUT_NONE && event->kind != INPUT_CLOSE) {
        take_input(kiosk, event);
    }
    return event->kind != INPUT_CLOSE;
}

/* Whether the program shall start again with a new configuration now. */
static bool must_start_again(struct program_kiosk *kiosk)
{
    kiosk->wants_reload = signals_take_reload(kiosk->signals) || kiosk->wants_reload;
    if (!kiosk->wants_reload || !visit_is_over(&kiosk->visit)) {
        return false;
    }
    kiosk->wants_reload = false;
    return command_line_may_reload(PROGRAM_KIOSK, kiosk->options);
}

bool kiosk_run(struct program_kiosk *kiosk)
{
    kiosk->needs_drawing = true;
    bool is_open = true;
    bool starts_again = false;
    while (is_open && !starts_again && !signals_must_end(kiosk->signals)) {
        int64_t wait_ms = earlier(step(kiosk) - clock_machine_ms(), WAIT_MS_MAX);
        struct input_event event;
        window_wait(kiosk->window, wait_ms > 0 ? (int)wait_ms : 0, &event);
        is_open = take_event(kiosk, &event);
        starts_again = must_start_again(kiosk);
    }
    save_screenshot(kiosk);
    log_notice(MODULE, "stopped");
    return is_open && starts_again;
}
