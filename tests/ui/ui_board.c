/* The sample board in a real window, measured like bare_board.c: what draw lists, layout,
 * widgets and text runs cost over the bare minimum.
 *
 * Usage: ui_board [STARTED_NS [IDLE_S]]. Prints two lines: `full` (every pixel changes)
 * and `call` (one more call on the board). Redraws include building the draw list. */
#include <stdio.h>
#include <stdlib.h>

#include "board_figures.h"
#include "sample_screens.h"
#include "ui/font.h"
#include "ui/window.h"

struct board {
    struct painter *painter;
    struct window *window;
    struct draw_list *list;
    struct target_list targets;
};

static bool show(struct board *board, enum theme_id theme, int call_count)
{
    struct text_measure measure = painter_measure(board->painter);
    struct screen screen = {board->list,
                            &board->targets,
                            theme_get(theme),
                            &measure,
                            NULL,
                            window_width_px(board->window),
                            window_height_px(board->window)};
    sample_board(&screen, call_count);
    return window_show(board->window, board->list);
}

static enum status open_board(struct board *board, struct error *err)
{
    struct window_options options = {
        .title = "board", .width_px = 1920, .height_px = 1080, .hides_cursor = true};
    board->list = draw_list_create();
    if (!board->list) {
        return error_set(err, ERR_LIMIT, "out of memory");
    }
    enum status status = painter_create(FONT_DIRECTORY, &board->painter, err);
    return status == OK ? window_create(&options, board->painter, &board->window, err)
                        : status;
}

static void measure_board(struct board *board, int64_t started_ns)
{
    (void)show(board, THEME_HALL, 4);
    int64_t start_ns = figures_now_ns() - started_ns;
    int64_t redraws_ns[REDRAW_COUNT];
    for (int i = 0; i < REDRAW_COUNT; i++) {
        int64_t before_ns = figures_now_ns();
        (void)show(board, THEME_HALL, i % 2 == 0 ? 3 : 4);
        redraws_ns[i] = figures_now_ns() - before_ns;
    }
    figures_print("call", start_ns, redraws_ns, REDRAW_COUNT);
    for (int i = 0; i < REDRAW_COUNT; i++) {
        int64_t before_ns = figures_now_ns();
        (void)show(board, i % 2 == 0 ? THEME_CONTRAST : THEME_HALL, 4);
        redraws_ns[i] = figures_now_ns() - before_ns;
    }
    figures_print("full", start_ns, redraws_ns, REDRAW_COUNT);
}

int main(int argc, char **argv)
{
    int64_t started_ns = argc > 1 ? strtoll(argv[1], NULL, 10) : figures_now_ns();
    int idle_s = argc > 2 ? (int)strtoll(argv[2], NULL, 10) : 0;
    struct board board = {0};
    struct error err = {0};
    enum status status = open_board(&board, &err);
    if (status == OK) {
        measure_board(&board, started_ns);
        int64_t end_ns = figures_now_ns() + (int64_t)idle_s * 1000000000;
        while (figures_now_ns() < end_ns) {
            struct input_event event;
            window_wait(board.window, (int)((end_ns - figures_now_ns()) / 1000000) + 1,
                        &event);
        }
    } else {
        (void)fprintf(stderr, "ui_board: %s\n", err.text); /* nobody to tell */
    }
    window_destroy(board.window);
    painter_destroy(board.painter);
    draw_list_destroy(board.list);
    return status == OK ? 0 : 1;
}
