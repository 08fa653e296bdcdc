/* The hall screen's loop; see program.h.
 *
 * It waits in the window. What wakes it: a message of the broker or a signal (both from
 * other threads), the window itself, and the next point in time at which something is to
 * happen, which every step tells. So an idle hall costs nothing but a board and a status
 * every two seconds. */
#include "display/program.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "display/legibility.h"
#include "display/memory.h"
#include "display/program_parts.h"
#include "runtime/clock.h"
#include "runtime/log.h"
#include "ui/font.h"

#define MODULE "display"

#define STATUS_EVERY_MS 2000

/* How often the end of a sound is looked for while one plays. */
#define SOUND_LOOK_MS 50

/* The window's size where neither a configuration nor the command line gives one. */
#define WIDTH_PX  1920
#define HEIGHT_PX 1080

/* ---- beginning ---- */

static void wake(void *data)
{
    window_wake(data);
}

/* The chime: that of the configured assets, else the installed, else the built one. */
static void find_chime(const struct program_config *config, char ret_path[PATH_MAX])
{
    const char *const folders[] = {config->device.assets_directory,
                                   GUICHET_INSTALLED_ASSETS, GUICHET_SOURCE_ASSETS};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        struct text text;
        text_init(&text, ret_path, PATH_MAX);
        text_add(&text, "%s/sounds/chime.wav", folders[i]);
        if (folders[i][0] != '\0' && access(ret_path, R_OK) == 0) {
            return;
        }
    }
}

static void open_sound(struct program_display *display)
{
    char path[PATH_MAX];
    struct error err = {0};
    if (!display->config->sound.is_on) {
        return;
    }
    find_chime(display->config, path);
    display->sound = sound_create();
    if (!display->sound || sound_clip_load(path, &display->chime, &err) != OK) {
        log_error(MODULE, "calls go on without sound: %s", err.text);
    }
}

static enum status open_catalogue(struct program_display *display, struct error *err)
{
    static const char *const domains[] = {"display", "common"};
    char folder[PATH_MAX];
    catalogue_folder(display->config->device.assets_directory, folder, sizeof(folder));
    return catalogue_load(folder, domains, 2, &display->catalogue, err);
}

static enum status open_window(struct program_display *display, struct error *err)
{
    const struct screen_config *screen = &display->config->screen;
    const struct command_line *options = display->options;
    struct window_options window = {
        .title = "Guichet",
        .width_px = screen->width_px > 0 ? (int)screen->width_px : WIDTH_PX,
        .height_px = screen->height_px > 0 ? (int)screen->height_px : HEIGHT_PX,
        .is_fullscreen = screen->full_screen,
        .hides_cursor = true,
        .display_index = (int)screen->output};
    if (options->has_size) {
        window.width_px = options->width_px;
        window.height_px = options->height_px;
        window.is_fullscreen = false;
    }
    if (painter_create(FONT_DIRECTORY, &display->painter, err) != OK) {
        return err->status;
    }
    display->measure = painter_measure(display->painter);
    return window_create(&window, display->painter, &display->window, err);
}

enum status display_create(const struct command_line *options,
                           const struct program_config *config,
                           struct program_display **ret_display, struct error *err)
{
    struct program_display *display = calloc(1, sizeof(*display));
    if (!display) {
        return error_set(err, ERR_IO, "out of memory");
    }
    display->options = options;
    display->config = config;
    display->list = draw_list_create();
    if (options->describe_path) {
        display->description = description_create(options->describe_path);
    }
    int64_t last_announced = 0;
    bool has_memory = display->list && (display->description || !options->describe_path);
    enum status status = has_memory ? OK : error_set(err, ERR_IO, "out of memory");
    if (status == OK) {
        status = memory_read(config->device.state_directory, &last_announced, err);
    }
    if (status == OK) {
        status = open_catalogue(display, err);
    }
    if (status == OK) {
        status = open_window(display, err);
    }
    if (status == OK) {
        status = signals_start(&display->signals, err, wake, display->window);
    }
    if (status == OK) {
        hall_init(&display->hall, last_announced, config->sound.apart_ms);
        open_sound(display);
        status = display_connect(display, err);
    }
    if (status != OK) {
        display_destroy(display);
        return status;
    }
    *ret_display = display;
    return OK;
}

void display_destroy(struct program_display *display)
{
    if (!display) {
        return;
    }
    link_destroy(display->link); /* before the window that it wakes */
    signals_stop(display->signals);
    sound_clip_destroy(display->chime);
    sound_destroy(display->sound);
    description_destroy(display->description);
    window_destroy(display->window);
    painter_destroy(display->painter);
    draw_list_destroy(display->list);
    zone_destroy(display->zone);
    catalogue_destroy(display->catalogue);
    free(display);
}

/* ---- the picture ---- */

/* Height of the visible picture in millimetres; 0 when the configuration does not say. */
static int picture_height_mm(const struct program_display *display)
{
    int width_px = window_width_px(display->window);
    return (int)((int64_t)display->config->screen.width_mm *
                 window_height_px(display->window) / (width_px > 0 ? width_px : 1));
}

/* Say from how far the layout can be read, when it is new. */
static void tell_legibility(struct program_display *display,
                            const struct scene_sizes *sizes)
{
    bool is_same = sizes->row_px == display->sizes.row_px &&
                   sizes->newest_px == display->sizes.newest_px &&
                   sizes->smallest_px == display->sizes.smallest_px;
    int height_mm = picture_height_mm(display);
    if (is_same || sizes->row_px == 0) {
        return;
    }
    display->sizes = *sizes;
    int height_px = window_height_px(display->window);
    if (height_mm == 0) {
        struct legibility share = legibility_of(sizes, height_px, 100);
        log_info(MODULE,
                 "legible up to, in heights of the picture: numbers by the 3 %% rule "
                 "%d.%02d, called numbers %d.%02d, every text %d.%02d",
                 share.number_mm / 100, share.number_mm % 100, share.rows_mm / 100,
                 share.rows_mm % 100, share.text_mm / 100, share.text_mm % 100);
        return;
    }
    struct legibility legibility = legibility_of(sizes, height_px, height_mm);
    log_info(MODULE,
             "legible up to: newest number by the 3 %% rule %d mm, called numbers %d mm, "
             "every text %d mm",
             legibility.number_mm, legibility.rows_mm, legibility.text_mm);
    int wanted_mm = (int)display->config->screen.distance_mm;
    if (wanted_mm > legibility.rows_mm) {
        log_warning(MODULE,
                    "called numbers are legible up to %d mm, not to the %d mm of "
                    "the configuration: a larger screen is needed",
                    legibility.rows_mm, wanted_mm);
    }
}

static void draw_layout(struct program_display *display, enum scene_layout layout,
                        int64_t now_ms, struct scene_sizes *ret_sizes)
{
    const struct screen_config *config = &display->config->screen;
    const struct command_line *options = display->options;
    struct screen screen = {
        .list = display->list,
        .targets = &display->targets,
        .theme = theme_get(config->is_high_contrast ? THEME_CONTRAST : THEME_HALL),
        .measure = &display->measure,
        .width_px = window_width_px(display->window),
        .height_px = window_height_px(display->window)};
    struct scene scene = {.hall = &display->hall,
                          .catalogue = display->catalogue,
                          .zone = display->zone,
                          .display = display->config->broker.id,
                          .is_unassigned = display->is_unassigned,
                          .language = options->has_language
                                          ? options->language
                                          : display->config->device.language,
                          .layout = layout,
                          .now_ms = now_ms};
    scene_draw(&screen, &scene, ret_sizes);
}

/* Log a failure that may come back with every picture only once in a row. */
static void complain(struct program_display *display, enum status status,
                     const struct error *err)
{
    if (status != OK && !display->has_complained) {
        log_failure(MODULE, err);
    }
    display->has_complained = status != OK;
}

/* Draw the full layout, or the large one when the hall is too deep for the full one. */
static void draw(struct program_display *display, int64_t now_ms)
{
    struct scene_sizes sizes;
    struct error err = {0};
    draw_layout(display, SCENE_FULL, now_ms, &sizes);
    int height_mm = picture_height_mm(display);
    if (height_mm > 0 && sizes.row_px > 0) {
        struct legibility legibility =
            legibility_of(&sizes, window_height_px(display->window), height_mm);
        if (legibility.rows_mm < (int)display->config->screen.distance_mm) {
            draw_layout(display, SCENE_LARGE, now_ms, &sizes);
        }
    }
    tell_legibility(display, &sizes);
    display->has_shown =
        window_show(display->window, display->list) || display->has_shown;
    display->needs_drawing = false;
    if (display->description) {
        const struct picture picture = {"", display->list, &display->targets};
        enum status status = description_update(display->description, &picture, &err);
        complain(display, status, &err);
    }
}

static void save_screenshot(struct program_display *display)
{
    struct error err = {0};
    char path[PATH_MAX];
    struct text text;
    if (!display->options->screenshot_path) {
        return;
    }
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s.new", display->options->screenshot_path);
    enum status status = window_save(display->window, path, &err);
    if (status == OK && rename(path, display->options->screenshot_path) != 0) {
        status = error_set(&err, ERR_IO, "cannot write '%s'",
                           display->options->screenshot_path);
    }
    if (status != OK) {
        log_failure(MODULE, &err);
    }
}

/* ---- announcements ---- */

static bool sound_plays(struct program_display *display, int64_t now_ms)
{
    return display->sound && sound_is_playing(display->sound, now_ms);
}

static const struct board_call *find_call(const struct hall_state *hall, int64_t number)
{
    for (uint32_t i = 0; i < hall->board.call_count; i++) {
        if (hall->board.calls[i].call == number) {
            return &hall->board.calls[i];
        }
    }
    return NULL;
}

/* The call was drawn a moment ago: sound it, keep it, and note what is to be reported. */
static void announce(struct program_display *display, int64_t number, int64_t now_ms)
{
    struct error err = {0};
    const struct board_call *call = find_call(&display->hall, number);
    assert(call); /* hall_step() announces only what is on the board */
    bool is_sounded = false;
    if (display->chime) {
        int volume = (int)display->config->sound.volume_percent;
        if (sound_play(display->sound, display->chime, volume, &err) != OK) {
            log_failure(MODULE, &err);
        }
        /* Without a device playing succeeds in silence. */
        is_sounded = sound_plays(display, now_ms);
    }
    display->shown = (struct shown_document){
        .call = number,
        .epoch = display->hall.board.epoch,
        .is_drawn =
            display->has_shown && draw_list_find(display->list, call->ticket) != NULL,
        .is_sounded = is_sounded};
    log_ticket(MODULE, call->ticket, "%s shown counter=%s call=%" PRId64 " sounded=%s",
               call->is_recall ? "recall" : "call", call->counter, number,
               is_sounded ? "yes" : "no");
    enum status status =
        memory_write(display->config->device.state_directory, number, &err);
    complain(display, status, &err);
}

/* ---- the loop ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Do what is due; returns the machine time of the next thing to do. */
static int64_t step(struct program_display *display)
{
    struct hall_step hall;
    int64_t now_ms = clock_machine_ms();
    bool is_playing = sound_plays(display, now_ms);
    if (display->shown.call != 0 && !is_playing) {
        display_publish_shown(display);
        display->shown.call = 0;
    }
    hall_step(&display->hall, now_ms, is_playing || display->shown.call != 0, &hall);
    bool is_due = now_ms >= display->next_draw_ms;
    display->next_draw_ms = hall.next_step_ms;
    if (display->needs_drawing || is_due || hall.starts_announcement) {
        draw(display, now_ms);
    }
    if (hall.starts_announcement) {
        announce(display, hall.call, now_ms);
        is_playing = sound_plays(display, now_ms);
    }
    if (signals_take_screenshot(display->signals)) {
        save_screenshot(display);
    }
    if (now_ms >= display->next_status_ms) {
        display_publish_status(display);
        display->next_status_ms = now_ms + STATUS_EVERY_MS;
    }
    int64_t next_ms = earlier(hall.next_step_ms, display->next_status_ms);
    if (is_playing) {
        next_ms = earlier(next_ms, now_ms + SOUND_LOOK_MS);
    } else if (display->shown.call != 0) {
        next_ms = now_ms; /* nothing to wait for: report it in the next step */
    }
    return next_ms;
}

/* Take one event of the window; false when the window shall close. */
static bool take_event(struct program_display *display, const struct input_event *event)
{
    if (event->kind == INPUT_WAKE) {
        (void)link_dispatch(display->link); /* how many came does not matter */
    } else if (event->kind == INPUT_RESIZED) {
        display->needs_drawing = true;
    }
    return event->kind != INPUT_CLOSE;
}

bool display_run(struct program_display *display)
{
    display->needs_drawing = true;
    bool is_open = true;
    bool starts_again = false;
    while (is_open && !starts_again && !signals_must_end(display->signals)) {
        int64_t next_ms = step(display);
        int64_t wait_ms = next_ms - clock_machine_ms();
        struct input_event event;
        window_wait(display->window, wait_ms > 0 ? (int)earlier(wait_ms, 60000) : 0,
                    &event);
        is_open = take_event(display, &event);
        starts_again = signals_take_reload(display->signals) &&
                       command_line_may_reload(PROGRAM_DISPLAY, display->options);
    }
    save_screenshot(display);
    log_notice(MODULE, "stopped");
    return is_open && starts_again;
}
