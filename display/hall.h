/* What a hall screen knows and does, without a window: boards and time come in, what is
 * to be shown, sounded and reported comes out. Pure; machine time is a parameter.
 *
 * A board is whole each time, so nothing that was lost or doubled can make the screen
 * wrong. Only sounds and pulses need the calls one by one: every call that is new on a
 * live board is put into a queue and announced in order, never over another one. */
#ifndef GUICHET_DISPLAY_HALL_H
#define GUICHET_DISPLAY_HALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "runtime/documents.h"

/* Without a live board for this long the picture is marked as stale. */
#define HALL_STALE_AFTER_MS 6000

/* A screen that starts, or was away, announces nothing older than this. */
#define HALL_ANNOUNCE_WITHIN_MS 5000

/* A call that is announced pulses this long, once a second, then stands still. */
#define HALL_PULSE_MS 5000

/* A call is new for this long: it is highlighted, and always on the screen. */
#define HALL_FRESH_MS 10000

/* Announcements that wait; when there are more the oldest is left out. */
#define HALL_PENDING_MAX BOARD_CALLS_MAX

enum hall_freshness {
    HALL_NOTHING,     /* no board was ever received */
    HALL_UNCONFIRMED, /* a retained board: the last known state */
    HALL_LIVE,
    HALL_STALE, /* was live, but no board came for HALL_STALE_AFTER_MS */
};

struct hall_pending {
    int64_t call;
    char ticket[LABEL_LENGTH_MAX + 1];
};

struct hall_state {
    bool has_site;
    struct site site; /* as far as config publishes it */
    bool has_board;
    bool is_confirmed;   /* the board, or one like it, came live */
    int64_t board_at_ms; /* machine time at which `board` came */
    int64_t live_at_ms;  /* machine time of the last live board, whose office time was */
    int64_t live_office_ms;
    struct board_document board;
    int64_t last_announced; /* call number; kept on disk by the program */
    size_t pending_count;
    struct hall_pending pending[HALL_PENDING_MAX];
    int64_t announced_call;  /* the one that has the screen now; 0: none */
    int64_t announced_at_ms; /* machine time */
    int64_t apart_ms;        /* from one announcement to the next, at least */
};

/* A screen that has announced up to call `last_announced` in its former life (0: none),
 * and leaves `apart_ms` (100 to 10,000) from one announcement to the next. */
void hall_init(struct hall_state *hall, int64_t last_announced, int64_t apart_ms);

/* Take the site's configuration over. */
void hall_set_site(struct hall_state *hall, const struct site *site);

/* Take a board over that came at machine time `now_ms`. A board of a lower epoch, or an
 * older one of the same epoch, is ignored. A live board whose journal ends before the
 * call that was announced last belongs to a new journal: announcing begins anew. Returns
 * whether it was taken. */
bool hall_set_board(struct hall_state *hall, const struct board_document *board,
                    bool is_retained, int64_t now_ms);

enum hall_freshness hall_freshness(const struct hall_state *hall, int64_t now_ms);

/* What one step of time asks for. */
struct hall_step {
    bool starts_announcement; /* sound the chime; store and report `call` as shown */
    int64_t call;
    int64_t next_step_ms; /* machine time at which to step again at the latest */
};

/* Go on to machine time `now_ms`: starts the next announcement when the one before has
 * had its time and `sound_is_playing` is false. The voice of a ticket whose service has
 * ended is dropped, its picture is not. */
void hall_step(struct hall_state *hall, int64_t now_ms, bool sound_is_playing,
               struct hall_step *ret_step);

/* Office time now: that of the last live board, gone on at its pace. 0 before the first
 * live board: an old time is no clock. */
int64_t hall_office_ms(const struct hall_state *hall, int64_t now_ms);

/* Whether the row of this call is in the bright half of its pulse, or steady (true). */
bool hall_is_bright(const struct hall_state *hall, int64_t call, int64_t now_ms);

/* Office time of which the picture tells: that of the present board. 0 without one. */
int64_t hall_board_office_ms(const struct hall_state *hall);

/* Whether board.calls[index] was made less than HALL_FRESH_MS ago, by a screen that is
 * live: nothing on an old picture is new. */
bool hall_is_fresh(const struct hall_state *hall, uint32_t index, int64_t now_ms);

/* The calls to show, newest first, one per ticket, without those that were taken back or
 * cancelled. Writes indexes into board.calls; returns their number. */
size_t hall_rows(const struct hall_state *hall, uint32_t ret_rows[BOARD_CALLS_MAX]);

#endif
