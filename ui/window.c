/* The window; see window.h. */
#include "ui/window.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <SDL.h>

#include "ui/damage.h"
#include "ui/event.h"

struct window {
    struct painter *painter;
    struct damage *damage;
    SDL_Window *sdl;
    SDL_Surface *own; /* painted on when the window's pixels have another form */
    bool has_sdl;
    bool has_shown; /* the surface holds a picture */
    int width_px;
    int height_px;
    Uint32 wake_type;
    atomic_bool is_woken; /* a wake event is in the queue */
};

/* Pixels this program paints: 0x00RRGGBB. */
#define PIXEL_FORMAT SDL_PIXELFORMAT_RGB888

static enum status sdl_error(struct error *err, const char *what)
{
    return error_set(err, ERR_UNAVAILABLE, "cannot %s: %s", what, SDL_GetError());
}

/* Machine time, the same clock as the rest of the program: it never goes back. */
static int64_t now_ms(void)
{
    struct timespec now;
    int failed = clock_gettime(CLOCK_MONOTONIC, &now);
    assert(failed == 0); /* Linux always has this clock */
    (void)failed;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void set_hints(void)
{
    /* Plain shared memory instead of OpenGL: a sixth of the memory and of the time. The
     * hints only fail when memory is out, and then SDL_Init() fails as well. */
    (void)SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    (void)SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    (void)SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    (void)SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    /* The first touch of a window that had no focus counts too. */
    (void)SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
}

static void refresh_size(struct window *window)
{
    SDL_GetWindowSize(window->sdl, &window->width_px, &window->height_px);
}

static enum status open_window(struct window *window,
                               const struct window_options *options, struct error *err)
{
    bool is_whole =
        options->is_fullscreen || options->width_px <= 0 || options->height_px <= 0;
    SDL_Rect display = {0, 0, options->width_px, options->height_px};
    if (is_whole && SDL_GetDisplayBounds(options->display_index, &display) != 0) {
        return sdl_error(err, "find the display");
    }
    Uint32 flags = SDL_WINDOW_SHOWN | SDL_WINDOW_RESIZABLE;
    if (options->is_fullscreen) {
        flags = SDL_WINDOW_SHOWN | SDL_WINDOW_FULLSCREEN_DESKTOP;
    }
    int position = (int)SDL_WINDOWPOS_UNDEFINED_DISPLAY((unsigned)options->display_index);
    window->sdl =
        SDL_CreateWindow(options->title, position, position, display.w, display.h, flags);
    if (!window->sdl) {
        return sdl_error(err, "open the window");
    }
    refresh_size(window);
    if (options->hides_cursor && SDL_ShowCursor(SDL_DISABLE) < 0) {
        return sdl_error(err, "hide the cursor");
    }
    return OK;
}

enum status window_create(const struct window_options *options, struct painter *painter,
                          struct window **ret_window, struct error *err)
{
    struct window *window = calloc(1, sizeof(*window));
    if (!window) {
        return error_set(err, ERR_LIMIT, "cannot open the window: out of memory");
    }
    window->painter = painter;
    atomic_init(&window->is_woken, false);
    enum status status = OK;
    set_hints();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        status = sdl_error(err, "start SDL");
        goto fail;
    }
    window->has_sdl = true;
    if (!options->takes_text) {
        SDL_StopTextInput(); /* nobody writes text: no input method is needed */
    }
    window->wake_type = SDL_RegisterEvents(1);
    window->damage = damage_create();
    if (window->wake_type == (Uint32)-1 || !window->damage) {
        status = error_set(err, ERR_LIMIT, "cannot open the window: out of memory");
        goto fail;
    }
    status = open_window(window, options, err);
    if (status != OK) {
        goto fail;
    }
    *ret_window = window;
    return OK;

fail:
    window_destroy(window);
    return status;
}

void window_destroy(struct window *window)
{
    if (!window) {
        return;
    }
    SDL_FreeSurface(window->own);
    if (window->sdl) {
        SDL_DestroyWindow(window->sdl);
    }
    damage_destroy(window->damage);
    if (window->has_sdl) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    free(window);
}

int window_width_px(const struct window *window)
{
    return window->width_px;
}

int window_height_px(const struct window *window)
{
    return window->height_px;
}

/* The pixels to paint on: the window's own, or a surface of ours beside them when theirs
 * have another form. NULL when SDL has none (the display went away). */
static SDL_Surface *painted_surface(struct window *window, SDL_Surface *shown)
{
    if (shown->format->format == PIXEL_FORMAT) {
        return shown;
    }
    bool is_fitting =
        window->own && window->own->w == shown->w && window->own->h == shown->h;
    if (!is_fitting) {
        SDL_FreeSurface(window->own);
        window->own =
            SDL_CreateRGBSurfaceWithFormat(0, shown->w, shown->h, 32, PIXEL_FORMAT);
        damage_reset(window->damage);
    }
    return window->own;
}

static struct canvas canvas_of(const SDL_Surface *surface)
{
    return (struct canvas){surface->pixels, surface->w, surface->h, surface->pitch / 4};
}

bool window_show(struct window *window, const struct draw_list *list)
{
    SDL_Surface *shown = SDL_GetWindowSurface(window->sdl);
    SDL_Surface *painted = shown ? painted_surface(window, shown) : NULL;
    if (!painted) {
        return false;
    }
    struct rect rects[DAMAGE_RECTS_MAX];
    size_t count = damage_update(window->damage, list, rects);
    if (count == 0) {
        return false;
    }
    struct canvas canvas = canvas_of(painted);
    struct rect all = {0, 0, canvas.width_px, canvas.height_px};
    SDL_Rect updates[DAMAGE_RECTS_MAX];
    int update_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct rect rect = rect_intersect(rects[i], all);
        if (rect_is_empty(rect)) {
            continue;
        }
        painter_paint(window->painter, &canvas, rect, list);
        SDL_Rect update = {rect.x, rect.y, rect.width, rect.height};
        if (painted != shown && SDL_BlitSurface(painted, &update, shown, &update) != 0) {
            damage_reset(window->damage);
            return false;
        }
        updates[update_count] = update;
        update_count++;
    }
    if (SDL_UpdateWindowSurfaceRects(window->sdl, updates, update_count) != 0) {
        damage_reset(window->damage); /* try all of it with the next picture */
        return false;
    }
    window->has_shown = true;
    return true;
}

/* What the window itself needs to know of an event; tells whether the caller gets it too.
 */
static bool note_window_event(struct window *window, const SDL_WindowEvent *event,
                              struct input_event *ret_event)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        refresh_size(window);
        damage_reset(window->damage);
        window->has_shown = false;
        ret_event->kind = INPUT_RESIZED;
        return true;
    }
    if (event->event == SDL_WINDOWEVENT_EXPOSED && window->has_shown &&
        SDL_UpdateWindowSurface(window->sdl) != 0) {
        damage_reset(window->damage); /* all of it is sent with the next picture */
    }
    return false;
}

static bool take_event(struct window *window, const SDL_Event *event,
                       struct input_event *ret_event)
{
    *ret_event = (struct input_event){.at_ms = now_ms()};
    if (event->type == window->wake_type) {
        atomic_store(&window->is_woken, false);
        ret_event->kind = INPUT_WAKE;
        return true;
    }
    if (event->type == SDL_WINDOWEVENT) {
        return note_window_event(window, &event->window, ret_event);
    }
    return event_read(event, window->width_px, window->height_px, ret_event);
}

void window_wait(struct window *window, int timeout_ms, struct input_event *ret_event)
{
    int64_t start_ms = now_ms();
    for (;;) {
        int left_ms = timeout_ms;
        if (timeout_ms > 0) {
            int64_t passed_ms = now_ms() - start_ms;
            left_ms = passed_ms < timeout_ms ? timeout_ms - (int)passed_ms : 0;
        }
        SDL_Event event;
        if (SDL_WaitEventTimeout(&event, left_ms) == 0) {
            *ret_event = (struct input_event){.at_ms = now_ms()};
            return;
        }
        if (take_event(window, &event, ret_event)) {
            return;
        }
    }
}

void window_wake(struct window *window)
{
    if (atomic_exchange(&window->is_woken, true)) {
        return;
    }
    SDL_Event event;
    memset(&event, 0, sizeof(event));
    event.type = window->wake_type;
    if (SDL_PushEvent(&event) != 1) {
        /* The queue is full: what fills it will wake the waiting as well. */
        atomic_store(&window->is_woken, false);
    }
}

enum status window_save(const struct window *window, const char *path, struct error *err)
{
    SDL_Surface *shown = SDL_GetWindowSurface(window->sdl);
    SDL_Surface *painted = window->own ? window->own : shown;
    if (!painted) {
        return sdl_error(err, "read the window");
    }
    struct canvas canvas = canvas_of(painted);
    return canvas_save(&canvas, path, err);
}
